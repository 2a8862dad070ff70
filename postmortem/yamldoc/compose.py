"""Text in; out comes libyaml's tree of nodes with their marks, or a limit or a syntax error as an exception.

It knows how to keep the C composer from overrunning its stack, and nothing about which nodes are welcome.
"""

from collections.abc import Iterator

import yaml
from yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, Event
from yaml.nodes import Node

from postmortem.errors import MissingPieceError
from postmortem.yamldoc.limits import MAX_DEPTH, MAX_NODES

if yaml.__with_libyaml__:
    from yaml._yaml import CParser
else:  # `tree` says what is missing when it is asked for one
    CParser = object  # type: ignore[assignment, misc]


class LimitError(Exception):
    """A tree that is too deep or too large; `node` is the collection in which it was noticed."""

    def __init__(self, message: str, node: Node) -> None:
        super().__init__(message)
        self.node = node


class _StrictParser(CParser):
    """libyaml's composer with its hooks used to count depth and nodes and to leave tags unresolved.

    Only `descend_resolver` counts (the open collections are those from the root to the node's parent), because a
    second Python call for each node would cost a tenth of the reading.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._nodes = 0
        self._open: list[Node | None] = [None]
        self._parent: Node | None = None

    def descend_resolver(self, parent: Node | None, _index: object) -> None:
        """Called before each node; raises `LimitError` before the C stack or the clock run out."""
        self._nodes += 1
        if parent is self._parent and self._nodes <= MAX_NODES:
            return
        if parent in self._open:
            del self._open[self._open.index(parent) + 1 :]
        else:
            self._open.append(parent)
        self._parent = parent
        if parent is not None and len(self._open) > MAX_DEPTH + 1:
            raise LimitError(f"lists and mappings stand more than {MAX_DEPTH} deep in one another here", parent)
        if parent is not None and self._nodes > MAX_NODES:
            raise LimitError(f"the file holds more than {MAX_NODES:,} keys and values", parent)

    ascend_resolver = staticmethod(int)
    """Called after each node: the cheapest callable that takes nothing."""

    @staticmethod
    def resolve(_kind: object, _value: object, _implicit: object) -> str:
        """Called for nodes without an explicit tag: those with one are then the ones whose tag is not empty."""
        return ""


def tree(text: str) -> Node | None:
    """The root of a text that holds one document, None if it holds none.

    Errors: `LimitError`, `yaml.error.MarkedYAMLError`, `MissingPieceError`.
    """
    if not yaml.__with_libyaml__:
        raise MissingPieceError(
            "PyYAML was installed without its C extension (libyaml), which postmortem needs: "
            "install a wheel of PyYAML 6 (pip install --force-reinstall --only-binary pyyaml pyyaml)"
        )
    return _StrictParser(text).get_single_node()


def events(text: str) -> Iterator[Event]:
    """The parser's events as far as is read: the only place where an alias still has a position."""
    parser = _StrictParser(text)
    depth = 0
    for _ in range(2 * MAX_NODES):
        event = parser.get_event()
        if event is None or depth > MAX_DEPTH:
            return
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        yield event


def aliases_as_text(text: str) -> str:
    """The same text, equally long, with every alias turned into a word: a tree can then be made of the rest."""
    characters = list(text)
    for event in events(text):
        if isinstance(event, AliasEvent) and event.start_mark is not None:
            characters[event.start_mark.index] = "a"
    return "".join(characters)
