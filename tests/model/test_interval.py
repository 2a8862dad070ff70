"""Time that intervals share counts once."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from postmortem.model.interval import Interval, covered, union

ZERO = datetime(2026, 6, 23, tzinfo=UTC)


def interval(start: int, end: int) -> Interval:
    return Interval(ZERO + timedelta(minutes=start), ZERO + timedelta(minutes=end))


MINUTES = st.integers(0, 60)
INTERVALS = st.lists(st.builds(interval, MINUTES, MINUTES), max_size=8)


def minutes(intervals: list[Interval]) -> set[datetime]:
    """The slow way: every minute by itself."""
    every = (ZERO + timedelta(minutes=number) for number in range(61))
    return {minute for minute in every if any(each.start <= minute < each.end for each in intervals)}


@given(INTERVALS)
def test_the_union_covers_the_minutes_that_any_covers(intervals: list[Interval]) -> None:
    merged = list(union(intervals))
    assert minutes(merged) == minutes(intervals)
    assert covered(intervals) == timedelta(minutes=len(minutes(intervals)))
    assert all(earlier.end < later.start for earlier, later in pairwise(merged))


@given(INTERVALS)
def test_the_order_in_which_windows_are_written_changes_nothing(intervals: list[Interval]) -> None:
    assert union(reversed(intervals)) == union(intervals)
    assert union([*intervals, *intervals]) == union(intervals)


def test_empty_and_reversed_intervals_cover_nothing() -> None:
    assert union([interval(5, 5), interval(9, 3)]) == ()
    assert covered([]) == timedelta()


def test_touching_intervals_are_one() -> None:
    assert union([interval(10, 20), interval(0, 10)]) == (interval(0, 20),)
