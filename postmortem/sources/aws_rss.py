"""The RSS of AWS's dashboard: a feed in, events out. It is a part of the adapter `aws`.

An entry is one update, its guid `…#<service>_<seconds>`, and nothing says which incident it belongs to: updates of one
service with one title, none more than a day after the last, are taken for one incident, under the guid of the first.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

import msgspec

from postmortem.model.event import Component, Event, SaidImpact, SaidStatus
from postmortem.sources import answers, fields, text
from postmortem.sources.adapter import Answer
from postmortem.sources.entries import Entry, Feed

_GUID: Final = re.compile(r"[^#]{0,300}#([A-Za-z0-9_.-]{1,150})_([0-9]{9,11})")
_RESOLVED: Final = re.compile(r"\[\s*resolved\s*\]|\bresolved\s*:|service is operating normally", re.IGNORECASE)
_PREFIX: Final = re.compile(
    r"(?:\[\s*resolved\s*\]|(?:resolved|service is operating normally|informational message|performance issues?|"
    r"service (?:degradation|disruption|impact))\s*:)\s*",
    re.IGNORECASE,
)
_IMPACTS: Final = MappingProxyType[str, SaidImpact](
    {"performance issues": "minor", "service degradation": "minor", "service disruption": "major"}
)
_SAME: Final = timedelta(days=1)


class _Update(msgspec.Struct, frozen=True):
    at: datetime
    service: str
    guid: str
    title: str
    prefix: str
    entry: Entry


def is_ours(feed: Feed) -> bool:
    """Whether the generator or the guids say that it is AWS's."""
    if "AWS" in feed.generator or feed.title.startswith("Amazon Web Services"):
        return True
    return any("aws.amazon.com" in each.id and _GUID.fullmatch(each.id) for each in feed.entries)


def read(feed: Feed, source: str, url: str) -> Answer:
    """The events of a feed; an empty channel says that all is well."""
    updates, skipped = [], []
    for position, entry in enumerate(feed.entries):
        made = _update(entry)
        if made is None:
            skipped.append(answers.without(entry.id or entry.title, position, "no time can be read"))
        else:
            updates.append(made)
    updates.sort(key=lambda each: (each.at, each.guid))
    found = [Answer(events=tuple(_events(each, source, url))) for each in _incidents(updates)]
    return answers.joined([*found, *skipped])


def _update(entry: Entry) -> _Update | None:
    ids = _GUID.fullmatch(entry.id)
    at = entry.published or entry.updated or (fields.seconds(ids[2]) if ids else None)
    if at is None:
        return None
    start, prefix = 0, ""
    while (found := _PREFIX.match(entry.title, start)) is not None:
        start, prefix = found.end(), prefix or found[0].rstrip(" :")
    title = entry.title[start:]
    guid = entry.id.rpartition("#")[2] or text.line(f"{entry.title} {at.isoformat()}")
    return _Update(at, ids[1] if ids else "", guid[:200], title or entry.title, prefix, entry)


def _incidents(updates: list[_Update]) -> list[list[_Update]]:
    found: list[list[_Update]] = []
    newest: dict[tuple[str, str], list[_Update]] = {}
    for each in updates:
        same = newest.get((each.service, each.title.lower()))
        if same is None or each.at - same[-1].at > _SAME:
            newest[each.service, each.title.lower()] = same = []
            found.append(same)
        same.append(each)
    return found


def _events(updates: list[_Update], source: str, url: str) -> Iterator[Event]:
    last = updates[-1]
    over = _RESOLVED.search(last.entry.title) is not None
    listed = (Component(name=last.service, id=last.service),) if last.service else ()
    for each in updates:
        ends = _RESOLVED.search(each.entry.title) is not None
        status: SaidStatus = "resolved" if ends else "unknown"
        yield Event(
            source=source,
            incident=updates[0].guid,
            update=each.guid,
            at=each.at,
            title=last.title,
            url=fields.link(each.entry.link, url),
            status=status,
            status_word=each.prefix,
            impact=_IMPACTS.get(each.prefix.lower(), "unknown"),
            impact_word=each.prefix,
            listed=listed,
            text=text.plain(each.entry.content),
            opened=updates[0].at,
            closed=last.at if over else None,
        )
