"""Intervals of time and their union: the arithmetic behind impact time. Instants in, minutes out; knows no
incident.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec


class Interval(msgspec.Struct, frozen=True, order=True, gc=False):
    """A half-open stretch of time, `start <= t < end`, both aware."""

    start: datetime
    end: datetime


def union(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """The same covered time as disjoint intervals in order; touching ones are one, empty and reversed ones are
    nothing.
    """
    merged: list[Interval] = []
    for interval in sorted(each for each in intervals if each.start < each.end):
        if merged and interval.start <= merged[-1].end:
            merged[-1] = Interval(merged[-1].start, max(merged[-1].end, interval.end))
        else:
            merged.append(interval)
    return tuple(merged)


def covered(intervals: Iterable[Interval]) -> timedelta:
    """How long the union lasts: time that two intervals share counts once."""
    return sum((each.end - each.start for each in union(intervals)), timedelta())
