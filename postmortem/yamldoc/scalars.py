"""The text of a plain scalar in; out comes what it means under the JSON-like subset of the YAML 1.2 core schema
(YAML 1.2.2 section 10.3.2), or why it may not stand there unquoted.

It knows neither nodes nor places.
"""

import math
import re

from postmortem.yamldoc.limits import MAX_DIGITS, MAX_INTEGER

Scalar = str | int | float | bool | None

WORDS: dict[str, Scalar] = {
    "": None,
    "~": None,
    **dict.fromkeys(("null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
"""Plain scalars that are no text."""
OTHER_THAN_TEXT = frozenset("+-.0123456789~nNtTfF")
"""What a plain scalar begins with if it can be anything but text."""

_INTEGER = re.compile(r"[-+]?[0-9]+")
_DECIMAL = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_FOREIGN = re.compile(r"0x[0-9a-fA-F]+|0o[0-7]+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_LEADING_ZERO = re.compile(r"[-+]?0[0-9]+")


class NumberError(ValueError):
    """A number that readers of YAML or JSON disagree about; the text says why, without repeating it."""


def plain(text: str) -> Scalar:
    """What an unquoted scalar means: null, a boolean, an int, a float, and otherwise the text itself.

    `no`, `on`, `14:05`, `2026-06-23`, `1_000` and `0b1` are text, as in YAML 1.2. Errors: `NumberError`.
    """
    if text in WORDS:
        return WORDS[text]
    if text[0] not in "+-.0123456789":
        return text
    if _INTEGER.fullmatch(text):
        return _integer(text)
    if _DECIMAL.fullmatch(text):
        return _decimal(text)
    if _FOREIGN.fullmatch(text):
        raise NumberError("hexadecimal, octal, infinite and not-a-number values have no place in JSON")
    return text


def is_text(text: str) -> bool:
    """Whether an unquoted scalar is text to every reader of the JSON-like subset."""
    try:
        return isinstance(plain(text), str)
    except NumberError:
        return False


def _integer(text: str) -> int:
    if _LEADING_ZERO.fullmatch(text):
        raise NumberError("some readers take a number with a leading zero as octal")
    number = int(text) if len(text) <= MAX_DIGITS else MAX_INTEGER + 1
    if abs(number) > MAX_INTEGER:
        raise NumberError(f"a whole number beyond {MAX_INTEGER:,} is not exact in every reader")
    return number


def _decimal(text: str) -> float:
    if len(text) > MAX_DIGITS:
        raise NumberError(f"a number has at most {MAX_DIGITS} characters")
    number = float(text)
    if math.isinf(number):
        raise NumberError("the number is too large for any reader")
    return number
