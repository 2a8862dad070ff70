"""One edit and the document it changes in; out come the texts that may be its result, the best first.

None of them is proven: an odd corner of YAML makes one of them wrong and the next one right.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from yaml.nodes import CollectionNode, MappingNode, ScalarNode

from postmortem.model.edit import Edit, Insert, Put, Remove, Reorder, at, plain, position
from postmortem.yamldoc import (
    splice_block,
    splice_column,
    splice_flow,
    splice_lines,
    splice_order,
    splice_place,
    splice_style,
)
from postmortem.yamldoc.document import Document
from postmortem.yamldoc.splice_block import Splice
from postmortem.yamldoc.splice_place import Spot, values
from postmortem.yamldoc.splice_render import LONGEST_LINE
from postmortem.yamldoc.splice_style import Style

_SHORT = 80
"""An entry of this length goes between brackets whatever the line's length becomes."""


def texts(document: Document, edit: Edit, wanted: dict[str, Any]) -> Iterator[str]:
    """What the file may look like once its data is `wanted`."""
    style = splice_style.of(document)
    for splices in _ways(document, edit, wanted, style):
        for text in dict.fromkeys(
            cut(document.text, each) for each in (splice_column.kept(document, splices), splices)
        ):
            yield text
            if document.text[-1:] != "\n" and text[-1:] != "\n":
                yield text + style.newline


def first(document: Document, edit: Edit, wanted: dict[str, Any]) -> list[Splice] | None:
    """The best way to write an edit; None where there is none."""
    style = splice_style.of(document)
    splices = splice_lines.added(document, edit, style) or next(_ways(document, edit, wanted, style), None)
    return None if splices is None else splice_column.kept(document, splices)


def cut(text: str, splices: Sequence[Splice]) -> str:
    """The text with every splice made; of two at one index the first stands first."""
    pieces, here = [], 0
    for splice in sorted(splices, key=lambda each: (each.start, each.end)):
        pieces += [text[here : splice.start], splice.text]
        here = splice.end
    return "".join([*pieces, text[here:]])


def _ways(document: Document, edit: Edit, wanted: dict[str, Any], style: Style) -> Iterator[list[Splice]]:
    if isinstance(edit, Reorder):
        node = splice_place.find(document, edit.pointer).node
        if isinstance(node, CollectionNode):
            yield splice_order.reorder(document, node, edit.order, wide=False)
            if not node.flow_style:
                yield splice_order.reorder(document, node, edit.order, wide=True)
        return
    if isinstance(edit, Insert):
        yield from _added(
            document, splice_place.find(document, edit.pointer), edit.index, (None, plain(edit.value)), style
        )
    elif isinstance(edit, Remove):
        yield from _removed(document, splice_place.find(document, edit.pointer), style)
    elif isinstance(edit, Put) and edit.pointer:
        yield from _put(document, edit, style)
    yield from _rewritten(document, edit, wanted, style)


def _put(document: Document, edit: Put, style: Style) -> Iterator[list[Splice]]:
    data = plain(edit.value)
    parent = splice_place.find(document, edit.pointer[:-1])
    key = edit.pointer[-1]
    if isinstance(parent.node, MappingNode) and isinstance(key, str):
        keys = [each.value for each, _ in parent.node.value]
        if key not in keys:
            yield from _added(document, parent, position(keys, edit.after), (key, data), style)
            return
    yield from _replaced(document, splice_place.find(document, edit.pointer), data, style)


def _replaced(document: Document, spot: Spot, data: Any, style: Style) -> Iterator[list[Splice]]:  # noqa: ANN401
    if spot.flow:
        yield splice_flow.replace(document, spot, data, style)
    elif spot.pointer:
        yield splice_block.replace(document, spot, data, style, wide=False)
        yield splice_block.replace(document, spot, data, style, wide=True)


def _added(
    document: Document, parent: Spot, index: int, entry: tuple[str | None, Any], style: Style
) -> Iterator[list[Splice]]:
    node = parent.node
    if not isinstance(node, CollectionNode):
        return
    if not node.flow_style:
        yield splice_block.add(document, parent, index, entry, style)
        return
    splices = splice_flow.add(document, parent, index, entry, style)
    if not _stays_short(document, parent, splices):
        yield from _replaced(document, parent, _with(at(document.data, parent.pointer), index, entry), style)
    yield splices


def _stays_short(document: Document, parent: Spot, splices: list[Splice]) -> bool:
    """Whether brackets remain the way to write a collection: an empty one is not bound to them."""
    node = parent.node
    if parent.flow or not parent.pointer:
        return True
    if not values(node):
        return "#" in document.text[node.start_mark.index : node.end_mark.index]
    if node.start_mark.line < node.end_mark.line:
        return True
    longest = max(len(splice.text) for splice in splices)
    return longest <= _SHORT or node.end_mark.column + longest <= LONGEST_LINE


def _with(old: Any, index: int, entry: tuple[str | None, Any]) -> Any:  # noqa: ANN401  # a list or a mapping
    key, data = entry
    if key is None:
        return [*old[:index], data, *old[index:]]
    pairs = list(old.items())
    return dict([*pairs[:index], (key, data), *pairs[index:]])


def _removed(document: Document, spot: Spot, style: Style) -> Iterator[list[Splice]]:
    parent = spot.parent
    if parent is None or (len(values(parent)) == 1 and (spot.flow or len(spot.pointer) > 1)):
        return
    if spot.flow:
        yield splice_flow.remove(document, spot, style)
    else:
        yield splice_block.remove(document, spot, style, wide=False)
        yield splice_block.remove(document, spot, style, wide=True)


def _rewritten(document: Document, edit: Edit, wanted: dict[str, Any], style: Style) -> Iterator[list[Splice]]:
    """The collection around the place written anew: if it becomes empty, or stands between brackets."""
    pointer = edit.pointer if isinstance(edit, Insert) else edit.pointer[:-1]
    while pointer:
        spot = splice_place.find(document, pointer)
        data = at(wanted, pointer)
        if not data or getattr(spot.node, "flow_style", False):
            yield from _replaced(document, spot, data, style)
        pointer = pointer[:-1]
    if document.root.flow_style:
        yield splice_flow.replace(document, splice_place.find(document, ()), wanted, style)


def chomped(document: Document) -> str | None:
    """The text with its last block text told to end without a line break, as it does where the file lacks one."""
    last: Any = document.root
    while isinstance(last, CollectionNode) and last.value:
        last = values(last)[-1]
    if document.text.endswith("\n") or not isinstance(last, ScalarNode) or last.style not in ("|", ">"):
        return None
    start = last.start_mark.index
    header = re.match(r"([|>][0-9]?)[+]?(?![-+])", document.text[start:])
    return None if header is None else cut(document.text, [Splice(start, start + header.end(), header.group(1) + "-")])
