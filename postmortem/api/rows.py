"""One incident as a row of lists for machines: JSON, JSON Lines and CSV say the same. Summary in, row out; knows no
format.

A summary is for us and may change; a row is a promise (docs/api.md). So there are two, however alike.
"""

from datetime import datetime
from typing import Literal

import msgspec

from postmortem.model.derived import KnownBy
from postmortem.model.settings import Settings, address
from postmortem.model.summary import ClassRow, Summary
from postmortem.model.vocabulary import (
    CauseCategory,
    FactorRole,
    ImpactClass,
    ImpactState,
    Kind,
    Level,
    PostmortemState,
    Severity,
    Status,
)


class FirstKnown(msgspec.Struct, frozen=True):
    """The instant that sorts it, which of its times that is, and whether it is exact."""

    at: datetime
    by: KnownBy
    about: bool


class ClassImpact(msgspec.Struct, frozen=True):
    """One impact class: `level` is the worst it had, null unless it was affected."""

    state: ImpactState
    level: Level | None
    services: tuple[str, ...]
    models: tuple[str, ...]


class Minutes(msgspec.Struct, frozen=True):
    """Impact time: minutes in windows with both ends known (null for none), windows with an unknown end, open ones."""

    minutes: int | None
    unknown: int
    ongoing: int


class Factor(msgspec.Struct, frozen=True):
    """One factor of the cause."""

    category: CauseCategory
    role: FactorRole


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One incident; `json` and `yaml` are the addresses of all that is public about it. Feeds, calendar and `/api/v2/`
    know it by its `first_id`, under which it was first published, whatever its `id` is now.
    """

    id: str
    state: Literal["published", "withdrawn"]
    title: str
    summary: str
    url: str
    json: str
    yaml: str
    former_ids: tuple[str, ...]
    kind: Kind
    severity: Severity
    status: Status
    is_open: bool
    first_known: FirstKnown
    first_public_update: datetime | None
    resolved: datetime | None
    published: datetime
    changed: datetime
    impact: dict[ImpactClass, ClassImpact]
    impact_minutes: Minutes
    open_minutes: int | None
    providers: tuple[str, ...]
    services: tuple[str, ...]
    models: tuple[str, ...]
    models_unnamed: bool
    regions: tuple[str, ...]
    causes: tuple[Factor, ...]
    postmortem: PostmortemState
    related: tuple[str, ...]
    first_id: str


def row(summary: Summary, settings: Settings) -> Row:
    """The row of an incident."""
    page, time = address(settings, f"incidents/{summary.id}"), summary.impact_time
    return Row(
        id=summary.id,
        state="withdrawn" if summary.withdrawn else "published",
        title=summary.title,
        summary=summary.text,
        url=f"{page}/",
        json=f"{page}.json",
        yaml=f"{page}.yaml",
        former_ids=summary.former_ids,
        kind=summary.kind,
        severity=summary.severity,
        status=summary.status,
        is_open=summary.is_open,
        first_known=FirstKnown(summary.first_known, summary.first_known_by, summary.first_known_about),
        first_public_update=summary.first_public_update,
        resolved=summary.resolved,
        published=summary.published,
        changed=summary.changed,
        impact={name: _impact(each) for name, each in summary.impact.items()},
        impact_minutes=Minutes(time.minutes, time.unknown, time.ongoing),
        open_minutes=summary.open_minutes,
        providers=summary.providers,
        services=summary.services,
        models=summary.models,
        models_unnamed=summary.models_unnamed,
        regions=summary.regions,
        causes=tuple(Factor(*each) for each in summary.causes),
        postmortem=summary.postmortem,
        related=summary.related,
        first_id=summary.first_id,
    )


def _impact(each: ClassRow) -> ClassImpact:
    return ClassImpact(each.state, each.level, each.services, each.models)
