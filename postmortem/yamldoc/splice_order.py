"""Another order for the items of a list: each moves with the comment lines directly above it, what is on its lines,
and the deeper comments below it.

Blank lines, and comments that stand apart from the items, stay where they are.
"""

import re
from collections.abc import Sequence

from yaml.nodes import CollectionNode

from postmortem.yamldoc.document import Document
from postmortem.yamldoc.splice_block import Splice
from postmortem.yamldoc.splice_place import (
    above_comments,
    line_end,
    line_start,
    past_comments,
    start_of,
    stop_of,
    values,
)

_REST_OF_ITEM = re.compile(r"[ \t]*(,?)[ \t]*(#[^\r\n]*)?")


def reorder(document: Document, node: CollectionNode, order: Sequence[int]) -> list[Splice]:
    """The items of a list of at least two, put one in the place of the other."""
    chunks = _flow_chunks(document.text, node) if node.flow_style else _block_chunks(document.text, node)
    pieces = [document.text[start:end] for start, end in chunks]
    return [Splice(start, end, pieces[old]) for (start, end), old in zip(chunks, order, strict=True)]


def _block_chunks(text: str, node: CollectionNode) -> list[tuple[int, int]]:
    chunks: list[tuple[int, int]] = []
    for index in range(len(values(node))):
        start, stop = start_of(node, index, text), stop_of(node, index, text)
        first = line_start(text, start)
        if not text[first:start].strip():
            above = max(above_comments(text, first), chunks[-1][1] if chunks else 0)
            start = above + len(text[above:]) - len(text[above:].lstrip(" \t\r\n"))
        below = past_comments(text, stop, node.start_mark.column + 1)
        chunks.append((start, line_end(text, below)))
    return chunks


def _flow_chunks(text: str, node: CollectionNode) -> list[tuple[int, int]]:
    """Values alone: between brackets, the comments stay."""
    return [(start_of(node, index, text), stop_of(node, index, text)) for index in range(len(values(node)))]
