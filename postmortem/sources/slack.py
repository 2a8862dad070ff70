"""Slack's status API: `/current` and `/history` in, events out.

Format: https://api.slack.com/docs/slack-status. Notes have neither id nor status: the key is a digest of the time
alone, and only the newest note takes the word that the incident has now. `active` is no word of ours and stays
unknown, also where a note says that all is well again.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from urllib.parse import urljoin, urlsplit

import msgspec

from postmortem.model.event import Component, Event
from postmortem.model.vocabulary import CLOSED_STATUSES
from postmortem.sources import answers, fields, words
from postmortem.sources.adapter import Answer, NotUnderstoodError, Wanted

KIND = "slack"

_SCHEDULED: Final = frozenset({"scheduled", "completed", "cancelled", "in_progress", "verifying"})


def documents(url: str) -> tuple[Wanted, ...]:
    """What is open now, and what was; the history alone would do, but it lags behind."""
    if "/api/" in urlsplit(url).path:
        return (Wanted(url),)
    return Wanted(urljoin(url, "/api/v2.0.0/current")), Wanted(urljoin(url, "/api/v2.0.0/history"), needed=False)


def recognises(content: bytes) -> bool:
    """Whether it is the current state, or a list of incidents with notes."""
    if b'"active_incidents"' not in content and b'"notes"' not in content:
        return False
    data = fields.peek(content)
    return _is_current(data) or any("notes" in each and "services" in each for each in fields.mappings(data))


def parse(content: bytes, source: str, url: str) -> Answer:
    """The events in one document; no incident at all is an answer. Errors: `NotUnderstoodError`."""
    data = fields.load(content)
    if _is_current(data):
        data = fields.mapping(data)["active_incidents"]
    if not isinstance(data, list):
        raise NotUnderstoodError("the JSON has no list of incidents (active_incidents), which Slack's always has")
    return answers.joined(_incident(fields.mapping(each), source, url, at) for at, each in enumerate(data))


def _is_current(data: object) -> bool:
    return isinstance(fields.mapping(data).get("active_incidents"), list)


def _incident(said: Mapping[str, object], source: str, url: str, position: int) -> Answer:
    name = fields.key(said.get("id")) or fields.tail(fields.link(said.get("url"), url))
    if not name:
        return answers.without("", position, "an incident without an id")
    notes = fields.mappings(said.get("notes"))
    timed = [(at, fields.prose(each.get("body"))) for each in notes if (at := fields.moment(each.get("date_created")))]
    opened = fields.moment(said.get("date_created")) or min((at for at, _ in timed), default=None)
    if opened is None:
        return answers.without(name, position, "no time in it can be read")
    head = msgspec.structs.replace(_head(said, url, opened), source=source, incident=name)
    lost = len(notes) - len(timed)
    return Answer(
        events=_events(head, sorted(timed) or [(opened, "")]),
        skipped=(f"{name}: {lost} of its notes without a time",) if lost else (),
    )


def _head(said: Mapping[str, object], url: str, opened: datetime) -> Event:
    word, sort = fields.line(said.get("status")), fields.line(said.get("type"))
    status = words.status(word)
    services = [fields.line(each) for each in fields.members(said.get("services"))]
    return Event(
        source="",
        incident="",
        update="",
        at=opened,
        kind="maintenance" if sort.lower() == "maintenance" or status in _SCHEDULED else "incident",
        title=fields.line(said.get("title")),
        url=fields.link(said.get("url"), url),
        status=status,
        status_word=word,
        impact=words.impact(sort),
        impact_word=sort,
        listed=tuple(Component(name=each) for each in services if each),
        opened=opened,
        modified=fields.moment(said.get("date_updated")),
    )


def _events(head: Event, timed: list[tuple[datetime, str]]) -> tuple[Event, ...]:
    """Each note, the oldest first; the last carries what the incident is said to be now."""
    closed = (head.modified or timed[-1][0]) if head.status in CLOSED_STATUSES else None
    made = answers.keys((at, "") for at, _ in timed)
    events = [
        msgspec.structs.replace(head, update=key, at=at, text=body, closed=closed, status="unknown", status_word="")
        for key, (at, body) in zip(made, timed, strict=True)
    ]
    events[-1] = msgspec.structs.replace(events[-1], status=head.status, status_word=head.status_word)
    return tuple(events)
