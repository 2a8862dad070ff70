"""What a source changed afterwards: a new name, a raised impact, another text, something taken away. A record and what
was told in, one line for each change out, with both values.

None of it is ever applied: the words of a record are a person's. Where a record keeps nothing to compare with there is
nothing to tell. A text can be compared only where it was copied; where it was omitted, the time at which the source
changed it shows, if it lies after the time at which the entry became public here.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import datetime

from postmortem.enrich.entries import clean
from postmortem.enrich.manner import SAME, Manner, same, written
from postmortem.enrich.match import Reach
from postmortem.enrich.pairing import Line
from postmortem.model.claims import Entry, Tracking
from postmortem.model.event import Event, Told
from postmortem.model.record import Record
from postmortem.model.vocabulary import SEVERITIES, Kind

_QUOTED = 60


def changes(record: Record, told: Told, known: Mapping[int, Event], manner: Manner) -> Iterator[str]:
    """What differs in one incident; `known` are its events by the index of their entry."""
    head = told.head
    for each in record.tracking:
        if (each.source, each.incident) == (told.source, told.incident):
            yield from _renamed(each, head)
            yield from _raised(each, head, record)
    if head.kind != record.kind:
        yield f"kind: the record says {record.kind}, {told.source} {head.kind}"
    planned = record.scheduled
    for name, said in (("start", head.scheduled_start), ("end", head.scheduled_end)):
        ours = getattr(planned, name).instant if planned is not None else None
        if said is not None and ours is not None and abs(said - ours) >= SAME:
            yield f"rescheduled: the record says {name} {written(ours)}, {told.source} {written(said)}"
    for index in sorted(known):
        yield from _edited(record.timeline[index], known[index], manner)


def gone(
    record: Record, held: Sequence[Line], told: Sequence[Told], paired: frozenset[int], until: Mapping[str, datetime]
) -> Iterator[str]:
    """Entries that a source no longer has, though its answer covers their time: it is from the first thing that it
    says of the incident to when it was asked (`until`, by source).
    """
    since: dict[str, datetime] = {}
    for each in told:
        since[each.source] = min(each.events[0].at, since.get(each.source, each.events[0].at))
    for at, line in enumerate(held):
        if at in paired or line.origin is None or line.index is None or line.origin[0] not in since:
            continue
        if since[line.origin[0]] < line.at <= until.get(line.origin[0], line.at):
            entry = record.timeline[line.index]
            yield f"deleted: {line.origin[0]} no longer has {entry.id} ({line.origin[1]}, {written(line.at)}); it stays"


def vanished(record: Record, seen: Container[tuple[str, str]], reach: Mapping[tuple[str, Kind], Reach]) -> list[str]:
    """Incidents that a source no longer has, though its answer reaches over their time."""
    times = [each.at.instant for each in record.timeline]
    first, last = min(times), max(times)
    return [
        f"deleted: {each.source} no longer has the incident {each.incident}; the record stays as it is"
        for each in record.tracking
        for span in [reach.get((each.source, record.kind))]
        if (each.source, each.incident) not in seen and span is not None and span.since < last and first <= span.until
    ]


def _renamed(tracked: Tracking, head: Event) -> Iterator[str]:
    now = " ".join(clean(head.title).split())
    if tracked.title is not None and now and " ".join(tracked.title.split()) != now:
        yield f'renamed: the record says "{tracked.title}", {head.source} "{now}"'


def _raised(tracked: Tracking, head: Event, record: Record) -> Iterator[str]:
    now = head.impact_word or head.impact
    if tracked.severity is not None:
        if now not in ("", "unknown", tracked.severity) and head.impact != tracked.severity:
            yield f"impact: the record says {tracked.severity}, {head.source} {now}"
    elif head.impact != "unknown" and SEVERITIES.index(head.impact) > SEVERITIES.index(record.severity):
        yield f"impact: the record's severity is {record.severity}, {head.source} says {now}"


def _edited(entry: Entry, event: Event, manner: Manner) -> Iterator[str]:
    if event.edited is None or entry.origin is None or entry.origin.source != event.source:
        return
    since = entry.published or entry.at
    if event.edited - since.instant < SAME:
        return
    if manner.texts == "copy" and entry.text is not None:
        ours, theirs = " ".join(entry.text.split()), " ".join(clean(event.text).split())
        if ours != theirs and theirs:
            when = written(event.edited)
            yield f'edited: {entry.id} says "{_short(ours)}", {event.source} since {when} "{_short(theirs)}"'
    elif entry.published is not None and (event.posted is None or not same(event.posted, since.instant)):
        said = f"became public here {written(since.instant)}, and {event.source} changed its words"
        yield f"edited: {entry.id} {said} {written(event.edited)}"


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED].rstrip()}…"
