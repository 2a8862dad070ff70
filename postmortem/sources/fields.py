"""JSON that a stranger wrote: bytes in, plain values out, and one narrow way to each kind of field. It knows no vendor
and no event.

Every reader of a field takes any value whatever and answers with the empty value of its kind where the field is of
another: a feed may leave out, rename or retype any key tomorrow.
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urljoin, urlsplit

import msgspec

from postmortem.sources import moments, text
from postmortem.sources.adapter import NotUnderstoodError

_NEXT: Final = "see in a browser what the address answers with"
_LONGEST_KEY: Final = 200
_LONGEST_LINK: Final = 2000
_MARKUP: Final = re.compile(r"\s*<")
_NUMBER: Final = re.compile(r"[0-9]{1,12}")
_NOWHERE: Final = re.compile(r"""[\s"<>\\^`{|}]""")


def load(content: bytes) -> object:
    """The value that the JSON in the bytes stands for; UTF-8, UTF-16 and UTF-32 are told apart, with a BOM or without.

    Errors: `NotUnderstoodError` and no other. A byte that is not of the encoding becomes U+FFFD and costs no more than
    its own character; a lone surrogate, which JSON can write down, is left for `line` and `text.plain` to take out.
    """
    said = content.decode(json.detect_encoding(content), errors="replace")
    if not said.strip():
        raise NotUnderstoodError(f"the answer is empty; {_NEXT}")
    if _MARKUP.match(said):
        raise NotUnderstoodError(f"the answer is a page or XML, not JSON; {_NEXT}")
    try:
        return _value(said)
    except (ValueError, RecursionError) as error:
        raise NotUnderstoodError(f"the answer is not JSON that can be read; {_NEXT}") from error


def peek(content: bytes) -> object:
    """What `load` gives, or None where it would raise: for a first look."""
    try:
        return load(content)
    except NotUnderstoodError:
        return None


def mapping(value: object) -> Mapping[str, object]:
    """An object, else an empty one."""
    return value if isinstance(value, dict) else {}


def members(value: object) -> list[object]:
    """A list, else an empty one."""
    return value if isinstance(value, list) else []


def mappings(value: object) -> list[Mapping[str, object]]:
    """The objects in a list."""
    return [each for each in members(value) if isinstance(each, dict)]


def line(value: object) -> str:
    """A name, a title, a word: on one line, without what no output may hold."""
    return text.line(value) if isinstance(value, str) else ""


def prose(value: object) -> str:
    """A text, as plain text."""
    return text.plain(value) if isinstance(value, str) else ""


def key(value: object) -> str:
    """An id that the vendor wrote as text or as a number, else nothing."""
    if isinstance(value, str):
        return text.line(value)[:_LONGEST_KEY]
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < 10**_LONGEST_KEY else ""
    return ""


def seconds(value: object) -> datetime | None:
    """The moment that seconds since 1970 stand for, written as a number or as text."""
    if isinstance(value, bool) or not _NUMBER.fullmatch(str(value) if isinstance(value, int) else line(value)):
        return None
    try:
        return datetime.fromtimestamp(int(str(value)), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def moment(*values: object) -> datetime | None:
    """The first of the values that is an ISO 8601 time with a zone."""
    for value in values:
        if value is not None and (found := moments.iso(value)) is not None:
            return found
    return None


def link(value: object, base: str) -> str:
    """A web address, made whole with `base` where it is relative; nothing where it is none or goes elsewhere."""
    said = line(value)
    if not said or len(said) > _LONGEST_LINK or _NOWHERE.search(said):
        return ""
    try:
        whole = urljoin(base, said)
        parts = urlsplit(whole)
    except ValueError:
        return ""
    return whole if parts.scheme in {"http", "https"} and parts.netloc else ""


def tail(address: str) -> str:
    """The last piece of the path of an address: where vendors put an incident's id."""
    return address.partition("#")[0].partition("?")[0].rstrip("/").rpartition("/")[2][:_LONGEST_KEY]


def _value(said: str) -> object:
    try:
        return msgspec.json.decode(said)
    except (msgspec.MsgspecError, UnicodeError):
        return json.loads(said)  # lone surrogates, which are no reason to lose a whole page
