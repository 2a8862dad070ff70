"""The characters that a feed may hold: those of XML 1.0 (section 2.2). Text in, the same text without the others out.

The schema refuses such characters already; this is the last door, because one of them makes a whole feed unreadable.
"""

import re
from typing import Final

_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def allowed(text: str) -> str:
    """The text without control characters, lone surrogates, U+FFFE and U+FFFF."""
    return text if text.replace("\n", "").isprintable() else _FORBIDDEN.sub("", text)  # the first look is the cheap one


def line(text: str, otherwise: str) -> str:
    """The same for a title, which no format allows to be empty: then what stands in its place."""
    return allowed(text).strip() or otherwise
