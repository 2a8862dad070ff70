"""Quantiles as spreadsheets and Python's own library find them."""

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.metrics.distribution import quantile


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=40))
def test_type_7_as_the_standard_library_calls_inclusive(values: list[int]) -> None:
    tenths = statistics.quantiles(values, n=10, method="inclusive")
    assert quantile(values, 0.5) == pytest.approx(statistics.median(values), abs=0.06)
    assert quantile(values, 0.9) == pytest.approx(tenths[8], abs=0.06)


def test_one_value_is_all_of_its_quantiles() -> None:
    assert quantile([7], 0.5) == quantile([7], 0.9) == 7


def test_of_nothing_there_is_none() -> None:
    with pytest.raises(ValueError, match="no quantile"):
        quantile([], 0.5)
