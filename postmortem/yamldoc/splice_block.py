"""Changes of a collection that is written as indented lines: to replace, to add, to take away.

A document and a spot in; splices of its text out. Comments in a region that is rewritten are written again, on lines
of their own where their line is gone; whether the outcome is right is for the proof to say.
"""

import re
from typing import Any, NamedTuple

from yaml.nodes import CollectionNode, MappingNode

from postmortem.yamldoc import comments, splice_render
from postmortem.yamldoc.document import Document
from postmortem.yamldoc.splice_place import (
    Spot,
    above_comments,
    after_trivia,
    line_end,
    line_start,
    next_line,
    past_comments,
    pattern_of,
    start_of,
    stop_of,
    tail,
    values,
)
from postmortem.yamldoc.splice_style import Style


class Splice(NamedTuple):
    """`text` in the place of what stands between two indexes."""

    start: int
    end: int
    text: str


_BLANK_LINE = re.compile(r"\n[ \t]*\r?\n")


_BLANK_LINES = re.compile(r"(?:[ \t]*\r?\n)*+")


def replace(document: Document, spot: Spot, data: Any, style: Style, *, wide: bool) -> list[Splice]:  # noqa: ANN401
    """Another value in a place; `wide` takes in the comment lines below that are indented deeper."""
    text, node = document.text, spot.node
    head, body = splice_render.value(data, spot.pattern, spot.column, style, old=node)
    start, end = node.start_mark.index, tail(node, text)
    before = _behind_sign(document, spot)
    one_line = "\n" not in text[before:end] and end > start and getattr(node, "style", None) not in ("|", ">")
    if one_line and not body and not wide:
        return [Splice(start, end, head)]
    stop = _region_end(text, end, spot.column + 1) if wide else line_end(text, end)
    blank = " " if spot.key is not None else " " * (style.gap - 1)
    lines = [blank + head if head else "", *body]
    first_end = line_end(text, before)
    for comment in comments.find(document, before, stop):
        if comment.start < first_end:
            blanks = re.search(r"[ \t]*\Z", text[before : comment.start])
            lines[0] += ((blanks.group() if blanks else "") or "  ") + comment.text
        else:
            lines.append(" " * spot.column + comment.text)
    return [Splice(before, stop, style.newline.join(lines))]


def _behind_sign(document: Document, spot: Spot) -> int:
    """The index behind the colon or the dash that a value belongs to."""
    if spot.key is not None:
        return after_trivia(document.text, spot.key.end_mark.index) + 1
    assert spot.parent is not None  # noqa: S101  # the root is never replaced
    return start_of(spot.parent, spot.index, document.text) + 1


def _region_end(text: str, end: int, depth: int) -> int:
    below = past_comments(text, end, depth)
    return line_end(text, below) if below > next_line(text, end) else line_end(text, end)


def remove(document: Document, spot: Spot, style: Style, *, wide: bool) -> list[Splice]:
    """Take away an item or a pair; the only one of the root leaves empty braces.

    `wide` takes in the comment lines below that are indented deeper, and blank lines.
    """
    text, parent = document.text, spot.parent
    assert parent is not None  # noqa: S101  # the root is never removed
    start, end = start_of(parent, spot.index, text), tail(spot.node, text)
    pad = " " * spot.column
    first = line_start(text, start)
    if text[first:start].strip():
        stop = start_of(parent, spot.index + 1, text)
        kept = [comment.text for comment in comments.find(document, start, stop)]
        return [Splice(start, stop, "".join(each + style.newline + pad for each in kept))]
    stop = _region_end(text, end, spot.column + 1) if wide else line_end(text, end)
    below = next_line(text, end if not wide else stop)
    kept = [pad + comment.text for comment in comments.find(document, start, stop)]
    if len(values(parent)) == 1:
        return [Splice(first, stop, style.newline.join(["{}", *kept]))]
    if wide:  # a block text above that keeps its line breaks would take blank lines below for its own
        below = _past_blanks(text, below)
    elif not kept and _ends_blank(text, first) and _BLANK_LINE.match("\n" + text[below : below + 200]):
        below = text.find("\n", below) + 1
    ending = style.newline if kept and below > stop else ""
    return [Splice(first, below, style.newline.join(kept) + ending)]


def _past_blanks(text: str, index: int) -> int:
    found = _BLANK_LINES.match(text, index)
    return found.end() if found else index


def _ends_blank(text: str, index: int) -> bool:
    """Whether the line above an index is blank, or there is none."""
    return index == 0 or not text[line_start(text, index - 1) : index].strip()


def add(document: Document, parent: Spot, index: int, entry: tuple[str | None, Any], style: Style) -> list[Splice]:
    """A new pair, or item if its key is None, that comes to stand at `index` of a block that is not empty."""
    text, node, (key, data) = document.text, parent.node, entry
    assert isinstance(node, CollectionNode)  # noqa: S101  # the caller looked
    column = node.start_mark.column
    pattern = (*pattern_of(parent.pointer), "*" if key is None else key)
    if key is None:
        lines = splice_render.item(data, pattern, column, style)
    else:
        lines = splice_render.pair(key, data, pattern, column, style)
    before, after = _blanks(document, node, index, multiple=len(lines) > 1)
    if index == 0:
        return _add_first(text, node, lines + [""] * after, style)
    last = index == len(values(node))
    depth = max(column, parent.column + 1) if last else column + 1
    stop = stop_of(node, index - 1, text)
    place = past_comments(text, stop, depth)
    before = before and text[stop - 1] != "\n"  # there, a blank line would belong to the block text above
    added = style.newline.join([""] * before + lines + [""] * after)
    if place == len(text) and not text.endswith("\n"):
        return [Splice(place, place, style.newline + added)]
    return [Splice(place, place, added + style.newline)]


def _add_first(text: str, node: CollectionNode, lines: list[str], style: Style) -> list[Splice]:
    start = start_of(node, 0, text)
    first = line_start(text, start)
    pad = " " * node.start_mark.column
    if text[first:start].strip() or isinstance(node, MappingNode):
        added = style.newline.join(lines).lstrip(" ") + style.newline + pad
        return [Splice(start, start, added)]
    place = above_comments(text, first)
    if any(line.startswith(pad + " ") for line in text[place:first].split("\n")):
        place = first  # a block text above might swallow comments that are indented deeper
    return [Splice(place, place, style.newline.join(lines) + style.newline)]


def _blanks(document: Document, node: CollectionNode, index: int, *, multiple: bool) -> tuple[bool, bool]:
    """Whether blank lines belong above and below what is new, going by what lies between its neighbours."""
    text, count = document.text, len(node.value)
    if _BLANK_LINE.search(text, node.start_mark.index, node.end_mark.index) is None:
        return False, False
    starts, stops = ([find(node, at, text) for at in range(count)] for find in (start_of, stop_of))
    gaps = [bool(_BLANK_LINE.search(text, stop, start)) for stop, start in zip(stops, starts[1:], strict=False)]
    long = ["\n" in text[start:stop] for start, stop in zip(starts, stops, strict=True)]
    if isinstance(node, MappingNode):
        if not multiple and not (index and long[index - 1]):
            return False, False
        asked = [gap for at, gap in enumerate(gaps) if long[at] or long[at + 1]]
    else:
        asked = gaps
    spaced = 2 * sum(asked) > len(asked)
    below = spaced and index < count and (index == 0 or not gaps[index - 1])
    return spaced and index > 0, below and (multiple or not isinstance(node, MappingNode))
