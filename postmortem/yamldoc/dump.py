"""Plain data in; out comes YAML for people and for any parser: block style, the order of the data, Unicode kept. A list
of words, and an item of a list that holds nothing deeper, stand on one line where they fit.

Deterministic and independent of any library's version, since published bytes must not change with an upgrade. What a
YAML 1.1 parser would take for something else than text is quoted. Knows nothing of what the data means.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from postmortem.yamldoc.limits import MAX_INTEGER

Json = str | int | float | bool | None | Sequence["Json"] | Mapping[str, "Json"]

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
_LIKE_NUMBER = re.compile(r"[0-9][0-9a-fA-FxXoObBtTzZ_.:+\- ]*")
_BEYOND_JSON = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_LINE = re.compile(
    "|[^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]*[^\x00-\x20\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]"
)
_PROSE = re.compile("(?! )[^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]*(?<! )")


def dump(data: Mapping[str, Json]) -> str:
    """The data as one YAML document that ends with a line break; `loader.read` gives equal data back.

    Errors: `ValueError` for a number that the loader would refuse, `TypeError` for what is not JSON-like.
    """
    return "".join(f"{line}\n" for line in (_mapping(data, "") if data else ["{}"]))


def _mapping(data: Mapping[str, Json], pad: str) -> Iterator[str]:
    for key, value in data.items():
        head = _short(key)
        if len(head) > _LONGEST_IMPLICIT_KEY:
            yield f"{pad}? {head}"
            head = ""
        yield from _entry(f"{pad}{head}:", value, pad + "  ")


def _entry(head: str, value: Json, pad: str) -> Iterator[str]:
    """One `key:` with what belongs to it; `pad` is the indentation of what stands on lines of its own."""
    if isinstance(value, str):
        yield from _text(head, value, pad)
    elif isinstance(value, dict) and value:
        yield head
        yield from _mapping(value, pad)
    elif isinstance(value, list | tuple) and value:
        line = _flow(value)
        if line is not None and len(head) + 1 + len(line) <= _WIDTH:
            yield f"{head} {line}"
        else:
            yield head
            yield from _items(value, pad)
    else:
        yield f"{head} {_short(value)}"


def _items(items: Sequence[Json], pad: str) -> Iterator[str]:
    """A list, whose items begin on the line of their dash."""
    inner = pad + "  "
    for item in items:
        line = _flow(item) if isinstance(item, dict) and item else None
        if line is not None and len(pad) + 2 + len(line) <= _WIDTH:
            yield f"{pad}- {line}"
        elif isinstance(item, dict | list | tuple) and item:
            lines = _mapping(item, inner) if isinstance(item, dict) else _items(item, inner)
            yield f"{pad}- {next(lines)[len(inner) :]}"
            yield from lines
        elif isinstance(item, str):
            yield from _text(f"{pad}-", item, inner)
        else:
            yield f"{pad}- {_short(item)}"


def _flow(value: Json) -> str | None:
    """A list of single values, or a mapping of such values and such lists, on one line; None for anything deeper, and
    for a text of several lines.
    """
    if isinstance(value, dict):
        pairs = [
            (_flowing(key), _flow(inner) if isinstance(inner, list | tuple) else _flowing(inner))
            for key, inner in value.items()
        ]
        return (
            None
            if any(None in pair for pair in pairs)
            else f"{{{', '.join(f'{key}: {inner}' for key, inner in pairs)}}}"
        )
    if isinstance(value, list | tuple):
        words = [_flowing(each) for each in value]
        return None if None in words else f"[{', '.join(map(str, words))}]"
    return _flowing(value)


def _flowing(value: Json) -> str | None:
    """A single value as it stands between brackets, where older parsers choke on colons (times)."""
    if (isinstance(value, dict | list | tuple) and value) or (isinstance(value, str) and "\n" in value):
        return None
    if isinstance(value, str) and not _IN_FLOW.isdisjoint(value):
        return _quoted(value)
    return _short(value)


def _text(head: str, text: str, pad: str) -> Iterator[str]:
    """Several lines as a literal block, long prose as a folded one, anything else on the line of its key."""
    lines = text.removesuffix("\n").split("\n")
    if "\n" in text and lines[0][:1].strip() and lines[-1] and all(_LINE.fullmatch(line) for line in lines):
        yield f"{head} |" if text.endswith("\n") else f"{head} |-"
        yield from (pad + line if line else "" for line in lines)
    elif len(text) > _WIDTH and "  " not in text and _PROSE.fullmatch(text):
        yield f"{head} >-"
        yield from (pad + line for line in folded(text, _WIDTH - len(pad)))
    else:
        yield f"{head} {_short(text)}"


def folded(text: str, width: int) -> Iterator[str]:
    """Prose cut into lines shorter than `width` where it has single spaces: what a folded scalar joins again."""
    line = ""
    for word in text.split(" "):
        if line and len(line) + len(word) >= width:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line


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
    if isinstance(value, list | tuple):
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
    if _PLAIN.fullmatch(text) and text not in _WORDS and not _LIKE_NUMBER.fullmatch(text):
        return text
    return _quoted(text)


def _quoted(text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    return _BEYOND_JSON.sub(lambda match: f"\\u{ord(match.group()):04x}", quoted)


_word = lru_cache(maxsize=4096)(_uncached_word)
