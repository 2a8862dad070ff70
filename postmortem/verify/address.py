"""Where an address leads: what stands in a file in, the file of the site that it means out. Knows no format."""

from typing import NamedTuple
from urllib.parse import unquote, urljoin

from postmortem.verify.site import Site

_ELSEWHERE = ("mailto:", "data:", "javascript:", "tel:", "tag:", "urn:", "about:", "blob:")


class Anchor(NamedTuple):
    """A link to a place in a page of this site."""

    href: str
    file: str
    fragment: str


class Followed(NamedTuple):
    """What became of the links of one file: those that lead to no file, and those that name a place in one."""

    dead: tuple[str, ...] = ()
    anchors: tuple[Anchor, ...] = ()


def of(path: str, site: Site) -> str:
    """The address of a file: a folder's for its index."""
    return site.base + below(path)


def below(path: str) -> str:
    """The same below the site."""
    return path.removesuffix("index.html") if path == "index.html" or path.endswith("/index.html") else path


def inside(href: str, here: str, site: Site) -> str | None:
    """The path below the site that a link means, still with its fragment; None for one that leads elsewhere."""
    href = href.strip()
    if href.startswith(("https://", "http://")):
        whole = href
    elif href.lower().startswith(_ELSEWHERE):
        return None
    else:
        try:
            whole = urljoin(of(here, site), href)
        except ValueError:
            return href  # no address at all: it leads to no file
    if whole.startswith(site.base):
        return whole[len(site.base) :]
    return "" if whole == site.base[:-1] else None


def file(href: str, here: str, site: Site) -> str | None:
    """The file of the site that a link means; None for one that leads elsewhere, or nowhere."""
    there = inside(href, here, site)
    return site.has(unquote(there.partition("#")[0].partition("?")[0])) if there is not None else None


def follow(hrefs: list[str], here: str, site: Site) -> Followed:
    """Follow every link of the file at `here`."""
    dead, anchors = [], []
    for href in dict.fromkeys(hrefs):
        there = inside(href, here, site)
        if there is None:
            continue
        place, _, fragment = there.partition("#")
        file = site.has(unquote(place.partition("?")[0]))
        if file is None:
            dead.append(href)
        elif fragment:
            anchors.append(Anchor(href, file, unquote(fragment)))
    return Followed(tuple(dead), tuple(anchors))


def is_absolute(href: str) -> bool:
    """Whether a link means the same wherever it is read."""
    return href.startswith(("https://", "http://")) or href.lower().startswith(_ELSEWHERE)
