"""A feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). `Feed` in, bytes out; knows no history.

Beside what the specification names, two objects under `_postmortem` carry what other formats have no place for:
- of the feed: `{"id", "updated"}`, its Atom id and the newest entry's time;
- of an item: `{"incident", "entry", "announcement", "kind", "severity", "status", "withdrawn", "impact", "providers",
  "services", "models"}`: ids and words of the record format, as the record stands now. `impact` holds all four classes
  with `affected`, `not_affected` or `unknown`. `entry` and `announcement` are null where the item is a whole incident,
  else the entry's id and one of update, first_publication, correction, postmortem, withdrawal, action.
Every key is always there. `tags` are `kind:…`, `severity:…`, `impact:…`, `provider:…`, `service:…`, `model:…`.
"""

import msgspec

from postmortem.feeds.characters import allowed, line
from postmortem.feeds.entries import Feed, FeedItem
from postmortem.model.moment import rfc3339

VERSION = "https://jsonfeed.org/version/1.1"


def write(feed: Feed) -> bytes:
    """The feed as JSON Feed, UTF-8, with a line break at its end."""
    document = {
        "version": VERSION,
        "title": line(feed.title, feed.id),
        "home_page_url": feed.home,
        "feed_url": f"{feed.address}.json",
        "description": line(feed.description, feed.id),
        "authors": [{"name": line(feed.author, feed.home), "url": feed.home}],
        "_postmortem": {"id": feed.id, "updated": rfc3339(feed.updated)},
        "items": [_item(item) for item in feed.items],
    }
    return msgspec.json.encode(document) + b"\n"


def _item(item: FeedItem) -> dict[str, object]:
    return {
        "id": item.id,
        "url": item.url,
        "title": line(item.title, item.about.incident),
        "content_html": line(item.html, "<p></p>"),
        "summary": allowed(item.summary),
        "date_published": rfc3339(item.published),
        "date_modified": rfc3339(item.updated),
        "tags": [f"{each.scheme.rpartition('/')[2]}:{each.term}" for each in item.categories],
        "_postmortem": item.about,
    }
