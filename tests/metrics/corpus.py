"""Histories for tests of numbers: from records as the format writes them, and from the repository's own files."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from postmortem.corpus import settings as settings_file
from postmortem.corpus.decode import decode
from postmortem.metrics.scope import Scope, scope
from postmortem.model.figure import Figure, Value
from postmortem.model.history import History, order
from postmortem.model.incident import Incident, publish
from postmortem.model.settings import Settings
from postmortem.model.summary import summarise
from tests.model import made

ROOT = Path(__file__).resolve().parents[2]
COVERAGE = [{"from": "2026-06-01", "until": "2026-06-30", "complete": True}]


def history(*incidents: Incident) -> History:
    return order(summarise(each) for each in incidents)


def counted(*incidents: Incident, as_of: date = made.AS_OF, **changes: object) -> Scope:
    """A scope over a month of coverage unless told otherwise."""
    return scope(history(*incidents), made.settings(**({"coverage": COVERAGE} | changes)), as_of)


def timed(id_: str, public: str, resolved: str | None = None, **changes: Any) -> Incident:  # noqa: ANN401 - fields of the format
    """An incident with the two updates that every page has."""
    said = [made.update("u1", public, status="investigating")]
    if resolved is not None:
        said.append(made.update("u2", resolved, status="resolved"))
    return made.incident(id=id_, timeline=said, **changes)


@cache
def kept(folder: str, as_of: date) -> tuple[History, Settings]:
    """The records of a folder of this repository."""
    base = ROOT / folder
    records = [decode(path.read_bytes(), path.name).record for path in sorted((base / "incidents").rglob("*.yaml"))]
    public = (publish(record, as_of) for record in records if record is not None)
    return order(summarise(each) for each in public if each is not None), settings_file.load(base / "postmortem.yml")


def value(figure: Figure, key: str) -> float | int | None:
    return found(figure, key).value


def found(figure: Figure, key: str) -> Value:
    (only,) = [each for each in figure.values if each.key == key]
    return only


def unknown(figure: Figure) -> dict[str, int]:
    return {each.why: each.count for each in figure.unknowns}


def column(figure: Figure, name: str) -> list[object]:
    return [row[figure.columns.index(name)] for row in figure.rows]


def by_key(figures: Iterable[Figure]) -> dict[str, Figure]:
    return {each.key: each for each in figures}
