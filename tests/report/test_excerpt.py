"""The quoted line and the marks under it: the marks stand under the very letters, in every script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from postmortem.model.finding import Finding, Span
from postmortem.report.excerpt import Quote, Text


def quoted(line: str, words: str) -> Quote:
    start = line.index(words)
    quote = Text(line).quote(Span(1, start + 1, 1, start + len(words) + 1))
    assert quote is not None
    return quote


def marked(quote: Quote) -> str:
    """What a terminal shows above the marks."""
    cells = [letter for letter in quote.line for _ in range(cell_len(letter))]
    return "".join(dict.fromkeys(cells[quote.indent : quote.indent + quote.width]))


@pytest.mark.parametrize(
    "before", ["", "id: ", "日本語: ", "🚀🚀 ", "Привет ", "e\u0301e\u0301 ", "한국어", "\t", "a\tb\t", "\uff46\uff55 "]
)
def test_marks_stand_under_the_words_whatever_stands_before_them(before: str) -> None:
    assert marked(quoted(f"{before}<here> after", "<here>")) == "<her>"
    assert quoted(f"{before}<here> after", "<here>").width == 6


def test_wide_words_get_marks_as_wide() -> None:
    assert quoted("title: 日本 ok", "日本") == Quote("title: 日本 ok", 7, 4)
    assert quoted("title: 🚀 ok", "🚀").width == 2


def test_a_tab_is_as_wide_as_it_is_shown() -> None:
    assert quoted("a\tb: x", "x") == Quote("a   b: x", 7, 1)
    assert quoted("x: \t\ty", "\t\ty") == Quote("x:      y", 3, 6)


def test_an_empty_place_gets_one_mark() -> None:
    assert Text("id:\n").quote(Span(1, 4, 1, 4)) == Quote("id:", 3, 1)


def test_a_place_over_several_lines_is_marked_to_the_end_of_its_first() -> None:
    assert Text("a: [1,\n  2]\n").quote(Span(1, 4, 2, 5)) == Quote("a: [1,", 3, 3)


def test_carriage_returns_are_not_shown() -> None:
    assert Text("id: x\r\n").quote(Span(1, 5, 1, 6)) == Quote("id: x", 4, 1)


@pytest.mark.parametrize("letter", ["a", "本", "🚀"])
def test_a_long_line_is_cut_around_the_place(letter: str) -> None:
    quote = quoted(letter * 300 + "<here>" + letter * 300, "<here>")
    assert quote.line.startswith(f"…{letter}")
    assert quote.line.endswith(f"{letter}…")
    assert marked(quote) == "<her>"
    assert cell_len(quote.line) < 120


def test_a_place_too_long_to_show_is_marked_as_far_as_it_is_shown() -> None:
    quote = quoted("id: " + "x" * 500, "x" * 500)
    assert quote.indent + quote.width <= cell_len(quote.line)


@pytest.mark.parametrize("letter", ["\x1b", "\x07", "\x9b", "\u202e", "\u2066", "\u200f", "\x00", "\ud800"])
def test_nothing_that_a_terminal_obeys_is_shown(letter: str) -> None:
    quote = quoted(f"id: {letter}[31mx <here>", "<here>")
    assert letter not in quote.line
    assert marked(quote) == "<her>"


def test_private_values_are_blackened_even_where_another_finding_quotes_the_line() -> None:
    quote = quoted("  - {at: never, text: ask jo@customer.example}", "never")
    assert "jo@" not in quote.line
    assert quote.line.startswith("  - {at: never, text: ask •")


def test_lines_of_internal_are_not_shown() -> None:
    text = Text("id: x\ninternal:\n  pw: hunter2\ntitle: y\n")
    assert text.quote(Span(2, 1, 2, 9)) is None
    assert text.quote(Span(3, 3, 3, 5)) is None
    assert text.quote(Span(4, 1, 4, 6)) is not None


@pytest.mark.parametrize("line", [0, 2, 99])
def test_a_line_that_is_not_there_or_blank_is_not_shown(line: int) -> None:
    assert Text("id: x\n   \n").quote(Span(line, 1, line, 1)) is None


@given(st.text(max_size=300), st.integers(1, 400), st.integers(1, 400))
def test_any_line_and_any_place_can_be_shown(line: str, start: int, end: int) -> None:
    quote = Text(line).quote(Span(1, start, 1, end))
    if quote is not None:
        assert "\n" not in quote.line
        assert quote.width >= 1
        assert quote.indent <= cell_len(quote.line) + 1


def test_what_a_privacy_rule_found_is_blackened_though_no_pattern_knows_it() -> None:
    line = "text: We told Maria Example first."
    span = Span(1, 15, 1, 28)
    denied = Finding(path="a.yaml", span=span, code="PM607", message="a name of the deny list")
    quote = Text(line, [denied]).quote(span)
    assert quote is not None
    assert "Maria" not in quote.line
    assert "Example" not in quote.line
    assert quote.line.startswith("text: We told ")
    assert quote.line.endswith(" first.")
