"""Times and durations read as people would say them, and never say more than was written."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.model.claims import Window
from postmortem.model.derived import ImpactTime
from postmortem.model.moment import Bound, Moment, read_bound, read_moment
from postmortem.pages import times


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "less than 1 min"),
        (1, "1 min"),
        (45, "45 min"),
        (60, "1 h"),
        (112, "1 h 52 min"),
        (1440, "1 d"),
        (76 * 60 + 59, "3 d 4 h"),
    ],
)
def test_durations(minutes: int, words: str) -> None:
    assert times.duration(minutes) == words


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2026-06-23T14:21Z", "23 June 2026, 14:21 UTC"),
        ("2026-06-23T14:21:07Z", "23 June 2026, 14:21:07 UTC"),
        ("2026-06-24T00:21+02:00", "23 June 2026, 22:21 UTC"),
        ({"at": "2026-06-23T15:58Z", "is": "about"}, "23 June 2026, about 15:58 UTC"),
        ({"at": "2026-06-23T15:58Z", "is": "not_before"}, "23 June 2026, not before 15:58 UTC"),
        ({"at": "2026-06-23T15:58Z", "is": "not_after"}, "23 June 2026, not after 15:58 UTC"),
    ],
)
def test_a_moment_is_in_utc_and_says_how_exact_it_is(written: object, shown: str) -> None:
    assert times.said(read_moment(written)) == shown


@given(st.datetimes(min_value=datetime(1999, 1, 1)))  # noqa: DTZ001  its zone is written below
def test_minutes_stay_minutes(instant: datetime) -> None:
    moment = read_moment(f"{instant:%Y-%m-%dT%H:%MZ}")
    assert times.when(moment).striptags().count(":") == 1
    assert str(times.when(moment)).split('"')[1] == f"{instant:%Y-%m-%dT%H:%MZ}"


@pytest.mark.parametrize(
    ("time", "what", "words"),
    [
        (ImpactTime(112), "end", "1 h 52 min"),
        (ImpactTime(112, unknown=1), "end", "1 h 52 min; one more window has no known end"),
        (ImpactTime(85, unknown=2), "start or end", "1 h 25 min; 2 more windows have no known start or end"),
        (ImpactTime(None, unknown=1), "start", "One window has no known start"),
        (ImpactTime(None, ongoing=1), "end", "Still going on"),
        (ImpactTime(30, ongoing=1), "end", "30 min; one more window still going on"),
        (ImpactTime(None), "end", "Not known"),
    ],
)
def test_unknown_ends_are_counted_and_never_guessed(time: ImpactTime, what: str, words: str) -> None:
    assert times.impact_time(time, what) == words


def _window(start: object, end: object) -> Window:
    return Window(start=read_bound(start), end=None if end is None else read_bound(end))


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2026-06-23T14:21Z", "2026-06-23T15:41Z", "14:21 to 15:41 UTC"),
        ("2026-06-23T23:50Z", "2026-06-24T00:10Z", "23 June 2026, 23:50 UTC to 24 June 2026, 00:10 UTC"),
        ("2026-06-23T14:21Z", None, "since 14:21 UTC, still going on"),
        ("2026-06-23T14:21Z", "unknown", "from 14:21 UTC, end not known"),
        ("unknown", "2026-06-23T15:41Z", "start not known, until 23 June 2026, 15:41 UTC"),
        ("unknown", "unknown", "start and end not known"),
        ("unknown", None, "start not known, still going on"),
    ],
)
def test_a_window_says_which_ends_are_known(start: object, end: object, words: str) -> None:
    assert times.stretch(_window(start, end)).striptags() == words


def test_what_the_unknown_windows_lack_is_named() -> None:
    known = Bound(Moment(read_moment("2026-06-23T14:21Z").instant))
    nothing = Bound(None)
    assert times.missing((Window(start=known, end=nothing),)) == "end"
    assert times.missing((Window(start=nothing, end=known),)) == "start"
    assert times.missing((Window(start=nothing, end=nothing),)) == "start or end"
    assert times.missing((Window(start=known), Window(start=known, end=nothing))) == "end"


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2026, 6, 16), date(2026, 6, 23), "16 to 23 June 2026"),
        (date(2026, 6, 16), date(2026, 6, 16), "16 June 2026"),
        (date(2026, 6, 30), date(2026, 7, 1), "30 June 2026 to 1 July 2026"),
    ],
)
def test_days(start: date, end: date, words: str) -> None:
    assert times.days(start, end) == words


def test_a_moment_in_short_says_how_exact_it_is() -> None:
    assert times.shortly(Moment(datetime(2026, 6, 23, 15, 58, tzinfo=UTC), is_="about")) == "about 15:58"
    assert times.shortly(Moment(datetime(2026, 6, 23, 15, 58, 7, tzinfo=UTC), "second")) == "15:58:07"
