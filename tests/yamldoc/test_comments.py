"""Comments are told from the same sign inside of values, wherever both may stand."""

import pytest

from postmortem.yamldoc import comments
from postmortem.yamldoc.loader import read


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
