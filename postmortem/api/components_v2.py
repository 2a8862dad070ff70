"""Services as components of the Statuspage API v2, under their groups. Settings and states in, the vendor's shapes out
(<https://metastatuspage.com/api>); knows no incident.

A service's id is its component's. Groups have ids of their own that no service can have: of their name, so that adding
one changes no other.
"""

import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Final, NamedTuple

import msgspec

from postmortem.api import words_v2
from postmortem.api.states_v2 import Now
from postmortem.api.words_v2 import State
from postmortem.model.settings import Service, Settings, provider_name

NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""When something began of which nobody said so: the vendor's shape has no word for it."""


class Component(msgspec.Struct, frozen=True, kw_only=True):
    """One component as the vendor writes it; `position` is its place in its group."""

    id: str
    name: str
    status: State
    created_at: str
    updated_at: str
    position: int
    description: str | None
    showcase: bool = False
    start_date: date | None
    group_id: str | None
    page_id: str
    group: bool = False
    only_show_if_degraded: bool = False


class Group(Component, frozen=True, kw_only=True):
    """A group: a component whose `components` are the ids of its members, and whose state is their worst."""

    components: tuple[str, ...]


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """The head of every document."""

    id: str
    name: str
    url: str
    time_zone: str = "Etc/UTC"
    updated_at: str


class _Times(NamedTuple):
    """When a service began, and when an incident last said something of it."""

    began: datetime
    touched: datetime | None


def stamp(instant: datetime) -> str:
    """`2026-05-17T02:50:03.000Z`: the vendor writes milliseconds, and there are clients that demand them."""
    return f"{instant.astimezone(UTC).isoformat()[:19]}.000Z"


def catalogue(settings: Settings, now: Now, touched: Mapping[str, datetime], page: Page) -> dict[str, Component]:
    """Every service of the catalogue as a component, by its id. `touched` says when an incident last said something of
    it.
    """
    beginning = min((each.from_ for each in settings.coverage), default=None)
    found: dict[str, Component] = {}
    for _, members in _by_group(settings):
        for position, each in enumerate(members, 1):
            times = _Times(_began(each, beginning), touched.get(each.id))
            found[each.id] = _component(each, (_group(each, settings), position), times, now, page)
    return found


def unlisted(service: str, now: Now, touched: Mapping[str, datetime], page: Page) -> Component:
    """The component of a service that the catalogue lacks: its name is its id."""
    times = _Times(NEVER, touched.get(service))
    return _component(Service(id=service, name=service), (None, 1), times, now, page)


def listed(
    known: Mapping[str, Component], settings: Settings, provider: str | None, as_of: date
) -> tuple[Component, ...]:
    """What stands on the page on that day: groups before their members, in the order of the settings, then services
    without a group. A retired service does not, nor one that is not there yet.
    """
    found: list[Component] = []
    alone: list[Component] = []
    groups = 0
    for name, services in _by_group(settings):
        members = [known[each.id] for each in services if _is_listed(each, provider, as_of)]
        if name is None:
            alone += members
        elif members:
            groups += 1
            found += [_grouped(name, groups, members), *members]
    return (*found, *alone)


def shown_name(service: Service, settings: Settings) -> str:
    """`Group - Name`, as an update names a component."""
    group = _group(service, settings)
    return service.name if group is None else f"{group} - {service.name}"


def _component(service: Service, place: tuple[str | None, int], times: _Times, now: Now, page: Page) -> Component:
    group, position = place
    return Component(
        id=service.id,
        name=service.name,
        status=now.of(service.id),
        created_at=stamp(times.began),
        updated_at=stamp(times.touched or times.began),
        position=position,
        description=service.description,
        start_date=service.since,
        group_id=None if group is None else _group_id(group),
        page_id=page.id,
    )


def _grouped(name: str, position: int, members: list[Component]) -> Group:
    return Group(
        id=_group_id(name),
        name=name,
        status=words_v2.worst([each.status for each in members]),
        created_at=min(each.created_at for each in members),
        updated_at=max(each.updated_at for each in members),
        position=position,
        description=None,
        start_date=None,
        group_id=None,
        page_id=members[0].page_id,
        group=True,
        components=tuple(each.id for each in members),
    )


def _by_group(settings: Settings) -> list[tuple[str | None, list[Service]]]:
    groups: dict[str | None, list[Service]] = {}
    for each in settings.services:
        groups.setdefault(_group(each, settings), []).append(each)
    return list(groups.items())


def _group(service: Service, settings: Settings) -> str | None:
    """The name of a service's group; where there are several providers, theirs as well."""
    if len(settings.providers) < 2 or service.provider is None:  # noqa: PLR2004 - several
        return service.group
    whose = provider_name(settings, service.provider)
    return whose if service.group is None else f"{whose}: {service.group}"


def _group_id(name: str) -> str:
    return f"group_{hashlib.sha256(name.encode()).hexdigest()[:12]}"


def _is_listed(service: Service, provider: str | None, as_of: date) -> bool:
    ours = provider is None or service.provider in (None, provider)
    begun = service.since is None or service.since <= as_of
    return ours and begun and (service.retired is None or as_of < service.retired)


def _began(service: Service, beginning: date | None) -> datetime:
    day = service.since or beginning
    return NEVER if day is None else datetime.combine(day, time(), UTC)
