"""`/api/v1/feeds.json`: every feed of the site with its addresses. Subscriptions and settings in, an artifact out.
Which feeds there are is told by whoever makes them.
"""

from collections.abc import Iterable
from typing import Final

import msgspec

from postmortem.api.head import Head, head
from postmortem.model.artifact import Artifact
from postmortem.model.settings import Settings, address
from postmortem.model.subscription import Facet, Format, Subscription

MEDIA_TYPES: Final[dict[Format, str]] = {
    "atom": "application/atom+xml",
    "rss": "application/rss+xml",
    "json": "application/feed+json",
    "ics": "text/calendar",
    "opml": "text/x-opml",
}


class Form(msgspec.Struct, frozen=True):
    """One format of a feed, and where it is."""

    format: Format
    media_type: str
    url: str


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """One feed; `facet` and `of` are null where it is about the whole site."""

    series: str
    facet: Facet | None
    of: str | None
    title: str
    description: str
    formats: tuple[Form, ...]


class Feeds(Head, frozen=True, kw_only=True):
    """Every feed, in the order in which it was told."""

    feeds: tuple[Listing, ...]


def artifact(settings: Settings, feeds: Iterable[Subscription]) -> Artifact:
    """The document."""
    told = Feeds(**head(settings, "feeds"), feeds=listing(settings, feeds))
    return Artifact("api/v1/feeds.json", msgspec.json.encode(told) + b"\n")


def listing(settings: Settings, feeds: Iterable[Subscription]) -> tuple[Listing, ...]:
    """Feeds with absolute addresses."""
    return tuple(
        Listing(
            series=each.series,
            facet=each.facet,
            of=each.of,
            title=each.title,
            description=each.description,
            formats=tuple(Form(name, MEDIA_TYPES[name], _url(each, name, settings)) for name in each.formats),
        )
        for each in feeds
    )


def _url(feed: Subscription, form: Format, settings: Settings) -> str:
    return address(settings, feed.file(form))
