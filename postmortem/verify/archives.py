"""Requirements about what feeds remember (RFC 5005): the walk through the archives. Surveys in, faults out."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from postmortem.verify.feed import Feed
from postmortem.verify.requirement import Fault
from postmortem.verify.survey import Survey

FORMS: Final = ("atom", "rss", "json")
FOLDER: Final = "feeds/archive/"


def there(seen: Survey) -> bool:
    """Whether there are archives."""
    return any(path.startswith(FOLDER) for path in seen.feeds)


def marked(seen: Survey) -> Iterator[Fault]:
    """An archive says that it is one, and which feed it belongs to; no other feed says so."""
    for path, each in seen.feeds.items():
        if each.broken:
            continue
        if each.archive != path.startswith(FOLDER):
            yield Fault(path, "it is marked as an archive" if each.archive else "it is not marked as an archive")
        if each.archive and seen.target(each, "current") != f"feeds/updates.{each.form}":
            yield Fault(path, "its link rel=current does not lead to the feed that it belongs to")


def linked(seen: Survey) -> Iterator[Fault]:
    """Whoever goes back from the live feed comes by every archive, and can return."""
    walked: set[str] = set()
    for form in FORMS:
        for chain in (seen.chain(f"feeds/updates.{form}"), seen.backfill(form)):
            walked |= {each.path for each in chain}
            yield from _returning(seen, chain)
    for path, each in seen.feeds.items():
        if path.startswith(FOLDER) and not each.broken and path not in walked:
            yield Fault(path, "no walk from the live feed comes by it")


def once(seen: Survey) -> Iterator[Fault]:
    """The walk meets every entry exactly once."""
    for form in FORMS:
        chain = [*seen.chain(f"feeds/updates.{form}"), *seen.backfill(form)]
        counts = Counter(entry.id for each in chain for entry in each.entries)
        twice = [id_ for id_, count in counts.items() if count > 1]
        yield from (Fault(f"feeds/updates.{form}", f"the walk meets {id_} {counts[id_]} times") for id_ in twice)


def all_told(seen: Survey) -> Iterator[Fault]:
    """What stands in a part of the feeds, or was public of an incident, the walk meets."""
    announced = seen.announced
    for path, each in seen.feeds.items():
        if path.endswith("/updates.atom"):
            yield from (
                Fault(path, f"the walk does not meet {entry.id}") for entry in each.entries if entry.id not in announced
            )
    prefix = seen.feeds["feeds/updates.atom"].id.removesuffix("feed/updates")
    for path, told in seen.documents.items():
        for entry_id in told.told if path.endswith(".json") else ():
            if f"{prefix}incident/{told.first}/{entry_id}" not in announced:
                yield Fault(path, f"the walk does not meet its update {entry_id}")


def _returning(seen: Survey, chain: list[Feed]) -> Iterator[Fault]:
    for newer, older in pairwise(chain):
        if newer.archive and seen.target(older, "next-archive") != newer.path:
            yield Fault(older.path, f"its link rel=next-archive does not lead to {newer.path}")
    last = chain[-1] if chain else None
    if last is not None and "prev-archive" in last.links:
        yield Fault(last.path, "its link rel=prev-archive leads to no feed that was not met before")
