"""The archives of `updates` and its backfill (RFC 5005, section 4): what no live feed holds any more.

Announcements in their order, oldest first, and how many of them the live feed left; documents out. Which entries stand
in which archive is counted from the oldest on, in fifties: see docs/adr/0014-archives.md for why that never changes.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from postmortem.feeds import entries, pieces
from postmortem.feeds.choice import NEWEST, Listed
from postmortem.feeds.entries import Archive, Feed
from postmortem.feeds.pieces import LARGEST, Piece, Pieces
from postmortem.model.announcement import Announcement
from postmortem.model.artifact import Artifact
from postmortem.model.settings import Settings, address

SIZE: Final = NEWEST
"""Entries of a full archive. No more than a live feed holds: whoever read that and an archive that was not full yet has
read everything the archive will ever hold, and may leave it out the next time."""
FOLDER: Final = "feeds/archive/"


class Part(NamedTuple):
    """One archive to be: its number from 1 on, its entries from `begin` to `end`, whether it is full for good."""

    number: int
    begin: int
    end: int
    full: bool


def parts(count: int, settled: int) -> list[Part]:
    """The archives of the oldest `count` entries.

    `settled` of them no live feed will ever hold again, whatever becomes of their words; an archive is full when there
    are more of these than it holds, since only then the link to the next one stands.
    """
    begins = range(0, count, SIZE)
    return [
        Part(number, begin, min(begin + SIZE, count), begin + SIZE < settled) for number, begin in enumerate(begins, 1)
    ]


def place(series: str, number: int, settings: Settings) -> str:
    """The address of an archive, without an ending."""
    return address(settings, f"{FOLDER}{series}-{number}")


def last(count: int) -> int:
    """The number of the newest archive of so many entries; 0 where there is none."""
    return -(-count // SIZE)


class Series(NamedTuple):
    """Archives under one name: their entries, oldest first, and how many of these are settled."""

    name: str
    listed: Sequence[Listed]
    settled: int


def artifacts(series: Series, live: Feed, made: Pieces, settings: Settings) -> Iterator[Artifact]:
    """Every archive of a series, in every format. `live` is the feed from which they were taken."""
    every = parts(len(series.listed), series.settled)
    for part in every:
        told = [each.announcement for each in series.listed[part.begin : part.end] if each.announcement is not None]
        feed = _feed(series.name, part, len(every), live, settings)
        for ending, body in pieces.written(feed, _fitting(feed, told, made)).items():
            yield Artifact(f"{feed.path}.{ending}", body)


def _feed(series: str, part: Part, count: int, live: Feed, settings: Settings) -> Feed:
    here = place(series, part.number, settings)
    links = [("current", live.address)]
    if part.number > 1:
        links.append(("prev-archive", place(series, part.number - 1, settings)))
    if part.number < count:
        links.append(("next-archive", place(series, part.number + 1, settings)))
    return Feed(
        id=live.id if series == "updates" else entries.tag(settings, f"feed/{series}"),
        title=f"{live.title} ({series}, part {part.number})",
        description=live.description,
        home=live.home,
        address=here,
        path=f"{FOLDER}{series}-{part.number}",
        author=live.author,
        updated=entries.beginning(settings),
        about=live.about,
        links=tuple(links),
        archive=Archive(part.number, part.full),
    )


def _fitting(feed: Feed, told: Sequence[Announcement], made: Pieces) -> list[Piece]:
    """All the entries, newest first: where they are too large together, the largest become links, one by one."""
    newest_first = sorted(told, reverse=True)
    done = [made.archived(each) for each in newest_first]
    while sum(len(each.rss) for each in done) > LARGEST // 4 and len(pieces.fitting(feed, done)) < len(done):
        index = max(range(len(done)), key=lambda each: len(done[each].rss) + len(done[each].atom))
        done[index] = pieces.piece(entries.linked(made.item(newest_first[index])))
    return done
