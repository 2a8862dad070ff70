"""A document in; out come its comments: the text between values, from `#` to the end of the line.

Values are known from their lines, where `lines` read them, and else from libyaml's marks, so that a `#` inside of text
is never taken for a comment.
"""

import re
from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode

from postmortem.yamldoc import lines
from postmortem.yamldoc.document import Document

_COMMENT = re.compile(r"#[^\r\n]*")
_HEAD = re.compile(r"(?:#[^\r\n]*\r?\n|\r?\n)+")
"""Lines of comments alone, above every value: no tree is needed to tell."""


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
    text, found = document.text, []
    head = _HEAD.match(text)
    begun = head.end() if head else 0
    if document.by_lines and text.find("#", begun) >= 0:
        return tuple(Comment(start, end, text[start:end]) for start, end in lines.comments(text))
    sign = text.find("#")
    while sign >= 0:
        behind = _text_behind(document, sign) if sign >= begun else None
        if behind is None:
            comment = _COMMENT.match(text, sign)
            behind = comment.end() if comment else sign + 1
            found.append(Comment(sign, behind, text[sign:behind]))
        sign = text.find("#", behind)
    return tuple(found)


def _text_behind(document: Document, index: int) -> int | None:
    """Where the single value ends that the character at an index is part of; None where it stands between values."""
    node: Node | None = document.root
    while isinstance(node, CollectionNode):
        node = _last_until(node, index)
    if not isinstance(node, ScalarNode) or index >= node.end_mark.index:
        return None
    end: int = node.end_mark.index
    if node.style in ("|", ">"):  # behind its sign, on the same line, a comment may stand
        line_break = document.text.find("\n", node.start_mark.index, end)
        return end if 0 <= line_break <= index else None
    return end


def _last_until(node: CollectionNode, index: int) -> Node | None:
    """The last key, value or item of a collection that begins at an index or before it."""
    inner: list[Node] = node.value
    if isinstance(node, MappingNode):
        before = bisect_right(node.value, index, key=lambda pair: _start(pair[0]))
        inner = list(node.value[before - 1]) if before else []
    at = bisect_right(inner, index, key=_start)
    return inner[at - 1] if at else None


def _start(node: Node) -> int:
    start: int = node.start_mark.index
    return start
