"""What can break and how often it did: `/api/v1/services.json` and `/api/v1/models.json`. History and settings in,
artifacts out.

Counts are of incidents that stand (not withdrawn, no maintenance), whatever days were watched: `coverage` says which
those were, and a day that nobody watched is not a good day.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from typing import TypedDict

import msgspec

from postmortem.api.head import Head, head
from postmortem.model import settings as settings_of
from postmortem.model.artifact import Artifact
from postmortem.model.history import History
from postmortem.model.settings import Settings, address
from postmortem.model.summary import Summary


class Watched(msgspec.Struct, frozen=True, kw_only=True):
    """Days that were watched; `until` is null where they still are, `provider` null where it is every one's."""

    provider: str | None
    from_: date = msgspec.field(name="from")
    until: date | None
    complete: bool
    note: str | None


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What services and models have in common. `incidents` counts; `open` and `last` are ids of incidents."""

    id: str
    name: str
    url: str
    provider: str | None
    aliases: tuple[str, ...]
    since: date | None
    retired: date | None
    incidents: int
    open: tuple[str, ...]
    last: str | None


class Service(Entry, frozen=True, kw_only=True):
    """One service; `badge` is the address of a picture of its state."""

    group: str | None
    environment: str | None
    description: str | None
    badge: str


class Model(Entry, frozen=True, kw_only=True):
    """One model, with its names in an API."""

    family: str | None
    api_ids: tuple[str, ...]


class Services(Head, frozen=True, kw_only=True):
    """Every service of the catalogue, in its order."""

    coverage: tuple[Watched, ...]
    services: tuple[Service, ...]


class Models(Head, frozen=True, kw_only=True):
    """Every model of the catalogue, in its order."""

    coverage: tuple[Watched, ...]
    models: tuple[Model, ...]


def artifacts(history: History, settings: Settings) -> tuple[Artifact, ...]:
    """The two files."""
    services = Services(
        **head(settings, "services"), coverage=coverage(settings), services=tuple(_services(history, settings))
    )
    models = Models(**head(settings, "models"), coverage=coverage(settings), models=tuple(_models(history, settings)))
    return (
        Artifact("api/v1/services.json", msgspec.json.encode(services) + b"\n"),
        Artifact("api/v1/models.json", msgspec.json.encode(models) + b"\n"),
    )


def coverage(settings: Settings) -> tuple[Watched, ...]:
    """The days that were watched, as settings say."""
    return tuple(
        Watched(provider=each.provider, from_=each.from_, until=each.until, complete=each.complete, note=each.note)
        for each in settings.coverage
    )


def _services(history: History, settings: Settings) -> Iterable[Service]:
    rows = _rows(history, lambda row: row.services)
    for each in settings.services:
        yield Service(
            **_entry(each, rows[each.id], address(settings, f"services/{each.id}/")),
            group=each.group,
            environment=each.environment,
            description=each.description,
            badge=address(settings, f"badge/{each.id}.svg"),
        )


def _models(history: History, settings: Settings) -> Iterable[Model]:
    rows = _rows(history, lambda row: row.models)
    for each in settings.models:
        yield Model(
            **_entry(each, rows[each.id], address(settings, f"models/{each.id}/")),
            family=each.family,
            api_ids=each.api_ids,
        )


class _Common(TypedDict):
    """The fields of an `Entry`, as arguments."""

    id: str
    name: str
    url: str
    provider: str | None
    aliases: tuple[str, ...]
    since: date | None
    retired: date | None
    incidents: int
    open: tuple[str, ...]
    last: str | None


def _entry(known: settings_of.Service | settings_of.Model, rows: list[Summary], url: str) -> _Common:
    return _Common(
        id=known.id,
        name=known.name,
        url=url,
        provider=known.provider,
        aliases=known.aliases,
        since=known.since,
        retired=known.retired,
        incidents=len(rows),
        open=tuple(row.id for row in rows if row.is_open),
        last=rows[0].id if rows else None,
    )


def _rows(history: History, ids: Callable[[Summary], Iterable[str]]) -> defaultdict[str, list[Summary]]:
    """The incidents that stand, newest first, by what they touched."""
    rows: defaultdict[str, list[Summary]] = defaultdict(list)
    for row in history.rows:
        if row.kind == "incident" and not row.withdrawn:
            for each in ids(row):
                rows[each].append(row)
    return rows
