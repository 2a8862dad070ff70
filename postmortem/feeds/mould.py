"""A piece of XML with places to fill: what a library wrote around tokens, and values stamped in where they stood.

Finished XML with tokens in, bytes out; knows no feed. A value is escaped as lxml escapes it, so that what is stamped is
what the library would have written (tests/feeds/test_mould.py holds the two together).
"""

import re
from typing import Final, NamedTuple, Self

_TOKEN: Final = re.compile(r"zq([a-z_-]+)qz")


def token(name: str) -> str:
    """What stands for the value of that name."""
    return f"zq{name}qz"


def text(value: str) -> str:
    """A value as it stands between tags (XML 1.0, section 2.4). What XML forbids must be gone from it."""
    value = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return value.replace("\r", "&#13;") if "\r" in value else value


def attribute(value: str) -> str:
    """The same inside double quotes, where white space would be read as spaces (section 3.3.3)."""
    value = text(value).replace('"', "&quot;")
    return value.replace("\n", "&#10;").replace("\t", "&#9;")


class Mould(NamedTuple):
    """A pattern for `%`, with the names of the values that it takes."""

    pattern: str
    names: tuple[str, ...]

    @classmethod
    def of(cls, xml: str, others: dict[str, str]) -> Self:
        """Take the tokens, and what stands for other names, out of finished XML."""
        for printed, name in others.items():
            xml = xml.replace(printed, token(name))
        names = tuple(dict.fromkeys(_TOKEN.findall(xml)))
        return cls(_TOKEN.sub(lambda found: f"%({found[1]})s", xml.replace("%", "%%")), names)

    def filled(self, values: dict[str, str]) -> str:
        """The piece with escaped values in it. Raises KeyError for one that is missing."""
        return self.pattern % values

    def stamp(self, values: dict[str, str]) -> bytes:
        """The same as UTF-8."""
        return self.filled(values).encode()
