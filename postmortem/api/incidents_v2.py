"""One incident or maintenance in the shape of the Statuspage API v2 (<https://metastatuspage.com/api>). Incident in,
the vendor's shape out; every key is always there.

Ids are the record's: an incident has the one under which it was first published, an update `<incident>.<entry>`, so
that it is unique among all incidents and stays, whatever the record is called now. `started_at` is when the incident
was first known, and `_postmortem` says by what; `resolved_at` is when the page said so.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Final

import msgspec

from postmortem.api import words_v2
from postmortem.api.components_v2 import Component, Page, stamp
from postmortem.api.states_v2 import Turn, turns
from postmortem.api.words_v2 import Indicator, State
from postmortem.model.claims import Entry
from postmortem.model.derived import KnownBy, became_public, last_published
from postmortem.model.incident import Incident
from postmortem.model.moment import Moment
from postmortem.model.vocabulary import CLOSED_STATUSES, Severity, Status

_NO_TEXT: Final = "{word}. The words are on the provider's own page; this record: {url}"


class Affected(msgspec.Struct, frozen=True):
    """What an update said of one component; `name` is `Group - Name`."""

    code: str
    name: str
    old_status: State
    new_status: State


class Update(msgspec.Struct, frozen=True, kw_only=True):
    """One update. `display_at` is the time it speaks of, `created_at` when it could first be read."""

    id: str
    status: str
    body: str
    incident_id: str
    created_at: str
    updated_at: str
    display_at: str
    affected_components: tuple[Affected, ...] | None
    deliver_notifications: bool = True
    custom_tweet: str | None = None
    tweet_id: int | None = None


class Own(msgspec.Struct, frozen=True, kw_only=True):
    """What the vendor's words cannot say: the record's own, and where all of it is."""

    first_known_by: KnownBy
    severity: Severity
    status: Status
    withdrawn: bool
    json: str


class Shape(msgspec.Struct, frozen=True, kw_only=True):
    """One incident."""

    id: str
    name: str
    status: str
    created_at: str
    updated_at: str
    monitoring_at: str | None
    resolved_at: str | None
    impact: Indicator
    shortlink: str
    started_at: str
    page_id: str
    incident_updates: tuple[Update, ...]
    components: tuple[Component, ...]
    reminder_intervals: str | None = None
    own: Own = msgspec.field(name="_postmortem")


class Planned(Shape, frozen=True, kw_only=True):
    """One maintenance. Where a record has no schedule, it is when the work was first known, and when it was over."""

    scheduled_for: str
    scheduled_until: str


class Names(msgspec.Struct, frozen=True):
    """The page, and how services are shown on it."""

    page: Page
    component: Callable[[str], Component]
    shown: Callable[[str], str]


def shape(incident: Incident, names: Names) -> Shape:
    """The incident, or the maintenance, with its updates from the newest to the oldest. One that was withdrawn is over,
    had no impact, and says so in its last update.
    """
    derived, withdrawn = incident.derived, incident.withdrawn
    url = f"{names.page.url}/incidents/{incident.id}"
    said = sorted(_updates(incident, names, f"{url}/"), key=lambda each: each[0])[::-1]
    monitoring = (at for at, each in reversed(said) if each.status in ("monitoring", "verifying"))
    whole = Shape(
        id=incident.first_id,
        name=incident.title,
        status=_status(incident, [each for _, each in said]),
        created_at=_stamp(derived.first_public_update) or stamp(derived.first_known.moment.instant),
        updated_at=stamp(last_published(incident)),
        monitoring_at=next(map(stamp, monitoring), None),
        resolved_at=_over(incident, said),
        impact="none" if withdrawn else words_v2.impact(incident.kind, incident.severity),
        shortlink=f"{url}/",
        started_at=stamp(derived.first_known.moment.instant),
        page_id=names.page.id,
        incident_updates=tuple(each for _, each in said),
        components=tuple(map(names.component, incident.services)),
        own=Own(
            first_known_by=derived.first_known.by,
            severity=incident.severity,
            status=derived.status,
            withdrawn=withdrawn is not None,
            json=f"{url}.json",
        ),
    )
    return _planned(whole, incident) if incident.kind == "maintenance" else whole


def _planned(whole: Shape, incident: Incident) -> Planned:
    fields = {name: getattr(whole, name) for name in Shape.__struct_fields__}
    plan = incident.scheduled
    return Planned(
        **fields,
        scheduled_for=stamp(plan.start.instant) if plan else whole.started_at,
        scheduled_until=stamp(plan.end.instant) if plan else whole.resolved_at or whole.started_at,
    )


def _updates(incident: Incident, names: Names, url: str) -> Iterator[tuple[datetime, Update]]:
    """Every update with the time it speaks of; one without a status has that of the update before."""
    word = words_v2.status(incident.kind, "scheduled" if incident.kind == "maintenance" else "investigating")
    for entry, changes in turns(incident):
        word = words_v2.status(incident.kind, entry.status) if entry.status else word
        yield entry.at.instant, _update(incident, entry, word, _affected(changes, names), url)
    for at, entry_id, word, body in _endings(incident, url):
        yield (
            at,
            Update(
                id=f"{incident.first_id}.{entry_id}",
                status=word,
                body=body,
                incident_id=incident.first_id,
                created_at=stamp(at),
                updated_at=stamp(at),
                display_at=stamp(at),
                affected_components=None,
            ),
        )


def _update(incident: Incident, entry: Entry, word: str, affected: tuple[Affected, ...] | None, url: str) -> Update:
    public = stamp(became_public(entry).instant)
    label = word.replace("_", " ").capitalize()
    return Update(
        id=f"{incident.first_id}.{entry.id}",
        status=word,
        body=entry.text or _NO_TEXT.format(word=label, url=f"{url}#{entry.id}"),
        incident_id=incident.first_id,
        created_at=public,
        updated_at=public,
        display_at=stamp(entry.at.instant),
        affected_components=affected,
    )


def _endings(incident: Incident, url: str) -> Iterator[tuple[datetime, str, str, str]]:
    """The postmortem and the withdrawal: when, under which id, in which state, in which words."""
    postmortem, withdrawn = incident.postmortem, incident.withdrawn
    if postmortem is not None and postmortem.state == "published":
        revisions = [each for each in incident.revisions if each.kind == "postmortem"]
        at = postmortem.published or next((each.at for each in revisions), None)
        lines = [*(each.summary for each in revisions[-1:]), *([postmortem.url] if postmortem.url else []), url]
        yield at.instant if at else last_published(incident), "postmortem", "postmortem", "\n\n".join(lines)
    if withdrawn is not None:
        word = words_v2.status(incident.kind, "resolved")
        yield withdrawn.at.instant, "withdrawn", word, f"This record was withdrawn: {withdrawn.reason}\n\n{url}"


def _status(incident: Incident, said: Iterable[Update]) -> str:
    if incident.withdrawn is not None:
        return words_v2.status(incident.kind, "resolved")
    closed = incident.derived.status in CLOSED_STATUSES
    told = incident.kind == "incident" and any(each.status == "postmortem" for each in said)
    return "postmortem" if closed and told else words_v2.status(incident.kind, incident.derived.status)


def _over(incident: Incident, said: list[tuple[datetime, Update]]) -> str | None:
    """When it was closed; a cancelled one has no other time than that of its last update."""
    if incident.derived.is_open:
        return None
    if incident.derived.resolved is not None:
        return stamp(incident.derived.resolved.instant)
    return stamp(said[0][0] if said else last_published(incident))


def _affected(changes: tuple[Turn, ...], names: Names) -> tuple[Affected, ...] | None:
    return tuple(Affected(each.service, names.shown(each.service), each.old, each.new) for each in changes) or None


def _stamp(moment: Moment | None) -> str | None:
    return None if moment is None else stamp(moment.instant)
