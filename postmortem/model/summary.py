"""An incident's row in the lists: small enough to hold ten thousand, complete enough that no list needs the
incident. Incident in, Summary out.
"""

from datetime import date, datetime

import msgspec

from postmortem.model.account import Account, account
from postmortem.model.announcement import Announcement, announce
from postmortem.model.derived import (
    ImpactTime,
    KnownBy,
    impacts,
    last_published,
    postmortem_published,
    windows,
    worst_level,
)
from postmortem.model.incident import Incident
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
    TimeIs,
)


class Stretch(msgspec.Struct, frozen=True):
    """One window as strips need it; None is an unknown start or end, `ongoing` tells an open end from an unknown
    one. `start_is` and `end_is` say how exact they are; `services` are those that the window itself names.
    """

    start: datetime | None
    end: datetime | None
    level: Level
    ongoing: bool = False
    start_is: TimeIs = "exact"
    end_is: TimeIs = "exact"
    services: tuple[str, ...] = ()


class ClassRow(msgspec.Struct, frozen=True):
    """One impact class in a row: its state, its worst level if affected, what it touched, and when."""

    state: ImpactState
    level: Level | None = None
    services: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    windows: tuple[Stretch, ...] = ()


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """One row. `models` are ids of the catalogue; `models_unnamed` says that a class speaks of models nobody
    named. `published` is when the incident was first announced live (backfill is older and no announcement); where
    nothing was announced yet it is `first_known`. `joined` says from when on the incident is in facets (`impact/…`)
    that it came into by a revision. `finished` is when its postmortem became public, `revision` the number of its
    newest revision. `account` is what numbers need beside it.
    """

    id: str
    former_ids: tuple[str, ...]
    title: str
    text: str
    kind: Kind
    severity: Severity
    status: Status
    is_open: bool
    withdrawn: bool
    first_known: datetime
    first_known_by: KnownBy
    first_known_about: bool
    first_public_update: datetime | None
    resolved: datetime | None
    impact: dict[ImpactClass, ClassRow]
    impact_time: ImpactTime
    open_minutes: int | None
    providers: tuple[str, ...]
    services: tuple[str, ...]
    models: tuple[str, ...]
    models_unnamed: bool
    regions: tuple[str, ...]
    causes: tuple[tuple[CauseCategory, FactorRole], ...]
    postmortem: PostmortemState
    announcements: tuple[Announcement, ...]
    published: datetime
    changed: datetime
    related: tuple[str, ...]
    joined: dict[str, datetime]
    finished: datetime | None
    revision: int
    scheduled: tuple[datetime, datetime] | None
    account: Account

    @property
    def first_id(self) -> str:
        """The id under which it was first published (`Facts.first_id`)."""
        return self.former_ids[0] if self.former_ids else self.id

    @property
    def day(self) -> date:
        """The day (UTC) under which lists file it."""
        return self.first_known.date()


def summarise(incident: Incident) -> Summary:
    """Reduce an incident to its row; nothing in it that is not public, since nothing private got this far."""
    derived = incident.derived
    rows = {name: _row(incident, name) for name, _ in impacts(incident)}
    announced = announce(incident)
    known = derived.first_known
    return Summary(
        id=incident.id,
        former_ids=incident.former_ids,
        title=incident.title,
        text=incident.summary or "",
        kind=incident.kind,
        severity=incident.severity,
        status=derived.status,
        is_open=derived.is_open,
        withdrawn=incident.withdrawn is not None,
        first_known=known.moment.instant,
        first_known_by=known.by,
        first_known_about=known.moment.is_ != "exact",
        first_public_update=derived.first_public_update.instant if derived.first_public_update else None,
        resolved=derived.resolved.instant if derived.resolved else None,
        impact=rows,
        impact_time=derived.impact_time,
        open_minutes=derived.open_minutes,
        providers=derived.providers,
        services=incident.services,
        models=tuple(sorted({model for row in rows.values() for model in row.models})),
        models_unnamed=any(impact.models == "unnamed" for _, impact in impacts(incident)),
        regions=tuple(sorted({region for _, impact in impacts(incident) for region in impact.regions})),
        causes=tuple((each.category, each.role) for each in incident.cause.factors) if incident.cause else (),
        postmortem=incident.postmortem.state if incident.postmortem else "none",
        announcements=announced,
        published=min((each.published for each in announced if not each.backfill), default=known.moment.instant),
        changed=last_published(incident),
        related=tuple(each.id for each in incident.related if each.id is not None),
        joined=_joined(incident),
        finished=postmortem_published(incident),
        revision=max((each.number for each in incident.revisions), default=0),
        scheduled=(incident.scheduled.start.instant, incident.scheduled.end.instant) if incident.scheduled else None,
        account=account(incident),
    )


def _joined(incident: Incident) -> dict[str, datetime]:
    """Each facet that a revision `adds`, from the first that does: a later one takes nothing out of its feed again."""
    joined: dict[str, datetime] = {}
    for revision in incident.revisions:
        for facet in revision.adds:
            joined[facet] = min(joined.get(facet, revision.at.instant), revision.at.instant)
    return joined


def _row(incident: Incident, name: ImpactClass) -> ClassRow:
    impact = getattr(incident.impact, name)
    named = () if isinstance(impact.models, str) else impact.models
    inside = tuple(model for window in impact.windows for model in window.models)
    stretches = tuple(
        Stretch(
            start=window.start.moment.instant if window.start.moment else None,
            end=window.end.moment.instant if window.end and window.end.moment else None,
            level=window.level or impact.level or "unknown",
            ongoing=window.end is None,
            start_is=window.start.moment.is_ if window.start.moment else "exact",
            end_is=window.end.moment.is_ if window.end and window.end.moment else "exact",
            services=window.services,
        )
        for window in windows(impact)
    )
    return ClassRow(
        state=impact.state,
        level=worst_level(impact),
        services=impact.services,
        models=tuple(dict.fromkeys((*named, *inside))),
        windows=stretches,
    )
