"""What is added by the lines of a file stands where its tree would have it, written the same way."""

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from postmortem.model.edit import Insert, Put
from postmortem.model.finding import Pointer
from postmortem.yamldoc import splice_lines, splice_plan, splice_style
from postmortem.yamldoc.document import Document
from postmortem.yamldoc.loader import read
from tests.yamldoc.test_lines import FILES, amiss, some

VALUES = ("x", "a: b", {"at": "2026-06-23T14:47Z", "evidence": ["e"]}, ["a", "b"], {"k": {"l": [{"m": "n"}]}}, "z" * 90)


def document(text: str) -> Document | None:
    found, findings = read(text.encode(), "r.yaml")
    return found if found is not None and not findings and found.by_lines else None


def places(data: Any, pointer: Pointer = ()) -> Iterator[tuple[Pointer, Any]]:  # noqa: ANN401 - whatever a file holds
    yield pointer, data
    if isinstance(data, dict):
        for key, each in data.items():
            yield from places(each, (*pointer, key))


def additions(data: dict[str, Any], random: Random) -> Iterator[Put | Insert]:
    for pointer, held in places(data):
        if isinstance(held, list):
            yield Insert(pointer, len(held), random.choice(VALUES))
        elif isinstance(held, dict):
            yield Put((*pointer, "added"), random.choice(VALUES), random.choice([None, *held]))


def told(text: str, random: Random) -> int:
    """How many additions lines told; fails if one differs from what the tree tells."""
    found = document(text)
    if found is None:
        return 0
    count = 0
    style = splice_style.of(found)
    for edit in additions(found.data, random):
        by_lines = splice_lines.added(found, edit, style)
        other = document(text)
        assert found.by_lines
        assert other is not None
        if by_lines is not None:
            assert by_lines == next(splice_plan._ways(other, edit, {}, splice_style.by_tree(other))), (text, edit)
            count += 1
    return count


def strange_additions(count: int, seed: int) -> int:
    random = Random(seed)  # noqa: S311  # chance, not secrecy
    texts = [path.read_text("utf-8") for path in FILES]
    return sum(told(amiss(some(random.choice(texts), random), random), random) for _ in range(count))


def test_every_addition_stands_where_the_tree_has_it() -> None:
    assert strange_additions(1000, 1) > 150


@pytest.mark.soak
def test_tens_of_thousands_of_additions_stand_where_the_tree_has_them() -> None:
    assert strange_additions(50_000, 2) > 5_000


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        ("a: 1\nb: 2\n", Put(("c",), "x", "a")),
        ("a: 1\nb:\n  - 1\n", Insert(("b",), 1, "x")),
        ("a: 1\nb:\n  d: |\n    # t\n    u\nc: 3\n", Put(("b", "e"), "x", "d")),
    ],
)
def test_the_usual_additions_are_told_by_lines(text: str, edit: Put | Insert) -> None:
    found = document(text)
    assert found is not None
    assert splice_lines.added(found, edit, splice_style.of(found)) is not None
    assert found.by_lines


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        ("a: 1\n# c\nb: 2\n", Put(("c",), "x", "a")),
        ("a:\n  b: 1\n  # c\n", Put(("a", "c"), "x", "b")),
        ("a: |\n  # t\nb: 2\n", Put(("c",), "x", "a")),
        ("a: 1\n\nb: 2\n", Put(("c",), "x", "b")),
        ("a: 1\nb: 2\n", Put(("c",), "x", ())),
        ("a: 1\nb: 2\n", Put(("b",), "x")),
        ("a: {b: 1}\n", Put(("a", "c"), "x", "b")),
        ("a: [b]\n", Insert(("a",), 1, "x")),
        ("a:\n- b\nc: 1\n", Insert(("a",), 1, "x")),
        ("a:\n  - b\n", Insert(("a",), 0, "x")),
    ],
)
def test_what_is_in_doubt_is_left_to_the_tree(text: str, edit: Put | Insert) -> None:
    found = document(text)
    assert found is not None
    assert splice_lines.added(found, edit, splice_style.of(found)) is None
