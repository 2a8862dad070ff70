"""The published page of each code tells the truth: its bad example earns the code, its good one nothing."""

import pytest

from postmortem.yamldoc.codes import CODES
from postmortem.yamldoc.loader import read


@pytest.mark.parametrize("code", CODES)
def test_the_bad_example_earns_the_code_and_no_other(code: str) -> None:
    _, findings = read(CODES[code].bad.encode(), "bad.yaml")
    assert {found.code for found in findings} == {code}


@pytest.mark.parametrize("code", CODES)
def test_the_good_example_is_silent(code: str) -> None:
    document, findings = read(CODES[code].good.encode(), "good.yaml")
    assert (document is not None, findings) == (True, ())


def test_slugs_are_unique_and_codes_are_numbered() -> None:
    assert len({page.slug for page in CODES.values()}) == len(CODES)
    assert list(CODES) == [f"PM{number:03}" for number in range(1, len(CODES) + 1)]
