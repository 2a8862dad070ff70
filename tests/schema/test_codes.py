"""The page of a code shows what earns it: its bad example does, its good one is accepted."""

import re
from pathlib import Path
from typing import Any

import pytest

from postmortem.schema import explain
from postmortem.schema.check import check
from postmortem.schema.codes import CODES
from postmortem.yamldoc.loader import read

CASES = Path(__file__).resolve().parents[1] / "cases"
shown = pytest.mark.parametrize("code", [code for code, page in CODES.items() if page.bad])


def over_the_smallest(piece: str) -> dict[str, Any]:
    base, _ = read((CASES / "smallest.yaml").read_bytes(), "smallest.yaml")
    document, findings = read(piece.encode(), "piece.yaml")
    assert base is not None
    assert document is not None
    assert findings == ()
    return base.data | document.data


@shown
def test_the_bad_example_earns_the_code_and_the_good_one_none(code: str) -> None:
    assert [each.code for each in check(over_the_smallest(CODES[code].bad), "incident")] == [code]
    assert check(over_the_smallest(CODES[code].good), "incident") == ()


def test_only_the_code_of_last_resort_has_no_example() -> None:
    assert [code for code, page in CODES.items() if not (page.bad and page.good)] == ["PM028"]


def test_every_code_that_can_be_told_has_a_page_with_a_name_of_its_own() -> None:
    room = Path(explain.__file__).parent
    told = {code for path in room.glob("*.py") for code in re.findall(r'"(PM\d{3})"', path.read_text(encoding="utf-8"))}
    assert told == set(CODES)
    assert len({page.slug for page in CODES.values()}) == len(CODES)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", page.slug) and page.why.endswith(".") for page in CODES.values())
