"""Where records and sources disagree, for people and for programs. Rows in, text out; knows no terminal and judges
nothing.

The document for programs, version 1:

    {
      "version": 1,
      "sources": [
        {"id": "status-page", "kind": "statuspage", "state": "ok",   ok, stale, unreadable, blocked or down
         "reason": "", "address": "https://…", "at": "2026-06-24T09:30:12Z", "sha256": "…", "incidents": 50}
      ],
      "disagreements": [
        {"path": "incidents/2026/2026-06-23-chat.yaml", "line": 14, "column": 3, "pointer": ["clocks", "resolved"],
         "what": "end",           start, end, status, severity, title, kind, schedule, components or updates
         "record": "2026-06-23T16:13Z", "source_says": "2026-06-23T16:31Z",
         "source": "status-page", "incident": "9f3k2lq8zv1c", "url": "https://…"}
      ],
      "summary": {"records": 17, "compared": 16, "missing": 1, "disagreements": 3}
    }

`compared` counts pairs of a record and an incident, `missing` those that a record tracks and the answer does not hold.
Keys may be added within version 1; what is there keeps its meaning.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from postmortem.enrich.reconcile import Disagreement, Value
from postmortem.model.finding import Span
from postmortem.model.moment import rfc3339
from postmortem.report.style import paint, safe


class Row(msgspec.Struct, frozen=True):
    """A disagreement and where in which file the record says its side."""

    path: str
    span: Span
    found: Disagreement


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """One source and the state it is in."""

    id: str
    kind: str
    state: str
    reason: str
    address: str
    at: datetime | None
    sha256: str
    incidents: int


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """Everything one run found."""

    rows: Sequence[Row]
    sources: Sequence[Source]
    records: int
    compared: int
    missing: int


def text(found: Compared, *, colour: bool) -> str:
    """A line for each disagreement with both values and their places, and one that sums them up."""
    lines = [_line(each, colour=colour) for each in found.rows]
    missing = f", {found.missing:,} not in the answers" if found.missing else ""
    said = f"{_count(len(found.rows), 'disagreement')} in {_count(found.compared, 'comparison')}"
    summary = f"{said} of {_count(found.records, 'record')}{missing}"
    return "".join(f"{line}\n" for line in [*lines, summary])


def document(found: Compared) -> str:
    """The same as JSON, ending with a line break."""
    whole = {
        "version": 1,
        "sources": [
            msgspec.structs.asdict(each) | {"at": rfc3339(each.at) if each.at is not None else None}
            for each in found.sources
        ],
        "disagreements": [_row(each) for each in found.rows],
        "summary": {
            "records": found.records,
            "compared": found.compared,
            "missing": found.missing,
            "disagreements": len(found.rows),
        },
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=2).decode() + "\n"


def _line(row: Row, *, colour: bool) -> str:
    found, place = row.found, f"{row.path}:{row.span.line}:{row.span.column}"
    where = f" ({found.url})" if found.url else f" (incident {found.incident})"
    sides = f"the record says {_shown(found.record)}, {found.source} {_shown(found.source_says)}"
    return f"{paint(safe(place), 'strong', colour=colour)}: {found.what}: {safe(sides + where)}"


def _shown(value: Value) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, list):
        return ", ".join(value) or "nothing"
    return str(value)


def _row(row: Row) -> dict[str, object]:
    found = row.found
    return {
        "path": row.path,
        "line": row.span.line,
        "column": row.span.column,
        "pointer": list(found.pointer),
        "what": found.what,
        "record": found.record,
        "source_says": found.source_says,
        "source": found.source,
        "incident": found.incident,
        "url": found.url,
    }


def _count(number: int, what: str) -> str:
    return f"{number:,} {what if number == 1 else f'{what}s'}"
