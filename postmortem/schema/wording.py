"""How messages put it: what was found, what is allowed, what was meant. Values in, phrases out; knows no schema.

Values come from files that may hold secrets: they are cut short, and a password in an address is masked.
"""

import difflib
import re
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

_LONGEST: Final = 60
_MOST: Final = 30
_PASSWORD = re.compile(r"://[^@/\s]{0,300}@")
_NEARLY_A_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?: ?(Z|UTC|GMT))?", re.ASCII)
_KINDS: Final[dict[type, str]] = {
    bool: "a yes-or-no value",
    dict: "a mapping",
    float: "a number",
    int: "a number",
    list: "a list",
    str: "a string",
    type(None): "nothing",
}
_EXPECTED: Final = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "object": "a mapping",
    "string": "a string",
}


def kind_of(value: object) -> str:
    """`a list`, `a number`: what a reader would call the value."""
    return _KINDS.get(type(value), "something else")


def expected(types: str | Sequence[str]) -> str:
    """The types that JSON Schema names, for readers."""
    names = [types] if isinstance(types, str) else types
    return " or ".join(_EXPECTED[name] for name in names)


def shown(value: object) -> str:
    """The value in quotes, on one line, at most 60 characters of it."""
    text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    text = _PASSWORD.sub("://…@", text[: 4 * _LONGEST])
    text = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    return msgspec.json.encode(text).decode() if isinstance(value, str) else text


def listed(words: Iterable[object], last: str = "or") -> str:
    """`a, b or c`; a long list is cut, and says so."""
    names = [f"`{word}`" for word in words]
    if len(names) > _MOST:
        return ", ".join(names[:_MOST]) + f" and {len(names) - _MOST} more"
    return f" {last} ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def meant(word: object, allowed: Iterable[object]) -> str:
    """`did you mean …?` where one of the allowed words is close, else nothing."""
    near = nearest(word, allowed)
    return f"did you mean `{near}`?" if near else ""


def nearest(word: object, allowed: Iterable[object]) -> str:
    """The allowed word that is close, else nothing."""
    known = {str(each).lower(): str(each) for each in allowed}
    near = difflib.get_close_matches(str(word).lower().replace("-", "_").replace(" ", "_"), known, n=1)
    return known[near[0]] if near else ""


def zoned(value: object) -> str:
    """How to write what is nearly a time, else nothing."""
    match = _NEARLY_A_TIME.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return ""
    time = f"{match[1]}T{match[2]}"
    if match[3]:
        return f'write it as "{time}Z"'
    return f'add the zone: "{time}Z" if it is UTC, else the offset, as in "{time}+02:00"'


def flow(value: object) -> str:
    """An example as one would write it in YAML, on one line."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {flow(inner)}' for key, inner in value.items())}}}"
    return value if isinstance(value, str) and value.isalpha() else shown(value)
