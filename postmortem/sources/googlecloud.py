"""Google Cloud and Google Workspace: `incidents.json`, and the Atom feed beside it, in; events out.

Formats: https://status.cloud.google.com/incidents.schema.json and https://status.cloud.google.com/en/feed.atom. The
updates in the JSON have no ids and take a digest of their time; those in the Atom feed have, so a source reads one of
the two, never both. An update's word names how bad it is, not how far it got, so its status is unknown, except that
`AVAILABLE` is read as resolved once the incident has an `end`. `begin` and `end` are when the impact was, not when the
page said so: an incident was opened when it was created, and closed when it was first said to be over; `end` stands in
where only the report says so.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final
from urllib.parse import urljoin, urlsplit

import msgspec

from postmortem.model.event import Component, Event, SaidImpact, SaidStatus
from postmortem.sources import answers, entries, fields, text
from postmortem.sources.adapter import Answer, NotUnderstoodError, Wanted
from postmortem.sources.entries import Entry, Feed

KIND = "googlecloud"

_MARKS: Final = ("status_impact", "external_desc", "service_key", "most_recent_update")
_IMPACTS: Final = MappingProxyType[str, SaidImpact](
    {"SERVICE_INFORMATION": "minor", "SERVICE_DISRUPTION": "major", "SERVICE_OUTAGE": "critical"}
)
"""The mildest, the middle, the worst of the vendor's three; its `severity` says low, medium, high with them."""

_TAG: Final = re.compile(r"tag:[^,]{1,200},[0-9]{4}:feed:([A-Za-z0-9_-]{1,100})(?:\.([A-Za-z0-9_-]{1,100}))?")
_PREFIX: Final = re.compile(r"(RESOLVED|UPDATE|INVESTIGATING|MONITORING|IDENTIFIED)\s*:\s*", re.IGNORECASE)
_HEADING: Final = re.compile(r"\s*(?:\*\*|#+ )?(?:Title|Summary):?(?:\*\*)?:?\s*", re.IGNORECASE)
_REPORT: Final = re.compile(r"[\s*#\\]*(?:mini |preliminary |full )?incident report\b", re.IGNORECASE)


def documents(url: str) -> tuple[Wanted, ...]:
    """The list of incidents: of the dashboard of Workspace where the address is there, else at the root of the host."""
    if urlsplit(url).path.endswith((".json", ".atom")):
        return (Wanted(url),)
    root, found, _ = url.partition("/appsstatus/dashboard")
    return (Wanted(f"{root}/appsstatus/dashboard/incidents.json" if found else urljoin(url, "/incidents.json")),)


def recognises(content: bytes) -> bool:
    """Whether it is a list of incidents as Google writes them, or the Atom feed of their updates."""
    if any(mark.encode() in content for mark in _MARKS):
        return any(sum(mark in each for mark in _MARKS) > 1 for each in fields.mappings(fields.peek(content)))
    feed = entries.peek(content) if b":feed:" in content or b"Service Health Updates" in content else None
    return feed is not None and _is_ours(feed)


def parse(content: bytes, source: str, url: str) -> Answer:
    """The events in one document; a list without incidents is an answer. Errors: `NotUnderstoodError`."""
    feed = entries.peek(content)
    if feed is not None:
        return answers.joined(_entry(each, source, url, at) for at, each in enumerate(feed.entries))
    data = fields.load(content)
    if not isinstance(data, list):
        raise NotUnderstoodError("the JSON is no list of incidents; the address should end with incidents.json")
    base = documents(url)[0].url
    return answers.joined(_incident(fields.mapping(each), source, base, at) for at, each in enumerate(data))


def _is_ours(feed: Feed) -> bool:
    if any(_TAG.fullmatch(each.id) for each in feed.entries):
        return True
    return feed.title.endswith("Service Health Updates") or "://status.cloud.google.com" in feed.id


def _incident(said: Mapping[str, object], source: str, url: str, position: int) -> Answer:
    name = fields.key(said.get("id")) or fields.key(said.get("number"))
    if not name:
        return answers.without("", position, "an incident without an id")
    updates = fields.mappings(said.get("updates")) or fields.mappings([said.get("most_recent_update")])
    timed = [(at, each) for each in updates if (at := _when(each)) is not None]
    timed.sort(key=lambda pair: pair[0])
    opened = fields.moment(said.get("created")) or (timed[0][0] if timed else fields.moment(said.get("begin")))
    if opened is None:
        return answers.without(name, position, "no time in it can be read")
    head = msgspec.structs.replace(_head(said, url, opened), source=source, incident=name)
    made = tuple(answers.keys((at, fields.line(each.get("status"))) for at, each in timed))
    events = [_update(head, key, at, each) for key, (at, each) in zip(made, timed, strict=True)]
    over = None
    for each in events:
        over = (over or each.at) if each.status == "resolved" else over if each.status == "postmortem" else None
    if over is not None:
        events = [msgspec.structs.replace(each, closed=over) for each in events]
    lost = len(updates) - len(timed)
    return Answer(
        events=tuple(events) or (msgspec.structs.replace(head, update=next(answers.keys([(opened, "")]))),),
        skipped=(f"{name}: {lost} of its updates without a time",) if lost else (),
    )


def _head(said: Mapping[str, object], url: str, opened: datetime) -> Event:
    word = fields.line(said.get("status_impact"))
    return Event(
        source="",
        incident="",
        update="",
        at=opened,
        title=_title(said),
        url=fields.link(said.get("uri"), url),
        impact=_IMPACTS.get(word, "unknown"),
        impact_word=word or fields.line(said.get("severity")),
        listed=_products(said),
        opened=opened,
        closed=fields.moment(said.get("end")),
        modified=fields.moment(said.get("modified")),
    )


def _update(head: Event, key: str, at: datetime, said: Mapping[str, object]) -> Event:
    word, body = fields.line(said.get("status")), fields.prose(said.get("text"))
    status: SaidStatus = "resolved" if word == "AVAILABLE" and head.closed else "unknown"
    return msgspec.structs.replace(
        head,
        update=key,
        at=at,
        status="postmortem" if _REPORT.match(body) else status,
        status_word=word,
        text=body,
        edited=fields.moment(said.get("modified")),
    )


def _when(said: Mapping[str, object]) -> datetime | None:
    return fields.moment(said.get("when"), said.get("created"), said.get("modified"))


def _title(said: Mapping[str, object]) -> str:
    """The first line of the description, which Workspace writes as Markdown with a heading; else the service's name."""
    body = _HEADING.sub("", fields.prose(said.get("external_desc")), count=1)
    first = next((each for each in body.splitlines() if each.strip(" *#")), "")
    return text.line(first.replace("**", "")) or fields.line(said.get("service_name"))


def _products(said: Mapping[str, object]) -> tuple[Component, ...]:
    named = [
        Component(name=name, id=fields.key(each.get("id")) or None)
        for each in fields.mappings(said.get("affected_products"))
        if (name := fields.line(each.get("current_title")) or fields.line(each.get("title")))
    ]
    service = fields.line(said.get("service_name"))
    if not named and service and service != "Multiple Products":
        named = [Component(name=service, id=fields.key(said.get("service_key")) or None)]
    return tuple(named)


def _entry(said: Entry, source: str, url: str, position: int) -> Answer:
    """One update, whose id names the incident and, after a dot, the update."""
    ids = _TAG.fullmatch(said.id)
    name = ids[1] if ids else fields.tail(said.link)
    at = said.updated or said.published
    if not name or at is None:
        return answers.without(name or said.id, position, "no time can be read" if name else "an entry without an id")
    prefix = _PREFIX.match(said.title)
    word = prefix[1] if prefix else ""
    event = Event(
        source=source,
        incident=name,
        update=(ids[2] if ids else None) or next(answers.keys([(at, word)])),
        at=at,
        title=said.title[prefix.end() :] if prefix else said.title,
        url=fields.link(said.link, url),
        status="resolved" if word.upper() == "RESOLVED" else "unknown",
        status_word=word,
        text=text.plain(said.content),
        closed=at if word.upper() == "RESOLVED" else None,
    )
    return Answer(events=(event,))
