"""Comments are told from the same sign inside of values, wherever both may stand."""

from random import Random

import pytest

from postmortem.yamldoc import comments
from postmortem.yamldoc.loader import read
from tests.yamldoc.test_lines import FILES, amiss, some


def found(text: str) -> list[str]:
    document, findings = read(text.encode(), "record.yaml")
    assert document is not None
    assert findings == ()
    there = comments.find(document)
    assert all(text[each.start : each.end] == each.text for each in there)
    return [each.text for each in there]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# one\n#two\na: 1 # three\n# four\n", ["# one", "#two", "# three", "# four"]),
        ("a: x#y\nb: 'x # y'\nc: \"# z\" # one\n", ["# one"]),
        ("a: |  # one\n  # text\n  x\n# two\nb: 1\n", ["# one", "# two"]),
        ("a: >-\n  x # y\n\n  # text\n", []),
        ("a: [1, # one\n  '# text', # two\n  2] # three\n", ["# one", "# two", "# three"]),
        ("'g#': {b: '#'} # one\n", ["# one"]),
        ("a:\n# one\nb: # two\n  # three\n  - x\n  # four\n", ["# one", "# two", "# three", "# four"]),
        ("a: 1 # one\r\nb: 2 # two\r\n", ["# one", "# two"]),
    ],
)
def test_only_what_stands_between_values_is_a_comment(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_lines_tell_the_comments_that_the_tree_tells() -> None:
    random = Random(1)  # noqa: S311  # chance, not secrecy
    texts = [path.read_text("utf-8") for path in FILES]
    seen = 0
    for _ in range(3000):
        text = amiss(some(random.choice(texts), random), random)
        by_lines, findings = read(text.encode(), "r.yaml")
        by_tree, _ = read(text.encode(), "r.yaml")
        if by_lines is None or by_tree is None or findings or not by_lines.by_lines or "#" not in text:
            continue
        assert by_tree.root.value  # and now lines are not asked
        assert comments.find(by_lines) == comments.find(by_tree), text
        assert by_lines.by_lines
        seen += 1
    assert seen > 100
