"""What was decided, as edits at their places in the format's order. A record and decisions in, edits out.

What stands in the file is touched first, while its entries still have their places; then the new ones come in.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import msgspec

from postmortem.enrich import course
from postmortem.enrich.clocks import Clock
from postmortem.enrich.entries import entry
from postmortem.enrich.manner import Terms, stamp, written
from postmortem.enrich.naming import ADDRESS
from postmortem.enrich.pairing import Line
from postmortem.enrich.turning import Turn
from postmortem.model import derived
from postmortem.model.edit import Append, Edit, Insert, Put, Remove
from postmortem.model.event import Event, Told
from postmortem.model.record import Record
from postmortem.model.vocabulary import CLOSED_STATUSES
from postmortem.schema import registry


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that was decided about one record."""

    turn: Turn
    opened: Clock | None
    closed: Clock | None
    told: tuple[Told, ...]
    public: bool


class _Cited(msgspec.Struct, frozen=True):
    """The ids of evidence by incident, and the evidence that is to be added."""

    ids: dict[tuple[str, str], str]
    new: tuple[dict[str, Any], ...]


def edits(record: Record, here: Sequence[Line], added: Added, terms: Terms) -> tuple[Edit, ...]:
    """The edits, in the order in which they are carried out."""
    cited = _evidence(record, added, terms)
    made = [
        *_touched(here, added.turn),
        *_clocks(record, added, cited),
        *_status(record, added.turn),
        *_inserted(record, added, cited, terms),
    ]
    if cited.new and record.evidence:
        return (*made, *(Append(("evidence",), each) for each in cited.new))
    return (*made, *([Put(("evidence",), list(cited.new), before("evidence"))] if cited.new else []))


def _touched(here: Sequence[Line], turn: Turn) -> Iterator[Edit]:
    now = {line.index: line for line in turn.lines if line.index is not None}
    for index, line in enumerate(here):
        after = now[index]
        if after.origin != line.origin and after.origin is not None:
            source, key = after.origin
            yield Put(("timeline", index, "origin"), {"source": source, "key": key})
        if after.reopens and not line.reopens:
            yield Put(("timeline", index, "reopens"), value=True, after="status")
        elif line.reopens and not after.reopens:
            yield Remove(("timeline", index, "reopens"))


def _clocks(record: Record, added: Added, cited: _Cited) -> Iterator[Edit]:
    known = [name for name in _order("clocks") if getattr(record.clocks, name) is not None]
    for name, clock in (("first_public_update", added.opened), ("resolved", added.closed)):
        if clock is not None:
            after = before(name, "clocks") if known else before("clocks")
            id_ = cited.ids.get((clock.told.source, clock.told.incident))
            yield Put(("clocks", name), _claim(clock, id_), after)
            known.append(name)
    if added.turn.unclosed:
        yield Remove(("clocks", "resolved")) if len(known) > 1 else Remove(("clocks",))


def _claim(clock: Clock, evidence: str | None) -> str | dict[str, Any]:
    return {"at": written(clock.at), "evidence": [evidence]} if evidence else written(clock.at)


def _status(record: Record, turn: Turn) -> Iterator[Edit]:
    if turn.state is not None:
        yield Put(("status",), turn.state)
    end = course.closing(turn.lines)
    if end is None or turn.status not in CLOSED_STATUSES or derived.status(record) in CLOSED_STATUSES:
        return
    for name, impact in derived.impacts(record):
        for index, window in enumerate(derived.windows(impact)):
            if window.end is None:
                ended = {"at": written(end.at), "is": "not_after"}
                yield Put(("impact", name, "windows", index, "end"), ended, "start")


def _inserted(record: Record, added: Added, cited: _Cited, terms: Terms) -> Iterator[Edit]:
    number = _last_number(record, terms)
    told = {event.update: each for each in added.told for event in each.events}
    clocks = {(each.told.source, each.told.incident) for each in (added.opened, added.closed) if each is not None}
    for at, line in enumerate(added.turn.lines):
        if line.event is None:
            continue
        number += 1
        made = entry(
            line,
            line.event,
            f"u{number}",
            terms.manners[line.event.source],
            published=_published(line.event, terms) if added.public else None,
            within=record.services,
        )
        one = (line.event.source, told[line.event.update].incident)
        if one in cited.ids and one not in clocks:
            clocks.add(one)
            made["evidence"] = [cited.ids[one]]
        yield Insert(("timeline",), at, made)


def _published(event: Event, terms: Terms) -> str | None:
    """On a record that readers can see: when they can first read it there. No date of a feed entry lies before it was
    written.
    """
    return stamp(terms.now, [event.at]) if event.at < terms.now else None


def _last_number(record: Record, terms: Terms) -> int:
    """The highest number of an update that the record has or ever had."""
    taken = {each.id for each in record.timeline} | terms.taken
    return max((int(each[1:]) for each in taken if each[:1] == "u" and each[1:].isdecimal()), default=0)


def _evidence(record: Record, added: Added, terms: Terms) -> _Cited:
    """The page of each incident that something new rests on; one that the record names already is cited."""
    giving = {(each.told.source, each.told.incident) for each in (added.opened, added.closed) if each is not None}
    giving |= {(line.event.source, line.event.incident) for line in added.turn.lines if line.event is not None}
    ids: dict[tuple[str, str], str] = {}
    by_url = {each.url: each.id for each in record.evidence if each.url is not None}
    names, new = {each.id for each in record.evidence}, []
    for told in added.told:
        url = told.head.url
        if (told.source, told.incident) not in giving or not ADDRESS.fullmatch(url):
            continue
        if url not in by_url:
            id_ = _free(told.source, names)
            names.add(id_)
            by_url[url] = id_
            new.append(_page(id_, url, terms, told))
        ids[told.source, told.incident] = by_url[url]
    return _Cited(ids, tuple(new))


def _page(id_: str, url: str, terms: Terms, told: Told) -> dict[str, Any]:
    title, day = terms.manners[told.source].page, terms.now.date().isoformat()
    return {"id": id_, "title": title, "url": url, "kind": "official_status", "accessed": day}


def _free(name: str, taken: set[str]) -> str:
    number = 1
    while (found := name if number == 1 else f"{name}-{number}") in taken:
        number += 1
    return found


def before(key: str, definition: str = "") -> tuple[str, ...]:
    """The keys that precede one in the format's order."""
    keys = _order(definition)
    return keys[: keys.index(key)]


@cache
def _order(definition: str = "") -> tuple[str, ...]:
    """The keys of a part of the record in the format's order; of the whole by default."""
    tree = registry.tree("incident")
    return tuple((tree["$defs"][definition] if definition else tree)["properties"])
