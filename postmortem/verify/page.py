"""A page as a browser meets it: bytes of HTML in; its ids, and where its links lead, out. lxml reads it."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

from lxml import etree

from postmortem.verify import address
from postmortem.verify.address import Followed
from postmortem.verify.site import Site

_PLACES: Final = "//@href | //@src | //@poster | //@action | //@formaction | //object/@data"
_SETS: Final = "//@srcset"
_REFRESH: Final = re.compile(r"\s*\d+\s*[;,]\s*url\s*=\s*[\"']?([^\"']+)", re.IGNORECASE)
_ACTIVE: Final = frozenset({"script", "style", "iframe", "object", "embed", "form", "base", "meta", "link"})
_LEADING: Final = frozenset({"", "top"})
"""Fragments that every page has (HTML, 7.4.6.4)."""


class Page(NamedTuple):
    """One page. `twice` are ids that more than one element has, `onward` the file to which it sends people."""

    ids: frozenset[str]
    twice: tuple[str, ...]
    followed: Followed
    onward: str | None = None


class Body(NamedTuple):
    """A piece of HTML inside a feed: its links, and what in it would run or dress a reader."""

    links: tuple[str, ...]
    active: tuple[str, ...]


def read(content: bytes, path: str, site: Site) -> Page | None:
    """One page; None for what is no HTML at all."""
    root = _tree(content)
    if root is None:
        return None
    ids: Counter[str] = Counter(_strings(root, "//@id"))
    twice = tuple(sorted(each for each, count in ids.items() if count > 1))
    onward = next((address.file(each, path, site) for each in _refreshes(root)), None)
    return Page(
        frozenset(ids) | set(_strings(root, "//a/@name")), twice, address.follow(_links(root), path, site), onward
    )


def is_there(fragment: str, page: Page) -> bool:
    """Whether a link with that fragment shows a place of the page."""
    return fragment in page.ids or fragment in _LEADING or fragment.startswith(":~:")


@lru_cache(maxsize=2048)
def body(text: str) -> Body:
    """The HTML of one entry; the same one stands in many feeds."""
    root = _tree(f"<html><body>{text}</body></html>".encode("utf-8", "replace"))
    if root is None:
        return Body((), ("nothing that is HTML",))
    links = _links(root)
    active: list[str] = []
    for element in root.iter(etree.Element):
        if element.tag in _ACTIVE:
            active.append(f"<{element.tag}>")
        active += [f"{name}=" for name in map(str, element.attrib) if name.startswith("on") or name == "style"]
    active += [each for each in links if each.strip().lower().startswith("javascript:")]
    return Body(tuple(links), tuple(active))


def _tree(content: bytes) -> etree._Element | None:
    try:
        return etree.fromstring(content, etree.HTMLParser(encoding="utf-8"))
    except (etree.XMLSyntaxError, ValueError):
        return None


def _links(root: etree._Element) -> list[str]:
    links = _strings(root, _PLACES)
    links += [part.split()[0] for each in _strings(root, _SETS) for part in each.split(",") if part.split()]
    return [*links, *_refreshes(root)]


def _refreshes(root: etree._Element) -> Iterator[str]:
    for element in root.iter("meta"):
        found = _REFRESH.match(str(element.get("content", "")))
        if found and str(element.get("http-equiv", "")).lower() == "refresh":
            yield found[1].strip()


def _strings(root: etree._Element, path: str) -> list[str]:
    query: Callable[[etree._Element], Any] = _query(path)
    found: list[str] = query(root)
    return found


@cache
def _query(path: str) -> etree.XPath:
    """An expression, compiled; as strings that do not hold their tree."""
    return etree.XPath(path, smart_strings=False)
