"""A tree of nodes in; out come plain builtins and a finding for each construct that a record may not use.

It refuses duplicate keys, merge keys, aliases, tags, keys that are not text, numbers that readers disagree about and
control characters smuggled in by an escape. It knows no syntax errors and nothing of what the data means.
"""

import re
from typing import Any

from yaml.events import AliasEvent, Event, NodeEvent
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from postmortem.model.finding import Finding, Pointer
from postmortem.yamldoc import compose, place, scalars
from postmortem.yamldoc.limits import MAX_FINDINGS

Trail = tuple["Trail", str | int] | None
"""The way down to a node, innermost step last: cheaper to extend than a pointer, rarely needed as one."""

_UNWELCOME = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_ALIAS_HINT = "write the value out where it is needed; quote text that starts with & or *"


class Builder:
    """One reading of one tree: `data` of the root and `findings`, in no order."""

    def __init__(self, text: str, path: str) -> None:
        self.findings: list[Finding] = []
        self._text = text
        self._path = path
        self._has_escapes = "\\" in text
        self._may_have_properties = "&" in text or "!" in text
        self._has_properties = False
        self._marked: set[int] = set()

    def build(self, root: MappingNode) -> dict[str, Any]:
        """The data of a whole document; what was refused reads as null, a repeated key keeps its first value."""
        data: dict[str, Any] = self._value(root, None)
        if self._has_properties:
            self.findings += properties(self._text, self._path)
        return data

    def _value(self, node: Node, trail: Trail) -> Any:  # noqa: ANN401  # data is whatever the file holds
        if self._may_have_properties and self._seen_before(node):
            return None
        if isinstance(node, ScalarNode):
            return self._scalar(node, trail)
        if isinstance(node, SequenceNode):
            return [self._value(item, (trail, index)) for index, item in enumerate(node.value)]
        return self._mapping(node, trail)

    def _mapping(self, node: Node, trail: Trail) -> dict[str, Any]:
        data: dict[str, Any] = {}
        first: dict[str, int] = {}
        for key_node, value_node in node.value:
            key = self._key(key_node, trail)
            if key is None:
                self._value(value_node, trail)
                continue
            value = self._value(value_node, (trail, key))
            if key in data:
                first = first or _first_lines(node)
                self._repeated(key, key_node, first[key], trail)
            else:
                data[key] = value
        return data

    def _key(self, node: Node, trail: Trail) -> str | None:
        """The key's text, or None where the pair has to be left out."""
        if self._may_have_properties:
            self._seen_before(node)
        if not isinstance(node, ScalarNode):
            self._refuse(node, "PM009", "a key must be text, not a list or a mapping", "write a plain word", trail)
            return None
        key: str = node.value
        if node.style:
            self._check_escapes(node, trail)
        elif key == "<<":
            self._refuse(node, "PM004", "merge keys (<<) are not read", "write the merged keys out", trail)
            return None
        elif not key:
            self._refuse(node, "PM009", "a key is missing before the colon", "write a key, or quote the text", trail)
        elif key[0] in scalars.OTHER_THAN_TEXT and not scalars.is_text(key):
            message = f"the key {_shown(key)} is not text: readers take it as a number, true, false or null"
            self._refuse(node, "PM009", message, "put the key in quotes", trail)
        return key

    def _scalar(self, node: ScalarNode, trail: Trail) -> scalars.Scalar:
        text: str = node.value
        if node.style:
            self._check_escapes(node, trail)
            return text
        if text and text[0] not in scalars.OTHER_THAN_TEXT:
            return text
        try:
            return scalars.plain(text)
        except scalars.NumberError as error:
            hint = "quote it if it is a name or an id; else write a plain decimal number"
            self._refuse(node, "PM010", f"this number is ambiguous: {error}", hint, trail)
            return None

    def _check_escapes(self, node: ScalarNode, trail: Trail) -> None:
        if self._has_escapes and _UNWELCOME.search(node.value):
            message = "an escape in this text puts a control character into it"
            self._refuse(node, "PM001", message, "delete the escape", trail)

    def _repeated(self, key: str, node: Node, line: int, trail: Trail) -> None:
        message = f"the key {_shown(key)} stands here a second time; the first is on line {line}"
        self._refuse(node, "PM003", message, "keep one of them", (trail, key))

    def _seen_before(self, node: Node) -> bool:
        """Notes an anchor or tag; true if an alias led to a node whose value was read already."""
        start = node.start_mark.index
        if node.end_mark.index == start or self._text[start] not in "&!":
            return False
        self._has_properties = True
        if id(node) in self._marked:
            return True
        self._marked.add(id(node))
        return False

    def _refuse(self, node: Node, code: str, message: str, hint: str, trail: Trail) -> None:
        scalar = isinstance(node, ScalarNode)
        span = (
            place.between(node.start_mark, node.end_mark) if scalar else place.first_word(node.start_mark, self._text)
        )
        pointer = _pointer(trail)
        found = Finding(path=self._path, span=span, code=code, message=message, hint=hint, pointer=pointer)
        self.findings.append(found)


def properties(text: str, path: str) -> list[Finding]:
    """A finding for each anchor, alias and tag, from the events: in the tree an alias has no place of its own."""
    found: list[Finding] = []
    for event in compose.events(text):
        for code, message, hint in _property(event):
            if event.start_mark is not None:
                span = place.first_word(event.start_mark, text)
                found.append(Finding(path=path, span=span, code=code, message=message, hint=hint))
        if len(found) > MAX_FINDINGS:
            break
    return found


def _property(event: Event) -> list[tuple[str, str, str]]:
    if isinstance(event, AliasEvent):
        return [("PM004", f"the alias *{event.anchor} stands for a value written elsewhere", _ALIAS_HINT)]
    found = []
    if isinstance(event, NodeEvent) and event.anchor is not None:
        found.append(("PM004", f"the anchor &{event.anchor} marks a value for use elsewhere", _ALIAS_HINT))
    if getattr(event, "tag", None) is not None:
        hint = "delete the tag; quote text that starts with !"
        found.append(("PM005", "a tag (a word that starts with !) is not read", hint))
    return found


def _first_lines(mapping: Node) -> dict[str, int]:
    """The line on which each key of a mapping stands first."""
    scalar_keys = [key for key, _ in mapping.value if isinstance(key, ScalarNode)]
    return {key.value: key.start_mark.line + 1 for key in reversed(scalar_keys)}


def _shown(key: str, longest: int = 60) -> str:
    return f'"{key}"' if len(key) <= longest else f'"{key[:longest]}…"'


def _pointer(trail: Trail) -> Pointer:
    steps: list[str | int] = []
    while trail is not None:
        trail, step = trail
        steps.append(step)
    return tuple(reversed(steps))
