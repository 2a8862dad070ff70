"""A strict client of the Statuspage API v2, invented for these tests: it takes nothing that its types do not say. Every
key must be there, every word known, every time with milliseconds.
"""
# ruff: noqa: D101 - the classes are what the vendor calls them

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec

Stamp = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")]
State = Literal["operational", "degraded_performance", "partial_outage", "major_outage", "under_maintenance"]
Said = Literal["investigating", "identified", "monitoring", "resolved", "postmortem"]
Planned = Literal["scheduled", "in_progress", "verifying", "completed", "postmortem"]
Indicator = Literal["none", "minor", "major", "critical", "maintenance"]


class Page(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    name: str
    url: str
    time_zone: Literal["Etc/UTC"]
    updated_at: Stamp


class Component(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    name: str
    status: State
    created_at: Stamp
    updated_at: Stamp
    position: Annotated[int, msgspec.Meta(ge=1)]
    description: str | None
    showcase: bool
    start_date: Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d\d-\d\d$")] | None
    group_id: str | None
    page_id: str
    group: bool
    only_show_if_degraded: bool
    components: list[str] | msgspec.UnsetType = msgspec.UNSET

    def __post_init__(self) -> None:
        assert self.group == (self.components is not msgspec.UNSET)


class Affected(msgspec.Struct, forbid_unknown_fields=True):
    code: str
    name: str
    old_status: State
    new_status: State


class Update(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    status: Said | Planned
    body: Annotated[str, msgspec.Meta(min_length=1)]
    incident_id: str
    created_at: Stamp
    updated_at: Stamp
    display_at: Stamp
    affected_components: Annotated[list[Affected], msgspec.Meta(min_length=1)] | None
    deliver_notifications: bool
    custom_tweet: str | None
    tweet_id: int | None


class Incident(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    name: str
    status: Said
    created_at: Stamp
    updated_at: Stamp
    monitoring_at: Stamp | None
    resolved_at: Stamp | None
    impact: Indicator
    shortlink: str
    started_at: Stamp
    page_id: str
    incident_updates: list[Update]
    components: list[Component]
    reminder_intervals: str | None
    own: dict[str, Any] = msgspec.field(name="_postmortem")


class Maintenance(Incident, forbid_unknown_fields=True, kw_only=True):
    status: Planned  # type: ignore[assignment]
    impact: Literal["maintenance", "none"]
    scheduled_for: Stamp
    scheduled_until: Stamp


class Status(msgspec.Struct, forbid_unknown_fields=True):
    indicator: Indicator
    description: str


class StatusDocument(msgspec.Struct, forbid_unknown_fields=True):
    page: Page
    status: Status


class ComponentsDocument(msgspec.Struct, forbid_unknown_fields=True):
    page: Page
    components: list[Component]


class IncidentsDocument(msgspec.Struct, forbid_unknown_fields=True):
    page: Page
    incidents: list[Incident]


class MaintenancesDocument(msgspec.Struct, forbid_unknown_fields=True):
    page: Page
    scheduled_maintenances: list[Maintenance]


class Summary(msgspec.Struct, forbid_unknown_fields=True):
    page: Page
    components: list[Component]
    incidents: list[Incident]
    scheduled_maintenances: list[Maintenance]
    status: Status


DOCUMENTS: dict[str, Any] = {
    "summary": Summary,
    "status": StatusDocument,
    "components": ComponentsDocument,
    "incidents": IncidentsDocument,
    "incidents/unresolved": IncidentsDocument,
    "scheduled-maintenances": MaintenancesDocument,
    "scheduled-maintenances/upcoming": MaintenancesDocument,
    "scheduled-maintenances/active": MaintenancesDocument,
}


def read(name: str, body: bytes) -> Any:  # noqa: ANN401 - one of the above
    """The document of that name. Raises msgspec.ValidationError."""
    return msgspec.json.decode(body, type=DOCUMENTS[name])


def instant(stamp: str | None) -> datetime:
    """A time that is there."""
    assert stamp is not None
    return datetime.fromisoformat(stamp)
