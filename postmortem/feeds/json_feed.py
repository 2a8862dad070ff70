"""A feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). `Feed` and `FeedItem` in, bytes out; knows no
history.

Beside what the specification names, two objects under `_postmortem` carry what it has no place for; the site documents
them, and `about` leads there, as the specification asks. `next_url` leads to the archive before, as RFC 5005's
`prev-archive` does.
"""

from collections.abc import Iterable

import msgspec

from postmortem.feeds.characters import line
from postmortem.feeds.entries import Feed, FeedItem
from postmortem.model.moment import rfc3339

VERSION = "https://jsonfeed.org/version/1.1"
_OWN = {"prev-archive": "prev_archive", "next-archive": "next_archive", "current": "current", "related": "backfill"}


def item(item: FeedItem) -> bytes:
    """One entry; its texts are clean and not empty (`pieces.piece`)."""
    return _encode(
        {
            "id": item.id,
            "url": item.url,
            "title": item.title,
            "content_html": item.html,
            "summary": item.summary,
            "date_published": rfc3339(item.published),
            "date_modified": rfc3339(item.updated),
            "tags": [each.mark for each in item.categories],
            "_postmortem": item.about,
        }
    )


def frame(feed: Feed) -> tuple[bytes, bytes]:
    """What stands before and after the entries, which commas separate."""
    links = {rel: f"{to}.json" for rel, to in feed.links}
    head: dict[str, object] = {
        "version": VERSION,
        "title": line(feed.title, feed.id),
        "home_page_url": feed.home,
        "feed_url": f"{feed.address}.json",
        "description": line(feed.description, feed.id),
        "authors": [{"name": line(feed.author, feed.home), "url": feed.home}],
        "_postmortem": {
            "about": feed.about,
            "id": feed.id,
            "updated": rfc3339(feed.updated),
            "archive": feed.archive,
            **{name: links.get(rel) for rel, name in _OWN.items()},
        },
    }
    if "prev-archive" in links:
        head["next_url"] = links["prev-archive"]
    return _encode(head)[:-1] + b',"items":[', b"]}\n"


def join(feed: Feed, entries: Iterable[bytes]) -> bytes:
    """A whole feed from its written entries."""
    before, after = frame(feed)
    return b"".join((before, b",".join(entries), after))


_encode = msgspec.json.Encoder().encode
