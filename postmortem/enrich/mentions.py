"""Where a text mentions a time of day, and which instants each mention can mean. Text and the instant by which it was
over in, candidates out; knows nothing of what the sentence says about the time.

A clock without its day is the last one before; a clock without am and pm counts to twelve wherever Americans write it,
unless it shows that it does not. Two clocks side by side ("7:08am PT / 14:08 UTC") are one mention, and have to agree.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final

import msgspec

from postmortem.enrich import zones

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY_OF_MONTH = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:\s?,?\s(?:20\d{2}))?"
DATE: Final = (
    r"(?:(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,?\s)?"
    rf"(?:20\d{{2}}-\d{{2}}-\d{{2}}|{_MONTH}\s{_DAY_OF_MONTH}\b{_YEAR}|{_DAY_OF_MONTH}\s(?:of\s)?{_MONTH}(?!\w){_YEAR}))"
)
"""A day in words, with or without its year; never digits alone between slashes, which read differently elsewhere."""
_ABOUT = r"(?:about|approximately|approx\.?|around|roughly|~|circa)\s?"
_MERIDIEM = r"(?:[ap]\.?m\.?(?!\w)|[ap](?![\w.]))"
_ZONE = rf"(?:(?:{zones.WORDS})(?![\w+-]))"
_MENTION = re.compile(
    rf"(?:(?P<before>{DATE}),?\s(?:(?:at|from|between|starting|beginning|on|and)\s)*)?(?P<about>{_ABOUT})?"
    rf"(?<![\w.:/])(?<!UTC[+-])(?<!GMT[+-])(?P<clock>\d{{1,2}}(?::\d{{2}}){{1,2}}(?!\d|:\d)|\d{{1,2}}(?=\s?{_MERIDIEM}|\s(?:UTC|GMT|P[SD]?T)\b))"
    rf"\s?(?P<meridiem>{_MERIDIEM})?\s?(?P<zone>{_ZONE})?(?:\snoon)?"
    rf"(?:,?\s(?:on\s)?(?P<after>{DATE})(?!\s(?:at\s)?\d{{1,2}}:)\s?(?P<late_zone>{_ZONE})?)?",
    re.IGNORECASE | re.ASCII,
)
_LATER: Final = timedelta(minutes=10)
"""Clocks of people and pages differ, and texts are dated when they were begun."""
_NEAR: Final = timedelta(hours=6)
_SAME_STORY: Final = timedelta(hours=12)
"""A clock without a day that was so long before is about another day: texts are dated back, too."""
_OLDEST: Final = timedelta(days=60)
_DAY: Final = timedelta(days=1)
_NOON: Final = 12


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """One clock in a text: from where to where it stands, and what is written."""

    start: int
    clock_at: int
    end: int
    hour: int
    minute: int
    second: int = 0
    padded: bool = False
    meridiem: str = ""
    zone: str = ""
    day: str = ""
    about: bool = False
    beside: tuple["Mention", ...] = ()


def find(text: str, zone: str = "") -> list[Mention]:
    """Every clock in the text, in order; those that stand side by side as one. `zone` is where nothing else is said."""
    found = [each for match in _MENTION.finditer(text) for each in _mention(match, zone)]
    folded: list[Mention] = []
    for each in found:
        last = folded[-1] if folded else None
        if last is not None and not last.beside and _side_by_side(text, last, each):
            end = text.index(")", each.end) + 1 if "(" in text[last.end : each.start] else each.end
            folded[-1] = msgspec.structs.replace(last, beside=(each,), end=end)
        else:
            folded.append(each)
    return folded


def candidates(mention: Mention, by: datetime, inherited: str = "") -> tuple[datetime, ...]:
    """The instants (UTC) that the mention can mean, knowing that it was over by then: one if it is clear, none if it
    contradicts itself. `inherited` is the zone of what it stands with, for a clock without one.
    """
    whole = [msgspec.structs.replace(each, zone=each.zone or inherited) for each in (mention, *mention.beside)]
    if mention.beside:
        whole = [each for each, given in zip(whole, (mention, *mention.beside), strict=True) if given.zone or given.day]
    if not whole or not all(each.zone for each in whole):
        return ()
    first = next((each for each in whole if each.day), whole[0])
    possible = [at for at in _instants(first, by) if all(_shows(each, at) for each in whole)]
    near = [at for at in possible if by - at <= _NEAR]
    return tuple(near if len(possible) > 1 and not first.day else possible)


def _mention(match: re.Match[str], zone: str) -> Iterator[Mention]:
    parts = [int(part) for part in match["clock"].split(":")]
    hour, minute, second = (*parts, 0, 0)[:3]
    if hour > 23 or minute > 59 or second > 59 or (match["before"] and match["after"]):  # noqa: PLR2004 - a clock
        return
    yield Mention(
        start=match.start(),
        clock_at=match.start("clock"),
        end=match.start() + len(match[0].rstrip()),
        hour=hour,
        minute=minute,
        second=second,
        padded=match["clock"].startswith("0"),
        meridiem=(match["meridiem"] or "")[:1].lower(),
        zone=match["zone"] or match["late_zone"] or zone,
        day=match["before"] or match["after"] or "",
        about=match["about"] is not None,
    )


def _side_by_side(text: str, one: Mention, other: Mention) -> bool:
    between = text[one.end : other.start]
    return bool(re.fullmatch(r"\s?/\s?", between)) or (
        between.strip() == "(" and text[other.end : other.end + 1] == ")" and bool(one.zone)
    )


def _hours(mention: Mention) -> tuple[int, ...]:
    hour = mention.hour
    if mention.meridiem:
        if hour > _NOON:
            return (hour,) if mention.meridiem == "p" else ()
        return (hour % _NOON + (_NOON if mention.meridiem == "p" else 0),) if hour else ()
    if hour > _NOON or hour == 0 or mention.padded or zones.is_universal(mention.zone):
        return (hour,)
    return (hour % _NOON, hour % _NOON + _NOON)


def _instants(mention: Mention, by: datetime) -> Iterator[datetime]:
    """Every reading of one clock that lies before: on its day, or within one."""
    reach = _OLDEST if mention.day else _SAME_STORY
    for day in _days(mention.day, by):
        for hour in _hours(mention):
            local = datetime(day.year, day.month, day.day, hour, mention.minute, mention.second)  # noqa: DTZ001
            for ahead in zones.offsets(mention.zone, local):
                at = (local - ahead).replace(tzinfo=UTC)
                if by - reach <= at <= by + _LATER:
                    yield at


def _days(said: str, by: datetime) -> Iterator[date]:
    around = [(by + _DAY * distance).date() for distance in (-2, -1, 0, 1)]
    if not said:
        yield from around
        return
    iso = re.search(r"(20\d{2})-(\d{2})-(\d{2})", said)
    month = re.search(rf"\b({_MONTH})", re.sub(r"(?i)^(?:mon|tue|wed|thu|fri|sat|sun)\w*,?\s", "", said), re.IGNORECASE)
    year = re.search(r"\b20\d{2}", said)
    number = re.search(r"\b(\d{1,2})(?:st|nd|rd|th)?\b", said, re.IGNORECASE)
    if iso is None and (month is None or number is None):
        return
    years = [int(year[0])] if year else [by.year, by.year - 1]
    for each in years:
        try:
            if iso is not None:
                yield date(int(iso[1]), int(iso[2]), int(iso[3]))
            elif month is not None and number is not None:
                yield date(each, _MONTHS.index(month[1][:3].lower()) + 1, int(number[1]))
        except ValueError:
            continue


def _shows(mention: Mention, at: datetime) -> bool:
    """Whether a clock in the mention's zone shows this at that instant."""
    return any(
        at == there
        for day in ((at + _DAY * distance).date() for distance in (-1, 0, 1))
        for hour in _hours(mention)
        if not mention.day or day in set(_days(mention.day, at))
        for local in (datetime(day.year, day.month, day.day, hour, mention.minute, mention.second),)  # noqa: DTZ001
        for there in ((local - ahead).replace(tzinfo=UTC) for ahead in zones.offsets(mention.zone, local))
    )
