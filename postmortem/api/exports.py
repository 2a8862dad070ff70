"""Every incident in one file, in three formats: `/api/v1/incidents.json`, `.jsonl` and `.csv`. History and settings
in, artifacts out; knows no incident beyond its summary.

JSON Lines has the rows of the JSON, one a line, withdrawn ones among them. CSV (RFC 4180, UTF-8) has the same facts
flat, and no cell in it is a formula to a spreadsheet.
"""

import csv
import io
import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final

import msgspec

from postmortem.api.head import Head, head
from postmortem.api.rows import Row, row
from postmortem.model.artifact import Artifact
from postmortem.model.history import History
from postmortem.model.moment import rfc3339
from postmortem.model.settings import Settings
from postmortem.model.vocabulary import IMPACT_CLASSES

_FORMULA: Final = re.compile(r"(^[\s'\"]*|[;,\t|]\s*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])")
"""Where a spreadsheet could begin to compute: at the beginning of a cell, and after what some take for the end of one
(OWASP, CSV Injection); full-width signs count in some languages."""
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")

COLUMNS: Final = (
    "id", "state", "kind", "severity", "status", "is_open", "title", "summary", "url",
    "first_known", "first_known_by", "first_known_about", "first_public_update", "resolved", "published", "changed",
    *IMPACT_CLASSES,
    *(f"{name}_level" for name in IMPACT_CLASSES),
    "impact_minutes", "windows_unknown", "windows_ongoing", "open_minutes",
    "providers", "services", "models", "models_unnamed", "regions", "causes", "postmortem", "related", "former_ids",
    "first_id",
)  # fmt: skip
"""The columns of the CSV. More may come, at the end; none goes or moves."""


class Moved(msgspec.Struct, frozen=True):
    """An id that an incident had before: `moved_to` is the id it has now."""

    id: str
    moved_to: str
    url: str


class Index(Head, frozen=True, kw_only=True):
    """Every public incident, newest first by (first known, first id), and every id that one had before."""

    count: int
    incidents: tuple[Row, ...]
    moved: tuple[Moved, ...]


def artifacts(history: History, settings: Settings) -> tuple[Artifact, ...]:
    """The three files."""
    rows = tuple(row(each, settings) for each in history.rows)
    index = Index(
        **head(settings, "incidents"),
        count=len(rows),
        incidents=rows,
        moved=tuple(
            Moved(former, each.id, each.url) for each in rows for former in sorted({*each.former_ids} - {each.id})
        ),
    )
    return (
        Artifact("api/v1/incidents.json", msgspec.json.encode(index) + b"\n"),
        Artifact("api/v1/incidents.jsonl", b"".join(msgspec.json.encode(each) + b"\n" for each in rows)),
        Artifact("api/v1/incidents.csv", _table(rows)),
    )


def _table(rows: Iterable[Row]) -> bytes:
    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(COLUMNS)
    table.writerows(map(_cells, rows))
    return text.getvalue().encode()


def _cells(each: Row) -> list[str | int | None]:
    first = each.first_known
    return [
        each.id, each.state, each.kind, each.severity, each.status, _word(said=each.is_open),
        plain(each.title), plain(each.summary), each.url,
        rfc3339(first.at), first.by, _word(said=first.about),
        *map(_time, (each.first_public_update, each.resolved, each.published, each.changed)),
        *(each.impact[name].state for name in IMPACT_CLASSES),
        *(each.impact[name].level for name in IMPACT_CLASSES),
        each.impact_minutes.minutes, each.impact_minutes.unknown, each.impact_minutes.ongoing, each.open_minutes,
        *map(" ".join, (each.providers, each.services, each.models)), _word(said=each.models_unnamed),
        " ".join(each.regions), " ".join(f"{cause.role}:{cause.category}" for cause in each.causes),
        each.postmortem, " ".join(each.related), " ".join(each.former_ids), each.first_id,
    ]  # fmt: skip


def plain(text: str) -> str:
    """One line that no spreadsheet takes for a formula: an apostrophe stands before what could begin one."""
    return _FORMULA.sub(r"\1'", " ".join(_CONTROL.sub(" ", text).split()))


def _time(at: datetime | None) -> str | None:
    return None if at is None else rfc3339(at)


def _word(*, said: bool) -> str:
    return "true" if said else "false"
