"""What sources said since, as edits of a record. A valid record and what was told of it in, a plan out; knows no text
and no disk.

Added are timeline entries, the key of what a person had typed already, the two clocks that a page can tell, and the
page as evidence of what was added. The same plan comes of the same events in any order, and once it is carried out
there is nothing left to plan. What a person wrote stays; what the source changed afterwards is only reported.

An entry without an origin that has the status and the time of an event is that event: it is given the origin and
nothing else. So it is never doubled, even if its time is corrected later, and readers see who said it.
"""

from collections.abc import Iterator, Sequence

import msgspec

from postmortem.enrich import clocks, course, upstream
from postmortem.enrich.entries import strangers
from postmortem.enrich.manner import Terms, written
from postmortem.enrich.pairing import Line, fresh, lines, pair
from postmortem.enrich.turning import Turn, turn
from postmortem.enrich.writing import Added, edits
from postmortem.model.edit import Edit, Put
from postmortem.model.event import Event, Told
from postmortem.model.finding import printed
from postmortem.model.incident import is_public
from postmortem.model.record import Record

_EARLIEST = 1900


class Plan(msgspec.Struct, frozen=True):
    """`done` names what is added in a few words; `reports` are what a person should hear of, one line each."""

    edits: tuple[Edit, ...]
    done: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()


def plan(record: Record, told: Sequence[Told], terms: Terms) -> Plan:
    """The edits that bring a record up to what was told of it."""
    ordered = sorted(told, key=lambda each: (_rank(record, each), each.source, each.incident))
    if record.record == "withdrawn" or not ordered:
        return Plan(())
    held, new, known = _sorted_out(record, ordered, terms)
    own = clocks.is_a_persons(record, held, ordered)
    now = turn(record, held, new, own=own)
    added = _added(record, ordered, now, terms, own=own)
    here = lines(record)
    made = edits(record, here, added, terms)
    reports = [
        *now.reports,
        *_ended(made),
        *_reports(record, ordered, held, known, terms),
        *_unknown(record, now, terms),
    ]
    return Plan(made, tuple(_done(here, added)), tuple(dict.fromkeys(reports)))


Known = list[tuple[Told, dict[int, Event]]]
"""For each incident, its events by the position of their line."""


def _sorted_out(record: Record, told: Sequence[Told], terms: Terms) -> tuple[list[Line], list[Line], Known]:
    """The lines of the file (with the origins they are given), the new ones by time, and what was paired."""
    every, known = lines(record), []
    count = len(every)
    for each in told:
        pairs = pair(every, each, record.kind)
        for at, event in pairs.known.items():
            if every[at].origin is None:
                origin = fresh(event, record.kind).origin
                every[at] = msgspec.structs.replace(every[at], origin=origin)
        every += [fresh(event, record.kind) for event in pairs.fresh if _can_be_said(event, terms)]
        known.append((each, pairs.known))
    new = sorted(
        every[count:], key=lambda line: (*course.place_of(line), line.event.at if line.event else line.at, line.origin)
    )
    return every[:count], new, known


def _can_be_said(event: Event, terms: Terms) -> bool:
    """What a page dates ahead it will say then; and a record holds years of this calendar."""
    return event.at <= terms.now and event.at.year >= _EARLIEST


def _added(record: Record, told: Sequence[Told], now: Turn, terms: Terms, *, own: bool) -> Added:
    again = now.reopened and not own
    return Added(
        turn=now,
        opened=clocks.opened(record, told, terms.now),
        closed=clocks.closed(record, told, now.status, terms.now, again=again),
        told=tuple(told),
        public=is_public(record, terms.now.date()),
    )


def _reports(record: Record, told: Sequence[Told], held: Sequence[Line], known: Known, terms: Terms) -> Iterator[str]:
    for each, pairs in known:
        inside = {at: event for at, event in pairs.items() if at < len(held)}
        yield from upstream.changes(record, each, inside, terms.manners[each.source])
    yield from upstream.gone(record, held, told, frozenset(at for _, pairs in known for at in pairs), terms.until)


def _ended(made: Sequence[Edit]) -> Iterator[str]:
    for each in made:
        if isinstance(each, Put) and each.pointer[0] == "impact":
            where = printed(each.pointer[:2])
            yield f"{where}: the source closed it, so its open window ends not after that; say when it ended"


def _unknown(record: Record, now: Turn, terms: Terms) -> Iterator[str]:
    """What the new entries name that the catalogue or the record does not."""
    for event in (line.event for line in now.lines if line.event is not None):
        manner = terms.manners[event.source]
        for each in strangers(event, manner):
            yield f'component: {event.source} names "{each.name}", no service of postmortem.yml; add it as an alias'
        services = {manner.service_of(each) for each in event.components} - {None, *record.services}
        for service in sorted(each for each in services if each is not None):
            said = f"component: {event.source} names {service}"
            yield f"{said}, which `services` of the record does not; add it there and to what failed"


def _done(here: Sequence[Line], added: Added) -> Iterator[str]:
    new = [line for line in added.turn.lines if line.index is None]
    if new:
        yield f"{len(new)} {'entry' if len(new) == 1 else 'entries'} ({', '.join(line.status or '-' for line in new)})"
    kept = [line.origin for line in sorted(added.turn.lines, key=_place) if line.index is not None]
    adopted = sum(after != line.origin for line, after in zip(here, kept, strict=True))
    if adopted:
        yield f"{adopted} recognised"
    for name, clock in (("first_public_update", added.opened), ("resolved", added.closed)):
        if clock is not None:
            yield f"{name} {written(clock.at)}"
    if added.turn.unclosed:
        yield "resolved taken out"


def _place(line: Line) -> int:
    return -1 if line.index is None else line.index


def _rank(record: Record, told: Told) -> int:
    """Where the record names it: that order decides whose clock is taken."""
    named = [(each.source, each.incident) for each in record.tracking]
    one = (told.source, told.incident)
    return named.index(one) if one in named else len(named)
