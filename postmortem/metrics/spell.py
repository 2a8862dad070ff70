"""One stretch of impact as numbers take it: the time that is certain, and the time that is possible. Rows in, spells
out. An unknown end is never guessed: it only widens what is possible.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Literal

import msgspec

from postmortem.metrics import span
from postmortem.model.interval import Interval
from postmortem.model.summary import ClassRow, Stretch, Summary
from postmortem.model.vocabulary import ImpactClass, Level

Ends = Literal["known", "ongoing", "unknown"]
_KNOWN = ("exact", "about")


class Spell(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A window of an incident. `sure` is None where not even a minute is certain; `possible` holds `sure`. `about` says
    that a bound is approximate by the record's own word.
    """

    incident: str
    providers: tuple[str, ...]
    impact: ImpactClass
    services: tuple[str, ...]
    level: Level
    ends: Ends
    about: bool
    sure: Interval | None
    possible: Interval


def spells(row: Summary, as_of: date) -> Iterator[Spell]:
    """The windows of every affected class; a class that is affected and states no window counts as one of which neither
    end is known.
    """
    for name, impact in row.impact.items():
        if impact.state == "affected":
            for window in impact.windows or (Stretch(None, None, impact.level or "unknown"),):
                yield _spell(row, name, impact, window, as_of)


def _spell(row: Summary, name: ImpactClass, impact: ClassRow, window: Stretch, as_of: date) -> Spell:
    start = window.start if window.start_is in _KNOWN else None
    end = window.end if window.end_is in _KNOWN else None
    ends: Ends = "unknown" if start is None or (end is None and not window.ongoing) else "known"
    return Spell(
        incident=row.id,
        providers=row.providers,
        impact=name,
        services=window.services or impact.services or row.services,
        level=window.level,
        ends="ongoing" if window.ongoing and ends == "known" else ends,
        about="about" in (window.start_is, window.end_is),
        sure=_sure(window, as_of),
        possible=_possible(row, window, as_of),
    )


def _sure(window: Stretch, as_of: date) -> Interval | None:
    """From the latest it can have begun to the earliest it can have ended.

    A window that goes on is certain up to the beginning of the as-of day; how long it went on during that day is not.
    """
    start = window.start if window.start_is != "not_before" else None
    end = window.end if window.end_is != "not_after" else None
    if window.ongoing:
        end = span.midnight(as_of)
    return None if start is None or end is None or start >= end else Interval(start, end)


def _possible(row: Summary, window: Stretch, as_of: date) -> Interval:
    """From the earliest it can have begun to the latest it can have ended. Where the record gives no bound: from when
    the incident was first known, to when it was resolved; while it is open, to the end of the as-of day.

    That is a convention, not a bound: a page may be opened late and closed late.
    """
    start, end = window.start, window.end
    if start is not None and end is not None and start < end and window.start_is in _KNOWN and window.end_is in _KNOWN:
        return Interval(start, end)
    close = span.days(as_of, as_of).end
    start = window.start if window.start_is != "not_after" else None
    end = window.end if window.end_is != "not_before" else None
    latest = end or _closed(row, window, close)
    earliest = start or min(row.first_known, window.start or row.first_known, latest)
    return Interval(earliest, max(latest, earliest))


def _closed(row: Summary, window: Stretch, close: datetime) -> datetime:
    if window.ongoing or row.is_open:
        return close
    told = max(row.resolved or row.changed, row.first_known)
    return min(max(told, window.start or told, window.end or told), close)
