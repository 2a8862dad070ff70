"""Zones as status pages write them: a word and a local time in, the possible distances from UTC out. Knows no zone
database, so that every machine reads the same.

Words that mean different zones to different people (CST, IST, BST …) are not among them: such a time is not read.
"""

import re
from datetime import date, datetime, timedelta
from typing import Final

_FIXED: Final = {"utc": 0, "gmt": 0, "z": 0, "cet": 1, "cest": 2, "jst": 9, "kst": 9}
"""Hours ahead of UTC, whatever the season."""
_UNITED_STATES: Final = {"p": -8, "m": -7, "c": -6, "e": -5}
"""Hours of standard time."""
_NAMES: Final = {
    "pacific time": "pt",
    "us/pacific": "pt",
    "america/los_angeles": "pt",
    "eastern time": "et",
    "us/eastern": "et",
}
WORDS: Final = (
    r"(?:UTC|GMT)(?:[+-]\d{1,2}(?::?\d{2})?)?|US/Pacific|US/Eastern|America/Los_Angeles|Pacific Time|Eastern Time"
    r"|P[SD]?T|E[SD]?T|C[D]?T|M[SD]?T|CES?T|JST|KST|Z|\+(?:0\d|1[0-4]):[0-5]\d"
)
"""A pattern (ignoring case) for every word that is understood; what follows a bare minus is more often an end."""
_OFFSET = re.compile(r"(?:utc|gmt)?([+-])(\d{1,2})(?::?(\d{2}))?", re.ASCII)


def offsets(zone: str, local: datetime) -> tuple[timedelta, ...]:
    """How far ahead of UTC a clock may be that shows this naive local time in this zone; the likely one first.

    Where the word does not fit the season (PST in July), both are possible: people write it for either. None where the
    local time does not exist, or the word is not understood.
    """
    word = _NAMES.get(zone.lower(), zone.lower())
    if word in _FIXED:
        return (timedelta(hours=_FIXED[word]),)
    matched = _OFFSET.fullmatch(word)
    if matched is not None:
        ahead = timedelta(hours=int(matched[2]), minutes=int(matched[3] or 0))
        return (-ahead if matched[1] == "-" else ahead,)
    if word == "mst":
        return (timedelta(hours=-7),)  # Arizona has it all year
    if word[:1] in _UNITED_STATES and word[1:] in ("t", "st", "dt"):
        return _american(timedelta(hours=_UNITED_STATES[word[0]]), word[1:], local)
    return ()


def is_universal(zone: str) -> bool:
    """Whether the word means UTC itself, where nobody counts to twelve twice."""
    return zone.lower() in ("utc", "gmt", "z")


def _american(standard: timedelta, season: str, local: datetime) -> tuple[timedelta, ...]:
    """Standard and daylight time by the rule of 2007 (15 U.S.C. 260a): second Sunday of March to first of November."""
    daylight = standard + timedelta(hours=1)
    began, ended = _sunday(local.year, 3, 2), _sunday(local.year, 11, 1)
    spring, autumn = began + timedelta(hours=2), ended + timedelta(hours=2)
    if spring <= local < spring + timedelta(hours=1):
        return ()
    if autumn - timedelta(hours=1) <= local < autumn:
        return {"t": (daylight, standard), "dt": (daylight,), "st": (standard,)}[season]
    now, other = (daylight, standard) if spring <= local < autumn else (standard, daylight)
    fits = season == "t" or (season == "dt") == (now == daylight)
    return (now,) if fits else (now, other)


def _sunday(year: int, month: int, which: int) -> datetime:
    first = date(year, month, 1)
    day = 1 + (6 - first.weekday()) % 7 + 7 * (which - 1)
    return datetime(year, month, day)  # noqa: DTZ001 - local time is what the rule speaks of
