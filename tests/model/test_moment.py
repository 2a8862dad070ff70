"""Times as authors write them become the instants they mean."""

from datetime import UTC, datetime, timedelta, timezone

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.model.moment import Bound, Moment, parse, read_bound, read_moment, rfc3339
from tests.model.made import utc


@pytest.mark.parametrize(
    ("text", "instant", "precision"),
    [
        ("2026-06-23T14:21Z", "2026-06-23T14:21:00+00:00", "minute"),
        ("2026-06-23T14:21:00Z", "2026-06-23T14:21:00+00:00", "second"),
        ("2026-06-23T14:21:09.999999999Z", "2026-06-23T14:21:09+00:00", "second"),
        ("2026-06-23T16:21+02:00", "2026-06-23T14:21:00+00:00", "minute"),
        ("2026-06-23T14:21-00:00", "2026-06-23T14:21:00+00:00", "minute"),
        ("2026-01-01T05:44+05:45", "2025-12-31T23:59:00+00:00", "minute"),
        ("2025-12-31T16:30-07:30", "2026-01-01T00:00:00+00:00", "minute"),
        ("2028-02-29T23:59Z", "2028-02-29T23:59:00+00:00", "minute"),
        ("2000-02-29T00:00Z", "2000-02-29T00:00:00+00:00", "minute"),
    ],
)
def test_a_time_with_its_zone_is_an_instant_in_utc(text: str, instant: str, precision: str) -> None:
    found, how = parse(text)
    assert (found, how) == (utc(instant), precision)
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    [
        "2026-06-23T14:21",
        "2026-06-23",
        "2026-06-23 14:21Z",
        "2026-06-23t14:21z",
        "2026-02-29T00:00Z",
        "1900-02-29T00:00Z",
        "2026-13-01T00:00Z",
        "2026-06-31T00:00Z",
        "2026-06-23T24:00Z",
        "2026-06-23T14:60Z",
        "2026-06-30T23:59:60Z",
        "2026-06-23T14:21:00.Z",
        "2026-06-23T14:21+24:00",
        "2026-06-23T14:21+01:75",
        "2026-06-23T14:21+0200",
        "2026-06-23T14:21Z\n",
        "٢٠٢٦-06-23T14:21Z",
        "0001-01-01T00:00+14:00",
        "9999-12-31T23:59-01:00",
        "",
    ],
)
def test_what_names_no_instant_is_refused_with_a_value_error(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - which one of datetime's is not ours to say
        parse(text)


INSTANTS = st.datetimes(min_value=datetime(1900, 1, 2), max_value=datetime(2999, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants naive bounds
OFFSETS = st.integers(-23 * 60 - 59, 23 * 60 + 59).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(INSTANTS, OFFSETS)
def test_reading_agrees_with_pythons_own_reader(instant: datetime, zone: timezone) -> None:
    text = instant.astimezone(zone).isoformat()
    assert parse(text) == (datetime.fromisoformat(text).astimezone(UTC).replace(microsecond=0), "second")


@given(INSTANTS, OFFSETS)
def test_what_is_printed_is_read_back(instant: datetime, zone: timezone) -> None:
    assert parse(rfc3339(instant.astimezone(zone))) == (instant.replace(microsecond=0), "second")


def test_print_always_has_seconds_and_four_digits_of_a_year() -> None:
    assert rfc3339(utc("2026-06-23T16:21+02:00")) == "2026-06-23T14:21:00Z"
    assert rfc3339(utc("0987-06-05T04:03:02.999Z")) == "0987-06-05T04:03:02Z"


def test_a_claimed_time_carries_its_claim() -> None:
    claim = {"at": "2026-06-23T14:21Z", "is": "not_before", "confidence": "inferred", "evidence": ["e1", "e2"]}
    moment = read_moment(claim)
    assert moment == Moment(utc("2026-06-23T14:21Z"), "minute", "not_before", "inferred", ("e1", "e2"))
    assert moment != read_moment("2026-06-23T14:21Z")
    assert len({moment, read_moment(claim)}) == 1


@pytest.mark.parametrize("value", [{"at": "2026-06-23T14:21Z", "when": "x"}, {"is": "about"}, 5, None])
def test_no_other_shape_is_a_time(value: object) -> None:
    with pytest.raises(msgspec.ValidationError):
        read_moment(value)


def test_a_bound_is_a_time_or_unknown() -> None:
    assert read_bound("unknown") == Bound(None)
    assert read_bound("2026-06-23T14:21Z").moment == read_moment("2026-06-23T14:21Z")
    assert read_bound("unknown") != read_bound("2026-06-23T14:21Z")
