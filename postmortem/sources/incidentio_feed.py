"""incident.io's RSS and Atom feeds (`/feed.atom`, `/feed.rss`, also as `/history.*`): entries in, events out.

An entry holds only the latest update of its incident, and no time but that update's: what came before is told by
earlier answers or not at all. The components it lists are in the state they are in now, so they are `listed` and never
those of the update. Ids have a double slash before `incidents`, which addresses here do not have.
"""

import re
from collections.abc import Iterator
from typing import Final

from postmortem.model.event import Component, Event
from postmortem.sources import answers, documents_v2, entries, fields, text, words
from postmortem.sources.adapter import Answer, Wanted, digest
from postmortem.sources.entries import Entry

KIND: Final = "incidentio-feed"

_STATUS: Final = "Status:"
_COMPONENTS: Final = "Affected components"
_COMPONENT: Final = re.compile(r"- (.{1,300}?) \(([A-Za-z _-]{1,40})\)", re.DOTALL)
_SLASHES: Final = re.compile(r"(?<!:)//+")
_FEED: Final = re.compile(r"\.(?:atom|rss|xml)$|/(?:atom|rss)$")
_PLANNED: Final = frozenset({"scheduled", "in_progress", "verifying", "completed", "cancelled"})


def documents(url: str) -> tuple[Wanted, ...]:
    """The Atom feed of the page, which has exact times; or the feed that is named."""
    address = url.partition("#")[0].partition("?")[0]
    named = _FEED.search(address) or documents_v2.is_document(url)
    return (Wanted(url=url if named else f"{documents_v2.base(url)}/feed.atom"),)


def recognises(content: bytes) -> bool:
    """Whether it is a feed that names incident.io as its maker, or whose entries have incident.io's ids."""
    feed = entries.peek(content)
    if feed is None:
        return False
    return "incident.io" in feed.generator or any(documents_v2.is_ulid(_incident(each)) for each in feed.entries[:1])


def parse(content: bytes, source: str, url: str) -> Answer:
    """An event for each entry. Errors: `NotUnderstoodError`."""
    feed = entries.read(content)
    return answers.joined(_answer(each, source, url, position) for position, each in enumerate(feed.entries))


def _answer(entry: Entry, source: str, url: str, position: int) -> Answer:
    incident, at = _incident(entry), entry.updated or entry.published
    if not incident or at is None:
        return answers.without(incident, position, "no time can be read in it" if incident else "it has no id")
    word, said, listed = _parted(text.plain(entry.content))
    status = words.status(word)
    event = Event(
        source=source,
        incident=incident,
        update=digest(at, word),
        at=at,
        kind="maintenance" if status in _PLANNED or "/maintenances/" in entry.link else "incident",
        title=entry.title,
        url=fields.link(_SLASHES.sub("/", entry.link), url),
        status=status,
        status_word=word,
        listed=tuple(_components(listed)),
        text=said,
    )
    return Answer(events=(event,))


def _incident(entry: Entry) -> str:
    """The last piece of the address that is the entry's id."""
    return fields.tail(entry.id) or fields.tail(entry.link)


def _parted(said: str) -> tuple[str, str, list[str]]:
    """The word for the status, the text, and the list of components, of which any may be missing. Only what ends the
    entry and is a list throughout is that list: the text may have the same words in it.
    """
    first, _, rest = said.partition("\n")
    word = first.removeprefix(_STATUS).strip() if first.startswith(_STATUS) else ""
    body = rest.strip() if word else said
    before, heading, after = f"\n{body}".rpartition(f"\n{_COMPONENTS}\n")
    items = after.strip().split("\n")
    if heading and all(map(_COMPONENT.fullmatch, items)):
        return word, before.strip(), items
    return word, body, []


def _components(items: list[str]) -> Iterator[Component]:
    for each in items:
        found = _COMPONENT.fullmatch(each)
        if found:
            state = words.component(found[2])
            yield Component(name=found[1], new=state, word=found[2] if state == "unknown" else "")
