"""How text looks in a terminal: colours, and characters that would take the terminal over. Text in, text out."""

import re
from typing import Final

_STRANGE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""Control characters, halves of pairs, and marks that turn the direction of what follows."""

_COLOURS: Final = {
    "error": "1;31",
    "warning": "1;33",
    "advice": "1;36",
    "good": "1;32",
    "strong": "1",
    "faint": "2",
    "frame": "1;34",
}


def paint(text: str, role: str, *, colour: bool) -> str:
    """The text in the colour of its role (ECMA-48 SGR), or as it is."""
    return f"\x1b[{_COLOURS[role]}m{text}\x1b[0m" if colour and text else text


def safe(text: str) -> str:
    """The text with a replacement character for each that a terminal would obey instead of showing it."""
    return _STRANGE.sub("\N{REPLACEMENT CHARACTER}", text)
