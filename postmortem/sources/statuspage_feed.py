"""The history feeds of Statuspage (`history.atom`, `history.rss`), and those of Instatus, which imitate them, in;
events out.

An entry is an incident with all its updates in it. The key is the code in its link, which is its id in the API as
well; updates have no ids here and take a digest of time and label. `published` is the time of the newest update with
Statuspage, of the start with Instatus. No impact is told, and components by Instatus alone. `Update` is what
Statuspage prints where the status stays as it was, so it is read as the one before.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import urljoin, urlsplit

import msgspec

from postmortem.model.event import Component, Event, SaidStatus
from postmortem.model.vocabulary import CLOSED_STATUSES
from postmortem.sources import answers, entries, entry_updates, fields, text, words
from postmortem.sources.adapter import Answer, Wanted
from postmortem.sources.entries import Entry, Feed
from postmortem.sources.entry_updates import Content, Said

KIND = "statuspage-feed"

_ID: Final = re.compile(r"tag:[^,]{0,200},2005:(Incident|Maintenance)/([A-Za-z0-9_-]{1,100})")
_FEED_ID: Final = re.compile(r"tag:[^,]{0,200},2005:/?history")
_SAME: Final = "update"
_MAINTENANCE: Final = frozenset({"scheduled", "in_progress", "verifying", "completed"})


def documents(url: str) -> tuple[Wanted, ...]:
    """`history.atom` at the root of the page, or the feed itself where its address is given."""
    if urlsplit(url).path.endswith((".atom", ".rss", ".xml")):
        return (Wanted(url),)
    return (Wanted(urljoin(url, "/history.atom")),)


def recognises(content: bytes) -> bool:
    """Whether the ids, or the description of the RSS, are those of Statuspage, or the updates are printed as there."""
    if not any(mark in content for mark in (b",2005:", b"Statuspage", b"data-var")):
        return False
    feed = entries.peek(content)
    return feed is not None and _is_ours(feed)


def parse(content: bytes, source: str, url: str) -> Answer:
    """The events in one document; a feed without entries is an answer. Errors: `NotUnderstoodError`."""
    feed = entries.read(content)
    return answers.joined(_entry(each, source, url, at) for at, each in enumerate(feed.entries))


def _is_ours(feed: Feed) -> bool:
    if _FEED_ID.match(feed.id) or feed.description == "Statuspage":
        return True
    return any(
        _ID.match(each.id) or ("data-var=" in each.content and "<small" in each.content) for each in feed.entries
    )


def _entry(said: Entry, source: str, url: str, position: int) -> Answer:
    ids = _ID.match(said.id)
    link = fields.link(said.link, url) or (fields.link(said.id, url) if "://" in said.id else "")
    name = fields.tail(link) if urlsplit(link).path.strip("/") else (ids[2] if ids else "")
    near = said.published or said.updated
    if not name or near is None:
        return answers.without(name or said.id, position, "no time can be read" if name else "an entry without an id")
    content = entry_updates.read(said.content, near)
    updates = content.said or (Said(said.updated or near, "", text.plain(said.content)),)
    statuses = _statuses(updates)
    head = Event(
        source=source,
        incident=name,
        update="",
        at=near,
        kind="maintenance" if _is_planned(said, content, statuses) else "incident",
        title=said.title,
        url=link,
        listed=_components(content),
        opened=updates[0].at,
        scheduled_start=content.start,
        scheduled_end=said.ends or content.end,
        modified=said.updated,
    )
    return Answer(
        events=tuple(_events(head, updates, statuses)),
        skipped=(f"{name}: {content.lost} of its updates without a time that can be read",) if content.lost else (),
    )


def _events(head: Event, updates: Sequence[Said], statuses: Sequence[SaidStatus]) -> Iterator[Event]:
    """Closed is when the last run of updates that say so began: a note added later does not move it."""
    closed = None
    for each, status in zip(updates, statuses, strict=True):
        if status in CLOSED_STATUSES:
            closed = closed or each.at
        elif status not in {"postmortem", "unknown"}:
            closed = None
    made = answers.keys((each.at, each.label.lower()) for each in updates)
    for key, each, status in zip(made, updates, statuses, strict=True):
        yield msgspec.structs.replace(
            head, update=key, at=each.at, status=status, status_word=each.label, text=each.text, closed=closed
        )


def _statuses(updates: Sequence[Said]) -> list[SaidStatus]:
    found: list[SaidStatus] = []
    before: SaidStatus = "unknown"
    for each in updates:
        status = before if each.label.lower() == _SAME else words.status(each.label)
        found.append(status)
        before = before if status == "postmortem" else status
    return found


def _is_planned(said: Entry, content: Content, statuses: Sequence[SaidStatus]) -> bool:
    ids = _ID.match(said.id)
    named = bool(ids and ids[1] == "Maintenance") or content.fields.get("type", "").lower() == "maintenance"
    return named or bool(said.ends or content.start) or not _MAINTENANCE.isdisjoint(statuses)


def _components(content: Content) -> tuple[Component, ...]:
    names = content.fields.get("affected components", "").split(",")
    return tuple(Component(name=name) for each in names if (name := each.strip()))
