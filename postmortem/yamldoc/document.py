"""A file that was read: its text, its data, and where each value stands in the text.

Pointers come in, spans go out. It knows no rule and no incident, and keeps libyaml's nodes to itself and its package.
"""

import dataclasses
import re
from functools import cached_property
from typing import Any, cast

from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from postmortem.model.finding import Pointer, Span
from postmortem.yamldoc import compose, lines
from postmortem.yamldoc.source import position

_LINE_FEED = re.compile("\n")


@dataclasses.dataclass(frozen=True, eq=False)
class Document:
    """One YAML file: `text` is without a byte order mark, `data` plain builtins, `root` the node tree behind
    them.

    A document of a file with findings is only good for pointing at places: what was refused reads as null. `clean` is
    one without; its tree may be made when somebody asks for it first.
    """

    path: str
    text: str = dataclasses.field(repr=False)
    data: dict[str, Any] = dataclasses.field(repr=False)
    composed: MappingNode | None = dataclasses.field(repr=False)
    clean: bool = False

    @cached_property
    def root(self) -> MappingNode:
        """The tree of libyaml's nodes."""
        return self.composed or cast("MappingNode", compose.tree(self.text))

    @property
    def by_lines(self) -> bool:
        """Whether `lines` read it and no tree is there yet, so that lines tell cheaper."""
        return self.composed is None and self.clean and "root" not in self.__dict__

    def locate(self, pointer: Pointer, *, key: bool = False) -> Span:
        """Where the value at a pointer stands, or with `key` its key.

        A pointer that leads nowhere gives the key of the nearest parent that exists; where that has no key (the root,
        an item of a list) its first key, or its first line.
        """
        if key and (at := self._key_at(pointer)) is not None:
            return self._span(at, at + len(str(pointer[-1])))
        node: Node = self.root
        key_node: Node | None = None
        for step in pointer:
            pair = child(node, step)
            if pair is None:
                return self._head(node, key_node)
            key_node, node = pair
        return self._head(node, key_node) if key else self._span(node.start_mark.index, end_of(node, self.text))

    def line(self, number: int) -> str:
        """One line of the text, without its line break; empty beyond the end. `number` is 1-based."""
        if not 1 <= number <= len(self._starts):
            return ""
        start = self._starts[number - 1]
        end = self._starts[number] - 1 if number < len(self._starts) else len(self.text)
        return self.text[start:end].removesuffix("\r")

    def offset(self, line: int, column: int) -> int:
        """The index in `text` of a 1-based place."""
        return self._starts[line - 1] + column - 1

    def cut(self, span: Span) -> str:
        """The text a span covers."""
        return self.text[self.offset(span.line, span.column) : self.offset(span.end_line, span.end_column)]

    @cached_property
    def scalars(self) -> tuple[ScalarNode, ...]:
        """Every key and every single value, in the order of the text."""
        found: list[ScalarNode] = []
        waiting: list[Node] = [self.root]
        while waiting:
            node = waiting.pop()
            if isinstance(node, ScalarNode):
                found.append(node)
            elif isinstance(node, MappingNode):
                waiting += [each for pair in reversed(node.value) for each in reversed(pair)]
            else:
                waiting += reversed(node.value)
        return tuple(found)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_FEED.finditer(self.text))]

    def _key_at(self, pointer: Pointer) -> int | None:
        """Where a key of mappings in mappings begins, found without the tree; None where the tree has to tell."""
        if not pointer or self.composed is not None:
            return None
        value: Any = self.data
        for step in pointer:
            if not isinstance(value, dict) or step not in value:
                return None
            value = value[step]
        return lines.key_at(self.text, [str(step) for step in pointer])

    def _span(self, start: int, end: int) -> Span:
        return Span(*position(self.text, start), *position(self.text, end))

    def _head(self, node: Node, key_node: Node | None) -> Span:
        if key_node is None and isinstance(node, MappingNode) and node.value and not node.flow_style:
            key_node = node.value[0][0]
        if key_node is not None:
            return self._span(key_node.start_mark.index, key_node.end_mark.index)
        start = node.start_mark.index
        line_end = self.offset(node.start_mark.line + 1, 1) + len(self.line(node.start_mark.line + 1))
        return self._span(start, min(end_of(node, self.text), line_end))


def child(node: Node, step: str | int) -> tuple[Node | None, Node] | None:
    """One step down: the key's node (None in a list) and the value's; None if there is no such thing.

    Of a repeated key the first counts, as in the data.
    """
    if isinstance(node, SequenceNode) and isinstance(step, int) and 0 <= step < len(node.value):
        return None, node.value[step]
    if isinstance(node, MappingNode) and isinstance(step, str):
        for key_node, value_node in node.value:
            if key_node.value == step:
                return key_node, value_node
    return None


def end_of(node: Node, text: str) -> int:
    """The index just past a value, without the comments and blank lines that libyaml counts to a block's end."""
    end: int = node.end_mark.index
    if isinstance(node, ScalarNode):
        return _end_of_block_text(node, text) if node.style in ("|", ">") else end
    if not isinstance(node, CollectionNode) or node.flow_style or not node.value:
        return end
    last = node.value[-1]
    if isinstance(node, SequenceNode):
        return end_of(last, text)
    key_node, value_node = last
    key_end: int = key_node.end_mark.index
    if value_node.start_mark.index == value_node.end_mark.index and value_node.start_mark.line > key_node.end_mark.line:
        return key_end
    return end_of(value_node, text)


def _end_of_block_text(node: ScalarNode, text: str) -> int:
    start, end = node.start_mark.index, node.end_mark.index
    visible = start + len(text[start:end].rstrip(" \t\r\n"))
    line_break = text.find("\n", visible, end)
    return end if line_break < 0 else line_break - (text[line_break - 1] == "\r")
