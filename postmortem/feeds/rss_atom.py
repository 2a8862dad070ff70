"""A feed as RSS 2.0 (the RSS Advisory Board's profile) and as Atom (RFC 4287). `Feed` in, bytes out; knows no history.

The only module that knows feedgen, whose defaults are all set here: it would stamp "now", put entries in front, take
the last link for the channel's, and stop at the first control character.
"""

from html import escape
from typing import Final

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from postmortem.feeds.characters import allowed, line
from postmortem.feeds.entries import Feed, FeedItem

GENERATOR: Final = "postmortem"
"""Without a version: an upgrade that changes nothing else must not change a byte."""


def atom(feed: Feed) -> bytes:
    """The feed as Atom; bodies are `type="html"`, summaries plain text."""
    generator = _generator(feed, "atom", "application/atom+xml")
    for item in feed.items:
        entry = _entry(item)
        entry.summary(_summary(item))
        entry.category(
            [{"term": each.term, "scheme": each.scheme, "label": allowed(each.label)} for each in item.categories]
        )
        generator.add_entry(entry, order="append")
    written: bytes = generator.atom_str()
    return written + b"\n"


def rss(feed: Feed) -> bytes:
    """The feed as RSS: the whole body is in `content:encoded`, its beginning in `description`.

    Readers take a description for HTML, so plain text is escaped once more than XML asks for.
    """
    generator = _generator(feed, "rss", "application/rss+xml")
    for item in feed.items:
        entry = _entry(item)
        entry.description(escape(_summary(item)), isSummary=True)
        entry.category([{"term": each.term, "scheme": each.scheme} for each in item.categories])
        generator.add_entry(entry, order="append")
    written: bytes = generator.rss_str()
    return written + b"\n"


def _generator(feed: Feed, ending: str, media_type: str) -> FeedGenerator:
    generator = FeedGenerator()
    generator.id(feed.id)
    generator.title(line(feed.title, feed.id))
    generator.description(line(feed.description, feed.id))
    generator.author({"name": line(feed.author, feed.home)})
    generator.link(href=f"{feed.address}.{ending}", rel="self", type=media_type)
    generator.link(href=feed.home, rel="alternate", type="text/html")
    generator.generator(GENERATOR)
    generator.updated(feed.updated)
    return generator


def _entry(item: FeedItem) -> FeedEntry:
    entry = FeedEntry()
    entry.id(item.id)
    entry.title(line(item.title, item.about.incident))
    entry.link(href=item.url, rel="alternate")
    entry.published(item.published)
    entry.updated(item.updated)
    entry.content(line(item.html, "<p></p>"), type="html")
    return entry


def _summary(item: FeedItem) -> str:
    """Never empty: feedgen would then put the whole body into RSS's `description`."""
    return line(item.summary, line(item.title, item.about.incident))
