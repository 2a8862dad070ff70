"""Which entry of a record is which thing that a source said. Lines and what was told in, pairs out.

An entry with the source's key is that event. What is left is paired by status and time (`manner.SAME` apart at most),
the nearest first: an entry that a person typed, one that another source brought, or one of this source under another
key (its history feed gives other keys than its API) is never told twice.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import get_args

import msgspec

from postmortem.enrich import naming
from postmortem.enrich.manner import same
from postmortem.model.event import Event, Told
from postmortem.model.record import Record
from postmortem.model.vocabulary import IncidentStatus, Kind, MaintenanceStatus, Status


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of the timeline, as far as it matters here: `index` is its place in the file, None where it is an event
    that the record does not hold yet.
    """

    at: datetime
    status: Status | None
    update: bool = True
    origin: tuple[str, str] | None = None
    reopens: bool = False
    index: int | None = None
    event: Event | None = None


class Pairs(msgspec.Struct, frozen=True):
    """What of one incident stands in the record: events by the position of their line, and the events that have
    none.
    """

    known: dict[int, Event]
    fresh: tuple[Event, ...]


def lines(record: Record) -> list[Line]:
    """The timeline in the order of the file."""
    return [
        Line(
            at=each.at.instant,
            status=each.status,
            update=each.kind == "update",
            origin=(each.origin.source, each.origin.key) if each.origin is not None else None,
            reopens=each.reopens,
            index=index,
        )
        for index, each in enumerate(record.timeline)
    ]


def pair(held: Sequence[Line], told: Told, kind: Kind) -> Pairs:
    """Find each event among the lines; no line is two events, and the order of events changes nothing."""
    keys = {(told.source, key_of(each)): each for each in told.events}
    known = {at: keys[line.origin] for at, line in enumerate(held) if line.origin is not None and line.origin in keys}
    there = {key_of(each) for each in known.values()}
    rest = [each for each in told.events if key_of(each) not in there]
    near = sorted(_near(held, rest, known.keys(), kind))
    taken: set[str] = set()
    for _, at, _, number in near:
        if at not in known and rest[number].update not in taken:
            known[at] = rest[number]
            taken.add(rest[number].update)
    return Pairs(known, tuple(each for each in rest if each.update not in taken))


def _near(
    held: Sequence[Line], rest: Sequence[Event], known: Iterable[int], kind: Kind
) -> Iterable[tuple[float, int, str, int]]:
    """What could be one, as (how far apart, line, key, event)."""
    paired = frozenset(known)
    for number, each in enumerate(rest):
        status = status_of(each, kind)
        for at, line in enumerate(held):
            if at not in paired and line.update and line.status == status and same(line.at, each.at):
                yield abs(line.at - each.at).total_seconds(), at, each.update, number


def fresh(event: Event, kind: Kind) -> Line:
    """The line of an event that the record does not hold yet; a record knows whole seconds."""
    at, origin = event.at.replace(microsecond=0), (event.source, key_of(event))
    return Line(at=at, status=status_of(event, kind), origin=origin, event=event)


def key_of(event: Event) -> str:
    """The key of an update as a record holds it."""
    return naming.key(event.update)


def status_of(event: Event, kind: Kind) -> Status | None:
    """The status, if it is one that a record of this kind may have."""
    allowed: tuple[Status, ...] = get_args(MaintenanceStatus if kind == "maintenance" else IncidentStatus)
    return next((each for each in allowed if each == event.status), None)
