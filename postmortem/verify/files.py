"""Requirements about files as a whole: checksums, what must not be there, where links lead. Surveys in, faults out."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from lxml import etree

from postmortem.verify import address, feed, page
from postmortem.verify.requirement import Fault
from postmortem.verify.site import ABOUT, SUMS
from postmortem.verify.survey import Survey

SITEMAP: Final = "sitemap.xml"
INDEX: Final = "index.txt"
CHANGES: Final = "changes.csv"
OPML: Final = "feeds/opml.xml"
_LOC: Final = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_SUM: Final = re.compile(r"[0-9a-f]{64}  [^/\n][^\n]*")


def digests(seen: Survey) -> Iterator[Fault]:
    """Files against their sums."""
    for path, digest in (seen.sums or {}).items():
        if path not in seen.facts:
            yield Fault(path, f"{SUMS} lists it, but it is not there{_why(seen, path)}")
        elif seen.facts[path].digest != digest:
            yield Fault(path, f"its digest is {seen.facts[path].digest[:12]}…, {SUMS} says {digest[:12]}…")


def summed(seen: Survey) -> Iterator[Fault]:
    """Sums for every file."""
    for path in sorted(seen.facts.keys() - (seen.sums or {}).keys() - {SUMS}):
        yield Fault(path, f"{SUMS} does not list it")


def sums_form(seen: Survey) -> Iterator[Fault]:
    """The form of the file, so that `sha256sum -c` reads it."""
    lines = seen.site.read(SUMS).decode("utf-8", "replace").splitlines()
    yield from (
        Fault(SUMS, f"line {number} is no sum and path")
        for number, each in enumerate(lines, 1)
        if not _SUM.fullmatch(each)
    )
    if lines != sorted(lines, key=lambda each: each[66:]) or len({each[66:] for each in lines}) < len(lines):
        yield Fault(SUMS, "its paths are not sorted, or one stands in it twice")


def private_keys(seen: Survey) -> Iterator[Fault]:
    """What only the publisher should see."""
    for path, each in seen.documents.items():
        yield from (Fault(path, f"holds {key!r}, which is private") for key in dict.fromkeys(each.private))


def page_links(seen: Survey) -> Iterator[Fault]:
    """Links of pages."""
    yield from _dead(seen, "pages")


def page_anchors(seen: Survey) -> Iterator[Fault]:
    """Places that links of pages name."""
    yield from _lost(seen, "pages")


def page_ids(seen: Survey) -> Iterator[Fault]:
    """An id is one element's."""
    for path, each in seen.pages.items():
        yield from (Fault(path, f"id {id_!r} stands on it more than once") for id_ in each.twice)


def pages_read(seen: Survey) -> Iterator[Fault]:
    """Pages are HTML."""
    yield from (
        Fault(path, "is no HTML") for path in sorted(seen.facts) if path.endswith(".html") and path not in seen.pages
    )


def feed_links(seen: Survey) -> Iterator[Fault]:
    """Links of feeds and their entries, and the places in pages that they name."""
    yield from _dead(seen, "feeds")
    yield from _lost(seen, "feeds")


def document_links(seen: Survey) -> Iterator[Fault]:
    """Addresses in documents for machines."""
    for fault in (*_dead(seen, "documents"), *_lost(seen, "documents")):
        if fault.path != ABOUT:
            yield fault


def about_links(seen: Survey) -> Iterator[Fault]:
    """Addresses in the file that says where everything is."""
    for fault in (*_dead(seen, "documents"), *_lost(seen, "documents")):
        if fault.path == ABOUT:
            yield fault


def sitemap(seen: Survey) -> Iterator[Fault]:
    """The sitemap: well-formed, each page once, and each there."""
    root = _xml(seen, SITEMAP)
    if root is None:
        yield Fault(SITEMAP, "is no well-formed XML")
        return
    places = [(each.text or "").strip() for each in root.iter(_LOC)]
    yield from (
        Fault(SITEMAP, f"{place} stands in it {count} times") for place, count in Counter(places).items() if count > 1
    )
    yield from _led(seen, SITEMAP, places)


def index(seen: Survey) -> Iterator[Fault]:
    """`index.txt`: every path is there."""
    paths = seen.site.read(INDEX).decode("utf-8", "replace").splitlines()
    yield from (Fault(INDEX, f"{path} is not there") for path in paths if path not in seen.site.paths)
    if paths != sorted(set(paths)):
        yield Fault(INDEX, "its paths are not sorted, or one stands in it twice")


def changes(seen: Survey) -> Iterator[Fault]:
    """`changes.csv`: the paths of index.txt with times, newest first."""
    rows = list(csv.reader(seen.site.read(CHANGES).decode("utf-8", "replace").splitlines()))
    if any(len(each) != 2 or not _TIME.fullmatch(each[1]) for each in rows):  # noqa: PLR2004 - a path and a time
        yield Fault(CHANGES, "a line is not a path and a time (RFC 3339, UTC)")
        return
    if [each[1] for each in rows] != sorted((each[1] for each in rows), reverse=True):
        yield Fault(CHANGES, "it is not newest first")
    if INDEX in seen.site.paths:
        listed = set(seen.site.read(INDEX).decode("utf-8", "replace").splitlines())
        yield from (
            Fault(CHANGES, f"{path} stands only in it or in {INDEX}")
            for path in sorted(listed ^ {each[0] for each in rows})
        )


def opml(seen: Survey) -> Iterator[Fault]:
    """The list of feeds: well-formed OPML, every address in it is there."""
    root = _xml(seen, OPML)
    if root is None or root.tag != "opml" or root.find("body") is None:
        yield Fault(OPML, "is no well-formed OPML")
        return
    outlines = [each for each in root.iter("outline") if each.get("type") == "rss"]
    yield from (Fault(OPML, f"{each.get('text')!r} has no xmlUrl") for each in outlines if not each.get("xmlUrl"))
    yield from _led(
        seen, OPML, [href for each in outlines for href in (each.get("xmlUrl"), each.get("htmlUrl")) if href]
    )


def _led(seen: Survey, path: str, hrefs: list[str]) -> Iterator[Fault]:
    for href in hrefs:
        there = address.inside(href, path, seen.site)
        if not address.is_absolute(href):
            yield Fault(path, f"{href} is not absolute")
        elif there is None or seen.site.has(unquote(there)) is None:
            yield Fault(path, f"{href} leads to no file of the site")


def _dead(seen: Survey, kind: str) -> Iterator[Fault]:
    for path, each in seen.followed(kind):
        yield from (Fault(path, f"{href} leads to no file of the site{_why(seen, href)}") for href in each.dead)


def _lost(seen: Survey, kind: str) -> Iterator[Fault]:
    for path, each in seen.followed(kind):
        for anchor in each.anchors:
            held = seen.shown(anchor.file)
            if held is not None and not page.is_there(anchor.fragment, held):
                yield Fault(path, f"{anchor.href} names a place that is not on the page")


def _xml(seen: Survey, path: str) -> etree._Element | None:
    try:
        return feed.parsed(seen.site.read(path))
    except etree.XMLSyntaxError:
        return None


def _why(seen: Survey, path: str) -> str:
    why = seen.site.refused.get(path.removeprefix(seen.site.base))
    return f" ({why})" if why else ""
