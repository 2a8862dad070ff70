"""A document in; out comes the hand it is written in: indentation, quotes, line breaks, and a sample of what stands at
each pattern of pointers. Where a file shows nothing, the format's own example decides.
"""

import dataclasses
from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Literal, TypeVar

from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from postmortem.yamldoc.document import Document
from postmortem.yamldoc.splice_place import Pattern
from postmortem.yamldoc.splice_seen import Sample, Seen, by_lines

BARE_WORDS = frozenset({"yes", "no", "on", "off", "y", "n"})
"""Text to our loader and to YAML 1.2; a file that leaves one of them without quotes may do so again."""

_NARROWEST, _WIDEST, _WIDTH = 60, 120, 100


@dataclasses.dataclass(frozen=True, eq=False)
class Style:
    """How a file is written. Columns count from the key or dash that something belongs to.

    `step`: a mapping below its key · `text_step`: the lines of a text · `offset`: a dash below its key · `gap`: from
    a dash to its item · `width`: of folded text · `flow_lists`: lists of plain values stand between brackets ·
    `flow_items`: mappings in lists do · `padded`: a blank follows a brace · `json`: every key is in double quotes.
    """

    newline: str
    step: int
    text_step: int
    offset: int
    gap: int
    quote: str
    width: int
    flow_lists: bool
    flow_items: bool
    padded: bool
    json: bool
    samples: tuple[Mapping[Pattern, Sample], Mapping[Pattern, Sample]]

    def sample(self, pattern: Pattern, *, flow: bool) -> Sample | None:
        """The last value that stands at a pattern, between brackets or not; None too if it is empty."""
        found = self.samples[flow].get(pattern)
        return found if found is None or found.filled else None

    @cached_property
    def bare_words(self) -> bool:
        """Whether one of `BARE_WORDS` stands without quotes."""
        return any(each.word.lower() in BARE_WORDS for held in self.samples for each in held.values())


@lru_cache(maxsize=4)
def of(document: Document) -> Style:
    """The style of a whole file; what occurs most decides, of equals what occurs first."""
    return _by_lines(document.text) if document.by_lines else by_tree(document)


def _by_lines(text: str) -> Style:
    return _decided(by_lines(text), newline="\n", padded=False, json=False)


def by_tree(document: Document) -> Style:
    """The same of any file, at the price of its tree."""
    seen = _Looking(document.text)
    seen.look(document.root, (), -1, flow=False)
    windows = 2 * document.text.count("\r\n") > document.text.count("\n")
    return _decided(
        dataclasses.replace(seen.seen, samples=(_samples(seen.nodes[0]), _samples(seen.nodes[1]))),
        newline="\r\n" if windows else "\n",
        padded=_most(seen.padded, False),  # noqa: FBT003  # a default, typed as what it stands for
        json=seen.json and bool(document.root.value),
    )


def _decided(seen: Seen, *, newline: str, padded: bool, json: bool) -> Style:
    return Style(
        newline=newline,
        step=_most(seen.steps, 2),
        text_step=_most(seen.text_steps or seen.steps, 2),
        offset=_most(seen.offsets, 2),
        gap=_most(seen.gaps, 2),
        quote=_most(seen.quotes, '"'),
        width=min(max([*seen.widths, _NARROWEST]), _WIDEST) if seen.widths else _WIDTH,
        flow_lists=_most(seen.flow_lists, True),  # noqa: FBT003  # as above
        flow_items=_most(seen.flow_items, False),  # noqa: FBT003  # as above
        padded=padded,
        json=json,
        samples=seen.samples,
    )


def _samples(nodes: Mapping[Pattern, Node]) -> dict[Pattern, Sample]:
    return {pattern: sample_of(node) for pattern, node in nodes.items()}


def sample_of(node: Node) -> Sample:
    """How the value of a node is written."""
    filled = bool(node.value)
    if isinstance(node, ScalarNode):
        return Sample("text", node.style or "", word="" if node.style else node.value, filled=filled)
    flow = isinstance(node, CollectionNode) and bool(node.flow_style)
    kind: Literal["list", "mapping"] = "list" if isinstance(node, SequenceNode) else "mapping"
    return Sample(kind, flow=flow, end=node.end_mark.column if flow else 0, filled=filled)


T = TypeVar("T")


def _most(seen: list[T], default: T) -> T:
    return max(dict.fromkeys(seen), key=seen.count) if seen else default


class _Looking:
    """One entry for each time that a trait was met, in the order of the text. Every edited file is looked at whole, so
    this is written to be fast: a single value costs no call unless it is quoted or a block text.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self.nodes: tuple[dict[Pattern, Node], dict[Pattern, Node]] = {}, {}
        self.seen = Seen(({}, {}))
        self.padded: list[bool] = []
        self.json = True

    def look(self, node: Node, pattern: Pattern, column: int, *, flow: bool) -> None:
        """Note the traits of one value and of all in it; `column` is that of the key or dash it belongs to."""
        self.nodes[flow][pattern] = node
        if isinstance(node, MappingNode):
            self._look_at_mapping(node, pattern, column, flow=flow)
        elif isinstance(node, SequenceNode):
            self._look_at_list(node, pattern, column, flow=flow)
        elif isinstance(node, ScalarNode) and node.style:
            self._look_at_text(node, column)

    def _look_at_mapping(self, node: MappingNode, pattern: Pattern, column: int, *, flow: bool) -> None:
        text, start = self._text, node.start_mark
        index, inner, braces = start.index, start.column, bool(node.flow_style)
        if braces:
            self.padded.append(text.startswith("{ ", index))
        elif column >= 0 and text[index - 1] == " ":
            dashed = text[index - inner : index].rstrip(" ").endswith("-")
            (self.seen.gaps if dashed else self.seen.steps).append(inner - column)
        flow = flow or braces
        samples = self.nodes[flow]
        for key, value in node.value:
            where = (*pattern, key.value)
            if key.style != '"':
                self.json = False
            if not isinstance(value, ScalarNode):
                self.look(value, where, inner, flow=flow)
                continue
            samples[where] = value
            if value.style:
                self._look_at_text(value, inner)

    def _look_at_list(self, node: SequenceNode, pattern: Pattern, column: int, *, flow: bool) -> None:
        inner, brackets, where = node.start_mark.column, bool(node.flow_style), (*pattern, "*")
        if not brackets:
            self.seen.offsets.append(inner - column)
        flow, plain = flow or brackets, True
        for item in node.value:
            if isinstance(item, ScalarNode):
                if item.style:
                    self._look_at_text(item, inner)
                continue
            plain = False
            if isinstance(item, MappingNode):
                self.seen.flow_items.append(bool(item.flow_style))
            self.look(item, where, inner, flow=flow)
        if plain:
            self.seen.flow_lists.append(brackets)
        if node.value:
            self.nodes[flow][where] = node.value[-1]

    def _look_at_text(self, node: ScalarNode, column: int) -> None:
        if node.style in ("'", '"'):
            self.seen.quotes.append(node.style)
        elif node.style in ("|", ">"):
            rows = self._text[node.start_mark.index : node.end_mark.index].split("\n")[1:]
            self.seen.note_block(rows, column, folded=node.style == ">")
