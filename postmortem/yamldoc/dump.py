"""Plain data in; out comes YAML for people and for any parser: block style, the order of the data, Unicode kept. A list
of words, and an item of a list that holds nothing deeper, stand on one line where they fit.

Deterministic and independent of any library's version, since published bytes must not change with an upgrade. What a
YAML 1.1 parser would take for something else than text is quoted. Knows nothing of what the data means.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from json.encoder import encode_basestring

from postmortem.yamldoc.limits import MAX_INTEGER

Json = str | int | float | bool | None | Sequence["Json"] | Mapping[str, "Json"]

_LIST = (list, tuple)
_DEEP = (dict, list, tuple)
_WIDTH = 100
_LONGEST_IMPLICIT_KEY = 1000
"""YAML allows 1024 characters before the colon (1.2.2 section 8.2.2); a longer key is written after `? `."""

_PLAIN = re.compile(
    r"(?:[^\W_]|[/(])(?:[^\x00-\x20\x7f-\x9f:#\u2028\u2029\ufeff\ufffe\uffff]|[ ](?![ #]|\Z)|:(?![ ]|\Z)|#)*"
)
_IN_FLOW = frozenset(",[]{}:?")
_WORDS = frozenset(
    form
    for word in ("y", "n", "yes", "no", "on", "off", "true", "false", "null")
    for form in (word, word.capitalize(), word.upper())
)
_LIKE_NUMBER = re.compile(r"[0-9][0-9a-fA-FxXoObBtTzZ_.:+\- ]*\Z")
_BEYOND_JSON = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_LINE = re.compile(
    "|[^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]*[^\x00-\x20\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]"
)
_PROSE = re.compile("(?! )[^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]*(?<! )")


def dump(data: Mapping[str, Json]) -> str:
    """The data as one YAML document that ends with a line break; `loader.read` gives equal data back.

    Errors: `ValueError` for a number that the loader would refuse, `TypeError` for what is not JSON-like.
    """
    lines: list[str] = []
    _mapping(lines, data, "")
    return "\n".join([*(lines or ["{}"]), ""])


# Every published record passes through here: lines are appended to one list, and an attempt at one line ends at once
# where it cannot fit.
def _mapping(lines: list[str], data: Mapping[str, Json], pad: str) -> None:
    inner = pad + "  "
    for key, value in data.items():
        if isinstance(value, str) and len(value) <= _WIDTH and len(key) <= _WIDTH and "\n" not in value:
            lines.append(f"{pad}{_word(key)}: {_word(value)}")
            continue
        head = _short(key)
        if len(head) > _LONGEST_IMPLICIT_KEY:
            lines.append(f"{pad}? {head}")
            head = ""
        _entry(lines, f"{pad}{head}:", value, inner)


def _entry(lines: list[str], head: str, value: Json, pad: str) -> None:
    """One `key:` with what belongs to it; `pad` is the indentation of what stands on lines of its own."""
    if isinstance(value, str):
        _text(lines, head, value, pad)
    elif isinstance(value, dict) and value:
        lines.append(head)
        _mapping(lines, value, pad)
    elif isinstance(value, _LIST) and value:
        line = _flow(value, _WIDTH - len(head) - 1)
        if line is not None:
            lines.append(f"{head} {line}")
        else:
            lines.append(head)
            _items(lines, value, pad)
    else:
        lines.append(f"{head} {_short(value)}")


def _items(lines: list[str], items: Sequence[Json], pad: str) -> None:
    """A list, whose items begin on the line of their dash."""
    inner = pad + "  "
    for item in items:
        line = _flow(item, _WIDTH - len(pad) - 2) if isinstance(item, dict) and item else None
        if line is not None:
            lines.append(f"{pad}- {line}")
        elif isinstance(item, _DEEP) and item:
            first = len(lines)
            if isinstance(item, dict):
                _mapping(lines, item, inner)
            else:
                _items(lines, item, inner)
            lines[first] = f"{pad}- {lines[first][len(inner) :]}"
        elif isinstance(item, str):
            _text(lines, f"{pad}-", item, inner)
        else:
            lines.append(f"{pad}- {_short(item)}")


def _flow(value: Mapping[str, Json] | Sequence[Json], room: int) -> str | None:
    """A list of single values, or a mapping of such values and such lists, on one line; None for anything deeper, for
    a text of several lines, and for what takes more room.
    """
    parts: list[str] = []
    if isinstance(value, dict):
        for key, inner in value.items():
            word = _flowing_word(key) if len(key) <= room else None
            if isinstance(inner, str):
                part = _flowing_word(inner) if len(inner) <= room else None
            else:
                part = _flow(inner, room) if isinstance(inner, _LIST) else _flowing(inner, room)
            if word is None or part is None:
                return None
            room -= len(word) + len(part) + 4
            if room < 0:
                return None
            parts.append(f"{word}: {part}")
        return f"{{{', '.join(parts)}}}"
    for each in value:
        part = _flowing(each, room)
        room -= len(part or "") + 2
        if part is None or room < 0:
            return None
        parts.append(part)
    return f"[{', '.join(parts)}]"


def _flowing(value: Json, room: int) -> str | None:
    """A single value as it stands between brackets, where older parsers choke on colons (times)."""
    if isinstance(value, str):
        return _flowing_word(value) if len(value) <= room else None
    return None if isinstance(value, _DEEP) and value else _short(value)


@lru_cache(maxsize=4096)
def _flowing_word(text: str) -> str | None:
    if "\n" in text:
        return None
    return _uncached_word(text) if _IN_FLOW.isdisjoint(text) else quoted(text)


def _text(lines: list[str], head: str, text: str, pad: str) -> None:
    """Several lines as a literal block, long prose as a folded one, anything else on the line of its key."""
    if "\n" in text and _is_block(text):
        lines.append(f"{head} |" if text.endswith("\n") else f"{head} |-")
        lines.extend(pad + line if line else "" for line in text.removesuffix("\n").split("\n"))
    elif len(text) > _WIDTH and "  " not in text and _is_prose(text):
        lines.append(f"{head} >-")
        lines.extend(pad + line for line in folded(text, _WIDTH - len(pad)))
    else:
        lines.append(f"{head} {_short(text)}")


def _is_prose(text: str) -> bool:
    return (text.isprintable() and text[0] != " " != text[-1]) or _PROSE.fullmatch(text) is not None


def _is_block(text: str) -> bool:
    split = text.removesuffix("\n").split("\n")
    return bool(split[0][:1].strip() and split[-1]) and all(_LINE.fullmatch(line) for line in split)


def folded(text: str, width: int) -> Iterator[str]:
    """Prose cut into lines of at most `width` where it has single spaces, of which none stands at its ends: what a
    folded scalar joins again.
    """
    start, whole = 0, len(text)
    while whole - start > width:
        end = text.rfind(" ", start, start + width + 1)
        if end < 0:
            end = text.find(" ", start)
            if end < 0:
                break
        yield text[start:end]
        start = end + 1
    yield text[start:]


def _short(value: Json) -> str:
    """What fits on one line."""
    if isinstance(value, str):
        return _word(value) if len(value) <= _WIDTH else _uncached_word(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, dict):
        return "{}"
    if isinstance(value, _LIST):
        return "[]"
    raise TypeError(f"YAML for JSON-like data only, not {type(value).__name__}")


def _number(value: float) -> str:
    if not math.isfinite(value) or (isinstance(value, int) and abs(value) > MAX_INTEGER):
        raise ValueError("a number beyond what every JSON reader keeps exactly")
    digits = repr(value)
    if "e" in digits and "." not in digits:  # YAML 1.1 knows no exponent without a point
        digits = digits.replace("e", ".0e")
    return digits


def _uncached_word(text: str) -> str:
    if _is_plain(text) and text not in _WORDS and not _LIKE_NUMBER.match(text):
        return text
    return quoted(text)


def _is_plain(text: str) -> bool:
    """Whether `_PLAIN` matches, which is asked only about text that is not printable: it looks at each character."""
    if not text.isprintable():
        return _PLAIN.fullmatch(text) is not None
    return (
        (text[:1].isalnum() or text[:1] in ("/", "("))
        and ": " not in text
        and " #" not in text
        and "  " not in text
        and text[-1] not in ": "
    )


def quoted(text: str) -> str:
    """The text in double quotes, on one line, as JSON and YAML both read it."""
    said = encode_basestring(text)
    return said if said.isprintable() else _BEYOND_JSON.sub(lambda match: f"\\u{ord(match.group()):04x}", said)


_word = lru_cache(maxsize=4096)(_uncached_word)
