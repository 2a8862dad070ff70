"""Markdown of records into HTML that may stand anywhere. Text from outside in, `Markup` out; knows no record and no
page.

CommonMark (spec 0.31, by cmark) without raw HTML: a tag in a text is shown as text. What cmark wrote goes through an
allow-list (nh3), so two independent parsers have to fail before anything active gets out. Headings become bold lines
and pictures links, because the outline of a page and its weight are ours. Links are absolute (http, https, mailto) or
no links.
"""

import re
from functools import lru_cache
from typing import Final

import nh3
from cmarkgfm import markdown_to_html
from markupsafe import Markup

_UNPRINTABLE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
_UNUSUAL: Final = re.compile("[^\n -~]+")  # a cheap first look: few characters need the costly one
# One line that begins with a letter and holds nothing CommonMark, HTML or nh3 could read as more than itself.
_PLAIN_LINE: Final = r"[^\W\d_](?:[^\x00-\x1f\x7f-\xa0\\`*_\[\]<>&]*[^\x00-\x20\x7f-\xa0\\`*_\[\]<>&])?"
_PLAIN: Final = re.compile(_PLAIN_LINE)
_PLAIN_LINES: Final = re.compile(rf"{_PLAIN_LINE}(?:\n\n?{_PLAIN_LINE})*")
_RAW: Final = re.compile(r"<(?!(?:https?://|mailto:)[^\s<>]*>)")
# More containers at the start of one line than a person writes: cmark takes quadratic time over them.
_DEEP: Final = re.compile(r"^(?:[ \t]*(?:>|[-+*](?=[ \t])|[0-9]{1,9}[.)](?=[ \t]))){33}", re.MULTILINE)
_SPACE: Final = re.compile(r"[ \t\n]+")
_LESS: Final = "\ufdd0"  # stands for "<" while cmark reads; cannot come from outside, `clean` removes it
_LEAD: Final = "\u2003"  # a space that opens no block and lets emphasis begin
_HEADING: Final = re.compile(r"<(/?)h[1-6]>")
_PICTURE: Final = re.compile(r'<a |</a>|<img src="([^"]*)" alt="([^"]*)"[^>]*>')

_INLINE: Final = {"a", "br", "code", "em", "strong"}
_BLOCK: Final = _INLINE | {"blockquote", "hr", "li", "ol", "p", "pre", "ul"}
_SANITIZER: Final = nh3.Cleaner(
    tags=_BLOCK,
    clean_content_tags=set(),
    attributes={"a": {"href"}, "ol": {"start"}},
    link_rel="nofollow noopener",
    url_schemes={"http", "https", "mailto"},
    url_relative="deny",
)


def clean(text: str) -> str:
    """Drop what XML 1.0 (2.2) and HTML forbid: control characters, lone surrogates, noncharacters, and the line
    separators U+2028/2029.
    """
    return text if text.isprintable() else _UNUSUAL.sub(_printable, text)


def _printable(match: re.Match[str]) -> str:
    return _UNPRINTABLE.sub("", match.group())


def prose(text: str) -> Markup:
    """Render a text that may have paragraphs and lists: finished blocks, at least one `<p>` unless the text is
    empty.
    """
    text = text.strip()
    if _is_plain(text, _PLAIN_LINES):
        paragraphs = text.replace("\n\n", "</p>\n<p>")
        return Markup(f"<p>{paragraphs}</p>\n")  # noqa: S704  nothing in it is markup, see _PLAIN_LINE
    text = clean(text.replace("\r", "\n")).strip()
    rendered = _rendered(text) if _DEEP.search(text) is None else None
    return rendered or (Markup("<p>%s</p>\n") % text if text else Markup())


def inline(text: str) -> Markup:
    """Render a text that stands inside a line: emphasis, code and links, never a block; white space becomes one
    space.
    """
    if _is_plain(text) and "  " not in text:
        return Markup(text)  # noqa: S704  as above
    text = _SPACE.sub(" ", clean(text.replace("\r", "\n"))).strip(" ")
    return Markup(_rendered(_LEAD + text)[len(f"<p>{_LEAD}") : -len("</p>\n")])  # noqa: S704  a whole paragraph less its tags


@lru_cache(maxsize=2)
def plain(text: str) -> str:
    """Give what remains of a text when its Markdown is gone, on one line: for descriptions, search and titles.
    Two of them ask for the same summary.
    """
    return inline(text).striptags()


def _is_plain(text: str, form: re.Pattern[str] = _PLAIN) -> bool:
    return text.replace("\n", "").isprintable() and form.fullmatch(text) is not None


def _rendered(text: str) -> Markup:
    html = markdown_to_html(_RAW.sub(_LESS, text))
    if "%EF%B7%90" in html:
        html = html.replace("%EF%B7%90", "%3C")
    html = html.replace(_LESS, "&lt;")
    if "<h" in html:
        html = _HEADING.sub(_bold, html)
    if "<img" in html:
        html = _linked_pictures(html)
    return Markup(_SANITIZER.clean(html))  # noqa: S704  this is the sanitizer


def _bold(match: re.Match[str]) -> str:
    return "</strong></p>" if match.group(1) else "<p><strong>"


def _linked_pictures(html: str) -> str:
    inside = False

    def replaced(match: re.Match[str]) -> str:
        nonlocal inside
        if match.group(2) is None:
            inside = match.group() == "<a "
            return match.group()
        words = match.group(2) or "picture"
        return words if inside else f'<a href="{match.group(1)}">{words}</a>'

    return _PICTURE.sub(replaced, html)
