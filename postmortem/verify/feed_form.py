"""Requirements about one feed at a time: its form, its entries, its dates, its size. Surveys in, faults out."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Final

from postmortem.verify.feed import Entry, Feed
from postmortem.verify.requirement import Fault
from postmortem.verify.survey import Survey

LARGEST: Final = 512_000
NEWEST: Final = 50
RECENT: Final = timedelta(days=30)
ROOM: Final = 192_000
"""Bytes below which a feed of any format surely had room for one more entry: one may take 320,000."""
ALIASES: Final = {"history": "feeds/incidents", "feed": "feeds/updates"}


def well_formed(seen: Survey) -> Iterator[Fault]:
    """Every feed can be read."""
    yield from (Fault(path, each.broken) for path, each in seen.feeds.items() if each.broken)


def complete(seen: Survey) -> Iterator[Fault]:
    """What RSS 2.0, RFC 4287 and JSON Feed 1.1 demand, and what readers need."""
    for path, each in _readable(seen):
        yield from (Fault(path, f"the feed has no {name}") for name in each.lacks)
        yield from (Fault(path, f"{_named(entry)} has no {name}") for entry in each.entries for name in entry.lacks)


def unique(seen: Survey) -> Iterator[Fault]:
    """An id is one entry's."""
    for path, each in _readable(seen):
        counts = Counter(entry.id for entry in each.entries if entry.id)
        yield from (Fault(path, f"id {id_} stands in it {count} times") for id_, count in counts.items() if count > 1)


def dated(seen: Survey) -> Iterator[Fault]:
    """Dates as the format writes them."""
    for path, each in _readable(seen):
        yield from (Fault(path, f"{text!r} is no date of {each.form}") for text in each.undated)
        yield from (
            Fault(path, f"{_named(entry)}: {text!r} is no date of {each.form}")
            for entry in each.entries
            for text in entry.undated
        )


def not_ahead(seen: Survey) -> Iterator[Fault]:
    """No entry is dated after the day as which the site is looked at."""
    end = datetime.combine(seen.as_of + timedelta(days=1), datetime.min.time(), UTC)
    for path, each in _readable(seen):
        for entry in each.entries:
            if any(at is not None and at >= end for at in (entry.published, entry.updated)):
                yield Fault(path, f"{_named(entry)} is dated after {seen.as_of.isoformat()}")


def newest_first(seen: Survey) -> Iterator[Fault]:
    """The order of entries."""
    for path, each in _readable(seen):
        for before, after in pairwise(entry for entry in each.entries if entry.published is not None):
            if before.published < after.published:  # type: ignore[operator]
                yield Fault(path, f"{_named(after)} is newer than the entry before it")


def updated(seen: Survey) -> Iterator[Fault]:
    """A feed was updated when its newest entry was, never by a clock."""
    for path, each in _readable(seen):
        times = [entry.updated for entry in each.entries if entry.updated is not None]
        if each.form != "rss" and times and each.updated is not None and max(times) != each.updated:
            yield Fault(path, f"the feed says {each.updated.isoformat()}, its newest entry {max(times).isoformat()}")


def absolute(seen: Survey) -> Iterator[Fault]:
    """Links mean the same in every reader."""
    for path, each in _readable(seen):
        yield from (Fault(path, f"{href!r} is not absolute") for href in each.relative)
        yield from (
            Fault(path, f"{_named(entry)}: {href!r} is not absolute")
            for entry in each.entries
            for href in entry.relative
        )


def passive(seen: Survey) -> Iterator[Fault]:
    """Nothing in a body runs, or dresses the reader that shows it."""
    for path, each in _readable(seen):
        yield from (Fault(path, f"{_named(entry)}: {what}") for entry in each.entries for what in entry.active)


def small(seen: Survey) -> Iterator[Fault]:
    """What readers take without complaint."""
    yield from (Fault(path, f"{each.size:,} bytes") for path, each in seen.feeds.items() if each.size > LARGEST)


def fifty(seen: Survey) -> Iterator[Fault]:
    """The newest fifty, or thirty days if that is more; fewer only where they would be too large together."""
    sizes: defaultdict[str, int] = defaultdict(int)
    for each in seen.feeds.values():
        sizes[each.name] = max(sizes[each.name], each.size)
    for path, each in _readable(seen):
        if each.archive:
            continue
        dates = [entry.published for entry in each.entries if entry.published is not None]
        if len(dates) > NEWEST and min(dates[NEWEST:]) < max(dates) - RECENT:
            yield Fault(
                path, f"{len(dates)} entries, though not all beyond {NEWEST} are of the last {RECENT.days} days"
            )
        if len(dates) < NEWEST and "prev-archive" in each.links and sizes[each.name] < ROOM:
            yield Fault(path, f"{len(dates)} entries, though there are older ones and room for {NEWEST}")


def same(seen: Survey) -> Iterator[Fault]:
    """The formats of one feed hold the same entries under the same instants."""
    groups: defaultdict[str, list[Feed]] = defaultdict(list)
    for _, each in _readable(seen):
        groups[each.name].append(each)
    for group in groups.values():
        first = min(group, key=lambda each: each.form)
        for other in group:
            if [_identity(each) for each in other.entries] != [_identity(each) for each in first.entries]:
                yield Fault(other.path, f"its entries or their dates are not those of {first.path}")
            elif None not in (first.updated, other.updated) and first.updated != other.updated:
                yield Fault(other.path, f"it was updated at another time than {first.path}")


def copies(seen: Survey) -> Iterator[Fault]:
    """Where tools look without being told stands the same, byte for byte."""
    for path in seen.feeds:
        name, _, form = path.rpartition(".")
        whole = f"{ALIASES[name]}.{form}" if name in ALIASES else path
        if whole not in seen.facts or seen.facts[whole].digest != seen.facts[path].digest:
            yield Fault(path, f"it is no copy of {whole}")


def _readable(seen: Survey) -> Iterator[tuple[str, Feed]]:
    return ((path, each) for path, each in seen.feeds.items() if not each.broken)


def _identity(entry: Entry) -> tuple[str, datetime | None]:
    return entry.id, entry.published


def _named(entry: Entry) -> str:
    return entry.id or "an entry without id"
