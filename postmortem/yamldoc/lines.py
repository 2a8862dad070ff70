"""The data of a file that is written as nearly all records are, read line by line; None for any other, which libyaml
then reads.

Text in, plain data out: no nodes and no places, which only a file with findings needs, and which are most of the price
of reading. It takes nothing that it could take for something else than libyaml does: whatever is unusual makes it give
up (tests/yamldoc/test_lines.py holds the two together).
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any, Final

from postmortem.yamldoc import scalars
from postmortem.yamldoc.limits import MAX_DEPTH, MAX_NODES

_KEY: Final = "[A-Za-z_][A-Za-z0-9_-]{0,99}"
_LINES: Final = re.compile(
    rf"(?P<indent> *)(?P<dash>- )?(?:(?P<key>{_KEY}):(?=[ \n])( *))?"
    r"(?:([|>]-?)\n((?:(?P=indent)(?(key)(?(dash)  )) +[^\n]*\n|\n)*)|(?P<value>[^\n]*)\n)"
)
"""Each line: indent, dash, key, the blanks behind its colon, then the sign and the lines of a block text, or what else
stands there.
"""
_SOME: Final = r"[^,\[\]{}:#\"?\n]*"
_PLAIN: Final = rf"(?:[A-Za-z0-9_/(]|[-+.](?=[0-9])){_SOME}(?::(?=[A-Za-z0-9]){_SOME})*"
ITEM: Final = re.compile(rf'(?:"([^"\\]*)"|([\[{{])|({_PLAIN}))')
PAIR: Final = re.compile(rf"({_KEY}): {ITEM.pattern}")
"""A value between brackets, and one with its key between braces: quoted, a bracket or brace, or plain."""
_REMARK: Final = re.compile(" +#")
_OTHERS, _SIGNS, _QUOTES, _OPENING = map(frozenset, ("/(", "-+.", "'\"", "[{"))
_DEEPEST_FLOW: Final = 4
_SHORT: Final = 160
"""Characters of a value that may be kept for the next line that has it."""
_DEEPEST: Final = MAX_DEPTH - _DEEPEST_FLOW - 2


class _UnusualError(Exception):
    """Something that libyaml has to look at."""


def read(text: str) -> dict[str, Any] | None:
    """The data of a whole document that earns no finding. The text holds no characters that `source` refuses."""
    if 2 * len(text) > MAX_NODES or "\t" in text or "\r" in text or not text.endswith("\n"):
        return None  # a character makes at most two nodes
    try:
        return _mapping(text) or None
    except (_UnusualError, scalars.NumberError):
        return None


def key_at(text: str, keys: Iterable[str]) -> int | None:
    """The index of a key on a line of its own, by the keys that lead there, in a text that `read` took; None where one
    of them stands between braces. All of them must be in the data.

    In such a text whatever is deeper than a key belongs to it, and no two keys of a mapping are alike.
    """
    indent, start, end, at = 0, 0, len(text), None
    for key in keys:
        sought = f"\n{' ' * indent}{key}:"
        first_line = start == 0 and text.startswith(sought[1:])
        found = text.find(sought, start, end)
        if found < 0 and not first_line:
            return None
        found = -1 if first_line else found
        at, start = found + 1 + indent, found + len(sought)
        first, after = _CONTENT.search(text, start, end), _outside(indent).search(text, start, end)
        end = after.start() + 1 if after else end
        indent = len(first[1]) if first else 0
    return at


@cache
def _outside(indent: int) -> re.Pattern[str]:
    """Finds the line break in front of the next line that is no deeper than an indent, comments aside."""
    return re.compile(rf"\n {{0,{indent}}}[^ #\n]")


_CONTENT: Final = re.compile(r"\n( *)[^ #\n]")


def comments(text: str) -> list[tuple[int, int]]:
    """Where the comments stand in a text that `read` took: the index of each sign, and of the end of its line."""
    found = []
    for line in _LINES.finditer(text):
        value = line["value"]
        if not value or "#" not in value or value[0] in _QUOTES:
            continue
        if value[0] in _OPENING:
            sign = value.find("#", _flow(value, 0, _DEEPEST_FLOW)[1])
        else:
            sign = 0 if value[0] == "#" else value.find(" #") + 1 or -1
        if sign >= 0:
            found.append((line.start("value") + sign, line.end("value")))
    return found


@lru_cache(maxsize=2)
def rows(text: str) -> list[tuple[str, ...]]:
    """What `_LINES` finds, kept for whoever looks at the same text next; nobody may change it."""
    return _LINES.findall(text)


def _mapping(text: str) -> dict[str, Any]:
    root: dict[str, Any] = {}
    within: list[tuple[int, Any]] = [(0, root)]  # the column of each collection that goes on, and itself
    waiting = ""  # the key whose value stands on the lines to come
    inner: Any
    for indent, dash, key, _, sign, body, value in rows(text):
        if not (key or dash):
            _ignore(sign, value)
            continue
        at = len(indent)
        column, here = within[-1]
        if waiting and (at > column or (dash and at == column)):
            here[waiting] = inner = [] if dash else {}
            within.append((at, inner))
            here = inner
        elif at != column or (type(here) is list) is not bool(dash):
            here = _outer(within, at, listed=bool(dash))
        waiting = ""
        if dash:
            if not key:
                here.append(_block(sign, body, at) if sign else _single(value))
                continue
            at += len(dash)
            here.append(inner := {})
            within.append((at, inner))
            here = inner
        if key in here or key in scalars.WORDS or len(within) > _DEEPEST:
            raise _UnusualError
        if value:
            here[key] = _single(value)
        elif sign:
            here[key] = _block(sign, body, at)
        else:
            here[key], waiting = None, key
    return root


def _ignore(sign: str, rest: str) -> None:
    """Nothing but a comment may stand on a line without key and dash."""
    if sign or (rest and rest[0] != "#"):
        raise _UnusualError


def _outer(within: list[tuple[int, Any]], at: int, *, listed: bool) -> Any:  # noqa: ANN401  # a list or a mapping
    """The collection that goes on in this column; those in it are complete."""
    while within:
        column, here = within[-1]
        if column == at and (type(here) is list) is listed:
            return here
        within.pop()
    raise _UnusualError


def _single(text: str) -> Any:  # noqa: ANN401  # data is whatever the file holds
    """What stands between a key or a dash and the end of the line; records say the same few things again and again."""
    kept = len(text) <= _SHORT
    if text[:1] not in _OPENING:
        return _scalar(text) if kept else _scalar.__wrapped__(text)
    value, flat = _bracketed(text) if kept else _bracketed.__wrapped__(text)
    return value.copy() if flat else _flow(text, 0, _DEEPEST_FLOW)[0]


@lru_cache(maxsize=4096)
def _scalar(text: str) -> scalars.Scalar:
    first = text[:1]
    if first.isalnum() or first in _OTHERS or (first in _SIGNS and text[1:2].isdigit()):
        text = text.partition(" #")[0].rstrip(" ")
        if text[-1] == ":" or ": " in text:
            raise _UnusualError
        return scalars.plain(text) if first in scalars.OTHER_THAN_TEXT else text
    inner = text[1:-1]
    if first not in _QUOTES or len(text) == 1 or text[-1] != first or first in inner:
        raise _UnusualError
    if first == '"' and "\\" in inner:
        raise _UnusualError
    return inner


@lru_cache(maxsize=4096)
def _bracketed(text: str) -> tuple[Any, bool]:
    """A list or mapping between brackets, and whether it holds no other; nobody may change it."""
    value, end = _flow(text, 0, _DEEPEST_FLOW)
    if end != len(text) and not _REMARK.match(text, end):
        raise _UnusualError
    held = value if type(value) is list else value.values()
    return value, all(type(each) is not list and type(each) is not dict for each in held)


def _flow(text: str, at: int, room: int) -> tuple[Any, int]:
    """What stands between two brackets or braces, and the index behind them; `at` is that of the first. Another may
    stand in it as long as there is `room`.
    """
    listed = text[at] == "["
    closing, one = ("]", ITEM) if listed else ("}", PAIR)
    values: list[Any] = []
    keys: list[str] = []
    at += 1
    if text.startswith(closing, at):
        return [] if listed else {}, at + 1
    while found := one.match(text, at):
        value, at = _flowing(found, text, room)
        values.append(value)
        keys.append(found[1])
        if text.startswith(closing, at):
            return values if listed else _unlike(keys, values), at + 1
        if not text.startswith(", ", at):
            break
        at += 2
    raise _UnusualError


def _flowing(found: re.Match[str], text: str, room: int) -> tuple[Any, int]:
    """One value between brackets or braces, and the index behind it."""
    quoted, opening, plain = found.groups()[-3:]
    if opening:
        if not room:
            raise _UnusualError
        return _flow(text, found.end() - 1, room - 1)
    if not plain:
        return quoted, found.end()
    if plain[-1] == " ":
        raise _UnusualError
    return scalars.plain(plain) if plain[0] in scalars.OTHER_THAN_TEXT else plain, found.end()


def _unlike(keys: list[str], values: list[Any]) -> dict[str, Any]:
    mapping = dict(zip(keys, values, strict=True))
    if len(mapping) != len(keys) or not scalars.WORDS.keys().isdisjoint(keys):
        raise _UnusualError
    return mapping


def _block(sign: str, body: str, column: int) -> str:
    """A literal text, or a folded one of a single paragraph. Its lines lose the indent of the first; that of the key or
    dash it belongs to is less.
    """
    lines = body.rstrip("\n").split("\n")
    inner = len(lines[0]) - len(lines[0].lstrip(" "))
    pad, folded = " " * inner, sign[0] == ">"
    if inner <= column:
        raise _UnusualError
    cut = [line[inner:] for line in lines]
    for line, rest in zip(lines, cut, strict=True):
        if (line or folded) and (line[:inner] != pad or rest[-1:] in ("", " ") or (folded and rest[0] == " ")):
            raise _UnusualError
    text = (" " if folded else "\n").join(cut)
    return text if sign[-1] == "-" else f"{text}\n"
