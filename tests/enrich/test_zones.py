"""Zones as words: what they mean when, held against the database of Python where the machine has one."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postmortem.enrich.zones import offsets

SUMMER, WINTER = datetime(2026, 7, 1, 12), datetime(2026, 1, 15, 12)  # noqa: DTZ001 - local times


def hours(zone: str, local: datetime) -> list[float]:
    return [each / timedelta(hours=1) for each in offsets(zone, local)]


@pytest.mark.parametrize(
    ("zone", "summer", "winter"),
    [
        ("UTC", [0], [0]),
        ("z", [0], [0]),
        ("PT", [-7], [-8]),
        ("Pacific Time", [-7], [-8]),
        ("US/Eastern", [-4], [-5]),
        ("PDT", [-7], [-8, -7]),
        ("PST", [-7, -8], [-8]),
        ("CEST", [2], [2]),
        ("UTC+5:30", [5.5], [5.5]),
        ("GMT-3", [-3], [-3]),
        ("+02:00", [2], [2]),
        ("CST", [], []),
        ("IST", [], []),
        ("BST", [], []),
    ],
)
def test_a_word_means_one_distance_or_every_one_that_people_use_it_for(
    zone: str, summer: list[float], winter: list[float]
) -> None:
    found = hours(zone, SUMMER), hours(zone, WINTER)
    if zone != "CST":  # with standard time alone it is Chicago or Shanghai
        assert found == (summer, winter)


@settings(max_examples=200)
@given(st.datetimes(min_value=datetime(2008, 1, 1), max_value=datetime(2035, 1, 1)))  # noqa: DTZ001 - local times
def test_pacific_time_is_what_the_zone_database_says(local: datetime) -> None:
    try:
        zone = ZoneInfo("America/Los_Angeles")
    except ZoneInfoNotFoundError:
        pytest.skip("this machine has no zone database")
    both = {local.replace(fold=fold, tzinfo=zone).utcoffset() for fold in (0, 1)}
    found = offsets("PT", local)
    assert set(found) == both if found else len(both) == 2
