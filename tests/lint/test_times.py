"""When two times that are not exact contradict one another, and how messages write them."""

from datetime import UTC, date, datetime

import pytest

from postmortem.lint.times import end_of, shown, surely_before
from postmortem.model.moment import Moment, read_moment


def at(text: str, is_: str = "") -> Moment:
    return read_moment({"at": f"2026-06-23T{text}Z", "is": is_} if is_ else f"2026-06-23T{text}Z")


@pytest.mark.parametrize(
    ("one", "other", "before"),
    [
        (at("14:20"), at("14:21"), True),
        (at("14:21"), at("14:21"), False),
        (at("14:21"), at("14:21:59"), False),
        (at("14:21:00"), at("14:21:01"), True),
        (at("14:21"), at("15:20", "about"), False),
        (at("14:21"), at("15:22", "about"), True),
        (at("13:00", "about"), at("14:00"), False),
        (at("12:00"), at("18:00", "not_after"), False),
        (at("12:00"), at("18:00", "not_before"), True),
        (at("12:00", "not_before"), at("18:00"), False),
        (at("12:00", "not_after"), at("18:00"), True),
    ],
)
def test_times_contradict_only_where_no_reading_of_them_fits(one: Moment, other: Moment, before: bool) -> None:  # noqa: FBT001
    assert surely_before(one, other) is before


def test_a_message_leaves_out_the_date_that_stands_beside() -> None:
    assert shown(at("14:21")) == "2026-06-23 14:21 UTC"
    assert shown(at("14:21:07", "about"), at("15:00")) == "about 14:21:07 UTC"
    assert shown(at("14:21"), read_moment("2026-06-24T00:10Z")) == "2026-06-23 14:21 UTC"
    assert shown(read_moment("2026-06-23T01:00+02:00")) == "2026-06-22 23:00 UTC"


def test_a_day_ends_with_its_last_second_in_utc() -> None:
    assert end_of(date(2026, 6, 23)) == datetime(2026, 6, 23, 23, 59, 59, tzinfo=UTC)
