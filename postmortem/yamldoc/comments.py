"""A document in; out come its comments: the text between values, from `#` to the end of the line.

Values are known from libyaml's marks, so that a `#` inside of text is never taken for a comment.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from yaml.nodes import Node, ScalarNode

from postmortem.yamldoc.document import Document

_COMMENT = re.compile(r"#[^\r\n]*")


class Comment(NamedTuple):
    """One comment: where it begins and ends in the text, and itself, with its `#`."""

    start: int
    end: int
    text: str


def find(document: Document, start: int = 0, end: int | None = None) -> tuple[Comment, ...]:
    """All comments between two indexes, in the order in which they stand."""
    stop = len(document.text) if end is None else end
    return tuple(
        Comment(match.start(), match.end(), match.group())
        for gap_start, gap_end in _gaps(document)
        for match in _COMMENT.finditer(document.text, max(gap_start, start), min(gap_end, stop))
    )


def _gaps(document: Document) -> Iterator[tuple[int, int]]:
    """What lies between values. The first line of a block text may end in a comment, so it counts as a gap."""
    position = 0
    for node in _scalars(document.root):
        start, end = node.start_mark.index, node.end_mark.index
        if node.style in ("|", ">"):
            line_break = document.text.find("\n", start, end)
            start = end if line_break < 0 else line_break
        yield position, start
        position = end
    yield position, len(document.text)


def _scalars(node: Node) -> Iterator[ScalarNode]:
    if isinstance(node, ScalarNode):
        yield node
        return
    for item in node.value:
        for inner in item if isinstance(item, tuple) else (item,):
            yield from _scalars(inner)
