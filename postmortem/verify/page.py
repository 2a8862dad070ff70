"""A page as a browser meets it: bytes of HTML in; its ids, and where its links lead, out. lxml reads it."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from lxml import etree, html

from postmortem.verify import address
from postmortem.verify.address import Followed
from postmortem.verify.site import Site

_LINKS: Final = ("href", "src", "poster", "data", "action", "formaction")
_REFRESH: Final = re.compile(r"\s*\d+\s*[;,]\s*url\s*=\s*[\"']?([^\"']+)", re.IGNORECASE)
_ACTIVE: Final = frozenset({"script", "style", "iframe", "object", "embed", "form", "base", "meta", "link"})
_LEADING: Final = frozenset({"", "top"})
"""Fragments that every page has (HTML, 7.4.6.4)."""


class Page(NamedTuple):
    """One page. `twice` are ids that more than one element has."""

    ids: frozenset[str]
    twice: tuple[str, ...]
    followed: Followed


class Body(NamedTuple):
    """A piece of HTML inside a feed: its links, and what in it would run or dress a reader."""

    links: tuple[str, ...]
    active: tuple[str, ...]


def read(content: bytes, path: str, site: Site) -> Page | None:
    """One page; None for what is no HTML at all."""
    try:
        root = html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    ids: Counter[str] = Counter()
    names: set[str] = set()
    links: list[str] = []
    for element in root.iter(etree.Element):
        held = element.attrib
        if "id" in held:
            ids[str(held["id"])] += 1
        if element.tag == "a" and "name" in held:
            names.add(str(held["name"]))
        links += _links(element)
    twice = tuple(sorted(each for each, count in ids.items() if count > 1))
    return Page(frozenset(ids) | names, twice, address.follow(links, path, site))


def is_there(fragment: str, page: Page) -> bool:
    """Whether a link with that fragment shows a place of the page."""
    return fragment in page.ids or fragment in _LEADING or fragment.startswith(":~:")


@lru_cache(maxsize=2048)
def body(text: str) -> Body:
    """The HTML of one entry; the same one stands in many feeds."""
    try:
        root = html.fragment_fromstring(text, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return Body((), ("nothing that is HTML",))
    links: list[str] = []
    active: list[str] = []
    for element in root.iter(etree.Element):
        links += _links(element)
        if element.tag in _ACTIVE:
            active.append(f"<{element.tag}>")
        active += [f"{name}=" for name in map(str, element.attrib) if name.startswith("on") or name == "style"]
    active += [each for each in links if each.strip().lower().startswith("javascript:")]
    return Body(tuple(links), tuple(active))


def _links(element: etree._Element) -> Iterator[str]:
    held = element.attrib
    for name in _LINKS:
        if name in held and not (name == "data" and element.tag != "object"):
            yield str(held[name])
    if "srcset" in held:
        yield from (each.split()[0] for each in str(held["srcset"]).split(",") if each.split())
    if element.tag == "meta" and str(held.get("http-equiv", "")).lower() == "refresh":
        found = _REFRESH.match(str(held.get("content", "")))
        if found:
            yield found[1].strip()
