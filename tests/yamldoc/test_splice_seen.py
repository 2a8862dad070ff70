"""The hand of a file is the same by its lines as by its tree."""

import dataclasses

import pytest

from postmortem.yamldoc import splice_style
from postmortem.yamldoc.loader import read
from tests.yamldoc.test_lines import FILES, strange_texts


def told(style: splice_style.Style) -> dict[str, object]:
    """The traits of a style; in which column something ends that stands between brackets is asked of the outer only."""
    traits = {each.name: getattr(style, each.name) for each in dataclasses.fields(style)}
    inside = {pattern: each._replace(end=0) for pattern, each in style.samples[1].items()}
    return traits | {"samples": (dict(style.samples[0]), inside), "bare": style.bare_words}


def same(text: str) -> bool:
    """Whether the text is one that lines tell of; fails if they tell something else."""
    document, findings = read(text.encode(), "r.yaml")
    if document is None or findings or not document.by_lines:
        return False
    by_lines = told(splice_style.of(document))
    assert document.by_lines, "no tree was made"
    assert by_lines == told(splice_style.by_tree(document)), text
    return True


def strange_hands(count: int, seed: int) -> int:
    return sum(map(same, strange_texts(count, seed)))


def test_every_hand_is_the_same_by_lines_as_by_the_tree() -> None:
    assert strange_hands(1500, 1) > 150
    assert sum(same(path.read_text("utf-8")) for path in FILES if path.stat().st_size < 100_000) > 20


@pytest.mark.soak
def test_a_hundred_thousand_hands_are_the_same_by_lines_as_by_the_tree() -> None:
    assert strange_hands(100_000, 2) > 10_000


def test_what_a_file_holds_in_several_hands_is_counted() -> None:
    text = (
        "a: {k: \"x\", l: [], m: [1, {n: 'o'}]}  # c\nb:\n    - x\n    - [y]\nc:\n- d: |\n     t\n"
        "  e: >-\n    folded\nf:\n g:\n"
        "   h: 'q'\n   i: yes\nlast: {}\nnull_one:\nz: ''\n"
    )
    assert same(text.replace("'o'", "o"))
