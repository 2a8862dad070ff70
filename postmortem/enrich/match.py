"""Which record is which incident of a source. What is known of records and what was told in, matches out; knows no
disk and asks nobody.

A record names its incidents (`tracking`). Where none does, a record whose services and window the incident shares may
be it: that is proposed, never done, and never by the title. One pass over each side: nothing grows with the product.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import accumulate

import msgspec

from postmortem.enrich.naming import key
from postmortem.model import derived
from postmortem.model.event import Component, Told, named
from postmortem.model.record import Record
from postmortem.model.vocabulary import CLOSED_STATUSES, Kind

One = tuple[str, str]
"""A source and its id of an incident."""


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """A record, as far as matching needs it: its window is what it says happened, without an end while it is open."""

    name: str
    kind: Kind
    tracked: tuple[One, ...]
    services: frozenset[str]
    start: datetime
    end: datetime | None


class Reach(msgspec.Struct, frozen=True):
    """A stretch of time, both ends included."""

    since: datetime
    until: datetime


class Proposal(msgspec.Struct, frozen=True):
    """An incident that no record tracks, and the records that may be it, those that share most of its time first."""

    told: Told
    names: tuple[str, ...]


def known(record: Record, name: str) -> Known:
    """Reduce a record to what matching looks at."""
    times = [each.at.instant for each in record.timeline]
    times += [each.instant for each in (record.clocks.started, record.clocks.resolved) if each is not None]
    for _, impact in derived.impacts(record):
        bounds = [bound for window in derived.windows(impact) for bound in (window.start, window.end)]
        times += [bound.moment.instant for bound in bounds if bound is not None and bound.moment is not None]
    over = derived.status(record) in CLOSED_STATUSES
    return Known(
        name=name,
        kind=record.kind,
        tracked=tuple((each.source, each.incident) for each in record.tracking),
        services=frozenset(record.services),
        start=min(times),
        end=max(times) if over else None,
    )


def by_incident(told: Iterable[Told]) -> dict[One, Told]:
    """What was told, by the source and its id as records hold it."""
    named = (_named(each) for each in told)
    return {(each.source, each.incident): each for each in named}


def coverage(told: Iterable[Told], asked: Mapping[str, datetime]) -> dict[tuple[str, Kind], Reach]:
    """Which time an answer holds every incident of, by source and kind. `asked` is when each source answered; where
    that is not known, an answer reaches to its newest word.

    Lists are cut off at a number of incidents, and pages are backdated: so it begins with the earliest last word of
    any that is closed. An answer without any may be one that holds only what is open: it reaches over nothing.
    """
    found: dict[tuple[str, Kind], Reach] = {}
    for each in told:
        head, last = each.head, each.events[-1].at
        if head.closed is None and not any(event.status in CLOSED_STATUSES for event in each.events):
            continue
        key = (each.source, head.kind)
        before = found.get(key, Reach(last, last))
        found[key] = Reach(min(before.since, last), asked.get(each.source) or max(before.until, last))
    return found


def proposals(
    told: Iterable[Told], records: Sequence[Known], service_of: Mapping[str, Callable[[Component], str | None]]
) -> list[Proposal]:
    """The incidents that no record tracks and some record may be, by time."""
    tracked = {one for each in records for one in each.tracked}
    unknown = [each for each in told if (each.source, each.incident) not in tracked]
    found = _Windows(records if unknown else ())
    made = []
    for each in unknown:
        services = {service_of[each.source](component) for component in named(each)} - {None}
        names = tuple(found.near(each, frozenset(one for one in services if one is not None)))
        made += [Proposal(each, names)] if names else []
    return made


class _Windows:
    """Records by service, sorted by their start, with the latest end so far beside each: what overlaps is found from
    the back without looking at all of them.
    """

    def __init__(self, records: Iterable[Known]) -> None:
        by_service: dict[str, list[Known]] = defaultdict(list)
        for each in records:
            for service in each.services:
                by_service[service].append(each)
        self._sorted = {key: sorted(held, key=lambda one: (one.start, one.name)) for key, held in by_service.items()}
        self._ends = {key: list(accumulate(map(_end, held), max)) for key, held in self._sorted.items()}

    def near(self, told: Told, services: frozenset[str]) -> list[str]:
        """The names of the records that may be it, the likeliest first."""
        start, end = window(told)
        shared = {each.name: each for service in services for each in self._overlapping(service, start, end)}
        fit = [
            each
            for each in shared.values()
            if each.kind == told.head.kind and told.source not in {source for source, _ in each.tracked}
        ]
        return [each.name for each in sorted(fit, key=lambda each: (-_shared(each, start, end), each.name))]

    def _overlapping(self, service: str, start: datetime, end: datetime) -> Iterator[Known]:
        held, ends = self._sorted.get(service, []), self._ends.get(service, [])
        for at in reversed(range(bisect_right(held, end, key=lambda one: one.start))):
            if ends[at] < start:
                return
            if _end(held[at]) >= start:
                yield held[at]


def _named(told: Told) -> Told:
    """The same under the id that a record can hold: one line of text."""
    name = key(told.incident)
    if name == told.incident:
        return told
    return Told(events=tuple(msgspec.structs.replace(each, incident=name) for each in told.events))


def window(told: Told) -> tuple[datetime, datetime]:
    """From the first to the last thing that was said of an incident."""
    head = told.head
    times = [each.at for each in told.events] + [each for each in (head.opened, head.closed) if each is not None]
    return min(times), max(times)


def _end(record: Known) -> datetime:
    return record.end if record.end is not None else datetime.max.replace(tzinfo=record.start.tzinfo)


def _shared(record: Known, start: datetime, end: datetime) -> float:
    """Seconds of overlap."""
    return (min(_end(record), end) - max(record.start, start)).total_seconds()
