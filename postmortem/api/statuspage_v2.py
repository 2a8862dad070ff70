"""The tree `/api/v2/`, so that clients of Atlassian Statuspage can be pointed at us as they are
(<https://metastatuspage.com/api>). History, settings, a way to get one incident and the as-of date in; artifacts out.

Where a site speaks about several providers, each has a tree of its own under `/providers/<id>/` besides the one of all.
Incidents are asked for one by one, and only those that a document holds.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from functools import cache
from typing import Final

import msgspec

from postmortem.api import components_v2, states_v2
from postmortem.api.components_v2 import NEVER, Component, Page, stamp
from postmortem.api.incidents_v2 import Names, Shape, shape
from postmortem.api.states_v2 import Now
from postmortem.model.artifact import Artifact
from postmortem.model.history import History
from postmortem.model.incident import Incident
from postmortem.model.settings import Settings, provider_name
from postmortem.model.summary import Summary

NEWEST: Final = 50
"""How many incidents the vendor's `incidents.json` holds, and how many maintenances."""

_ENCODER: Final = msgspec.json.Encoder()


def artifacts(
    history: History, settings: Settings, incidents: Callable[[str], Incident], as_of: date
) -> Iterator[Artifact]:
    """Every tree of the site. `incidents` gives the incident of an id; it is asked once for each that is shown."""
    known = cache(incidents)
    yield from _tree(history.rows, settings, known, as_of, None)
    if len(settings.providers) > 1:
        for each in settings.providers:
            rows = tuple(row for row in history.rows if each.id in row.providers)
            yield from _tree(rows, settings, known, as_of, each.id)


def _tree(
    rows: tuple[Summary, ...],
    settings: Settings,
    incidents: Callable[[str], Incident],
    as_of: date,
    provider: str | None,
) -> Iterator[Artifact]:
    opened = [row for row in rows if row.is_open]
    now = states_v2.now((incidents(row.id) for row in opened), settings, as_of, provider)
    page, touched = _page(rows, settings, provider), _touched(rows)
    catalogue = components_v2.catalogue(settings, now, touched, page)
    names = _names(settings, catalogue, lambda id_: components_v2.unlisted(id_, now, touched, page), page)
    told = cache(lambda id_: shape(incidents(id_), names))
    components = components_v2.listed(catalogue, settings, provider, as_of)
    folder = "" if provider is None else f"providers/{provider}/"
    for name, body in _documents(rows, told, components, now, as_of).items():
        yield Artifact(f"{folder}api/v2/{name}.json", _ENCODER.encode({"page": page, **body}) + b"\n")


def _documents(
    rows: Iterable[Summary],
    told: Callable[[str], Shape],
    components: tuple[Component, ...],
    now: Now,
    as_of: date,
) -> dict[str, dict[str, object]]:
    """Every document of a tree, less its head, by its name."""
    incidents = [row for row in rows if row.kind == "incident"]
    planned = [row for row in rows if row.kind == "maintenance"]
    unresolved = [told(row.id) for row in incidents if row.is_open]
    maintenances = [told(row.id) for row in planned if row.is_open]
    active = [each for each in maintenances if each.status in ("in_progress", "verifying")]
    upcoming = [each for each in maintenances if each.status == "scheduled" and _is_ahead(each, as_of)]
    status = {"indicator": now.indicator, "description": now.description}
    return {
        "summary": {
            "components": components,
            "incidents": unresolved,
            "scheduled_maintenances": [*active, *upcoming],
            "status": status,
        },
        "status": {"status": status},
        "components": {"components": components},
        "incidents": {"incidents": [told(row.id) for row in incidents[:NEWEST]]},
        "incidents/unresolved": {"incidents": unresolved},
        "scheduled-maintenances": {"scheduled_maintenances": [told(row.id) for row in planned[:NEWEST]]},
        "scheduled-maintenances/upcoming": {"scheduled_maintenances": upcoming},
        "scheduled-maintenances/active": {"scheduled_maintenances": active},
    }


def _is_ahead(each: Shape, as_of: date) -> bool:
    """Whether the maintenance can still come: one whose last day is over was forgotten, and nobody knows of it."""
    return getattr(each, "scheduled_until", "")[:10] >= as_of.isoformat()


def _page(rows: Iterable[Summary], settings: Settings, provider: str | None) -> Page:
    """The head. Its id is made from the frozen authority, its time from the records."""
    known_as = settings.feeds.authority if provider is None else f"{settings.feeds.authority}/{provider}"
    names = [provider_name(settings, each.id) for each in settings.providers if provider in (None, each.id)]
    return Page(
        id=hashlib.sha256(known_as.encode()).hexdigest()[:12],
        name=_name(names, settings),
        url=settings.site.url.rstrip("/"),
        updated_at=stamp(max((row.changed for row in rows), default=NEVER)),
    )


def _name(providers: list[str], settings: Settings) -> str:
    """The provider's name where there is one; where somebody else keeps the record, that is said with it."""
    publisher = settings.publisher
    if len(providers) != 1 or publisher.name == providers[0]:
        return publisher.name
    return providers[0] if publisher.role == "provider" else f"{providers[0]}, recorded by {publisher.name}"


def _touched(rows: Iterable[Summary]) -> dict[str, datetime]:
    touched: dict[str, datetime] = {}
    for row in rows:
        for service in row.services:
            touched[service] = max(row.changed, touched.get(service, row.changed))
    return touched


def _names(settings: Settings, known: dict[str, Component], lacking: Callable[[str], Component], page: Page) -> Names:
    """How services are shown on the page."""
    shown = {each.id: components_v2.shown_name(each, settings) for each in settings.services}
    return Names(
        page=page,
        component=lambda id_: known.get(id_) or lacking(id_),
        shown=lambda id_: shown.get(id_, id_),
    )
