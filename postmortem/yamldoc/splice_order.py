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

_COMMENTS_ABOVE = re.compile(r"\A(?:[ ]*#[^\n]*\n)+")


def reorder(document: Document, node: CollectionNode, order: Sequence[int], *, wide: bool) -> list[Splice]:
    """The items of a list put one in the place of the other; `wide` moves what lies between them too, with the item
    above, and lines the comments above an item up with it: a block text before them might swallow them.
    """
    text = document.text
    chunks = _flow_chunks(text, node) if node.flow_style else _block_chunks(text, node)
    if wide:
        ends = [line_end(text, start) for start, _ in chunks[1:]]
        chunks = [(start, end) for (start, _), end in zip(chunks, [*ends, chunks[-1][1]], strict=True)]
    pieces = [text[start:end] for start, end in chunks]
    if wide:
        pad = " " * node.start_mark.column
        pieces = [_COMMENTS_ABOVE.sub(lambda found: re.sub("(?m)^[ ]*#", pad + "#", found[0]), each) for each in pieces]
    if not node.flow_style and text[chunks[0][0]] == "-":  # the first stands behind another dash
        pieces[0] = " " * node.start_mark.column + pieces[0]
        first = pieces[order[0]].lstrip(" ")
        return [Splice(*chunks[0], first), *_swapped(chunks[1:], pieces, order[1:])]
    return _swapped(chunks, pieces, order)


def _swapped(places: list[tuple[int, int]], pieces: list[str], order: Sequence[int]) -> list[Splice]:
    return [Splice(start, end, pieces[old]) for (start, end), old in zip(places, order, strict=True)]


def _block_chunks(text: str, node: CollectionNode) -> list[tuple[int, int]]:
    """Whole lines without the last break, except that the first item may stand behind another dash."""
    chunks: list[tuple[int, int]] = []
    lowest = 0
    for index in range(len(values(node))):
        start, stop = start_of(node, index, text), stop_of(node, index, text)
        first = line_start(text, start)
        if not text[first:start].strip():
            start = max(above_comments(text, first), lowest)
        lowest = past_comments(text, stop, node.start_mark.column + 1)
        chunks.append((start, line_end(text, lowest)))
    return chunks


def _flow_chunks(text: str, node: CollectionNode) -> list[tuple[int, int]]:
    """Values alone: between brackets, the comments stay."""
    return [(start_of(node, index, text), stop_of(node, index, text)) for index in range(len(values(node)))]
