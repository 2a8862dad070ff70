"""Rich text as editors store it (a ProseMirror document: nodes with `type`, `content`, `text` and `marks`): a tree in,
plain text and links out, whatever is in the tree.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from postmortem.sources import fields, text

_BREAKS: Final = {"hardBreak": "\n", "hard_break": "\n", "horizontalRule": "\n\n", "horizontal_rule": "\n\n"}
_BLOCKS: Final = frozenset(
    {"paragraph", "heading", "blockquote", "codeBlock", "code_block", "bulletList", "bullet_list", "orderedList"}
    | {"ordered_list", "table"}
)
_ITEMS: Final = frozenset({"listItem", "list_item", "tableRow", "table_row"})


def plain(tree: object) -> str:
    """The text of a tree, links as `text (address)`; nothing for what is no tree. Never recurses."""
    pieces: list[str] = []
    waiting: list[object] = [] if isinstance(tree, str) else [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            pieces.append(node)
            continue
        found = fields.mapping(node)
        kind = found.get("type") if isinstance(found.get("type"), str) else ""
        before, after = _around(str(kind), pieces)
        pieces.append(before + "".join(_said(found)))
        waiting += [after, *reversed(fields.mappings(found.get("content")))]
    return _tidied("".join(pieces))


def _around(kind: str, pieces: list[str]) -> tuple[str, str]:
    """What stands before and after a node. The first paragraph of an item stands on the item's own line."""
    if kind in _ITEMS:
        return "\n- ", "\n"
    if kind in _BLOCKS and not (pieces and pieces[-1].endswith("- ")):
        return "\n\n", "\n\n"
    return _BREAKS.get(kind, ""), ""


def _said(node: Mapping[str, object]) -> Iterator[str]:
    said = node.get("text")
    if not isinstance(said, str):
        return
    said = text.clean(said)
    yield said
    for mark in fields.mappings(node.get("marks")):
        address = fields.link(fields.mapping(mark.get("attrs")).get("href"), "") if mark.get("type") == "link" else ""
        if address and address.rstrip("/") != said.strip().rstrip("/"):
            yield f" ({address})"


def _tidied(said: str) -> str:
    """No more than one empty line, and none between the items of a list."""
    lines: list[str] = []
    for each in (line.rstrip() for line in said.strip().split("\n")):
        if each == "-" or (not each and lines and not lines[-1]):
            continue
        if each.startswith("- ") and len(lines) > 1 and not lines[-1] and lines[-2].startswith("- "):
            lines.pop()
        lines.append(each)
    return "\n".join(lines)
