"""Entries as they are written, each once for all feeds and formats that hold it; and feeds put together from them.

Rows and what was told of them in; bytes out. An incident is asked for only where a feed shows it
whole.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Final, NamedTuple

import msgspec

from postmortem.feeds import entries, json_feed, rss_atom
from postmortem.feeds.characters import line
from postmortem.feeds.choice import Listed
from postmortem.feeds.entries import Feed, FeedItem, Site, Told
from postmortem.model.announcement import WHOLE, Announcement, announce
from postmortem.model.history import History
from postmortem.model.incident import Incident
from postmortem.model.summary import Summary

LARGEST: Final = 512_000
"""Bytes of one feed in one format: what readers take without complaint (threats 21)."""
FORMATS: Final = ("rss", "atom", "json")
_KEPT: Final = 2048
"""Written entries in memory: the newest of a few dozen feeds, a few kilobytes each."""


class Piece(NamedTuple):
    """One entry in each of the `FORMATS`, and when it was updated."""

    rss: bytes
    atom: bytes
    json: bytes
    updated: datetime


class Kept(msgspec.Struct, frozen=True, array_like=True):
    """One announcement in words, and as archives hold it: made when its record is read, kept between runs."""

    told: Told
    rss: bytes
    atom: bytes
    json: bytes


class Source(NamedTuple):
    """Where the words come from: an incident, and what was told of one, by its id."""

    incident: Callable[[str], Incident]
    kept: Callable[[str], Sequence[Kept]]


def keep(incident: Incident, site: Site) -> tuple[Kept, ...]:
    """Put all that was announced of an incident into words, and write it."""
    dated = {each.entry: each for each in announce(incident)}
    made = [
        (told, piece(entries.archived_item(dated[told.entry], told, site)))
        for told in entries.tell(incident, site.words)
    ]
    return tuple(Kept(told, written.rss, written.atom, written.json) for told, written in made)


def piece(item: FeedItem) -> Piece:
    """Write one entry, without what XML forbids, and with something in every place."""
    title = line(item.title, item.about.incident)
    item = msgspec.structs.replace(
        item, title=title, html=line(item.html, "<p></p>"), summary=line(item.summary, title)
    )
    rss, atom = rss_atom.written(item)
    return Piece(rss, atom, json_feed.item(item), item.updated)


class Pieces:
    """The written entries of a history; incidents are looked up by their first ids."""

    def __init__(self, history: History, site: Site, source: Source) -> None:
        self._rows = {row.first_id: row for row in history.rows}
        self._site, self._source = site, source
        self._known = lru_cache(maxsize=512)(
            lambda first: {each.told.entry: each for each in source.kept(self._rows[first].id)}
        )
        self._incident = lru_cache(maxsize=64)(lambda first: source.incident(self._rows[first].id))
        self.of = lru_cache(maxsize=_KEPT)(self._of)

    def _of(self, listed: Listed) -> Piece:
        """An entry as live feeds have it."""
        row = self._rows[listed.incident]
        if listed.announcement is None:
            return piece(entries.incident_item(row, self._incident(row.first_id), self._site, listed.date))
        return piece(
            entries.live_item(row, self.item(listed.announcement), self._site, self._now(row, listed.announcement))
        )

    def archived(self, announcement: Announcement) -> Piece:
        """An entry as archives have it."""
        kept = self._known(announcement.incident)[announcement.entry]
        return Piece(kept.rss, kept.atom, kept.json, announcement.published)

    def item(self, announcement: Announcement) -> FeedItem:
        """The same before it was written."""
        return entries.archived_item(
            announcement, self._known(announcement.incident)[announcement.entry].told, self._site
        )

    def _now(self, row: Summary, announcement: Announcement) -> str | None:
        """The body where it is another than in archives: it tells the whole record, or leads to a new address."""
        if announcement.kind in WHOLE:
            return self._site.words.whole(self._incident(announcement.incident), announcement)
        renamed = row.id != row.first_id
        return self._site.words.body(self._incident(announcement.incident), announcement) if renamed else None


def written(feed: Feed, pieces: Sequence[Piece]) -> dict[str, bytes]:
    """A feed in every format. `updated` is the newest entry's; of a feed without any it stays what it was."""
    feed = msgspec.structs.replace(feed, updated=max((each.updated for each in pieces), default=feed.updated))
    return {
        "rss": rss_atom.join(feed, (each.rss for each in pieces), "rss"),
        "atom": rss_atom.join(feed, (each.atom for each in pieces), "atom"),
        "json": json_feed.join(feed, (each.json for each in pieces)),
    }


def fitting(feed: Feed, pieces: Iterable[Piece]) -> list[Piece]:
    """The newest entries, as many as every format holds within `LARGEST` bytes; what is too old is never written."""
    left = [LARGEST - each for each in _frames(feed)]
    kept: list[Piece] = []
    for each in pieces:
        left = [room - len(body) for room, body in zip(left, (each.rss, each.atom, each.json), strict=True)]
        left[2] -= 1  # a comma
        if min(left) < 0:
            break
        kept.append(each)
    return kept


def _frames(feed: Feed) -> tuple[int, int, int]:
    """The bytes around the entries; what `updated` says does not change them."""
    rss, atom, json = rss_atom.frame(feed, "rss"), rss_atom.frame(feed, "atom"), json_feed.frame(feed)
    return sum(map(len, rss)), sum(map(len, atom)), sum(map(len, json))
