"""A feed in one of three formats (RSS 2.0, RFC 4287, JSON Feed 1.1): bytes in, the same `Feed` out. lxml reads the XML,
which opens nothing and declares nothing.
"""

import re
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any, Final, NamedTuple

import msgspec
from lxml import etree

from postmortem.verify import address, page
from postmortem.verify.address import Followed
from postmortem.verify.site import Site

A: Final = "{http://www.w3.org/2005/Atom}"
_HISTORY: Final = "{http://purl.org/syndication/history/1.0}archive"
_CONTENT: Final = "{http://purl.org/rss/1.0/modules/content/}encoded"
_JSON: Final = "https://jsonfeed.org/version/1"
_OURS: Final = {
    "prev_archive": "prev-archive",
    "next_archive": "next-archive",
    "current": "current",
    "backfill": "related",
    "about": "about",
}
_RFC3339: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_RFC822: Final = re.compile(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d ([+-]\d{4}|GMT)")


class Entry(NamedTuple):
    """One entry. Times are None where they are not there or no times; `lacks` names what it must have and has not,
    `undated` the times that are none.
    """

    id: str
    url: str
    published: datetime | None
    updated: datetime | None
    lacks: tuple[str, ...]
    undated: tuple[str, ...]
    relative: tuple[str, ...]
    active: tuple[str, ...]
    followed: Followed
    digest: int


class Feed(NamedTuple):
    """One feed in one format. `broken` says why it could not be read. `links` are relations and addresses."""

    path: str
    form: str
    size: int
    broken: str = ""
    id: str = ""
    updated: datetime | None = None
    undated: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    links: dict[str, str] = {}  # noqa: RUF012 - a NamedTuple's default, never changed
    archive: bool = False
    full: bool = False
    relative: tuple[str, ...] = ()
    followed: Followed = Followed()
    entries: tuple[Entry, ...] = ()

    @property
    def name(self) -> str:
        """The path without the ending that tells the format."""
        return self.path.rpartition(".")[0]


class _Raw(NamedTuple):
    """What an entry says, as text."""

    id: str
    url: str
    published: str
    updated: str
    html: str
    title: str


def is_feed(path: str) -> bool:
    """Whether a file is a feed by its name; one of JSON, by where it lies."""
    return path.endswith((".atom", ".rss")) or (path.startswith("feeds/") and path.endswith(".json"))


def read(content: bytes, path: str, site: Site) -> Feed:
    """One feed; whatever the bytes are, nothing is raised."""
    form = path.rpartition(".")[2]
    empty = Feed(path, form, len(content))
    try:
        return _json(content, empty, site) if form == "json" else _xml(content, empty, site)
    except (etree.XMLSyntaxError, msgspec.DecodeError, UnicodeDecodeError, RecursionError, _BrokenError) as error:
        return empty._replace(broken=" ".join(str(error).split())[:200])


class _BrokenError(Exception):
    """The bytes are no feed."""


def parsed(content: bytes) -> etree._Element:
    """A stranger's XML: no entity is resolved, nothing else is read. Raises XMLSyntaxError."""
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _xml(content: bytes, feed: Feed, site: Site) -> Feed:
    root = parsed(content)
    if root.getroottree().docinfo.doctype:  # type: ignore[attr-defined]  # the stubs lack it
        raise _BrokenError("it declares a document type, which no feed needs")
    return _atom(root, feed, site) if feed.form == "atom" else _rss(root, feed, site)


def _atom(root: etree._Element, feed: Feed, site: Site) -> Feed:
    if root.tag != f"{A}feed":
        raise _BrokenError(f"its root is {root.tag!r}, not an Atom feed")
    links = {each.get("rel", "alternate"): each.get("href", "") for each in root.iterfind(f"{A}link")}
    raw = [
        _Raw(
            id=_text(each, f"{A}id"),
            url=_alternate(each),
            published=_text(each, f"{A}published"),
            updated=_text(each, f"{A}updated"),
            html=_text(each, f"{A}content"),
            title=_text(each, f"{A}title"),
        )
        for each in root.iterfind(f"{A}entry")
    ]
    authored = root.find(f"{A}author/{A}name") is not None
    lacks = [each for each in ("id", "title", "updated") if not _text(root, A + each)]
    lacks += [] if authored else ["author"]
    lacks += [f"link rel={each}" for each in ("self", "alternate") if each not in links]
    feed = feed._replace(id=_text(root, f"{A}id"), archive=root.find(_HISTORY) is not None)
    return _whole(feed, links, lacks, (_text(root, f"{A}updated"), raw), site)


def _rss(root: etree._Element, feed: Feed, site: Site) -> Feed:
    channel = root.find("channel")
    if root.tag != "rss" or channel is None:
        raise _BrokenError(f"its root is {root.tag!r}, without a channel of RSS")
    links = {each.get("rel", ""): each.get("href", "") for each in channel.iterfind(f"{A}link")}
    links["alternate"] = _text(channel, "link")
    raw = [
        _Raw(
            id=_text(each, "guid"),
            url=_text(each, "link"),
            published=_text(each, "pubDate"),
            updated="",
            html=_text(each, _CONTENT) or _text(each, "description"),
            title=_text(each, "title"),
        )
        for each in channel.iterfind("item")
    ]
    lacks = [each for each in ("title", "link", "description") if not _text(channel, each)]
    lacks += [] if "self" in links else ["atom:link rel=self"]
    feed = feed._replace(archive=channel.find(_HISTORY) is not None)
    return _whole(feed, links, lacks, (_text(channel, "lastBuildDate"), raw), site)


def _json(content: bytes, feed: Feed, site: Site) -> Feed:
    told: Any = msgspec.json.decode(content)
    if not isinstance(told, dict) or not str(told.get("version", "")).startswith(_JSON):
        raise _BrokenError("its version is not that of a JSON Feed")
    own: Any = told.get("_postmortem")
    own = own if isinstance(own, dict) else {}
    links = {rel: own[name] for name, rel in _OURS.items() if isinstance(own.get(name), str)}
    links |= {"self": str(told.get("feed_url", "")), "alternate": str(told.get("home_page_url", ""))}
    listed = told.get("items")
    items = [each for each in (listed if isinstance(listed, list) else ()) if isinstance(each, dict)]
    raw = [
        _Raw(
            id=_string(each, "id"),
            url=_string(each, "url"),
            published=_string(each, "date_published"),
            updated=_string(each, "date_modified"),
            html=_string(each, "content_html") or _string(each, "content_text"),
            title=_string(each, "title"),
        )
        for each in items
    ]
    lacks = [each for each in ("title", "home_page_url", "feed_url", "items") if each not in told]
    archive = own.get("archive")
    full = isinstance(archive, dict) and archive.get("full") is True
    feed = feed._replace(id=_string(own, "id"), archive=isinstance(archive, dict), full=full)
    return _whole(feed, links, lacks, (_string(own, "updated"), raw), site)


def _whole(feed: Feed, links: dict[str, str], lacks: list[str], told: tuple[str, list[_Raw]], site: Site) -> Feed:
    updated = time(told[0], feed.form)
    return feed._replace(
        updated=updated,
        undated=(told[0],) if told[0] and updated is None else (),
        lacks=tuple(lacks),
        links=links,
        relative=tuple(each for each in links.values() if each and not address.is_absolute(each)),
        followed=address.follow(list(links.values()), feed.path, site),
        entries=tuple(_entry(each, feed, site) for each in told[1]),
    )


def _entry(raw: _Raw, feed: Feed, site: Site) -> Entry:
    html = page.body(raw.html) if raw.html else page.Body((), ())
    links = [*([raw.url] if raw.url else []), *html.links]
    published, updated = time(raw.published, feed.form), time(raw.updated, feed.form)
    needed = ["id", "title", "published", "html", "url", *(["updated"] if feed.form != "rss" else [])]
    times = ((raw.published, published), (raw.updated, updated))
    return Entry(
        id=raw.id,
        url=raw.url,
        published=published,
        updated=updated,
        lacks=tuple(name for name in needed if not getattr(raw, name)),
        undated=tuple(text for text, read_ in times if text and read_ is None),
        relative=tuple(each for each in links if not address.is_absolute(each)),
        active=html.active,
        followed=address.follow(links, feed.path, site),
        digest=hash(raw),
    )


def time(text: str, form: str) -> datetime | None:
    """A date as its format writes it: RFC 822 with a whole year in RSS, else RFC 3339; None for any other."""
    try:
        if form != "rss":
            return datetime.fromisoformat(text) if _RFC3339.fullmatch(text) else None
        if not _RFC822.fullmatch(text):
            return None
        found = parsedate_to_datetime(text)
    except ValueError:
        return None
    return found if format_datetime(found)[:3] == text[:3] else None


def _alternate(entry: etree._Element) -> str:
    links = entry.iterfind(f"{A}link")
    return next((each.get("href", "") for each in links if each.get("rel", "alternate") == "alternate"), "")


def _text(element: etree._Element, name: str) -> str:
    return (element.findtext(name) or "").strip()


def _string(held: dict[str, Any], name: str) -> str:
    value = held.get(name)
    return value if isinstance(value, str) else ""
