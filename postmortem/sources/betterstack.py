"""Better Stack's status pages: `index.json` (JSON:API) and `feed.rss` in, events out.

Formats: https://betterstack.com/docs/uptime/status-pages/subscribing-to-status-updates/. Incidents and updates have the
same ids in both. An update tells the states of the components, not how far the work got: it is read as resolved where
every state in it is, else its status is unknown. `ends_at` is null on reports that are over, so `aggregate_state`
decides; when a report was closed is then the time of its last update.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Final
from urllib.parse import urljoin, urlsplit

import msgspec

from postmortem.model.event import Component, Event, SaidStatus
from postmortem.model.vocabulary import CLOSED_STATUSES, ComponentState
from postmortem.sources import answers, entries, fields, text, words
from postmortem.sources.adapter import Answer, NotUnderstoodError, Wanted
from postmortem.sources.entries import Entry

KIND = "betterstack"

_STATES: Final = MappingProxyType[str, ComponentState](
    {
        "operational": "operational",
        "resolved": "operational",
        "degraded": "degraded_performance",
        "downtime": "major_outage",
        "maintenance": "under_maintenance",
    }
)
_GUID: Final = re.compile(r".{0,1500}/(incidents?|maintenances?)/([A-Za-z0-9_-]{1,100})#update-([A-Za-z0-9_-]{1,100})")
_PREFIX: Final = re.compile(r"\[([A-Za-z ]{1,30})\]\s*")


def documents(url: str) -> tuple[Wanted, ...]:
    """`index.json` of the page, or the document itself where its address is given."""
    if urlsplit(url).path.endswith((".json", ".rss", "/feed")):
        return (Wanted(url),)
    return (Wanted(urljoin(url, "/index.json")),)


def recognises(content: bytes) -> bool:
    """Whether it is a page in JSON:API, or a feed whose entries are updates."""
    if b"status_page" in content and _is_page(fields.peek(content)):
        return True
    feed = entries.peek(content) if b"#update-" in content else None
    return feed is not None and any(_GUID.fullmatch(each.id) for each in feed.entries)


def parse(content: bytes, source: str, url: str) -> Answer:
    """The events in one document; a page without reports is an answer. Errors: `NotUnderstoodError`."""
    feed = entries.peek(content)
    if feed is not None:
        return answers.joined(_entry(each, source, url, at) for at, each in enumerate(feed.entries))
    data = fields.load(content)
    if not _is_page(data):
        raise NotUnderstoodError("the JSON is no status page of Better Stack (data.type is not status_page)")
    included = fields.mappings(fields.mapping(data).get("included"))
    page = _components(included)
    updates = {fields.key(each.get("id")): each for each in included if each.get("type") == "status_update"}
    reports = [each for each in included if each.get("type") == "status_report"]
    found = (_Report(source, url, page, updates).read(each, at) for at, each in enumerate(reports))
    return answers.joined(found, tuple(page.values()))


def _is_page(data: object) -> bool:
    return fields.mapping(fields.mapping(data).get("data")).get("type") == "status_page"


def _components(included: Sequence[Mapping[str, object]]) -> dict[str, Component]:
    """The page's components by id, with their section as the group."""
    sections = {
        fields.key(each.get("id")): fields.line(fields.mapping(each.get("attributes")).get("name"))
        for each in included
        if each.get("type") == "status_page_section"
    }
    found: dict[str, Component] = {}
    for each in included:
        name, said = fields.key(each.get("id")), fields.mapping(each.get("attributes"))
        if each.get("type") == "status_page_resource" and name:
            word = fields.line(said.get("status"))
            group = sections.get(fields.key(said.get("status_page_section_id")))
            shown = fields.line(said.get("public_name")) or name
            found[name] = Component(name=shown, id=name, group=group or None, new=_state(word), word=_foreign(word))
    return found


def _state(word: str) -> ComponentState | None:
    return _STATES.get(word, "unknown") if word else None


def _foreign(word: str) -> str:
    return "" if word in _STATES else word


class _Report(msgspec.Struct, frozen=True):
    """What it takes to read a report of one document."""

    source: str
    url: str
    page: dict[str, Component]
    updates: dict[str, Mapping[str, object]]

    def read(self, report: Mapping[str, object], position: int) -> Answer:
        """The events of one report."""
        name, said = fields.key(report.get("id")), fields.mapping(report.get("attributes"))
        if not name:
            return answers.without("", position, "a report without an id")
        ids = self._ids(report)
        timed = [(at, key, each) for key in ids if (at := _when(each := self._update(key))) is not None]
        timed.sort(key=lambda found: found[:2])
        starts = fields.moment(said.get("starts_at"))
        at = starts or (timed[0][0] if timed else None)
        if at is None:
            return answers.without(name, position, "no time in it can be read")
        head = self._head(name, said, at, timed[-1][0] if timed else at)
        events = [self._event(head, *each) for each in timed]
        lost = len(ids) - len(timed)
        return Answer(
            events=tuple(events) or (msgspec.structs.replace(head, update=next(answers.keys([(at, "")]))),),
            skipped=(f"{name}: {lost} of its updates missing or without a time",) if lost else (),
        )

    def _ids(self, report: Mapping[str, object]) -> list[str]:
        related = fields.mapping(fields.mapping(report.get("relationships")).get("status_updates")).get("data")
        return list(dict.fromkeys(key for each in fields.mappings(related) if (key := fields.key(each.get("id")))))

    def _update(self, key: str) -> Mapping[str, object]:
        return fields.mapping(fields.mapping(self.updates.get(key)).get("attributes"))

    def _head(self, name: str, said: Mapping[str, object], at: datetime, newest: datetime) -> Event:
        word, ends = fields.line(said.get("aggregate_state")), fields.moment(said.get("ends_at"))
        planned = fields.line(said.get("report_type")) == "maintenance"
        over = words.status(word) in CLOSED_STATUSES
        return Event(
            source=self.source,
            incident=name,
            update="",
            at=at,
            kind="maintenance" if planned else "incident",
            title=fields.line(said.get("title")),
            url=fields.link(f"/incidents/{name}", self.url),
            status=words.status(word),
            status_word=word,
            listed=self._affected(said),
            opened=None if planned else fields.moment(said.get("starts_at")),
            closed=(None if planned else ends) or (newest if over else None),
            scheduled_start=at if planned else None,
            scheduled_end=ends if planned else None,
        )

    def _event(self, head: Event, at: datetime, key: str, said: Mapping[str, object]) -> Event:
        states = {fields.line(each.get("status")) for each in fields.mappings(said.get("affected_resources"))}
        status: SaidStatus = "resolved" if states == {"resolved"} else "unknown"
        return msgspec.structs.replace(
            head,
            update=key,
            at=at,
            status=status,
            status_word=" ".join(sorted(states)),
            text=fields.prose(said.get("message")),
            components=self._affected(said),
        )

    def _affected(self, said: Mapping[str, object]) -> tuple[Component, ...]:
        found = []
        for each in fields.mappings(said.get("affected_resources")):
            name, word = fields.key(each.get("status_page_resource_id")), fields.line(each.get("status"))
            if name:
                known = self.page.get(name, Component(name=name, id=name))
                found.append(msgspec.structs.replace(known, new=_state(word), word=_foreign(word)))
        return tuple(found)


def _when(said: Mapping[str, object]) -> datetime | None:
    return fields.moment(said.get("published_at"), said.get("created_at"))


def _entry(said: Entry, source: str, url: str, position: int) -> Answer:
    """One update. A title may begin with the status in brackets."""
    ids = _GUID.fullmatch(said.id)
    at = said.published or said.updated
    name = ids[2] if ids else fields.tail(fields.link(said.link, url))
    if not name or at is None:
        return answers.without(name or said.id, position, "no time can be read" if name else "an entry without an id")
    prefix = _PREFIX.match(said.title)
    word = prefix[1] if prefix else ""
    status = words.status(word)
    known = status != "unknown"
    event = Event(
        source=source,
        incident=name,
        update=ids[3] if ids else next(answers.keys([(at, word)])),
        at=at,
        kind="maintenance" if ids and ids[1].startswith("maintenance") else "incident",
        title=said.title[prefix.end() :] if prefix and known else said.title,
        url=fields.link(said.link, url),
        status=status,
        status_word=word,
        text=text.plain(said.content),
        closed=at if status in CLOSED_STATUSES else None,
    )
    return Answer(events=(event,))
