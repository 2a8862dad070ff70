"""Changes of a collection between brackets, on one line or over several: to replace, to add, to take away.

A document and a spot in; splices of its text out. Brackets stay brackets. Comments in a region that is rewritten are
written again, each with the line break that ends it.
"""

from typing import Any

from yaml.nodes import CollectionNode, MappingNode

from postmortem.yamldoc import comments, splice_render
from postmortem.yamldoc.document import Document
from postmortem.yamldoc.splice_block import Splice
from postmortem.yamldoc.splice_place import (
    Spot,
    after_trivia,
    line_end,
    line_start,
    pattern_of,
    start_of,
    stop_of,
    values,
)
from postmortem.yamldoc.splice_style import Style


def replace(document: Document, spot: Spot, data: Any, style: Style) -> list[Splice]:  # noqa: ANN401
    """Another value between brackets."""
    text, node = document.text, spot.node
    new = splice_render.flow(data, spot.pattern, style)
    start, end = node.start_mark.index, node.end_mark.index
    if start == end and spot.parent is not None and spot.key is not None:
        start = end = stop_of(spot.parent, spot.index, text)
        new = f" {new}" if text[start - 1] == ":" and start > spot.key.end_mark.index else f": {new}"
    return [Splice(start, end, new + _again(document, start, end, style))]


def remove(document: Document, spot: Spot, style: Style) -> list[Splice]:
    """Take away one of several items or pairs with the comma that parts it from the next, or from the one before."""
    text, parent, index = document.text, spot.parent, spot.index
    assert parent is not None  # noqa: S101  # the root is never removed
    if index + 1 < len(values(parent)):
        start, end = start_of(parent, index, text), start_of(parent, index + 1, text)
        return [Splice(start, end, _again(document, start, end, style).lstrip(" "))]
    start, end = stop_of(parent, index - 1, text), stop_of(parent, index, text)
    return [Splice(start, end, _again(document, start, end, style))]


def add(document: Document, parent: Spot, index: int, entry: tuple[str | None, Any], style: Style) -> list[Splice]:
    """A new pair, or item if its key is None, that comes to stand at `index`."""
    text, node, (key, data) = document.text, parent.node, entry
    assert isinstance(node, CollectionNode)  # noqa: S101  # the caller looked
    pattern = (*pattern_of(parent.pointer), "*" if key is None else key)
    new = (
        splice_render.flow(data, pattern, style) if key is None else splice_render.flow_pair(key, data, pattern, style)
    )
    count = len(values(node))
    if not count:
        start = node.start_mark.index + 1
        blank = " " if style.padded and isinstance(node, MappingNode) else ""
        closes = text[start] in "]}"
        return [Splice(start, start, blank + new + (blank if closes else " "))]
    if index == 0:
        start = start_of(node, 0, text)
        return [Splice(start, start, new + "," + (_break(text, start, style) or " "))]
    return _add_behind(text, node, index, new, style)


def _add_behind(text: str, node: CollectionNode, index: int, new: str, style: Style) -> list[Splice]:
    """Behind the item before: on its line, or below it and its comment where items begin lines of their own."""
    stop = stop_of(node, index - 1, text)
    own_line = _break(text, start_of(node, index - 1, text), style)
    comma = after_trivia(text, stop)
    follows = text[comma] == ","
    if not own_line:
        return [Splice(comma + 1, comma + 1, f" {new},")] if follows else [Splice(stop, stop, f", {new}")]
    if not follows:
        place = _line_of_item(text, stop, node)
        return [Splice(stop, stop, ","), Splice(place, place, own_line + new)]
    place = _line_of_item(text, comma + 1, node)
    return [Splice(place, place, f"{own_line}{new},")]


def _line_of_item(text: str, index: int, node: CollectionNode) -> int:
    """The end of the line on which an item and its comma end, if nothing but a comment follows on it."""
    end = line_end(text, index)
    rest = text[index:end].strip()
    return index if (rest and not rest.startswith("#")) or end > node.end_mark.index else end


def _break(text: str, start: int, style: Style) -> str:
    """The line break and indentation of an item that begins a line; empty if it does not."""
    indentation = text[line_start(text, start) : start]
    return style.newline + indentation if not indentation.strip(" \t") else ""


def _again(document: Document, start: int, end: int, style: Style) -> str:
    """The comments of a region, to stand behind what takes its place."""
    found = comments.find(document, start, end)
    first = line_start(document.text, end)
    line = document.text[first:end]
    pad = " " * max(len(line) - len(line.lstrip(" ")), 1)
    return "".join(f" {comment.text}{style.newline}{pad}" for comment in found)
