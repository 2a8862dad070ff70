"""Listening to sources: their entries in the settings in, what each said and in which state it is out. The one place
where fetching and reading meet; it knows neither HTTP nor any vendor.

All documents of all sources are fetched at once. A source needs its needed documents; where the page's API is refused,
its history feed is asked instead. What is not understood is never kept as the last good answer.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

import msgspec

from postmortem.model.settings import Source
from postmortem.sources import auto, fetch, places
from postmortem.sources.adapter import Adapter, Answer, NotUnderstoodError, Wanted
from postmortem.sources.fetch import Fetched, Options
from postmortem.sources.heard import Heard, State
from postmortem.sources.location import digest
from postmortem.sources.places import Asked
from postmortem.sources.table import SOURCES

INSTEAD: Final[Mapping[str, str]] = {"statuspage": "statuspage-feed", "incidentio": "incidentio-feed"}
"""The feed beside each API that robots.txt may keep us from: it says less, but it says it."""

_WORST_LAST: Final[tuple[State, ...]] = ("ok", "stale", "unreadable", "down", "blocked")


class _Read(msgspec.Struct, frozen=True):
    """One document: what came of fetching it, and what of reading it."""

    wanted: Wanted
    fetched: Fetched
    answer: Answer | None
    reason: str


def listen(
    sources: Sequence[Source], options: Options, now: datetime, tell: Callable[[str], None]
) -> tuple[Heard, ...]:
    """Hear every source, in their order. `now` is the time in UTC, `tell` gets a line of progress now and then.

    Raises SettingsError for a source of which nobody can tell what it is or where; nothing because of what servers do.
    """
    asked = [places.asked(each) for each in sources]
    guessed = {address for each in asked if each.kind == places.AUTO for _, address in auto.probes(each.url)}
    tried = {each.address: each for each in fetch.fetch_all(sorted(guessed), options, now, tell)} if guessed else {}
    contents = {address: each.content for address, each in tried.items()}
    clear = [places.told_by_answers(each, contents) or each if each.kind == places.AUTO else each for each in asked]
    known = [each for each in clear if each.kind != places.AUTO]
    first = {each.source: each for each in _hear(known, options, now, tell)}
    again = [_instead(each) for each in known if first[each.source].state == "blocked"]
    second = {each.source: each for each in _hear([each for each in again if each is not None], options, now, tell)}
    return tuple(_better(first.get(each.source) or _unknown(each, tried), second.get(each.source)) for each in clear)


def _hear(asked: Sequence[Asked], options: Options, now: datetime, tell: Callable[[str], None]) -> tuple[Heard, ...]:
    wanted = [(each, SOURCES[each.kind].documents(each.url)) for each in asked]
    owners: dict[str, Asked] = {}
    for each, documents in wanted:
        for document in documents:
            owners.setdefault(document.url, each)
    understood: dict[tuple[str, str], Answer] = {}

    def doubt(address: str, content: bytes) -> str:
        why = fetch.doubtful(address, content)
        answer, wrong = (None, why) if why else _parsed(owners[address], content)
        if answer is not None:
            understood[owners[address].source, address] = answer
        return wrong

    fetched = fetch.fetch_all(list(owners), options, now, tell, doubt=doubt) if owners else ()
    found = {each.address: each for each in fetched}
    return tuple(
        _heard(each, [_read(each, document, found[document.url], understood) for document in documents])
        for each, documents in wanted
    )


def _read(asked: Asked, wanted: Wanted, fetched: Fetched, understood: Mapping[tuple[str, str], Answer]) -> _Read:
    if fetched.content is None:
        return _Read(wanted, fetched, None, fetched.reason)
    fresh = understood.get((asked.source, wanted.url)) if fetched.state == "ok" else None
    answer, why = (fresh, "") if fresh is not None else _parsed(asked, fetched.content)
    return _Read(wanted, fetched, answer, fetched.reason if answer is not None else why)


def _parsed(asked: Asked, content: bytes) -> tuple[Answer | None, str]:
    adapter: Adapter = SOURCES[asked.kind]
    try:
        return adapter.parse(content, asked.source, asked.url), ""
    except NotUnderstoodError as error:
        return None, str(error)


def _heard(asked: Asked, documents: Sequence[_Read]) -> Heard:
    """One source from its documents: as bad as the worst that is needed, or as any, where none is."""
    needed = [each for each in documents if each.wanted.needed] or documents
    state = max((_state(each) for each in needed), key=_WORST_LAST.index)
    answers = [each.answer for each in documents if each.answer is not None]
    silent = state not in ("ok", "stale") or not answers
    contents = [each.fetched.content for each in documents if each.fetched.content is not None and each.answer]
    times = [each.fetched.at for each in documents if each.fetched.at is not None and each.answer]
    reasons = [each.reason for each in sorted(documents, key=lambda each: not each.wanted.needed) if each.reason]
    if state != "ok":
        reasons = reasons[:1]  # the others failed alike, or do not matter any more
    return Heard(
        source=asked.source,
        kind=asked.kind,
        state=state,
        address=next((each.fetched.answered for each in needed if each.fetched.answered), needed[0].wanted.url),
        reason="; ".join(dict.fromkeys(reasons)),
        at=min(times, default=None),
        sha256=digest(contents) if contents else "",
        events=() if silent else tuple(event for each in answers for event in each.events),
        components=() if silent else tuple(one for each in answers for one in each.components),
        skipped=() if silent else tuple(why for each in answers for why in each.skipped),
    )


def _state(document: _Read) -> State:
    """What the bytes are worth: those that nobody understands are none."""
    return document.fetched.state if document.answer is not None or document.fetched.content is None else "unreadable"


def _unknown(asked: Asked, tried: Mapping[str, Fetched]) -> Heard:
    """Where no answer could be read: answers of no kind that we know, or no answers."""
    mine = [tried[address] for _, address in auto.probes(asked.url)]
    if any(each.state in ("ok", "stale", "unreadable") for each in mine):
        state: State = "unreadable"
        reason = "no feed of a known kind was found there; name its kind: and the url: of the feed"
    else:
        state = "blocked" if any(each.state == "blocked" for each in mine) else "down"
        reason = next((each.reason for each in mine if each.state == state), "this is no address")
    return Heard(source=asked.source, kind=asked.kind, state=state, address=asked.url, reason=reason)


def _instead(asked: Asked) -> Asked | None:
    kind = INSTEAD.get(asked.kind)
    return msgspec.structs.replace(asked, kind=kind) if kind is not None and kind in SOURCES else None


def _better(heard: Heard, instead: Heard | None) -> Heard:
    """The history feed's answer, if it gave one, with the reason why it was asked."""
    if instead is None or not instead.answered:
        return heard
    reason = f"the API is refused, so this is the history feed: {heard.reason}"
    return msgspec.structs.replace(instead, reason="; ".join(filter(None, (reason, instead.reason))))
