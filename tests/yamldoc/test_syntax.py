"""A syntax error is one finding, at the place where a person would look, in words about the text."""

import pytest

from postmortem.yamldoc.loader import read

CASES = [
    ("a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> other\n", 2, 1, "a merge left the lines of both sides"),
    ("text: Retry: wait\nb: 1", 1, 12, "a second colon in one line"),
    ("a: x\n  b: 2", 2, 4, "no key is expected here"),
    ("a:b\nc: 1", 2, 2, "no key is expected here"),
    ("a: 1\n\tb: 2", 2, 1, "a tab stands"),
    ("a:\n\t- b", 2, 1, "a tab stands"),
    ("a: |\n\tfoo", 2, 1, "a tab stands"),
    ('a: "x\nb: 1\nc: 2\n', 1, 4, "a quote is opened here and never closed"),
    ("a: 'x\nb: 1", 1, 4, "a quote is opened here and never closed"),
    ("a: 1\nfoo\nb: 2", 2, 1, "no colon after its key"),
    ("a: 1\nfoo", 2, 1, "no colon after its key"),
    ("a:\n  b: 1\n c: 2", 3, 2, "does not line up with the keys above"),
    ("a: |\n    x\n  y\nb: 1", 3, 3, "does not line up with the keys above"),
    ("a:\n - b\n c: 1", 3, 2, "does not line up with the list above"),
    ("a: 'it's'", 1, 8, "more text after a value"),
    ('a: "x" y\nb: 1', 1, 8, "more text after a value"),
    ("a: [1, 2\nb: 3", 2, 2, "the closing ] is missing"),
    ("a: {b: 1\nc: 2", 2, 2, "the closing } is missing"),
    ("a: [1, 2\n\n\n", 1, 9, "the closing ] is missing"),
    ("a: - 1", 1, 4, "a list cannot begin on the line of its key"),
    ("a: 1\n- b", 2, 1, "a list item stands where a key is expected"),
    ("a: @x", 1, 4, "may not start with @"),
    ("a: `x`", 1, 4, "may not start with `"),
    ("a: %x", 1, 4, "may not start with %"),
    ("a: }", 1, 4, "a value is missing"),
    ("a: [,]", 1, 5, "a value is missing"),
    ('a: "C:\\data"', 1, 7, "escape that does not exist"),
    ('a: "\\ud800"', 1, 7, "names no character"),
    ('a: "\\xZZ"', 1, 7, "lacks hexadecimal digits"),
    ("a: |x\n  foo", 1, 5, "on the line of | or >"),
    (": x", 1, 1, "a key is missing before the colon"),
    ("a: 1\n%x", 2, 1, "taken as a directive"),
    ("a: |0\n x", 1, 5, "cannot be 0"),
    ("a: {b:[c]}", 1, 6, "lacks a space"),
    ("'a' 'b'", 1, 5, "belongs to no key"),
    ("Störung 🙂: ok\nж: - 1", 2, 4, "a list cannot begin"),
]


@pytest.mark.parametrize(("text", "line", "column", "words"), CASES)
def test_the_message_says_what_stands_there(text: str, line: int, column: int, words: str) -> None:
    document, findings = read(text.encode(), "x.yaml")
    assert document is None
    assert [(found.code, found.span.line, found.span.column) for found in findings] == [("PM002", line, column)]
    assert words in findings[0].message
    assert findings[0].hint


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: **bold** text", "PM004"),
        ("a: *", "PM004"),
        ("a: &", "PM004"),
        ("a: !x!y z", "PM005"),
        ("a: !<x y", "PM005"),
    ],
)
def test_text_that_starts_like_an_alias_or_tag_is_told_to_be_quoted(text: str, code: str) -> None:
    _, findings = read(text.encode(), "x.yaml")
    assert [(found.code, found.span.column) for found in findings] == [(code, 4)]
    assert "quotes" in findings[0].hint
