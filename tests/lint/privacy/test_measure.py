"""The measure of the privacy patterns: how many labelled lines are found, how many clean ones are flagged."""

from functools import cache

import pytest

from tests.lint.privacy.measure import Measure
from tests.lint.privacy.measure import measure as look

RECALL = 0.95
FALSE_ALARMS = 0.02


@cache
def measure() -> Measure:
    return look()


def test_of_the_labelled_lines_nearly_all_are_found() -> None:
    told = measure()
    for label, held in sorted(told.held.items()):
        print(f"{label}: {told.found.get(label, 0)} of {held}")  # noqa: T201 - the figures, for pytest -s
    assert sum(told.held.values()) == 200
    assert told.recall() >= RECALL


@pytest.mark.parametrize("label", ["secret", "private_address", "internal_host", "email", "phone", "person"])
def test_no_label_is_left_behind(label: str) -> None:
    found, held = ({str(key): number for key, number in each.items()} for each in (measure().found, measure().held))
    assert found[label] >= 0.9 * held[label]


def test_clean_lines_are_left_alone() -> None:
    told = measure()
    print(f"flagged: {len(told.flagged)} of {told.clean}")  # noqa: T201
    assert told.clean == 1000
    assert told.false_alarms() <= FALSE_ALARMS, told.flagged
