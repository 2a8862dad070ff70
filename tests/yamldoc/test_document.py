"""A pointer leads to the place a person would look at, whatever the script, the line ends or the style."""

import pytest

from postmortem.model.finding import Pointer, Span
from postmortem.yamldoc.document import Document
from postmortem.yamldoc.loader import read

RECORD = """\
# a comment
id: 2026-a   # about the id
clocks:
  started: 14:21

  # nothing is known of the end
# nor here
"Имя 名 🙂": {at: "ж🙂", "is": about}   # flow
timeline:
  - id: u1
    text: |
      First.

      Second.

    # a note on u1
  - {id: u2, text: folded
      text}
empty:
summary: plain text
  on two lines
last:
  - - x # in a list
"""


def document(text: str) -> Document:
    found, findings = read(text.encode(), "x.yaml")
    assert findings == ()
    assert found is not None
    return found


LINE_ENDS = pytest.mark.parametrize("shape", ["{}", "\ufeff{}", "crlf", "no final break"])


def shaped(shape: str) -> Document:
    text = RECORD.replace("\n", "\r\n") if shape == "crlf" else RECORD
    return document(text.rstrip() if shape == "no final break" else shape.format(text) if "{}" in shape else text)


@LINE_ENDS
@pytest.mark.parametrize(
    ("pointer", "place", "cut"),
    [
        (("id",), Span(2, 5, 2, 11), "2026-a"),
        (("clocks",), Span(4, 3, 4, 17), "started: 14:21"),
        (("clocks", "started"), Span(4, 12, 4, 17), "14:21"),
        (("Имя 名 🙂",), Span(8, 12, 8, 35), '{at: "ж🙂", "is": about}'),
        (("Имя 名 🙂", "at"), Span(8, 17, 8, 21), '"ж🙂"'),
        (("Имя 名 🙂", "is"), Span(8, 29, 8, 34), "about"),
        (("timeline", 0, "text"), Span(11, 11, 14, 14), "|\n      First.\n\n      Second."),
        (("timeline", 0), Span(10, 5, 14, 14), "id: u1\n    text: |\n      First.\n\n      Second."),
        (("timeline", 1, "id"), Span(17, 10, 17, 12), "u2"),
        (("empty",), Span(19, 7, 19, 7), ""),
        (("summary",), Span(20, 10, 21, 15), "plain text\n  on two lines"),
        (("last",), Span(23, 3, 23, 8), "- - x"),
        (("last", 0, 0), Span(23, 7, 23, 8), "x"),
    ],
)
def test_a_value_is_found_without_the_comments_around_it(shape: str, pointer: Pointer, place: Span, cut: str) -> None:
    found = shaped(shape)
    assert found.locate(pointer) == place
    assert found.cut(place).replace("\r\n", "\n") == cut


@pytest.mark.parametrize(
    ("pointer", "cut"),
    [
        (("clocks",), "clocks"),
        (("Имя 名 🙂",), '"Имя 名 🙂"'),
        (("Имя 名 🙂", "is"), '"is"'),
        (("timeline", 0, "text"), "text"),
        (("timeline", 1), "{id: u2, text: folded"),
        (("timeline", 0), "id"),
        (("last", 0, 0), "x"),
        ((), "id"),
    ],
)
def test_a_key_is_found_or_what_stands_for_it(pointer: Pointer, cut: str) -> None:
    found = document(RECORD)
    assert found.cut(found.locate(pointer, key=True)) == cut


@pytest.mark.parametrize(
    ("missing", "cut"),
    [
        (("title",), "id"),
        (("clocks", "resolved"), "clocks"),
        (("clocks", "resolved", "at"), "clocks"),
        (("clocks", 0), "clocks"),
        (("timeline", 7), "timeline"),
        (("timeline", -1), "timeline"),
        (("timeline", "0"), "timeline"),
        (("timeline", 0, "kind"), "id"),
        (("timeline", 1, "kind"), "{id: u2, text: folded"),
        (("id", "x"), "id"),
    ],
)
@pytest.mark.parametrize("key", [True, False])
def test_what_is_missing_is_shown_at_the_nearest_parent(missing: Pointer, cut: str, key: bool) -> None:  # noqa: FBT001
    found = document(RECORD)
    assert found.cut(found.locate(missing, key=key)) == cut


@LINE_ENDS
def test_lines_are_given_without_their_breaks(shape: str) -> None:
    found = shaped(shape)
    assert [found.line(number) for number in (0, 1, 5, 8, 23, 99)] == [
        "",
        "# a comment",
        "",
        '"Имя 名 🙂": {at: "ж🙂", "is": about}   # flow',
        "  - - x # in a list",
        "",
    ]


def test_of_a_repeated_key_the_first_is_shown() -> None:
    found, _ = read(b"a: 1\na: 2\n", "x.yaml")
    assert found is not None
    assert found.locate(("a",)) == Span(1, 4, 1, 5)


def test_a_key_without_value_before_a_comment_ends_at_itself() -> None:
    found = document("x:\n  ? a\n# comment\nb: 1\n")
    assert found.cut(found.locate(("x",))) == "? a"
