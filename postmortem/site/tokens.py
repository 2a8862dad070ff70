"""The words that stand in a shell where a page's own will stand, and the forms in which a theme may print them.

A theme prints one value in several forms: as it is, escaped once more, stripped of tags, inside an address or inside
JSON. Each token
is spelt so that every form of it looks different, so a shell shows by itself which form stands where. Knows no theme.
"""

import json
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import quote

from markupsafe import Markup, escape

CORE = "zqpm"
"""What every token begins with; a shell in which it is left over did something to a token that we cannot repeat."""

LEAF = f"{CORE}leafqz"
"""The last step of a page's path: letters only, so that addresses, anchors and lower-casing leave it alone."""

HEADING_ID = f"{CORE}headingqz"
BODY = f"{CORE}bodyqz"
_ODD = """ <&"'> """


def text(name: str) -> str:
    """A token for plain text: it holds every character that some form changes."""
    return f"{CORE}{name}{_ODD}qz"


def anchor(number: int) -> str:
    """A token for the id of a heading."""
    return f"{CORE}a{number}qz"


def plain(value: str) -> str:
    """Text with its white space made single, as themes and browsers show it."""
    return " ".join(value.split())


@lru_cache(maxsize=1024)  # headings are the same on most pages
def html(value: str) -> str:
    """Plain text as the HTML that the theme is given: themes print titles and descriptions without escaping them."""
    return str(escape(plain(value)))


def _in_json(value: str) -> str:
    dumped = json.dumps(value)[1:-1]
    return dumped.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026").replace("'", "\\u0027")


FORMS: dict[str, Callable[[str], str]] = {
    "as it is": lambda value: value,
    "escaped": lambda value: str(escape(value)),
    "bare": lambda value: Markup(value).striptags(),  # noqa: S704 - it takes markup away
    "in an address": lambda value: quote(value, safe="/"),
    "in JSON": _in_json,
}
"""What a template can do to a value, each applied to the HTML that the theme was given (Jinja's filters e, striptags,
urlencode, tojson).
"""


def forms(value: str) -> dict[str, str]:
    """Every different look of a token's HTML: look -> name of the form; the first name wins where two look alike."""
    looks: dict[str, str] = {}
    for name, form in FORMS.items():
        looks.setdefault(form(value), name)
    return looks
