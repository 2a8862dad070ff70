"""Where a record and the official feed disagree. A record and what was told in, disagreements with both values out.

A disagreement is no mistake: an observer may judge otherwise, and a postmortem knows more than a status page did. So
everything is listed and nothing is judged. Each names the place in the record by a pointer; knows no line of any file.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Literal

import msgspec

from postmortem.enrich import course
from postmortem.enrich.manner import same, written
from postmortem.enrich.pairing import fresh, lines, pair
from postmortem.model import derived
from postmortem.model.event import Component, Told, named
from postmortem.model.finding import Pointer
from postmortem.model.moment import Moment
from postmortem.model.record import Record

What = Literal["start", "end", "status", "severity", "title", "kind", "schedule", "components", "updates"]
Value = str | int | list[str] | None
"""A time as the format writes it, a word, a number, ids and names; None where nothing was said."""


class Disagreement(msgspec.Struct, frozen=True, kw_only=True):
    """Two values for one thing. `pointer` is where the record says its own, `url` the page that says the other."""

    what: What
    record: Value
    source_says: Value
    source: str
    incident: str
    pointer: Pointer
    url: str = ""


ServiceOf = Callable[[Component], str | None]


def compare(record: Record, told: Told, service_of: ServiceOf) -> tuple[Disagreement, ...]:
    """Everything in which a record and one incident of a source differ, in the order of `What`."""
    found = (
        *_times(record, told),
        *_words(record, told),
        *_schedule(record, told),
        *_components(record, told, service_of),
        *_updates(record, told),
    )
    return tuple(
        Disagreement(
            what=what,
            record=ours,
            source_says=theirs,
            source=told.source,
            incident=told.incident,
            pointer=pointer,
            url=told.head.url,
        )
        for what, ours, theirs, pointer in found
    )


Found = tuple[What, Value, Value, Pointer]


def _times(record: Record, told: Told) -> Iterator[Found]:
    """When it was first told and when it was closed: a page knows nothing of when the impact began."""
    ours, place = derived.first_public_update(record), ("clocks", "first_public_update")
    yield from _time("start", ours, told.head.opened, place if record.clocks.first_public_update else _first(record))
    closed, place = derived.resolved(record), ("clocks", "resolved")
    theirs = told.head.closed
    if closed is not None or theirs is not None:
        yield from _time("end", closed, theirs, place if record.clocks.resolved else _last(record), silent=True)


def _time(
    what: What, ours: Moment | None, theirs: datetime | None, place: Pointer, *, silent: bool = False
) -> Iterator[Found]:
    """`silent`: that one says nothing is a disagreement, too (an incident is over for one of them only)."""
    if ours is not None and theirs is not None:
        if not same(ours.instant, theirs):
            yield what, written(ours.instant), written(theirs), place
    elif silent:
        yield what, written(ours.instant) if ours else None, written(theirs) if theirs else None, place


def _words(record: Record, told: Told) -> Iterator[Found]:
    head, status = told.head, derived.status(record)
    said = course.last(sorted((fresh(each, head.kind) for each in told.events), key=course.place_of))
    if said is not None and said != status:
        yield "status", status, said, ("status",) if record.status is not None else _last(record)
    if head.impact not in ("unknown", record.severity) and head.kind == "incident":
        yield "severity", record.severity, head.impact, ("severity",)
    if head.kind != record.kind:
        yield "kind", record.kind, head.kind, ("kind",)
    for index, each in enumerate(record.tracking):
        one = (each.source, each.incident) == (told.source, told.incident)
        if one and each.title is not None and head.title and each.title != " ".join(head.title.split()):
            yield "title", each.title, head.title, ("tracking", index, "title")


def _schedule(record: Record, told: Told) -> Iterator[Found]:
    if record.scheduled is None:
        return
    for name, theirs in (("start", told.head.scheduled_start), ("end", told.head.scheduled_end)):
        yield from _time("schedule", getattr(record.scheduled, name), theirs, ("scheduled", name))


def _components(record: Record, told: Told, service_of: ServiceOf) -> Iterator[Found]:
    """By service where the catalogue knows it, by the source's name where not; silent where the source named none."""
    theirs = sorted({service_of(each) or each.name for each in named(told)})
    if theirs and set(theirs) != set(record.services):
        yield "components", sorted(record.services), theirs, ("services",)


def _updates(record: Record, told: Told) -> Iterator[Found]:
    """What the record holds of this incident: its entries, and those of persons and other sources at the same time.

    Entries from before the first thing that the answer holds are not counted, since a feed may tell only the latest.
    """
    held = lines(record)
    pairs = pair(held, told, record.kind)
    alone = sum(each.source == told.source for each in record.tracking) <= 1
    begin = told.events[0].at
    gone = [
        at
        for at, line in enumerate(held)
        if at not in pairs.known and line.origin is not None and line.origin[0] == told.source and line.at > begin
    ]
    count = len(pairs.known) + (len(gone) if alone else 0)
    if count != len(told.events) or pairs.fresh:
        yield "updates", count, len(told.events), ("timeline",)


def _first(record: Record) -> Pointer:
    return _at(record, min(derived.updates(record), key=lambda each: derived.became_public(each).instant, default=None))


def _last(record: Record) -> Pointer:
    said = [each for each in derived.updates(record) if each.status is not None]
    return _at(record, said[-1] if said else None)


def _at(record: Record, entry: object) -> Pointer:
    index = next((index for index, each in enumerate(record.timeline) if each is entry), None)
    return ("timeline",) if index is None else ("timeline", index, "at")
