"""Times as people type them at 3 am."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.authoring.times import read, stamp, written
from postmortem.authoring.wish import WishError
from postmortem.model import moment

NOW = datetime(2026, 6, 23, 15, 0, 42, tzinfo=UTC)
START = datetime(2026, 6, 22, 12, 21, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-06-23 14:21+02:00", "2026-06-23T12:21Z"),
        ("2026-06-23 14:21 +0200", "2026-06-23T12:21Z"),
        ("2026-06-23T14:21Z", "2026-06-23T14:21Z"),
        ("2026-06-23 14:21 UTC", "2026-06-23T14:21Z"),
        ("2026-06-23T14:21:30z", "2026-06-23T14:21:30Z"),
        ("14:21Z", "2026-06-23T14:21Z"),
        ("9:05z", "2026-06-23T09:05Z"),
        ("16:21+02:00", "2026-06-23T14:21Z"),
        ("15:00Z", "2026-06-23T15:00Z"),
        ("23:50Z", "2026-06-22T23:50Z"),
        ("00:30+09:30", "2026-06-23T15:00Z"),
        ("+17m", "2026-06-22T12:38Z"),
        ("+1h5m", "2026-06-22T13:26Z"),
        ("+1d", "2026-06-23T12:21Z"),
        ("+90min", "2026-06-22T13:51Z"),
        ("20m ago", "2026-06-23T14:40Z"),
        ("1h 20m ago", "2026-06-23T13:40Z"),
        ("now", "2026-06-23T15:00Z"),
    ],
)
def test_each_form_means_one_instant(typed: str, meant: str) -> None:
    assert written(read(typed, NOW, START)) == meant


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("14:21", "needs its zone"),
        ("2026-06-23 14:21", "needs its zone"),
        ("15:20Z", "has not come yet"),
        ("2026-06-23 15:01Z", "has not come yet .that is 2026-06-23T15:01Z, and it is 2026-06-23T15:00Z."),
        ("2026-06-24T14:21+02:00", "has not come yet"),
        ("+2d", "has not come yet"),
        ("2026-02-30 14:21Z", "no such time"),
        ("25:00Z", "no such time"),
        ("14:21 CET", "no time that is understood"),
        ("yesterday", "no time that is understood"),
        ("+", "no time that is understood"),
        ("m ago", "no time that is understood"),
        ("", "no time that is understood"),
        ("+99999999m", "no time that is understood"),
        ("\u0661\u0664:\u0662\u0661Z", "no time that is understood"),
    ],
)
def test_what_cannot_be_known_is_refused_with_a_way_out(typed: str, told: str) -> None:
    with pytest.raises(WishError, match=told):
        read(typed, NOW, START)


def test_minutes_after_the_start_need_a_start() -> None:
    with pytest.raises(WishError, match="no start is known"):
        read("+17m", NOW, None)


@given(st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1)), st.integers(-14 * 60, 14 * 60), st.integers(0, 1439))  # noqa: DTZ001
def test_a_clock_time_is_one_of_the_last_day(naive: datetime, offset: int, minute: int) -> None:
    now = naive.replace(tzinfo=UTC)
    zone = f"{'-' if offset < 0 else '+'}{abs(offset) // 60:02}:{abs(offset) % 60:02}"
    try:
        found = read(f"{minute // 60:02}:{minute % 60:02}{zone}", now).instant
    except WishError:
        return
    assert timedelta(0) <= now - found <= timedelta(hours=24)
    assert (found + timedelta(minutes=offset)).strftime("%H:%M") == f"{minute // 60:02}:{minute % 60:02}"


@given(st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1)))  # noqa: DTZ001
def test_what_is_written_reads_as_the_same(naive: datetime) -> None:
    when = stamp(naive.replace(tzinfo=UTC))
    assert moment.parse(written(when)) == (when.instant, "minute")


def test_the_present_has_seconds_only_where_order_needs_them() -> None:
    assert written(stamp(NOW)) == "2026-06-23T15:00Z"
    assert written(stamp(NOW, [datetime(2026, 6, 23, 15, 0, tzinfo=UTC)])) == "2026-06-23T15:00Z"
    assert written(stamp(NOW, [datetime(2026, 6, 23, 15, 0, 30, tzinfo=UTC)])) == "2026-06-23T15:00:42Z"
