"""Feeds of any dialect: the bytes of an RSS 2.0, RSS 1.0 or Atom document in, its entries out, each the same few
fields. It knows no vendor and no event.

Not `feedparser`: it raises on some declarations of an encoding, and its sanitiser drops the `<var>` that some vendors
put around a time. What status feeds use of these formats (RFC 4287; RSS 2.0; RSS 1.0 with Dublin Core) is little.
"""

import html
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final
from xml.etree.ElementTree import Element

import msgspec

from postmortem.sources import moments, text, xml
from postmortem.sources.adapter import NotUnderstoodError

_ATOM: Final = "http://www.w3.org/2005/Atom"
_KNOWN: Final = frozenset(
    {
        "",
        _ATOM,
        "http://purl.org/atom/ns#",
        "http://purl.org/rss/1.0/",
        "http://my.netscape.com/rdf/simple/0.9/",
        "http://purl.org/dc/elements/1.1/",
        "http://purl.org/dc/terms/",
        "http://purl.org/rss/1.0/modules/content/",
    }
)
"""Namespaces whose elements mean what their names say; `media:title` and the like are another matter."""

_ROOTS: Final = frozenset({"rss", "RDF", "feed"})
_ILLEGAL: Final = bytes(sorted(set(range(0x20)) - {0x09, 0x0A, 0x0D}))
_BARE: Final = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)")
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry. `content` is markup; `ends` is when a maintenance ends, which Statuspage adds to RSS."""

    id: str = ""
    link: str = ""
    title: str = ""
    content: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    ends: datetime | None = None


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """A feed; one without entries is whole and says that there is nothing to tell."""

    id: str = ""
    link: str = ""
    title: str = ""
    description: str = ""
    generator: str = ""
    entries: tuple[Entry, ...] = ()


def read(content: bytes) -> Feed:
    """The feed in the bytes.

    Control characters, bytes of another encoding and bare ampersands, which break XML, are mended rather than held
    against the whole feed. Errors: `NotUnderstoodError` and no other.
    """
    root = _tree(content)
    if _name(root) not in _ROOTS:
        raise NotUnderstoodError("the answer is XML but no RSS and no Atom; see in a browser what the address is")
    channel = root if _name(root) == "feed" else next((each for each in root if _name(each) == "channel"), None)
    if channel is None:
        raise NotUnderstoodError("the RSS has no channel; see in a browser whether the address answers with a feed")
    about = _fields(channel)
    return Feed(
        id=_said(about, "id"),
        link=_link(channel, about),
        title=_said(about, "title"),
        description=_said(about, "description", "subtitle", "tagline"),
        generator=_said(about, "generator"),
        entries=tuple(_entry(each) for each in root.iter() if _name(each) in {"item", "entry"}),
    )


def peek(content: bytes) -> Feed | None:
    """What `read` gives, or None where it would raise: for a first look."""
    if not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and not content.startswith(_WIDE):
        return None
    try:
        return read(content)
    except NotUnderstoodError:
        return None


def _tree(content: bytes) -> Element:
    if not content.strip():
        raise NotUnderstoodError("the answer is empty; see in a browser what the address answers with")
    try:
        return xml.parse(content)
    except NotUnderstoodError:
        if content.startswith(_WIDE):
            raise
        mended = content.translate(None, _ILLEGAL).decode(errors="replace").encode()
        mended = _BARE.sub(b"&amp;", mended)
        if mended == content:
            raise
        return xml.parse(mended)


def _entry(item: Element) -> Entry:
    fields = _fields(item)
    return Entry(
        id=_said(fields, "id", "guid") or text.line(_about(item)),
        link=_link(item, fields),
        title=text.line(text.plain(_said(fields, "title"))),
        content=next(
            (made for name in ("encoded", "content", "description", "summary") if (made := _markup(fields.get(name)))),
            "",
        ),
        published=_moment(fields, "published", "pubDate", "issued", "created", "date"),
        updated=_moment(fields, "updated", "modified", "lastBuildDate"),
        ends=_moment(fields, "maintenanceEndDate"),
    )


def _fields(element: Element) -> dict[str, Element]:
    """The first child of each name that a feed's reader knows."""
    found: dict[str, Element] = {}
    for child in element:
        if _space(child) in _KNOWN:
            found.setdefault(_name(child), child)
    return found


def _said(fields: dict[str, Element], *names: str) -> str:
    said = (text.line("".join(fields[name].itertext())) for name in names if name in fields)
    return next((each for each in said if each), "")


def _moment(fields: dict[str, Element], *names: str) -> datetime | None:
    for name in names:
        said = _said(fields, name)
        found = moments.iso(said) or moments.rfc822(said)
        if found is not None:
            return found
    return None


def _link(element: Element, fields: dict[str, Element]) -> str:
    """The page that it is about: Atom's alternate link, RSS's only one, else a guid that says it is a link."""
    for child in element:
        if _name(child) == "link" and _space(child) in _KNOWN and child.get("rel", "alternate") == "alternate":
            said = text.line(child.get("href") or child.text or "")
            if said:
                return said
    guid = fields.get("guid")
    if guid is None or guid.get("isPermaLink", "true").strip().lower() == "false":
        return ""
    return text.line(guid.text or "")


def _markup(element: Element | None) -> str:
    """What stands in an element as HTML: escaped or in CDATA as everywhere, as elements (XHTML), or as plain text."""
    if element is None:
        return ""
    if len(element):
        return "".join(_written(element))
    said = element.text or ""
    return html.escape(said, quote=False) if element.get("type") in {"text", "text/plain"} else said


def _written(element: Element) -> Iterator[str]:
    """The inside of an element as HTML; the depth of the tree is bounded by `sources.xml`."""
    yield html.escape(element.text or "", quote=False)
    for child in element:
        name = _name(child)
        address = f' href="{html.escape(child.get("href", ""))}"' if name == "a" else ""
        yield f"<{name}{address}>"
        yield from _written(child)
        yield f"</{name}>"
        yield html.escape(child.tail or "", quote=False)


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _space(element: Element) -> str:
    return element.tag.rpartition("}")[0].removeprefix("{")


def _about(item: Element) -> str:
    return item.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about", "")
