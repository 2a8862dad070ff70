"""A document and an edit that adds in; out comes where it goes and how it is written, told by the file's lines alone,
or None where only the tree can tell: `splice_plan` asks that then.

It knows what comes behind something: a new key behind another, a new item behind the last. In a text that `lines` read
whatever is deeper than a key belongs to it; a blank line or a comment in doubt is left to the tree.
"""

import re
from functools import cache, lru_cache
from typing import Any, Final

from postmortem.model.edit import Edit, Insert, Put, at, plain, position
from postmortem.model.finding import Pointer
from postmortem.yamldoc import lines, splice_render
from postmortem.yamldoc.document import Document
from postmortem.yamldoc.splice_block import Splice
from postmortem.yamldoc.splice_place import line_start, pattern_of
from postmortem.yamldoc.splice_style import Style

_BLANK_LINE: Final = re.compile(r"\n *\n")
_DASH: Final = re.compile(r"( *)- ")


def added(document: Document, edit: Edit, style: Style) -> list[Splice] | None:
    """The one splice that adds a key behind another, or an item behind the last."""
    if not document.by_lines or not isinstance(edit, Put | Insert) or not _is_named(edit.pointer):
        return None
    if _has_blank_line(document.text):
        return None  # whether another belongs here is a question of what lies between all of them
    return _item(document, edit, style) if isinstance(edit, Insert) else _pair(document, edit, style)


@lru_cache(maxsize=4)
def _has_blank_line(text: str) -> bool:
    """Asked for every edit of a file."""
    return _BLANK_LINE.search(text) is not None


def _is_named(pointer: Pointer) -> bool:
    """Whether it leads through mappings alone."""
    return bool(pointer) and all(isinstance(step, str) for step in pointer)


def _item(document: Document, edit: Insert, style: Style) -> list[Splice] | None:
    held, text = at(document.data, edit.pointer), document.text
    if not held or edit.index != len(held):
        return None
    key = lines.key_at(text, map(str, edit.pointer))
    below = key is not None and text.find("\n", key) + 1
    dash = below and _DASH.match(text, below)
    if key is None or not dash or len(dash[1]) <= key - line_start(text, key):
        return None
    place = _behind(text, key)
    if place is None:
        return None
    rows = splice_render.item(plain(edit.value), (*pattern_of(edit.pointer), "*"), len(dash[1]), style)
    return [_inserted(place, rows)]


def _pair(document: Document, edit: Put, style: Style) -> list[Splice] | None:
    held, text, name = at(document.data, edit.pointer[:-1]), document.text, str(edit.pointer[-1])
    if not isinstance(held, dict) or name in held:
        return None
    keys: list[Any] = list(held)
    index = position(keys, edit.after)
    before = lines.key_at(text, [*map(str, edit.pointer[:-1]), keys[index - 1]]) if index else None
    place = None if before is None else _behind(text, before)
    if before is None or place is None:
        return None
    column = before - line_start(text, before)
    return [_inserted(place, splice_render.pair(name, plain(edit.value), pattern_of(edit.pointer), column, style))]


def _behind(text: str, key: int) -> int | None:
    """The line below everything that belongs to a key, if it ends in something else than what may be a comment."""
    after = _shallow(key - line_start(text, key)).search(text, key)
    place = after.start() + 1 if after else len(text)
    if after and text[after.end() - 1] in "#-":
        return None  # a comment; or items in the column of their key
    last = text[line_start(text, place - 1) : place].lstrip(" ")
    return None if last.startswith("#") else place


@cache
def _shallow(column: int) -> re.Pattern[str]:
    """Finds the next line that is no deeper."""
    return re.compile(rf"\n {{0,{column}}}[^ \n]")


def _inserted(place: int, rows: list[str]) -> Splice:
    return Splice(place, place, "\n".join([*rows, ""]))
