"""Prose as feeds carry it: HTML, Markdown or plain text in, plain text and links out. It knows no vendor and no record.

HTML is read by libxml2's HTML5 tokenizer, which stays linear on hostile input where the standard library's parser is
quadratic (16,000 times `<a ` take it 30 seconds). Markdown stays as it was written: it reads well as text.
"""

import re
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

# fmt: off
_TAGS: Final = frozenset({
    "a", "abbr", "address", "article", "aside", "audio", "b", "big", "blockquote", "body", "br", "button", "center",
    "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "embed", "figcaption",
    "figure", "font", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "i",
    "iframe", "img", "input", "ins", "kbd", "label", "li", "link", "main", "mark", "math", "meta", "nav", "nobr",
    "noscript", "object", "ol", "option", "p", "picture", "pre", "q", "s", "samp", "script", "section", "select",
    "small", "source", "span", "strike", "strong", "style", "sub", "summary", "sup", "svg", "table", "tbody", "td",
    "template", "textarea", "tfoot", "th", "thead", "time", "title", "tr", "tt", "u", "ul", "var", "video",
})
# fmt: on
_OPENING: Final = re.compile(r"<(?!!)(?:/?([A-Za-z][A-Za-z0-9]{0,9})[\s/>])?")
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_NO_ENTITY: Final = re.compile(r"&(?!(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)")
_BREAKS: Final = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufeff\ufffe\uffff]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")

# fmt: off
_DROPPED: Final = frozenset({
    "script", "style", "template", "head", "title", "iframe", "object", "embed", "svg", "math", "textarea", "select",
    "button", "audio", "video",
})
# Characters that no text may hold, so that they can be marks in it.
_LINE, _PARAGRAPH, _LESS, _AND = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
_LINES: Final = "br", "div", "dt", "dd", "tr", "address", "figcaption", "summary"
_PARAGRAPHS: Final = (
    "p", "ul", "ol", "dl", "table", "blockquote", "pre", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "article", "aside",
    "section", "header", "footer", "figure", "details", "form",
)
# fmt: on
_MARKS: Final = dict.fromkeys(_LINES, _LINE) | dict.fromkeys(_PARAGRAPHS, _PARAGRAPH)
_SPACE: Final = re.compile("[ \t\n\u00a0\ufdd0\ufdd1]+")
_EMPTY_LINES: Final = re.compile("\n{3,}")
_LONGEST_LINK: Final = 2000
_SHORT: Final = 100


def clean(said: str) -> str:
    """The text without what no output may hold: control characters, NUL, lone surrogates (U+FFFD stands for each),
    and with a line feed for every kind of line break.
    """
    if said.isascii() and said.isprintable():
        return said
    return _FORBIDDEN.sub("", _SURROGATE.sub("\ufffd", _BREAKS.sub("\n", said)))


def line(said: str) -> str:
    """The text of a name or a title: cleaned, entities decoded, on one line."""
    return _word(said) if len(said) <= _SHORT else _line(said)


def _line(said: str) -> str:
    if not said.isascii() or not said.isprintable() or "&" in said:
        said = clean(_decoded(clean(said)))
    return " ".join(said.split())


_word = lru_cache(maxsize=4096)(_line)
"""Feeds say the same few words again and again: states, and the names of components."""


def plain(markup: str) -> str:
    """Text that can be read as it is. Tags are reduced to their text, a link to `text (address)`, scripts and the like
    are dropped, entities decoded; line breaks are kept, or, where the tags make them, those of the tags.

    What only looks like a tag (`<model>`, `p99 < 5 s`) is text and stays. Takes time linear in the length.
    """
    said = clean(markup)
    tagged = _OPENING.sub(_literal, said) if "<" in said else said
    said = _reduced(tagged) if "<" in tagged else clean(_decoded(said))
    lines = (each.rstrip() for each in said.replace("\u00a0", " ").split("\n"))
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


def _decoded(said: str) -> str:
    """Only what ends with a semicolon is an entity: `?a=1&region=eu` is an address, and no trade mark is in it."""
    if "&" not in said:
        return said
    import html  # noqa: PLC0415 - brings a table of two thousand names, and many a feed has no use for it

    return _ENTITY.sub(lambda found: html.unescape(found[0]), said)


def _literal(found: re.Match[str]) -> str:
    """What only looks like the start of a tag, with a mark where the parser would see one."""
    return found[0] if (found[1] or "").lower() in _TAGS else _LESS + found[0][1:]


def _reduced(tagged: str) -> str:
    from lxml import etree  # noqa: PLC0415 - slow to load, and many a feed holds no HTML

    # What is opened after the last ">" is never closed: no tag, and the parser would drop all of it.
    last = tagged.rfind(">") + 1
    safe = _NO_ENTITY.sub(_AND, tagged[:last] + tagged[last:].replace("<", _LESS))
    reader = _Reader()
    parser = etree.HTMLParser(target=reader, encoding="utf-8", no_network=True)
    parser.feed(safe.encode())
    parser.close()
    text = reader.text()
    return _SPACE.sub(_space, text) if _LINE in text or _PARAGRAPH in text else text


def _space(found: re.Match[str]) -> str:
    run = found[0]
    if _PARAGRAPH in run or run.count(_LINE) > 1:
        return "\n\n"
    return "\n" if _LINE in run else " "


def _unmarked(data: str) -> str:
    return data.replace(_LESS, "<").replace(_AND, "&")


class _Reader:
    """What the parser tells (names and text are always `str`, whatever its stubs say), put together as text with
    marks for line breaks. Links are never nested, so that each
    piece is taken up once.
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._dropped = 0
        self._preformatted = 0
        self._link: tuple[int, str] | None = None

    def start(self, tag: str | bytes, attrib: dict[str | bytes, str | bytes]) -> None:
        tag = str(tag)
        if tag in _DROPPED:
            self._dropped += 1
        if self._dropped:
            return
        self._pieces.append(_MARKS.get(tag, "\t" if tag in {"td", "th"} else ""))
        if tag == "li":
            self._pieces.append(f"{_LINE}- ")
        elif tag == "pre":
            self._preformatted += 1
        elif tag == "img":
            self.data(attrib.get("alt", ""))
        elif tag == "a":
            self._close_link()
            self._link = len(self._pieces), clean(_unmarked(str(attrib.get("href", "")))).strip()

    def end(self, tag: str | bytes) -> None:
        tag = str(tag)
        if tag in _DROPPED:
            self._dropped -= 1
        if self._dropped:
            return
        if tag == "a":
            self._close_link()
        elif tag == "pre":
            self._preformatted -= 1
        if tag != "br":
            self._pieces.append(_MARKS.get(tag, ""))

    def data(self, data: str | bytes) -> None:
        if not self._dropped:
            said = clean(_unmarked(str(data)))
            self._pieces.append(said.replace("\n", _LINE) if self._preformatted else said)

    def comment(self, text: str | bytes) -> None:
        """Nothing: but without this the parser would not tell comments from text."""

    def close(self) -> None:
        self._close_link()

    def text(self) -> str:
        return "".join(self._pieces)

    def _close_link(self) -> None:
        if self._link is None:
            return
        start, address = self._link
        self._link = None
        shown = "".join(self._pieces[start:]).strip(" \t\n" + _LINE + _PARAGRAPH)
        if _is_link(address) and address.removeprefix("mailto:").rstrip("/") != shown.rstrip("/"):
            self._pieces.append(f" ({address})" if shown else address)


def _is_link(address: str) -> bool:
    """Whether it is an address that a reader may be sent to: http, https or mailto, whole, and with nothing odd."""
    if len(address) > _LONGEST_LINK or any(each.isspace() for each in address):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(parts.scheme in {"http", "https"} and parts.netloc) or (parts.scheme == "mailto" and "@" in parts.path)
