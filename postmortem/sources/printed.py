"""Times as pages print them for people, without a year or even a date: text in, a moment in UTC out, given a moment
that it must be near. It knows no vendor and no clock.

A time in a zone that is not in the table is no time: some letters stand for several zones (IST), and none is picked.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Final

import msgspec

# fmt: off
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ZONES: Final = MappingProxyType({
    "UTC": 0, "GMT": 0, "UT": 0, "Z": 0, "WET": 0,
    "PST": -480, "PDT": -420, "MST": -420, "MDT": -360, "CST": -360, "CDT": -300, "EST": -300, "EDT": -240,
    "AKST": -540, "AKDT": -480, "HST": -600, "AST": -240, "ADT": -180, "BRT": -180, "ART": -180,
    "BST": 60, "WEST": 60, "CET": 60, "CEST": 120, "EET": 120, "EEST": 180, "MSK": 180, "SAST": 120,
    "SGT": 480, "HKT": 480, "AWST": 480, "JST": 540, "KST": 540, "ACST": 570, "ACDT": 630, "AEST": 600,
    "AEDT": 660, "NZST": 720, "NZDT": 780,
})
"""Minutes that each is ahead of UTC: what pages print (most are of the United States), and no two of one name."""
# fmt: on
_TIME: Final = re.compile(
    r"(?:\b([A-Z][a-z]{2})[a-z]{0,6}\.? {1,4}([0-9]{1,2})(?:,? {1,4}([0-9]{4}))?,? {1,4})?"
    r"\b([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?(?: ?([AaPp][Mm])\b)?"
    r"(?: {1,2}(?:([A-Z]{1,5})\b)?(?:([+-][0-9]{1,2})(?::?([0-9]{2}))?\b)?)?"
)
_SPACES: Final = re.compile(r"\s+")
_YEARS: Final = (0, -1, 1, -2, 2, -3, 3, -4, 4)
"""How far to look for a year that has the day: four, for 29 February."""
_DAY: Final = timedelta(days=1)
_NOON: Final = 12


class Printed(msgspec.Struct, frozen=True):
    """A time as it was printed; month and day are 0, and the year too, where they were left out."""

    year: int
    month: int
    day: int
    hour: int
    minute: int
    second: int
    ahead: int


def find(said: str) -> Printed | None:
    """The first time in the text, `Aug 21, 00:37 UTC` or ` 6:06 PM PDT`, or None where there is none that is known."""
    return next(find_all(said), None)


def find_all(said: str) -> Iterator[Printed]:
    """Every time in the text, in order. The zone that ends a range (`14:00 - 16:00 PST`) holds for all of it."""
    found = list(_TIME.finditer(_SPACES.sub(" ", said)))
    zones = [_ahead(each) for each in found]
    for each, zone in zip(found, zones, strict=True):
        ahead = zone if each[8] or each[9] else zones[-1]
        made = None if ahead is None else _printed(each, ahead)
        if made is not None:
            yield made


def nearest(time: Printed, near: datetime) -> datetime | None:
    """The moment that the time means, of all years (or days) the one nearest to `near`."""
    return min(_moments(time, near), key=lambda each: abs(each - near), default=None)


def not_after(time: Printed, limit: datetime) -> datetime | None:
    """The last moment that the time can mean which is not after the limit, else the nearest to it."""
    return max((each for each in _moments(time, limit) if each <= limit), default=nearest(time, limit))


def not_before(time: Printed, limit: datetime) -> datetime | None:
    """The first moment that the time can mean which is not before the limit, else the nearest to it."""
    return min((each for each in _moments(time, limit) if each >= limit), default=nearest(time, limit))


def _moments(time: Printed, near: datetime) -> Iterator[datetime]:
    ahead = timedelta(minutes=time.ahead)
    try:
        there = near + ahead
        days = [there - _DAY, there, there + _DAY]
    except OverflowError:
        return
    if time.month:
        years = [time.year] if time.year else [there.year + each for each in _YEARS]
        dates = [(year, time.month, time.day) for year in years]
    else:
        dates = [(each.year, each.month, each.day) for each in days]
    for date in dates:
        try:
            yield datetime(*date, time.hour, time.minute, time.second, tzinfo=UTC) - ahead
        except (ValueError, OverflowError):
            continue


def _printed(found: re.Match[str], ahead: int) -> Printed | None:
    month = found[1].lower() if found[1] else ""
    hour, half = int(found[4]), (found[7] or "").lower()
    if (month and month not in _MONTHS) or (half and not 1 <= hour <= _NOON):
        return None
    if half:
        hour = hour % _NOON + (_NOON if half == "pm" else 0)
    return Printed(
        year=int(found[3] or 0),
        month=_MONTHS.index(month) + 1 if month else 0,
        day=int(found[2] or 0),
        hour=hour,
        minute=int(found[5]),
        second=int(found[6] or 0),
        ahead=ahead,
    )


def _ahead(found: re.Match[str]) -> int | None:
    """Minutes ahead of UTC; `GMT+2` and a bare `+0530` as well."""
    if found[9] is None:
        return _ZONES.get(found[8] or "")
    base = _ZONES.get(found[8] or "UTC")
    if base is None:
        return None
    sign = -1 if found[9].startswith("-") else 1
    return base + sign * (abs(int(found[9])) * 60 + int(found[10] or 0))
