"""libyaml's marks in (0-based), spans out (1-based); the only place where one is added."""

import re
from typing import Protocol

from postmortem.model.finding import Span

_WORD = re.compile(r"[^\s,\]}]*")


class Mark(Protocol):
    """A place as PyYAML gives it, from C or from Python: all three count code points from 0."""

    index: int
    line: int
    column: int


def between(start: Mark, end: Mark) -> Span:
    """The span from one mark to another."""
    return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def first_word(start: Mark, text: str) -> Span:
    """The span of the word that begins at a mark: enough to point at an anchor, a tag or a whole list."""
    word = _WORD.match(text, start.index)
    length = len(word.group()) if word else 0
    return Span(start.line + 1, start.column + 1, start.line + 1, start.column + 1 + length)


def at(line: int, column: int, length: int = 0) -> Span:
    """The span of some characters of one line; line and column are 1-based already."""
    return Span(line, column, line, column + length)
