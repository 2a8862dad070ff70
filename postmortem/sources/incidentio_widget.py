"""incident.io's widget API (`/api/v1/summary`): one decoded answer in, the latest update of what is open or planned
out. It tells no history, and no id of an update.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from postmortem.model.event import Component, Event
from postmortem.sources import answers, api_v2, fields, words
from postmortem.sources.adapter import Answer, digest

_LISTS: Final = ("ongoing_incidents", "in_progress_maintenances", "scheduled_maintenances")


def recognises(found: Mapping[str, object]) -> bool:
    """Whether the value has the widget's shape."""
    return "page_title" in found and any(isinstance(found.get(key), list) for key in _LISTS)


def understand(found: Mapping[str, object], source: str, url: str) -> Answer:
    """An event for each incident and maintenance in it."""
    page = fields.link(found.get("page_url"), url)
    return answers.joined(
        api_v2.accounted(each, _events(each, source, page, planned=key != _LISTS[0]), position)
        for key in _LISTS
        for position, each in enumerate(map(fields.mapping, fields.members(found.get(key))))
    )


def _events(found: Mapping[str, object], source: str, page: str, *, planned: bool) -> Iterator[Event]:
    incident, word = fields.key(found.get("id")), fields.line(found.get("status"))
    start = fields.moment(found.get("starts_at"), found.get("started_at"))
    at = fields.moment(found.get("last_update_at")) or start
    if not incident or at is None:
        return
    impact = fields.line(found.get("current_worst_impact"))
    yield Event(
        source=source,
        incident=incident,
        update=digest(at, word),
        at=at,
        kind="maintenance" if planned else "incident",
        title=fields.line(found.get("name")),
        url=fields.link(found.get("url"), page),
        status=words.status(word),
        status_word=word,
        impact=words.impact(impact),
        impact_word=impact,
        listed=tuple(_components(found.get("affected_components"))),
        text=fields.prose(found.get("last_update_message")),
        scheduled_start=start if planned else None,
        scheduled_end=fields.moment(found.get("ends_at"), found.get("scheduled_end_at")) if planned else None,
    )


def _components(values: object) -> Iterator[Component]:
    for each in fields.mappings(values):
        name, (state, word) = fields.line(each.get("name")), api_v2.said(each.get("current_status"))
        if name:
            group = fields.line(each.get("group_name")) or None
            yield Component(name=name, id=fields.key(each.get("id")) or None, group=group, new=state, word=word)
