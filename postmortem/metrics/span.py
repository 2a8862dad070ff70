"""Which days were watched, as intervals of time. Coverage and days in, intervals out; knows no incident.

A day is a day of UTC. The as-of day counts whole: it ends at the midnight after it.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from postmortem.model.figure import Extent
from postmortem.model.interval import Interval, union
from postmortem.model.settings import Settings, covering

_DAY = timedelta(days=1)


def watched(settings: Settings, as_of: date, provider: str | None = None) -> tuple[Interval, ...]:
    """The days of coverage up to the as-of day, in order; none where no coverage is stated: nobody said that anybody
    watched. Without a provider, days on which any was watched.
    """
    return union(
        days(each.from_, min(each.until or as_of, as_of))
        for each in covering(settings, provider)
        if each.from_ <= as_of
    )


def days(first: date, last: date) -> Interval:
    """From the first moment of one day to the last of another."""
    return Interval(midnight(first), midnight(last) + _DAY)


@lru_cache(maxsize=256)
def midnight(day: date) -> datetime:
    """The moment with which a day of UTC begins."""
    return datetime.combine(day, time(), UTC)


def latest(as_of: date, count: int) -> Interval:
    """So many days, the as-of day being the last."""
    return days(as_of - timedelta(days=count - 1), as_of)


def cut(intervals: Iterable[Interval], within: Iterable[Interval]) -> tuple[Interval, ...]:
    """What lies in both; both may be in any order."""
    bounds = tuple(within)
    return union(
        Interval(max(each.start, bound.start), min(each.end, bound.end)) for each in intervals for bound in bounds
    )


def count(intervals: Iterable[Interval]) -> int:
    """How many whole days, of intervals that begin and end at midnight."""
    return sum((each.end - each.start).days for each in intervals)


def extent(spans: tuple[Interval, ...], asked: Interval | None, *, complete: bool, provider: str | None) -> Extent:
    """What a figure says about its window: the watched part of what was asked for, or all that was watched."""
    kept = spans if asked is None else cut(spans, [asked])
    return Extent(
        start=kept[0].start.date() if kept else None,
        end=(kept[-1].end - _DAY).date() if kept else None,
        asked=count(kept) if asked is None else count([asked]),
        watched=count(kept),
        complete=complete and bool(kept),
        provider=provider,
    )
