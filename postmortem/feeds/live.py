"""The feeds of a site as files: the whole site's, each facet's, the archives, the list of all, the calendar, and the
addresses that readers try first.

History, a site, where words come from in; artifacts out. Each entry is written once, however many feeds hold it.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from postmortem.feeds import archive, calendar, choice, opml, pieces
from postmortem.feeds.catalogue import Listing, of_facets, of_site
from postmortem.feeds.choice import Listed
from postmortem.feeds.entries import Feed, Site
from postmortem.feeds.pieces import Piece, Pieces, Source
from postmortem.model.artifact import Artifact
from postmortem.model.history import History
from postmortem.model.settings import Settings

ALIASES: Final = {"incidents": "history", "updates": "feed"}
"""Where tools look without being told: `/history.atom` is `incidents`, `/feed.rss` is `updates`."""


def artifacts(history: History, site: Site, source: Source) -> Iterator[Artifact]:
    """Every feed and archive of the site."""
    made, settings = Pieces(history, site, source), site.settings
    incidents, updates = choice.incidents(history), choice.updates(history)
    whole = {"incidents": incidents, "postmortems": choice.postmortems(history)}
    for listing in of_site(settings):
        if listing.name == "updates":
            late = archive.Series("backfill", choice.backfill(history), choice.settled(history, updates))
            yield from _updates(listing, updates, late, made, settings)
        else:
            yield from _files(listing, choice.newest(whole[listing.name]), made, settings)
    facets = choice.facets(history)
    dealt = {"incidents": choice.by_facet(incidents, facets), "updates": choice.by_facet(updates, facets)}
    for listing in of_facets(settings):
        yield from _files(
            listing, dealt[listing.series].get(listing.facet.key if listing.facet else "", []), made, settings
        )
    yield opml.artifact(settings)
    yield calendar.artifact(history, settings)


def _updates(
    listing: Listing, told: list[Listed], backfill: archive.Series, made: Pieces, settings: Settings
) -> Iterator[Artifact]:
    """The one feed that remembers everything: what it holds no longer is in its archives, and what was old when its
    record came in the backfill.
    """
    newest, feed = choice.newest(told), listing.feed(settings)
    before, older = archive.last(len(backfill.listed)), archive.last(len(told))
    widest = _with(feed, (("prev-archive", older), ("related", before)), settings)
    kept = pieces.fitting(widest, map(made.of, newest))
    count = len(told) - len(kept)
    feed = _with(feed, (("prev-archive", archive.last(count)), ("related", before)), settings)
    yield from _written(feed, kept, ALIASES[listing.name])
    settled = len(told) - len(newest)
    for series in (archive.Series("updates", told[::-1][:count], settled), backfill):
        yield from archive.artifacts(series, feed, made, settings)


_SERIES: Final = {"prev-archive": "updates", "related": "backfill"}


def _with(feed: Feed, links: tuple[tuple[str, int], ...], settings: Settings) -> Feed:
    there = tuple((rel, archive.place(_SERIES[rel], number, settings)) for rel, number in links if number)
    return msgspec.structs.replace(feed, links=there)


def _files(listing: Listing, listed: Sequence[Listed], made: Pieces, settings: Settings) -> Iterator[Artifact]:
    feed = listing.feed(settings)
    kept = pieces.fitting(feed, map(made.of, listed))
    yield from _written(feed, kept, ALIASES.get(listing.name))


def _written(feed: Feed, kept: Sequence[Piece], alias: str | None) -> Iterator[Artifact]:
    bodies = pieces.written(feed, kept)
    for ending, body in bodies.items():
        yield Artifact(f"{feed.path}.{ending}", body)
    for ending in ("rss", "atom") if alias else ():
        yield Artifact(f"{alias}.{ending}", bodies[ending])
