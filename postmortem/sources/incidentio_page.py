"""The API behind incident.io's pages (`/proxy/<host>`): observed, never promised. One decoded answer in, the updates of
open incidents and maintenances out, with texts that the compatibility API leaves empty.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

import msgspec

from postmortem.model.event import Component, Event
from postmortem.sources import answers, api_v2, fields, rich_text, words
from postmortem.sources.adapter import Answer, digest

Fields = Mapping[str, object]

_LISTS: Final = ("ongoing_incidents", "scheduled_maintenances", "in_progress_maintenances", "incidents")
_STARTS: Final = ("scheduled_start_at", "starts_at", "started_at")
_ENDS: Final = ("scheduled_end_at", "ends_at")


class _Page(msgspec.Struct, frozen=True, kw_only=True):
    source: str
    url: str
    names: dict[str, Component]


def recognises(found: Fields) -> bool:
    """Whether the value has the shape of this API."""
    summary = fields.mapping(found.get("summary"))
    return any(isinstance(summary.get(key), list) for key in (*_LISTS, "components"))


def understand(found: Fields, source: str, url: str) -> Answer:
    """The updates of all incidents and maintenances in it, and the page's components."""
    summary = fields.mapping(found.get("summary"))
    groups = _groups(summary)
    names = {
        each.id: msgspec.structs.replace(each, group=groups.get(each.id))
        for each in api_v2.components(summary.get("components"), {})
        if each.id
    }
    page = _Page(source=source, url=fields.link(summary.get("public_url"), url), names=names)
    every = (
        api_v2.accounted(each, _incident(each, page, planned="maintenances" in key), position)
        for key in _LISTS
        for position, each in enumerate(map(fields.mapping, fields.members(summary.get(key))))
    )
    states = dict(_states(summary.get("affected_components"), page))
    listed = tuple(states.get(key, each) for key, each in names.items())
    return answers.joined(every, listed)


def _incident(found: Fields, page: _Page, *, planned: bool) -> Iterator[Event]:
    timed = sorted(
        _timed(found.get("updates")),
        key=lambda pair: (pair[0], *(fields.line(pair[1].get(key)) for key in ("to_status", "message_string", "id"))),
    )
    incident, word = fields.key(found.get("id")), fields.line(found.get("status"))
    starts = [fields.moment(*(found.get(key) for key in _STARTS)), *_moments(found, "start_at")]
    ends = [fields.moment(*(found.get(key) for key in _ENDS)), *_moments(found, "end_at")]
    opened = fields.moment(found.get("published_at")) or (timed[0][0] if timed else None)
    at = opened or next((each for each in starts if each), None)
    if not incident or at is None:
        return
    planned = planned or found.get("type") == "maintenance"
    head = Event(
        source=page.source,
        incident=incident,
        update=digest(at, word),
        at=at,
        kind="maintenance" if planned else "incident",
        title=fields.line(found.get("name")),
        url=fields.link(f"{page.url.rstrip('/')}/incidents/{incident}", ""),
        status=words.status(word),
        status_word=word,
        listed=tuple(each for _, each in _states(found.get("affected_components"), page)),
        opened=opened,
        scheduled_start=next((each for each in starts if each), None) if planned else None,
        scheduled_end=next((each for each in ends if each), None) if planned else None,
    )
    if not timed:
        yield head
    for key, said, moment, update in api_v2.keyed(timed, "to_status"):
        yield msgspec.structs.replace(
            head,
            update=key,
            at=moment,
            status=words.status(said),
            status_word=said,
            components=tuple(each for _, each in _states(update.get("component_statuses"), page)),
            text=rich_text.plain(update.get("message")) or fields.prose(update.get("message_string")),
        )


def _timed(updates: object) -> Iterator[tuple[datetime, Fields]]:
    for each in fields.mappings(updates):
        at = fields.moment(each.get("published_at"))
        if at is not None:
            yield at, each


def _moments(found: Fields, key: str) -> list[datetime]:
    """When the components are said to be affected, which for a maintenance is its plan, earliest or latest first."""
    said = (fields.moment(each.get(key)) for each in fields.mappings(found.get("component_impacts")))
    return sorted((each for each in said if each), reverse=key == "end_at")


def _states(values: object, page: _Page) -> Iterator[tuple[str, Component]]:
    """Components by id with the states given; one that the page does not list is known by its id alone."""
    for each in fields.mappings(values):
        key = fields.key(each.get("component_id"))
        state, word = api_v2.said(each.get("current_status") or each.get("status"))
        if key:
            known = page.names.get(key, Component(name=key, id=key))
            yield key, msgspec.structs.replace(known, new=state, word=word)


def _groups(summary: Fields) -> dict[str, str]:
    """The name of the group that a component stands in, by the component's id."""
    found: dict[str, str] = {}
    for item in fields.mappings(fields.mapping(summary.get("structure")).get("items")):
        group = fields.mapping(item.get("group"))
        for each in fields.mappings(group.get("components")):
            found[fields.key(each.get("component_id"))] = fields.line(group.get("name"))
    return found
