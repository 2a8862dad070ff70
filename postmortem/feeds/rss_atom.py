"""A feed as RSS 2.0 (the RSS Advisory Board's profile) and as Atom (RFC 4287), with archives as RFC 5005 has them.
`Feed` and `FeedItem` in, bytes out; knows no history.

The only module that knows feedgen, whose defaults are all set here: it would stamp "now", put entries in front, take
the last link for the channel's, and stop at the first control character. It writes one feed and one entry of tokens for
each shape; everything else is stamped into these (docs/adr/0014-archives.md says what that saves).
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache
from html import escape
from typing import Final

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from postmortem.feeds.characters import allowed, line
from postmortem.feeds.entries import About, Feed, FeedItem
from postmortem.feeds.mould import Mould, attribute, text, token
from postmortem.model.moment import rfc3339

GENERATOR: Final = "postmortem"
"""Without a version: an upgrade that changes nothing else must not change a byte."""
NAMESPACE: Final = "https://postmortem.example/ns/feed-1.0"
"""The name of our elements in Atom (docs/feeds.md); a name, not an address."""
HISTORY: Final = "http://purl.org/syndication/history/1.0"
"""RFC 5005, section 2."""

_ATOM: Final = "http://www.w3.org/2005/Atom"
_CONTENT: Final = "http://purl.org/rss/1.0/modules/content/"
_MEDIA: Final = {"atom": "application/atom+xml", "rss": "application/rss+xml"}
_ENDS: Final = {"atom": "</feed>", "rss": "</channel></rss>"}
_SAID: Final = ("incident", "entry", "announcement", "status", "reopens", "components")
_IMPACT: Final = ("model_degradation", "application_failure", "authentication", "data_access")
_RECORD: Final = ("kind", "severity", "status", "withdrawn", *_IMPACT, "providers", "services", "models")
_DECLARED: Final = re.compile(r' xmlns:\w+="[^"]*"')
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TIMES: Final = {"published": datetime.fromisoformat("1871-01-02T03:04:05Z")}
_TIMES["updated"] = datetime.fromisoformat("1872-02-03T04:05:06Z")


def written(item: FeedItem) -> tuple[bytes, bytes]:
    """One entry as RSS and as Atom has it; its texts are clean and not empty (`pieces.piece`).

    In RSS the whole body is in `content:encoded`, its beginning in `description`, where readers take it for HTML: so
    plain text is escaped once more than XML asks for. In Atom the body is `type="html"`, the summary plain text.
    """
    values = {
        "id": text(item.id),
        "title": text(item.title),
        "url": attribute(item.url),
        "url_text": text(item.url),
        "html": text(item.html),
        "summary": text(escape(item.summary)),
        "published": _rfc822(item.published),
        "categories": "".join([_category("rss", each.scheme, each.term, each.label) for each in item.categories]),
    }
    rss = _entry_mould("rss", facts=False).stamp(values)
    values |= {
        "summary": text(item.summary),
        "published": _iso(item.published),
        "updated": _iso(item.updated),
        "categories": "".join([_category("atom", each.scheme, each.term, each.label) for each in item.categories]),
        **_facts(item.about),
    }
    return rss, _entry_mould("atom", facts=item.about.record is not None).stamp(values)


@lru_cache(maxsize=64)
def _rfc822(instant: datetime) -> str:
    """What `format_datetime` writes of an instant in UTC, in a fifth of its time: each entry has one of its own."""
    day, month = _DAYS[instant.weekday()], _MONTHS[instant.month - 1]
    return f"{day}, {instant.day:02} {month} {instant.year:04} {rfc3339(instant)[11:19]} +0000"


_iso = lru_cache(maxsize=64)(datetime.isoformat)


def frame(feed: Feed, kind: str) -> tuple[bytes, bytes]:
    """What stands before and after the entries of a feed: of `atom` or `rss`."""
    rels = tuple(rel for rel, _ in feed.links)
    values = {
        "id": text(feed.id),
        "title": text(line(feed.title, feed.id)),
        "description": text(line(feed.description, feed.id)),
        "author": text(line(feed.author, feed.home)),
        "self": attribute(f"{feed.address}.{kind}"),
        "home": attribute(feed.home),
        "updated": feed.updated.isoformat() if kind == "atom" else format_datetime(feed.updated),
    } | {rel: attribute(f"{to}.{kind}") for rel, to in feed.links}
    whole = _frame_mould(kind, rels, feed.archive is not None).stamp(values)
    end = f"{_ENDS[kind]}\n".encode()
    return whole.removesuffix(end), end


def join(feed: Feed, entries: Iterable[bytes], kind: str) -> bytes:
    """A whole feed from its written entries."""
    before, after = frame(feed, kind)
    return b"".join((before, *entries, after))


def _facts(about: About) -> dict[str, str]:
    """The attributes of our two elements; an empty one says that there is nothing to say."""
    said, record = about.said, about.record
    given = {
        "entry-incident": attribute(about.incident),
        "entry-entry": about.entry or "",
        "entry-announcement": about.announcement or "",
        "entry-status": (said.status if said else None) or "",
        "entry-reopens": "true" if said and said.reopens else "false" if said else "",
        "entry-components": _pairs(said.components) if said and said.components else "",
    }
    if record is None:
        return given
    ids = {"providers": record.providers, "services": record.services, "models": record.models}
    return {
        **given,
        **{f"record-{name}": state for name, state in record.impact.items()},
        **{f"record-{name}": attribute(" ".join(held)) for name, held in ids.items()},
        "record-kind": record.kind,
        "record-severity": record.severity,
        "record-status": record.status,
        "record-withdrawn": "true" if record.withdrawn else "false",
    }


def _pairs(components: Mapping[str, str]) -> str:
    return attribute(" ".join(f"{service}={state}" for service, state in components.items()))


class _Facts(BaseEntryExtension):  # type: ignore[misc]  # feedgen has no types
    """Our elements in an Atom entry, made of tokens."""

    def extend_atom(self, entry: etree._Element) -> etree._Element:
        """Add them: how the record stands only where `record` was set."""
        for element, names in (("entry", _SAID), ("record", _RECORD if self.record else ())):
            if names:
                added = etree.SubElement(entry, f"{{{NAMESPACE}}}{element}", nsmap={"pm": NAMESPACE})
                for name in names:
                    added.set(name, token(f"{element}-{name}"))
        return entry

    record = False


class _Links(BaseExtension):  # type: ignore[misc]  # as above
    """The relations of RFC 5005 where feedgen has none: all of them in RSS, the archive's mark in both."""

    kind = "atom"
    rels: tuple[str, ...] = ()
    archive = False

    def extend_ns(self) -> dict[str, str]:
        """The namespaces of the whole feed."""
        names = {"pm": NAMESPACE} if self.kind == "atom" else {}
        return names | {"fh": HISTORY} if self.archive else names

    def extend_atom(self, feed: etree._Element) -> etree._Element:
        """Mark an archive."""
        if self.archive:
            etree.SubElement(feed, f"{{{HISTORY}}}archive")
        return feed

    def extend_rss(self, feed: etree._Element) -> etree._Element:
        """The mark and the links."""
        for rel in self.rels:
            etree.SubElement(feed[0], f"{{{_ATOM}}}link", href=token(rel), rel=rel, type=_MEDIA["rss"])
        self.extend_atom(feed[0])
        return feed


@lru_cache(maxsize=64)
def _frame_mould(kind: str, rels: tuple[str, ...], archive: bool) -> Mould:  # noqa: FBT001 - a key of the cache
    generator = FeedGenerator()
    generator.id(token("id"))
    generator.title(token("title"))
    generator.description(token("description"))
    generator.author({"name": token("author")})
    generator.link(href=token("self"), rel="self", type=_MEDIA[kind])
    for rel in rels if kind == "atom" else ():
        generator.link(href=token(rel), rel=rel, type=_MEDIA[kind])
    generator.link(href=token("home"), rel="alternate", type="text/html")
    generator.generator(GENERATOR)
    generator.updated(_TIMES["updated"])
    generator.register_extension("pm", _Links)
    generator.pm.kind, generator.pm.rels, generator.pm.archive = kind, rels, archive
    written = generator.atom_str() if kind == "atom" else generator.rss_str()
    return Mould.of(f"{written.decode()}\n", _printed_times(kind))


@lru_cache(maxsize=8)
def _entry_mould(kind: str, *, facts: bool) -> Mould:
    before, _, rest = _specimen(kind, facts=facts).partition("<category")
    tail = rest.partition("</category>")[2] if kind == "rss" else rest.partition("/>")[2]
    return Mould.of(f"{before}{token('categories')}{tail}", _printed_times(kind) | {token("url_text"): "url_text"})


@lru_cache(maxsize=4096)
def _category(kind: str, scheme: str, term: str, label: str) -> str:
    values = {"scheme": attribute(scheme), "label": attribute(allowed(label))}
    values |= {"term": attribute(term) if kind == "atom" else text(term)}
    return _category_mould(kind).filled(values)


@lru_cache(maxsize=2)
def _category_mould(kind: str) -> Mould:
    _, begin, rest = _specimen(kind, facts=False).partition("<category")
    end = "</category>" if kind == "rss" else "/>"
    return Mould.of(begin + rest.partition(end)[0] + end, {})


def _specimen(kind: str, *, facts: bool) -> str:
    """One entry of tokens as feedgen writes it, without the names that the feed around it declares."""
    entry = FeedEntry()
    entry.id(token("id"))
    entry.title(token("title"))
    entry.link(href=token("url") if kind == "atom" else token("url_text"), rel="alternate")
    entry.published(_TIMES["published"])
    entry.updated(_TIMES["updated"])
    entry.content(token("html"), type="html")
    category = {"term": token("term"), "scheme": token("scheme")}
    entry.category(
        [category | {"label": token("label")} if kind == "atom" else category]
    )  # RSS prints the label if any
    if kind == "atom":
        entry.summary(token("summary"))
        entry.register_extension("pm", _Facts)
        entry.pm.record = facts
    else:
        entry.description(token("summary"), isSummary=True)
    around = etree.Element("around", nsmap={"pm": NAMESPACE, "content": _CONTENT})
    around.append(entry.atom_entry() if kind == "atom" else entry.rss_entry())
    return _DECLARED.sub("", etree.tostring(around[0], encoding="unicode"))


def _printed_times(kind: str) -> dict[str, str]:
    """How feedgen writes the times of the specimens, and which they are."""
    return {(each.isoformat() if kind == "atom" else format_datetime(each)): name for name, each in _TIMES.items()}
