"""A document in; out come its comments: the text between values, from `#` to the end of the line.

Values are known from libyaml's marks, so that a `#` inside of text is never taken for a comment.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from postmortem.yamldoc.document import Document

_COMMENT = re.compile(r"#[^\r\n]*")


class Comment(NamedTuple):
    """One comment: where it begins and ends in the text, and itself, with its `#`."""

    start: int
    end: int
    text: str


def find(document: Document, start: int = 0, end: int | None = None) -> tuple[Comment, ...]:
    """All comments between two indexes, in the order in which they stand."""
    found = _all(document)
    if start == 0 and end is None:
        return found
    stop = len(document.text) if end is None else end
    return tuple(_until(stop, each) for each in found if start <= each.start < stop)


def _until(stop: int, comment: Comment) -> Comment:
    cut = min(comment.end, stop)
    return comment._replace(end=cut, text=comment.text[: cut - comment.start])


@lru_cache(maxsize=4)
def _all(document: Document) -> tuple[Comment, ...]:
    if "#" not in document.text:
        return ()
    return tuple(
        Comment(match.start(), match.end(), match.group())
        for start, end in _gaps(document)
        if document.text.find("#", start, end) >= 0
        for match in _COMMENT.finditer(document.text, start, end)
    )


def _gaps(document: Document) -> Iterator[tuple[int, int]]:
    """What lies between values. The first line of a block text may end in a comment, so it counts as a gap."""
    position = 0
    for node in document.scalars:
        start, end = node.start_mark.index, node.end_mark.index
        if node.style in ("|", ">"):
            line_break = document.text.find("\n", start, end)
            start = end if line_break < 0 else line_break
        yield position, start
        position = end
    yield position, len(document.text)
