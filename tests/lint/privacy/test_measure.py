"""The measure of the privacy patterns: how many labelled lines are found, how many clean ones are flagged."""

from functools import cache
from pathlib import Path

import pytest

from tests.lint.privacy.measure import Measure
from tests.lint.privacy.measure import measure as look
from tests.lint.privacy.sample import FOLDER, FOURTH, SECOND, THIRD

RECALL = 0.95
FALSE_ALARMS = 0.02

every_set = pytest.mark.parametrize("folder", [FOLDER, SECOND, THIRD, FOURTH], ids=lambda folder: folder.name)


@cache
def measure(folder: Path) -> Measure:
    return look(folder)


@every_set
def test_of_the_labelled_lines_nearly_all_are_found(folder: Path) -> None:
    told = measure(folder)
    assert sum(told.held.values()) == 200
    assert told.recall() >= RECALL, dict(told.found)


@every_set
def test_no_label_is_left_behind(folder: Path) -> None:
    told = measure(folder)
    shares = {str(label): told.found.get(label, 0) / held for label, held in told.held.items()}
    assert set(shares) == {"secret", "private_address", "internal_host", "email", "phone", "person"}
    assert {label: share for label, share in shares.items() if share < 0.9} == {}


@every_set
def test_clean_lines_are_left_alone(folder: Path) -> None:
    told = measure(folder)
    assert told.clean == 1000
    assert told.false_alarms() <= FALSE_ALARMS, told.flagged
