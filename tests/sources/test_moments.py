"""Times as feeds write them, and what only looks like one."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.sources import moments


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2026-03-01T09:08:07Z", datetime(2026, 3, 1, 9, 8, 7, tzinfo=UTC)),
        ("2026-03-01T09:08Z", datetime(2026, 3, 1, 9, 8, tzinfo=UTC)),
        ("2026-03-01 09:08:07 UTC", datetime(2026, 3, 1, 9, 8, 7, tzinfo=UTC)),
        ("2026-03-01T09:08:07.5-08:00", datetime(2026, 3, 1, 17, 8, 7, 500_000, tzinfo=UTC)),
        ("2026-03-01T09:08:07+0530", datetime(2026, 3, 1, 3, 38, 7, tzinfo=UTC)),
        ("2026-03-01T09:08:07.1234567899Z", datetime(2026, 3, 1, 9, 8, 7, 123_456, tzinfo=UTC)),
        ("2016-12-31T23:59:60Z", datetime(2017, 1, 1, tzinfo=UTC)),
    ],
)
def test_iso_times_are_read_to_the_microsecond_in_utc(said: str, meant: datetime) -> None:
    found = moments.iso(said)
    assert found == meant
    assert found is not None
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    "said",
    [
        "2026-03-01T09:08:07",
        "2026-02-30T09:08:07Z",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59-01:00",
        "2026-03-01",
        "soon",
        "",
        "\u0662026-03-01T09:08:07Z",
        "2026-03-01T09:08:07Z" + " " * 100_000,
        None,
        1772356087,
        True,
        ["2026-03-01T09:08:07Z"],
    ],
)
def test_what_is_no_time_or_has_no_zone_is_none(said: object) -> None:
    assert moments.iso(said) is None


@given(st.datetimes(datetime(1970, 1, 2), datetime(9998, 1, 1)), st.integers(-23 * 60, 23 * 60))  # noqa: DTZ001
def test_every_instant_comes_back_whatever_the_offset(naive: datetime, minutes: int) -> None:
    instant = naive.replace(tzinfo=UTC)
    assert moments.iso(instant.astimezone(timezone(timedelta(minutes=minutes))).isoformat()) == instant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Sun, 01 Mar 2026 09:08:07 GMT", datetime(2026, 3, 1, 9, 8, 7, tzinfo=UTC)),
        ("Sun, 01 Mar 2026 09:08:07 +0000", datetime(2026, 3, 1, 9, 8, 7, tzinfo=UTC)),
        ("Sun, 01 Mar 2026 09:08:07 -0000", datetime(2026, 3, 1, 9, 8, 7, tzinfo=UTC)),
        ("1 Mar 26 09:08 PDT", datetime(2026, 3, 1, 16, 8, tzinfo=UTC)),
        ("Sun, 01 Mar 2026 09:08:07 +0530", datetime(2026, 3, 1, 3, 38, 7, tzinfo=UTC)),
    ],
)
def test_dates_of_rss_are_read(said: str, meant: datetime) -> None:
    assert moments.rfc822(said) == meant


@pytest.mark.parametrize(
    "said",
    [
        "Sun, 01 Mar 2026 09:08:07",
        "Sun, 01 Mar 2026 09:08:07 CEST",
        "Sun, 41 Mar 2026 09:08:07 GMT",
        "Sun, 01 Mar 2026 09:08:07 +9900",
        "",
        "\0",
        ",,,",
        None,
        7,
    ],
)
def test_a_date_of_rss_without_a_known_zone_is_none(said: object) -> None:
    assert moments.rfc822(said) is None


@given(st.text(max_size=80))
def test_no_text_raises(said: str) -> None:
    moments.iso(said)
    moments.rfc822(said)
