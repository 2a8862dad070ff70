"""The record that shows the whole format is read as its author meant it, and survives being published."""

import json
from pathlib import Path
from typing import Any

import pytest

from postmortem.model.finding import Span
from postmortem.yamldoc.document import Document
from postmortem.yamldoc.dump import dump
from postmortem.yamldoc.loader import read

EXAMPLE = Path(__file__).parents[3] / "shared" / "design" / "example-incident.yaml"


@pytest.fixture(scope="module")
def example() -> Document:
    if not EXAMPLE.exists():
        pytest.skip("the design folder with the example record is not beside this checkout")
    document, findings = read(EXAMPLE.read_bytes(), EXAMPLE.name)
    assert findings == ()
    assert document is not None
    return document


def leaves(value: Any) -> list[object]:  # noqa: ANN401  # any data
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return [value] if inner is None else [leaf for item in inner for leaf in leaves(item)]


def test_only_numbers_and_one_flag_are_anything_but_text(example: Document) -> None:
    others = [leaf for leaf in leaves(example.data) if not isinstance(leaf, str)]
    assert others == [6.1, 24.8, 0.2, 71, 92, 6700, True, 1, 2, 3]


def test_what_yaml_1_1_would_change_stays_as_written(example: Document) -> None:
    data = example.data
    assert data["schema_version"] == "1.0"
    assert data["clocks"]["started"] == "2026-06-23T14:21Z"
    assert data["continuity"]["past_work_readable"]["answer"] == "no"
    assert data["continuity"]["interrupted_work_resumable"]["answer"] == "yes"
    assert data["postmortem"]["due"] == "2026-06-30"
    assert data["timeline"][0]["origin"]["key"] == "7k2m9x"
    assert data["cause"]["explanation"].endswith("so the router saw it as available.\n")


def test_places_in_the_record_are_those_an_editor_shows(example: Document) -> None:
    lines = example.text.splitlines()
    line = next(number for number, text in enumerate(lines, 1) if "id: n1" in text)
    assert example.locate(("timeline", 1, "id")) == Span(line, 10, line, 12)
    assert example.locate(("timeline", 1)) == Span(line, 5, line, len(lines[line - 1]) + 1)
    last = example.locate(("internal",))
    assert last.end_line == len(lines)
    assert example.cut(last).endswith("owners: [routing-team]")


def test_the_published_yaml_holds_the_same_data(example: Document) -> None:
    again, findings = read(dump(example.data).encode(), "public.yaml")
    assert findings == ()
    assert again is not None
    assert json.dumps(again.data) == json.dumps(example.data)
