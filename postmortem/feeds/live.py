"""The live feeds as files: `incidents` and `updates` in three formats, and the addresses that readers try first.

History, settings, a way to get one incident and the words in; artifacts out. Incidents are asked for one by one, and
only those that enter a feed.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Final

from postmortem.feeds import entries, json_feed, rss_atom
from postmortem.feeds.characters import allowed
from postmortem.feeds.entries import Feed, FeedItem, Words
from postmortem.model.artifact import Artifact
from postmortem.model.history import History
from postmortem.model.incident import Incident
from postmortem.model.settings import Settings, provider_name
from postmortem.model.vocabulary import PublisherRole

LARGEST: Final = 512_000
"""Bytes of one feed in one format: what readers take without complaint (threats 21)."""
FORMATS: Final[dict[str, Callable[[Feed], bytes]]] = {
    "rss": rss_atom.rss,
    "atom": rss_atom.atom,
    "json": json_feed.write,
}
ALIASES: Final = {"incidents": "history", "updates": "feed"}
"""Where tools look without being told: `/history.atom` is `incidents`, `/feed.rss` is `updates`."""

_FEW = 3
_RECORDED: Final[dict[PublisherRole, str]] = {
    "provider": "",
    "customer": " Recorded by {name}, a customer of these services.",
    "observer": " Recorded by {name}, who does not run these services.",
}


def artifacts(
    history: History, settings: Settings, incidents: Callable[[str], Incident], words: Words
) -> Iterator[Artifact]:
    """Every live feed of the site. `incidents` gives the incident of an id; it is asked once for each that enters."""
    known = cache(incidents)
    rows = {row.id: row for row in history.rows}
    whole = (entries.incident_item(row, known(row.id), settings, words) for row in entries.incidents(history))
    single = (
        entries.update_item(rows[each.incident], known(each.incident), each, settings, words)
        for each in entries.updates(history)
    )
    yield from _files("incidents", "incidents", "One entry for each incident.", whole, settings)
    yield from _files("updates", "incident updates", "One entry for each thing announced.", single, settings)


def fit(feed: Feed, settings: Settings) -> dict[str, bytes]:
    """The feed in every format, with as many of its newest entries as all formats hold within `LARGEST` bytes.

    Sizes grow with the count nearly in proportion: each guess is where a line between two tries meets the limit.
    """
    fits, fails = 0, len(feed.items)
    written, smaller = _write(feed), 0
    larger = _size(written)
    if larger <= LARGEST:
        return written
    written = {}
    while fits < fails - 1:
        guess = fits + (LARGEST - smaller) * (fails - fits) // (larger - smaller)
        count = min(max(guess, fits + 1), fails - 1)
        tried = _write(entries.shortened(feed, count, settings))
        if _size(tried) <= LARGEST:
            fits, smaller, written = count, _size(tried), tried
        else:
            fails, larger = count, _size(tried)
    return written or _write(entries.shortened(feed, fits, settings))


def _write(feed: Feed) -> dict[str, bytes]:
    return {ending: write(feed) for ending, write in FORMATS.items()}


def _size(written: dict[str, bytes]) -> int:
    return max(map(len, written.values()))


def _files(
    name: str, title: str, description: str, items: Iterable[FeedItem], settings: Settings
) -> Iterator[Artifact]:
    subject, publisher = _subject(settings), settings.publisher
    recorded = _RECORDED[publisher.role].format(name=publisher.name)
    feed = entries.feed(name, settings, f"{subject}: {title}", f"{description}{recorded}", _enough(items))
    bodies = fit(feed, settings)
    for ending, body in bodies.items():
        yield Artifact(f"{feed.path}.{ending}", body)
    for ending in ("rss", "atom"):
        yield Artifact(f"{ALIASES[name]}.{ending}", bodies[ending])


def _enough(items: Iterable[FeedItem]) -> Iterator[FeedItem]:
    """As many as could fit, judged by their bodies alone: what is surely too old is never even made."""
    size = 0
    for item in items:
        size += len(allowed(item.html).encode())
        if size > LARGEST:
            return
        yield item


def _subject(settings: Settings) -> str:
    names = [provider_name(settings, each.id) for each in settings.providers]
    return ", ".join(names) if 0 < len(names) <= _FEW else settings.publisher.name
