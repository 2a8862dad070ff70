"""Times that a status page wrote in prose: the texts of an incident in, when it began and its windows out.

Precision is worth more than recall. A time is taken only where the sentence speaks of trouble, where its zone is
written and its day is clear, and where everything that is said about it agrees; else there is nothing. What comes out
was concluded by us, never stated by the source in a field: whoever writes it down marks it `inferred`.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

import msgspec

from postmortem.enrich import zones
from postmortem.enrich.mentions import DATE, Mention, candidates, find
from postmortem.model.event import Event, Told


class Time(msgspec.Struct, frozen=True):
    """An instant in UTC, and whether the text says "about"."""

    at: datetime
    about: bool = False


class Span(msgspec.Struct, frozen=True):
    """From when trouble lasted; `end` is None where only its beginning is told."""

    start: Time
    end: Time | None = None


class Spoken(msgspec.Struct, frozen=True, kw_only=True):
    """What the texts say of one incident: its beginning and the update that tells it, the windows and theirs."""

    started: Time | None = None
    told_by: str = ""
    windows: tuple[Span, ...] = ()


_TROUBLE = re.compile(
    r"error|elevat|degrad|outage|issue|incident|impact|problem|fail|unavailab|unable|latenc|slow|disrupt|time-?out"
    r"|unreachable|\bdown\b|downtime|broken|affect|interrupt|offline|spike|uptick|not able|prevent|\b5\d\ds?\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\bwill\b|schedul|planned|maintenance|expect|rolled|rolling|roll-?out|deployed|no errors|tomorrow", re.IGNORECASE
)
_BETTER = re.compile(
    r"stable|baseline|normal|recover|restor|resolv|mitigat|\bfix|working|reduc|\blow\b|health|again|another|repeat"
    r"|re-?start|return|improv|operational|success|creat|deploy|roll|second|worse|after\b",
    re.IGNORECASE,
)
_BEGAN = re.compile(
    r"(?:\b(?:started|began|start of (?:errors|impact|the (?:incident|issue|impact))"
    r"|(?:incident|issue|impact|outage)s? start(?:ing)?)"
    r"(?:\s(?:at|on|around|from))*\W{0,6})$",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\b(?:since|starting|beginning)(?:\s(?:at|from|with|on|around))*\s?$", re.IGNORECASE)
_UNTIL = re.compile(
    r"\s?,?\s?(?:to|until|till|through(?:\sto)?|thru|and(?:\suntil)?|through\sto|\u2013|\u2014|--?>?|\u2192|up to)\s?",
    re.IGNORECASE,
)
_ENDED = re.compile(
    r",?\sand\s(?:[\w-]+\s){0,5}?(?:ended|mitigated|resolved|recovered|over)(?:\s(?:at|by|on|as of))*\s?",
    re.IGNORECASE,
)
_OTHER_DAY = re.compile(
    rf"{DATE}|\b\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?\b|\b(?:yesterday|last night|overnight|tomorrow|days? ago"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)
_ALL_TIMES = re.compile(rf"all times(?:\sare)?(?:\slisted)?(?:\sin)?\s({zones.WORDS})(?!\w)", re.IGNORECASE)
_HAS_TIME = re.compile(r"\d(?::\d\d|\s?[ap]\.?m|\s(?:UTC|GMT|P[SD]?T))", re.IGNORECASE | re.ASCII)
_CUT = re.compile(r"(?<=[.!?])\s+(?=[A-Z*\-])|\n+")
_LONGEST: Final = 1500
"""Characters of a text that are looked at: what is told in detail further down is about its parts."""
_SLACK: Final = timedelta(seconds=60)
_APART: Final = timedelta(minutes=30)
_LONGEST_WINDOW: Final = timedelta(days=7)
_CLOSING: Final = frozenset({"monitoring", "resolved", "postmortem"})
"""Only who looks back tells all windows; before, others may still be open."""


def spoken(told: Told, opened: datetime) -> Spoken:
    """What the texts of an incident say; `opened` is when its page was first public: it must have begun by then.

    Who looks back in one text (`windows`) is believed before those who spoke while it lasted.
    """
    if told.head.kind == "maintenance":
        return Spoken()
    begun: list[tuple[Event, Time]] = []
    recap: tuple[Event, tuple[Span, ...]] | None = None
    for event in told.events:
        spans = tuple(said(event.text, event.posted or event.at))
        windows = tuple(each for each in spans if each.end is not None)
        if event.status in _CLOSING and windows and min(each.start.at for each in windows) <= opened + _SLACK:
            recap = (event, windows)
        begun.extend((event, each.start) for each in spans if each.start.at <= opened + _SLACK)
    if recap is not None:
        event, windows = recap
        return Spoken(started=min((each.start for each in windows), key=_at), told_by=event.update, windows=windows)
    if not begun or max(each.at for _, each in begun) - min(each.at for _, each in begun) > _APART:
        return Spoken()
    last = begun[-1][0]
    started = min((each for event, each in begun if event is last), key=_at)
    return Spoken(started=started, told_by=last.update)


def said(text: str, at: datetime) -> Iterator[Span]:
    """Every stretch of trouble that a text of that instant tells, in the order in which it tells them."""
    if _HAS_TIME.search(text) is None:
        return
    whole = text[:_LONGEST]
    default = _ALL_TIMES.search(text)
    heading = ""
    for sentence in _CUT.split(whole):
        listed = sentence.lstrip().startswith(("*", "-", "•"))
        context = f"{heading} {sentence}" if listed else sentence
        if not listed:
            heading = sentence
        if _HAS_TIME.search(sentence) and _TROUBLE.search(context) and not _AHEAD.search(context):
            yield from _spans(sentence, at, default[1] if default else "")


def _spans(sentence: str, at: datetime, zone: str) -> Iterator[Span]:
    found = find(sentence, zone)
    outside = "".join(_outside(sentence, found))
    if not found or _OTHER_DAY.search(outside):
        return
    spans: list[Span] = []
    index = alone = 0
    while index < len(found):
        following = found[index + 1] if index + 1 < len(found) else None
        if following is not None and _joined(sentence, found[index], following):
            window = _window(found[index], following, at)
            check = _bracketed(sentence, found[index + 2 :], following, at)
            index += 2 + (2 if check is not None else 0)
            spans += [window] if window is not None and check in (None, window) else []
            continue
        single = _single(sentence, found[index], at)
        index, alone = index + 1, alone + 1
        spans += [single] if single is not None else []
    # where another time stands beside a window ("followed by … until 08:32") trouble may have gone on
    yield from (msgspec.structs.replace(each, end=None) for each in spans) if alone else spans


def _outside(sentence: str, found: Iterable[Mention]) -> Iterator[str]:
    end = 0
    for each in found:
        yield sentence[end : each.start]
        end = each.end
    yield sentence[end:]


def _joined(sentence: str, one: Mention, other: Mention) -> bool:
    between = sentence[one.end : other.start]
    if _UNTIL.fullmatch(between):
        return True
    return bool(_ENDED.fullmatch(between)) and _BEGAN.search(_lead(sentence, one)) is not None


def _bracketed(sentence: str, rest: list[Mention], last: Mention, at: datetime) -> Span | None:
    """The same window once more in brackets, in another zone."""
    if len(rest) > 1 and sentence[last.end : rest[0].start].strip() == "(" and _joined(sentence, rest[0], rest[1]):
        return _window(rest[0], rest[1], at) or Span(Time(at), Time(at))
    return None


def _window(one: Mention, other: Mention, at: datetime) -> Span | None:
    zone, other_zone = _zone(one), _zone(other)
    if one.day and not other.day:
        starts = candidates(one, at, other_zone)
        ends = [each for start in starts for each in candidates(other, start + timedelta(hours=12), zone)]
        ends = [each for each in ends if each <= at + timedelta(minutes=10)]
    else:
        ends = list(candidates(other, at, zone))
        starts = candidates(one, ends[0] - timedelta(minutes=10), other_zone) if len(ends) == 1 else ()
        starts = starts or _shortly_before(one, ends, other_zone)
    if len(starts) != 1 or len(ends) != 1 or not timedelta(0) < ends[0] - starts[0] <= _LONGEST_WINDOW:
        return None
    return Span(Time(starts[0], one.about), Time(ends[0], other.about))


def _shortly_before(one: Mention, ends: list[datetime], zone: str) -> tuple[datetime, ...]:
    found = candidates(one, ends[0], zone) if len(ends) == 1 else ()
    return tuple(each for each in found if each < ends[0])


def _single(sentence: str, one: Mention, at: datetime) -> Span | None:
    before = _lead(sentence, one)
    began, since = _BEGAN.search(before), _SINCE.search(before)
    if began is None and since is None:
        return None
    if _BETTER.search(before if began is not None else sentence):
        return None
    found = candidates(one, at)
    return Span(Time(found[0], one.about)) if len(found) == 1 else None


def _lead(sentence: str, one: Mention) -> str:
    """What stands before a time, without its day and "about"."""
    before = re.sub(r"(?i)\s(?:about|approximately|around|roughly)$", "", sentence[: one.clock_at].rstrip("~ "))
    return re.sub(rf"(?i)\s?{DATE},?(?:\sat)?$", "", before)


def _zone(mention: Mention) -> str:
    return mention.zone or next((each.zone for each in mention.beside if each.zone), "")


def _at(time: Time) -> datetime:
    return time.at
