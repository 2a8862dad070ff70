"""A pointer and a document in; out comes where the value stands and what surrounds it, as indexes into the text.

Here is known how far a value reaches, which lines are comments and what indents them; nothing of what is written.
"""

import dataclasses
import re

from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from postmortem.model.finding import Pointer
from postmortem.yamldoc.document import Document, end_of

Pattern = tuple[str, ...]
"""A pointer with `*` for each list position: what stands at the same pattern is written in the same style."""

_TRIVIA = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*+")


@dataclasses.dataclass(frozen=True)
class Spot:
    """A value: its node, its key's, the collection it belongs to and its position there.

    `column` is that of its key or dash, `outer` that of its parent's key or dash (-1 for those of the root); `flow`
    says that it stands between brackets.
    """

    node: Node
    key: Node | None
    parent: CollectionNode | None
    index: int
    column: int
    outer: int
    flow: bool
    pointer: Pointer

    @property
    def pattern(self) -> Pattern:
        """Its pointer without list positions."""
        return pattern_of(self.pointer)


def pattern_of(pointer: Pointer) -> Pattern:
    """A pointer without list positions."""
    return tuple("*" if isinstance(step, int) else step for step in pointer)


def find(document: Document, pointer: Pointer) -> Spot:
    """The spot of a pointer that leads somewhere."""
    spot = Spot(document.root, None, None, 0, -1, -1, flow=False, pointer=())
    for step in pointer:
        parent = spot.node
        assert isinstance(parent, CollectionNode)  # noqa: S101  # the data, read from these nodes, has this step
        keys: list[Node | None] = [pair[0] for pair in parent.value] if isinstance(parent, MappingNode) else []
        index = step if isinstance(step, int) else [key.value for key in keys if key].index(step)
        spot = Spot(
            node=parent.value[index][1] if keys else parent.value[index],
            key=keys[index] if keys else None,
            parent=parent,
            index=index,
            column=parent.start_mark.column,
            outer=spot.column,
            flow=bool(spot.flow or parent.flow_style),
            pointer=(*spot.pointer, step),
        )
    return spot


def values(node: Node) -> list[Node]:
    """The values of a mapping, the items of a list."""
    if isinstance(node, MappingNode):
        return [value for _, value in node.value]
    return list(node.value) if isinstance(node, SequenceNode) else []


def after_trivia(text: str, index: int) -> int:
    """The next index that is neither white space nor part of a comment."""
    found = _TRIVIA.match(text, index)
    return found.end() if found else index


def line_start(text: str, index: int) -> int:
    """The first index of a line."""
    return text.rfind("\n", 0, index) + 1


def line_end(text: str, index: int) -> int:
    """The index of the line break that ends a line; a value that ends with a line break ends there."""
    if 0 < index <= len(text) and text[index - 1] == "\n":
        end = index - 1
    else:
        end = text.find("\n", index)
        end = len(text) if end < 0 else end
    return end - 1 if end and text[end - 1 : end + 1] == "\r\n" else end


def next_line(text: str, index: int) -> int:
    """The first index of the line below that in which a value ends; the text's length, if there is none."""
    if index and text[index - 1] == "\n":
        return index
    return text.find("\n", index) + 1 or len(text)


def tail(node: Node, text: str) -> int:
    """The index past all that is part of a value; white space at the end of a block text may be, blank lines after
    anything else are not.
    """
    last = node
    while isinstance(last, CollectionNode) and not last.flow_style and last.value:
        last = last.value[-1][1] if isinstance(last, MappingNode) else last.value[-1]
    if isinstance(last, ScalarNode) and last.style in ("|", ">"):
        start, end = end_of(last, text), last.end_mark.index
        header = text[last.start_mark.index : line_end(text, last.start_mark.index)]
        if "+" in header.partition("#")[0] or text[start:end].strip("\r\n"):
            return int(end)
    return end_of(node, text)


def start_of(parent: CollectionNode, index: int, text: str) -> int:
    """Where an item begins: its dash, its key, between brackets its value."""
    if isinstance(parent, MappingNode):
        key: int = parent.value[index][0].start_mark.index
        sign = len(text[:key].rstrip(" ")) - 1
        return sign if text[max(sign, 0)] == "?" and not parent.flow_style else key
    if parent.flow_style:
        return int(parent.value[index].start_mark.index)
    if index == 0:
        return int(parent.start_mark.index)
    return after_trivia(text, tail(parent.value[index - 1], text))


def stop_of(parent: CollectionNode, index: int, text: str) -> int:
    """Where an item ends: past its value, or past the colon or dash of one that has none."""
    value = parent.value[index][1] if isinstance(parent, MappingNode) else parent.value[index]
    if value.start_mark.index == value.end_mark.index and isinstance(parent, MappingNode):
        key_end: int = parent.value[index][0].end_mark.index
        colon = after_trivia(text, key_end)
        return colon + 1 if text.startswith(":", colon) else key_end
    return tail(value, text)


def past_comments(text: str, index: int, depth: int) -> int:
    """From the end of a value to the line below it and below the comment lines indented by `depth` or more."""
    here = place = next_line(text, index)
    while here < len(text):
        below = text.find("\n", here) + 1 or len(text)
        line = text[here:below]
        word = line.lstrip(" ")
        if word.startswith("#") and len(line) - len(word) >= depth:
            place = below
        elif word.strip():
            break
        here = below
    return place


def above_comments(text: str, index: int) -> int:
    """From the start of a line up to the first of the comment lines directly above it."""
    while index:
        above = line_start(text, index - 1)
        if not text[above:index].lstrip(" \t").startswith("#"):
            break
        index = above
    return index
