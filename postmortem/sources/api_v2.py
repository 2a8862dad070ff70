"""The API v2 that Statuspage made and others imitate: one decoded document in, what it says out. Field names are those
of <https://metastatuspage.com/api>; it knows no HTTP, and not which vendor answered.

Any key may be missing, null or of another type. An update that cannot be read costs itself, never its incident.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Final

import msgspec

from postmortem.model.event import Component, Event, SaidStatus
from postmortem.model.vocabulary import ComponentState
from postmortem.sources import answers, fields, words
from postmortem.sources.adapter import Answer, NotUnderstoodError, digest

Fields = Mapping[str, object]
_Said = tuple[ComponentState | None, str]

LISTS: Final = ("incidents", "scheduled_maintenances", "components")
"""The keys of a document under which there are things, of which any may be missing."""

_PLANNED: Final = frozenset[SaidStatus]({"scheduled", "in_progress", "verifying", "completed", "cancelled"})
_TIMES: Final = ("created_at", "started_at", "scheduled_for", "updated_at")
_TIES: Final = ("status", "body", "id")
_NEXT: Final = "see in a browser what the address answers with"
_SHORT: Final = 100


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where something stands: the source it is for, the page's address, and what the page calls its components."""

    source: str
    page: str = ""
    names: Mapping[str, str] = {}


def is_incident(value: object) -> bool:
    """Whether it looks like one incident or maintenance."""
    return (
        isinstance(value, dict)
        and "id" in value
        and ("incident_updates" in value or {"name", "status"} <= value.keys())
    )


def has_place(found: Fields) -> bool:
    """Whether the document has a place for things: an answer with nothing in it is whole, and known by its page."""
    lists = [found[key] for key in LISTS if isinstance(found.get(key), list)]
    return bool((found.get("page") and lists) or any(lists)) or "indicator" in fields.mapping(found.get("status"))


def understand(document: object, source: str, url: str, *, sparse: bool = False) -> Answer:
    """What one document says: a whole answer of the API, one incident, or a list of incidents. A vendor is `sparse`
    who leaves out the key of an empty list.

    Errors: `NotUnderstoodError`. "No incidents" is only said of a document that has a place for them.
    """
    if isinstance(document, list):
        if document and not any(map(is_incident, document)):
            raise NotUnderstoodError(f"the answer is a list, but not of incidents; {_NEXT}")
        return _answer({"incidents": document}, Place(source=source, page=_root(url)))
    found = fields.mapping(document)
    if is_incident(found) and "page" not in found:
        return _answer({"incidents": [found]}, Place(source=source, page=_root(url)))
    page = fields.mapping(found.get("page"))
    if is_incident(found.get("incident")):
        found = {"incidents": [found["incident"]]}
    wrong = [key for key in LISTS if not isinstance(found.get(key, []), list | None)]
    if wrong or not (has_place(found) or (sparse and page)):
        why = f"`{wrong[0]}` is no list" if wrong else "it has no incidents, maintenances, components or status"
        raise NotUnderstoodError(f"the answer is not of the shape of API v2 ({why}); {_NEXT}")
    names = {
        fields.key(each.get("id")): fields.line(each.get("name")) for each in fields.mappings(found.get("components"))
    }
    return _answer(found, Place(source=source, page=fields.link(page.get("url"), "") or _root(url), names=names))


def components(values: object, names: Mapping[str, str]) -> Iterator[Component]:
    """The components in a list of them, with the state they are in now; groups are no components."""
    for each in fields.mappings(values):
        name = fields.line(each.get("name"))
        if name and each.get("group") is not True:
            state, word = said(each.get("status"))
            group = names.get(fields.key(each.get("group_id"))) or None
            yield Component(name=name, id=fields.key(each.get("id")) or None, group=group, new=state, word=word)


def said(value: object) -> _Said:
    """Our word for a component's state, and the vendor's where it is none of ours; None where nothing was said."""
    return (_said if isinstance(value, str) and len(value) <= _SHORT else _said.__wrapped__)(value)


@lru_cache(maxsize=1024)
def _said(value: object) -> _Said:
    """The same; an answer says the same few words of thousands of components."""
    word = fields.line(value)
    state = words.component(word) if word else None
    return state, word if state == "unknown" else ""


def accounted(found: Fields, events: Iterable[Event], position: int) -> Answer:
    """What was said of one incident, or the line that says why nothing was."""
    told = tuple(events)
    if told:
        return Answer(events=told)
    incident = fields.key(found.get("id"))
    return answers.without(incident, position, "no time can be read in it" if incident else "it has no id")


def keyed(timed: list[tuple[datetime, Fields]], status: str) -> Iterator[tuple[str, str, datetime, Fields]]:
    """Updates, oldest first, with a key (the vendor's, else one of ours) and the word under `status` in each."""
    read = [(fields.key(each.get("id")), fields.line(each.get(status)), at, each) for at, each in timed]
    made = answers.keys((at, word) for key, word, at, _ in read if not key)
    yield from ((key or next(made), word, at, each) for key, word, at, each in read)


def _answer(found: Fields, place: Place) -> Answer:
    every = (
        accounted(each, _incident(each, place, planned=key == LISTS[1]), position)
        for key in LISTS[:2]
        for position, each in enumerate(map(fields.mapping, fields.members(found.get(key))))
    )
    return answers.joined(every, tuple(components(found.get("components"), place.names)))


def _incident(found: Fields, place: Place, *, planned: bool) -> Iterator[Event]:
    """An event for each update; one for the incident itself where no update can be read, so that it is not lost."""
    updates = [*fields.mappings(found.get("incident_updates")), *_postmortem(found)]
    timed = _in_order(list(_timed(updates)))
    incident = fields.key(found.get("id"))
    at = fields.moment(*map(found.get, _TIMES)) or (timed[0][0] if timed else None)
    if not incident or at is None:
        return
    listed = tuple(components(found.get("components"), place.names))
    names = {**place.names, **{each.id: each.name for each in listed if each.id}}
    head = _head(found, place, at, planned=planned or _is_planned([found, *updates]))
    head = msgspec.structs.replace(head, incident=incident, url=_link(found, incident, place), listed=listed)
    if not timed:
        yield msgspec.structs.replace(head, update=digest(at, head.status_word))
    for key, word, moment, update in keyed(timed, "status"):
        yield msgspec.structs.replace(
            head,
            update=key,
            at=moment,
            status=words.status(word),
            status_word=word,
            components=tuple(_affected(update.get("affected_components"), names)),
            text=fields.prose(update.get("body")),
            posted=fields.moment(update.get("created_at")),
            edited=fields.moment(update.get("updated_at")),
        )


def _head(found: Fields, place: Place, at: datetime, *, planned: bool) -> Event:
    """What holds for the incident as a whole, as an event that lacks its id and its update's."""
    impact, word = fields.line(found.get("impact")), fields.line(found.get("status"))
    return Event(
        source=place.source,
        incident="",
        update="",
        at=at,
        kind="maintenance" if planned else "incident",
        title=fields.line(found.get("name")),
        status=words.status(word),
        status_word=word,
        impact=words.impact(impact),
        impact_word=impact,
        opened=fields.moment(found.get("started_at"), found.get("created_at")),
        closed=fields.moment(found.get("resolved_at")),
        scheduled_start=fields.moment(found.get("scheduled_for")),
        scheduled_end=fields.moment(found.get("scheduled_until")),
        modified=fields.moment(found.get("updated_at")),
    )


def _timed(updates: Iterable[Fields]) -> Iterator[tuple[datetime, Fields]]:
    """Updates with the time that the page shows; one that is a postmortem may have none, and was written then."""
    for each in updates:
        at = fields.moment(*(each.get(key) for key in ("display_at", "created_at", "updated_at")))
        if at is not None:
            yield at, each


def _in_order(timed: list[tuple[datetime, Fields]]) -> list[tuple[datetime, Fields]]:
    """By time; those of one time by what they say, so that it does not matter how the answer had them."""
    if len({at for at, _ in timed}) == len(timed):
        return sorted(timed, key=lambda pair: pair[0])
    return sorted(timed, key=lambda pair: (pair[0], *(fields.line(pair[1].get(key)) for key in _TIES)))


def _postmortem(found: Fields) -> Iterator[Fields]:
    """The postmortem as the authenticated API tells it, as one more update; the public API lists it among them."""
    if any(each.get("status") == "postmortem" for each in fields.mappings(found.get("incident_updates"))):
        return
    at, body = found.get("postmortem_published_at"), found.get("postmortem_body")
    if fields.moment(at) is not None and fields.prose(body):
        yield {"id": "postmortem", "status": "postmortem", "display_at": at, "body": body}


def _is_planned(said_of: Iterable[Fields]) -> bool:
    """Whether it was announced. An impact of `maintenance` alone does not make it so: such incidents were
    investigated and resolved like any other.
    """
    return any(
        fields.moment(each.get("scheduled_for")) or words.status(fields.line(each.get("status"))) in _PLANNED
        for each in said_of
    )


def _affected(values: object, names: Mapping[str, str]) -> Iterator[Component]:
    """The components of an update, without the sentence that stands in the list where it has none."""
    for each in fields.mappings(values):
        code, shown = fields.key(each.get("code")), fields.line(each.get("name"))
        found = _one_affected(
            code, shown, said(each.get("old_status")), said(each.get("new_status")), names.get(code, "")
        )
        if found is not None:
            yield found


@lru_cache(maxsize=4096)
def _one_affected(code: str, shown: str, before: _Said, after: _Said, known: str) -> Component | None:
    """One of them; an answer says the same of the same few components again and again."""
    (old, odd), (new, word) = before, after
    if not shown or not (code or old or new):
        return None
    name, group = _parted(shown, known)
    return Component(name=name, id=code or None, group=group, old=old, new=new, word=word or odd)


def _parted(shown: str, name: str) -> tuple[str, str | None]:
    """An update writes `Group - Name`, and either may hold a dash: only the name that the list has can part them."""
    group = shown.removesuffix(f" - {name}") if name else shown
    return (name, group) if group != shown else (shown, None)


def _link(found: Fields, incident: str, place: Place) -> str:
    """The incident's own page, else the short address that the vendor gave it."""
    return fields.link(f"{place.page.rstrip('/')}/incidents/{incident}", "") or fields.link(found.get("shortlink"), "")


def _root(url: str) -> str:
    """The page that a document of the API belongs to, or that the address is one of; nothing for another document."""
    page, api, _ = url.partition("/api/v2/")
    return page if api or not url.endswith(".json") else ""
