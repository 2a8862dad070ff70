"""Things a source said, for tests of what is made of them: events with as little in them as a test wants to talk of."""

from datetime import UTC, datetime
from typing import Any

from postmortem.enrich.manner import Manner, Terms
from postmortem.enrich.plan import Plan, plan
from postmortem.model import record as records
from postmortem.model.edit import apply_to_data
from postmortem.model.event import Component, Event, gather
from postmortem.model.record import Record
from tests.model import made
from tests.model.made import utc

NOW = datetime(2026, 6, 24, 9, 30, 12, tzinfo=UTC)
SERVICES = {"claude.ai": "web-app", "Chat": "web-app", "API": "api"}


def event(update: str, at: str, status: str = "investigating", **more: Any) -> Event:  # noqa: ANN401 - any field
    """One thing the source `page` said about its incident `i1` on the day of the record."""
    when = utc(at if "T" in at else f"2026-06-23T{at}Z")
    whole: dict[str, Any] = {"source": "page", "incident": "i1", "update": update, "at": when, "status": status}
    return Event(**whole | more)


def service_of(component: Component) -> str | None:
    return SERVICES.get(component.name)


def terms(texts: Any = "copy", now: datetime = NOW, taken: tuple[str, ...] = ()) -> Terms:  # noqa: ANN401 - a word
    manner = Manner(texts=texts, service_of=service_of)
    return Terms(now=now, manners={"page": manner, "mirror": manner}, taken=frozenset(taken))


def record(**changes: object) -> Record:
    """A draft that tracks `i1` of `page` and says nothing but that."""
    return made.record(**{"record": "draft", "tracking": [{"source": "page", "incident": "i1"}]} | changes)


def planned(held: Record, *events: Event, under: Terms | None = None) -> Plan:
    return plan(held, gather(events), under or terms())


def after(data: dict[str, Any], *events: Event, under: Terms | None = None) -> dict[str, Any]:
    """The record's data with what was planned carried out."""
    return apply_to_data(data, planned(records.read(data), *events, under=under).edits)


def data(**changes: object) -> dict[str, Any]:
    return made.data(**{"record": "draft", "tracking": [{"source": "page", "incident": "i1"}]} | changes)
