"""Requirements about what must never change: ids, addresses, entries and their dates; within the site, against its
ledger, and against an older copy. Surveys in, faults out.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

import msgspec

from postmortem.verify.feed import Feed
from postmortem.verify.requirement import Fault
from postmortem.verify.survey import INDEX, Survey

LEDGER: Final = "ledger.jsonl"
PASSING: Final = ("assets/", "search/")
"""What belongs to a theme, and may go with it."""


def unique(seen: Survey) -> Iterator[Fault]:
    """An id is one incident's, now and before."""
    counts = Counter([*(str(each.get("id")) for each in seen.rows), *seen.moved])
    yield from (Fault(INDEX, f"{id_} stands in it {count} times") for id_, count in counts.items() if count > 1)


def standing(seen: Survey) -> Iterator[Fault]:
    """Each incident has its page, its JSON and its YAML; each former id leads on."""
    for id_ in sorted(each["id"] for each in seen.rows if isinstance(each.get("id"), str)):
        for path in (f"incidents/{id_}/index.html", f"incidents/{id_}.json", f"incidents/{id_}.yaml"):
            if path not in seen.site.paths:
                yield Fault(path, "it is not there, though the index lists the incident")
            elif path in seen.documents and seen.documents[path].id not in ("", id_):
                yield Fault(path, f"it is about {seen.documents[path].id}")
    for id_, to in seen.moved.items():
        if to not in seen.ids:
            yield Fault(INDEX, f"{id_} moved to {to}, which it does not list")
        for path in (f"incidents/{id_}/index.html", f"incidents/{id_}.json"):
            if path not in seen.site.paths:
                yield Fault(path, f"it is not there, though {id_} was an id once")
            elif id_ != to and path in seen.pages and seen.pages[path].onward != f"incidents/{to}/index.html":
                yield Fault(path, f"it does not lead on to {to}")


def listed(seen: Survey) -> Iterator[Fault]:
    """Nothing lies at an incident's address that the index does not know."""
    for path in sorted(seen.site.paths):
        if path.startswith("incidents/") and path.endswith(".json"):
            id_ = path.removeprefix("incidents/").removesuffix(".json")
            if id_ not in seen.ids:
                yield Fault(path, f"{INDEX} lists no such incident")


def promised(seen: Survey) -> Iterator[Fault]:
    """What the site's own ledger promises is there, under the date it promises."""
    prefix = _prefix(seen)
    for number, line in enumerate(seen.site.read(LEDGER).splitlines(), 1):
        try:
            told: Any = msgspec.json.decode(line)
            ids, entries = [*told.get("former_ids", ()), told["id"]], dict(told["entries"])
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, KeyError, TypeError, ValueError):
            yield Fault(LEDGER, f"line {number} is none of a ledger")
            continue
        yield from (Fault(LEDGER, f"{id_} was promised and is gone") for id_ in ids if id_ not in seen.ids)
        for name, date in entries.items():
            entry = seen.announced.get(f"{prefix}incident/{ids[0]}/{name}")
            if entry is None and name.startswith("u"):  # a note, or an editorial revision, is announced nowhere
                yield Fault(LEDGER, f"entry {name} of {ids[0]} was promised for {date} and is gone")
            elif entry is not None and entry.published != _instant(date):
                yield Fault(LEDGER, f"entry {name} of {ids[0]} was promised for {date} and is dated {entry.published}")


def kept_ids(seen: Survey) -> Iterator[Fault]:
    """No id of the older copy is gone."""
    older = _older(seen)
    yield from (Fault(INDEX, f"{id_} was in the older copy and is gone") for id_ in sorted(older.ids - seen.ids))


def kept_addresses(seen: Survey) -> Iterator[Fault]:
    """No address of the older copy leads nowhere."""
    older = _older(seen)
    paths = older.site.paths | (older.sums or {}).keys()
    for path in sorted(paths - seen.site.paths):
        if not path.startswith(PASSING):
            yield Fault(path, "it was in the older copy and is gone")


def kept_entries(seen: Survey) -> Iterator[Fault]:
    """No entry of the older copy is gone from what feeds remember. A feed without archives drops its oldest."""
    older = _older(seen)
    for id_ in sorted(older.announced.keys() - seen.announced.keys()):
        yield Fault("feeds/updates.atom", f"{id_} was in the older copy and is gone")
    for path, before in older.feeds.items():
        now = seen.feeds.get(path)
        if now is None or before.archive or before.name in ("feeds/updates", "feed"):
            continue
        held, dates = {each.id for each in now.entries}, [each.published for each in now.entries if each.published]
        for entry in before.entries:
            if entry.id not in held and (not dates or (entry.published is not None and entry.published > min(dates))):
                yield Fault(path, f"{entry.id} was in the older copy and is gone")


def kept_dates(seen: Survey) -> Iterator[Fault]:
    """No entry's date moved."""
    older = _older(seen)
    for id_, before in older.announced.items():
        entry = seen.announced.get(id_)
        if entry is not None and entry.published != before.published:
            yield Fault("feeds/updates.atom", f"{id_} was dated {before.published}, now {entry.published}")
    for path, feed in older.feeds.items():
        now = {each.id: each.published for each in seen.feeds[path].entries} if path in seen.feeds else {}
        for each in feed.entries:
            if each.id not in older.announced and now.get(each.id, each.published) != each.published:
                yield Fault(path, f"{each.id} was dated {each.published}, now {now[each.id]}")


def frozen(seen: Survey) -> Iterator[Fault]:
    """Full archives are what they were, byte for byte, but for words that were redacted."""
    older = _older(seen)
    for path, before in older.feeds.items():
        now = seen.feeds.get(path)
        full = older.feeds.get(f"{before.name}.json")
        if now is None or full is None or not full.full or older.facts[path].digest == seen.facts[path].digest:
            continue
        changed = _changed(before, now)
        if not changed or not all(_is_redacted(seen, id_) for id_ in changed):
            yield Fault(path, "the archive was full in the older copy, and has other bytes now")


def _changed(before: Feed, now: Feed) -> set[str]:
    """The ids of the incidents whose entries differ; nothing where anything else does."""
    if [each.id for each in before.entries] != [each.id for each in now.entries]:
        return set()
    ids = {each.id for each, other in zip(before.entries, now.entries, strict=True) if each.digest != other.digest}
    return {each.rpartition(":incident/")[2].partition("/")[0] for each in ids}


def _is_redacted(seen: Survey, id_: str) -> bool:
    """Whether the incident's record says that its words were taken away: a retraction whose summary tells so."""
    held = seen.json(f"incidents/{seen.moved.get(id_, id_)}.json")
    revisions = held.get("revisions") if isinstance(held, dict) and held.get("state") == "withdrawn" else None
    told = [
        each
        for each in (revisions if isinstance(revisions, list) else ())
        if isinstance(each, dict) and each.get("kind") == "retraction"
    ]
    return any("redact" in str(each.get("summary", "")).lower() for each in told)


def _older(seen: Survey) -> Survey:
    if seen.older is None:
        raise LookupError("asked only with an older copy")
    return seen.older


def _prefix(seen: Survey) -> str:
    """What all ids of entries begin with."""
    held = seen.feeds.get("feeds/updates.atom")
    return held.id.removesuffix("feed/updates") if held is not None else ""


def _instant(text: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(text))
    except ValueError:
        return None
