"""A document in; out comes the hand it is written in: indentation, quotes, line breaks, and a sample of what stands at
each pattern of pointers. Where a file shows nothing, the format's own example decides.
"""

import dataclasses
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TypeVar

from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from postmortem.yamldoc.document import Document
from postmortem.yamldoc.splice_place import Pattern, values

BARE_WORDS = frozenset({"yes", "no", "on", "off", "y", "n"})
"""Text to our loader and to YAML 1.2; a file that leaves one of them without quotes may do so again."""

_NARROWEST, _WIDEST, _WIDTH = 60, 120, 100


@dataclasses.dataclass(frozen=True)
class Style:
    """How a file is written. Columns count from the key or dash that something belongs to.

    `step`: a mapping below its key · `text_step`: the lines of a text · `offset`: a dash below its key · `gap`: from
    a dash to its item · `width`: of folded text · `flow_lists`: lists of plain values stand between brackets ·
    `flow_items`: mappings in lists do · `padded`: a blank follows a brace · `json`: every key is in double quotes ·
    `bare_words`: see `BARE_WORDS`.
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
    bare_words: bool
    samples: Mapping[tuple[Pattern, bool], Node]

    def sample(self, pattern: Pattern, *, flow: bool) -> Node | None:
        """The last value that stands at a pattern, between brackets or not; None too if it is empty."""
        found = self.samples.get((pattern, flow))
        return found if found is None or found.value else None


@lru_cache(maxsize=4)
def of(document: Document) -> Style:
    """The style of a whole file; what occurs most decides, of equals what occurs first."""
    seen = _Seen()
    samples: dict[tuple[Pattern, bool], Node] = {}
    for pattern, node, column, flow in _walk(document.root, (), -1, flow=False):
        samples[pattern, flow] = node
        seen.look(document.text, node, column)
    return Style(
        newline="\r\n" if 2 * document.text.count("\r\n") > document.text.count("\n") else "\n",
        step=_most(seen.steps, 2),
        text_step=_most(seen.text_steps or seen.steps, 2),
        offset=_most(seen.offsets, 2),
        gap=_most(seen.gaps, 2),
        quote=_most(seen.quotes, '"'),
        width=min(max([*seen.widths, _NARROWEST]), _WIDEST) if seen.widths else _WIDTH,
        flow_lists=_most(seen.flow_lists, True),  # noqa: FBT003  # a default, typed as what it stands for
        flow_items=_most(seen.flow_items, False),  # noqa: FBT003  # as above
        padded=_most(seen.padded, False),  # noqa: FBT003  # as above
        json=bool(seen.keys) and set(seen.keys) == {'"'},
        bare_words=any(_is_bare_word(node) for node in samples.values()),
        samples=samples,
    )


def _is_bare_word(node: Node) -> bool:
    return isinstance(node, ScalarNode) and not node.style and node.value.lower() in BARE_WORDS


T = TypeVar("T")


def _most(seen: list[T], default: T) -> T:
    return Counter(seen).most_common(1)[0][0] if seen else default


@dataclasses.dataclass(frozen=True)
class _Seen:
    """One entry for each time that a trait was met."""

    steps: list[int] = dataclasses.field(default_factory=list)
    text_steps: list[int] = dataclasses.field(default_factory=list)
    offsets: list[int] = dataclasses.field(default_factory=list)
    gaps: list[int] = dataclasses.field(default_factory=list)
    quotes: list[str] = dataclasses.field(default_factory=list)
    widths: list[int] = dataclasses.field(default_factory=list)
    flow_lists: list[bool] = dataclasses.field(default_factory=list)
    flow_items: list[bool] = dataclasses.field(default_factory=list)
    padded: list[bool] = dataclasses.field(default_factory=list)
    keys: list[str] = dataclasses.field(default_factory=list)

    def look(self, text: str, node: Node, column: int) -> None:
        """Note the traits of one node; `column` is that of the key or dash it belongs to."""
        if isinstance(node, MappingNode):
            self.keys.extend([str(key.style or "") for key, _ in node.value])
            if node.flow_style:
                self.padded.append(text.startswith("{ ", node.start_mark.index))
        if isinstance(node, ScalarNode):
            self._look_at_text(text, node, column)
        elif isinstance(node, SequenceNode):
            self._look_at_list(node, column)
        elif (
            isinstance(node, MappingNode)
            and column >= 0
            and not node.flow_style
            and text[node.start_mark.index - 1] == " "
        ):
            dashed = text[: node.start_mark.index].rstrip(" ").endswith("-")
            (self.gaps if dashed else self.steps).append(node.start_mark.column - column)

    def _look_at_text(self, text: str, node: ScalarNode, column: int) -> None:
        if node.style in ("'", '"'):
            self.quotes.append(node.style)
        elif node.style in ("|", ">"):
            body = text[node.start_mark.index : node.end_mark.index].split("\n")[1:]
            self.text_steps.extend([len(line) - len(line.lstrip(" ")) - column for line in body if line.strip()][:1])
            self.widths.extend(len(line) for line in body if node.style == ">")

    def _look_at_list(self, node: SequenceNode, column: int) -> None:
        if not node.flow_style:
            self.offsets.append(node.start_mark.column - column)
        if not any(isinstance(item, CollectionNode) for item in node.value):
            self.flow_lists.append(bool(node.flow_style))
        self.flow_items.extend([bool(item.flow_style) for item in node.value if isinstance(item, MappingNode)])


def _walk(node: Node, pattern: Pattern, column: int, *, flow: bool) -> Iterator[tuple[Pattern, Node, int, bool]]:
    yield pattern, node, column, flow
    inner = node.start_mark.column
    between_brackets = flow or bool(getattr(node, "flow_style", False))
    for index, value in enumerate(values(node)):
        step = node.value[index][0].value if isinstance(node, MappingNode) else "*"
        yield from _walk(value, (*pattern, step), inner, flow=between_brackets)
