"""Feeds read by parsers that are not ours, down to what every format must say alike."""

import json
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


class Read(NamedTuple):
    """One entry as a reader sees it."""

    id: str
    title: str
    url: str
    html: str
    published: datetime


def _xml(body: bytes) -> etree._Element:
    return etree.fromstring(body, etree.XMLParser(recover=False, resolve_entities=False, no_network=True))


def _text(element: etree._Element, name: str) -> str:
    found = element.findtext(name)
    assert found is not None
    return str(found)


def atom(body: bytes) -> tuple[datetime, list[Read]]:
    """When the feed was updated, and its entries; raises where the XML is not well-formed."""
    root = _xml(body)
    entries = [
        Read(
            _text(entry, f"{ATOM}id"),
            _text(entry, f"{ATOM}title"),
            str(entry.xpath("string(*[local-name()='link'][not(@rel) or @rel='alternate']/@href)")),
            _text(entry, f"{ATOM}content[@type='html']"),
            datetime.fromisoformat(_text(entry, f"{ATOM}published")),
        )
        for entry in root.findall(f"{ATOM}entry")
    ]
    return datetime.fromisoformat(_text(root, f"{ATOM}updated")), entries


def rss(body: bytes) -> tuple[datetime, list[Read]]:
    """The same of RSS."""
    channel = _xml(body).find("channel")
    assert channel is not None
    items = [
        Read(
            _text(item, "guid[@isPermaLink='false']"),
            _text(item, "title"),
            _text(item, "link"),
            _text(item, CONTENT),
            parsedate_to_datetime(_text(item, "pubDate")),
        )
        for item in channel.findall("item")
    ]
    return parsedate_to_datetime(_text(channel, "lastBuildDate")), items


def json_feed(body: bytes) -> tuple[datetime, list[Read]]:
    """The same of JSON Feed."""
    document = json.loads(body)
    items = [
        Read(
            item["id"],
            item["title"],
            item["url"],
            item["content_html"],
            datetime.fromisoformat(item["date_published"]).astimezone(UTC),
        )
        for item in document["items"]
    ]
    return datetime.fromisoformat(document["_postmortem"]["updated"]), items
