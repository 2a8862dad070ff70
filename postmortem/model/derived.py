"""Every value that follows from others, computed here and nowhere else: status, clocks, `first_known`, impact time,
open time.

Facts (a record's or an incident's) in, values out; the definitions are format.md's ("Times", "Small first"). Only
updates that are
public count: callers that hold a Record pass what the wall let through, or accept that a private note never has a
status anyway.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Literal

import msgspec

from postmortem.model.claims import Action, Entry, Impact, Window
from postmortem.model.facts import Facts
from postmortem.model.interval import Interval, covered
from postmortem.model.moment import Bound, Moment
from postmortem.model.vocabulary import CLOSED_STATUSES, IMPACT_CLASSES, LEVELS_WORST_LAST, ImpactClass, Level, Status

KnownBy = Literal["started", "window", "first_public_update", "scheduled", "timeline", "id"]


class FirstKnown(msgspec.Struct, frozen=True):
    """The instant that sorts an incident, and which of its times that is."""

    moment: Moment
    by: KnownBy


class ImpactTime(msgspec.Struct, frozen=True):
    """How long the impact lasted, in minutes, over windows whose both ends are known; the others are counted, never
    guessed.

    `minutes` is None where no window has both ends. `unknown` counts windows with an unknown end or start, `ongoing`
    those still open.
    """

    minutes: int | None
    unknown: int = 0
    ongoing: int = 0


class Derived(msgspec.Struct, frozen=True, kw_only=True):
    """All of it for one incident. `open_minutes` is first public update to resolved; None while open or where either
    is not known.
    """

    status: Status
    is_open: bool
    providers: tuple[str, ...]
    first_known: FirstKnown
    first_public_update: Moment | None
    resolved: Moment | None
    impact_time: ImpactTime
    impact_time_by_class: dict[ImpactClass, ImpactTime]
    open_minutes: int | None


def derive(facts: Facts) -> Derived:
    """Compute every derived value once. Raises ValueError on a record without any time (the schema demands a
    timeline entry).
    """
    now = status(facts)
    opened, closed = first_public_update(facts), resolved(facts)
    is_open = now not in CLOSED_STATUSES and facts.withdrawn is None
    by_class = {name: impact_time(windows(impact)) for name, impact in impacts(facts)}
    return Derived(
        status=now,
        is_open=is_open,
        providers=(facts.provider,) if isinstance(facts.provider, str) else facts.provider,
        first_known=first_known(facts),
        first_public_update=opened,
        resolved=closed,
        impact_time=impact_time(window for _, impact in impacts(facts) for window in windows(impact)),
        impact_time_by_class=by_class,
        open_minutes=None if is_open else minutes_between(opened, closed),
    )


def impacts(facts: Facts) -> Iterator[tuple[ImpactClass, Impact]]:
    """The four classes in their fixed order."""
    return ((name, getattr(facts.impact, name)) for name in IMPACT_CLASSES)


def windows(impact: Impact) -> tuple[Window, ...]:
    """The windows that count as impact: none unless the class is affected, and none that is only expected."""
    return impact.windows if impact.state == "affected" and not impact.expected else ()


def updates(facts: Facts) -> list[Entry]:
    """The updates in order of the time they speak of; what the record writes later stays later."""
    return sorted((each for each in facts.timeline if each.kind == "update"), key=lambda each: each.at.instant)


def status(facts: Facts) -> Status:
    """The value a person gave, else the last update's, else the first state of its kind."""
    if facts.status is not None:
        return facts.status
    said = [each.status for each in updates(facts) if each.status is not None]
    if said:
        return said[-1]
    return "scheduled" if facts.kind == "maintenance" else "investigating"


def first_public_update(facts: Facts) -> Moment | None:
    """The value a person gave, else when the earliest update became public."""
    if facts.clocks.first_public_update is not None:
        return facts.clocks.first_public_update
    return min((became_public(each) for each in updates(facts)), key=lambda moment: moment.instant, default=None)


def became_public(entry: Entry) -> Moment:
    """When an update could first be read: `published` where that was later than `at`."""
    return entry.published or entry.at


def told_done(facts: Facts, action: Action) -> datetime | None:
    """When it could first be read that an action is done; None where it is not.

    A postmortem's actions may have been withheld with its draft, and no date is ever put back: so the later of the two,
    unless the record says otherwise.
    """
    if action.state != "done" or action.done is None:
        return None
    if action.published is not None:
        return action.published.instant
    out = postmortem_published(facts)
    return max(action.done.instant, out) if out is not None else action.done.instant


def postmortem_published(facts: Facts) -> datetime | None:
    """When the postmortem became public: its first revision, else the date that it bears. None where there is none."""
    if facts.postmortem is None or facts.postmortem.state != "published":
        return None
    revised = [each.at.instant for each in facts.revisions if each.kind == "postmortem"]
    bears = facts.postmortem.published
    return min(revised) if revised else bears.instant if bears is not None else None


def resolved(facts: Facts) -> Moment | None:
    """The value a person gave, else the first of the closing updates that nothing reopened; None for what is open or
    was cancelled.
    """
    if facts.clocks.resolved is not None:
        return facts.clocks.resolved
    if status(facts) not in ("resolved", "completed"):
        return None
    closing: Moment | None = None
    for entry in updates(facts):
        if entry.status is None:
            continue
        if entry.status not in CLOSED_STATUSES:
            closing = None
        elif closing is None:
            closing = entry.at
    return closing


def first_known(facts: Facts) -> FirstKnown:
    """`started`, else the earliest window start, else the first public update; maintenance falls back on its
    schedule.
    """
    if facts.clocks.started is not None:
        return FirstKnown(facts.clocks.started, "started")
    starts = [each.start.moment for _, impact in impacts(facts) for each in windows(impact) if each.start.moment]
    if starts:
        return FirstKnown(min(starts, key=lambda moment: moment.instant), "window")
    if facts.kind == "maintenance" and facts.scheduled is not None:
        return FirstKnown(facts.scheduled.start, "scheduled")
    opened = first_public_update(facts)
    if opened is not None:
        return FirstKnown(opened, "first_public_update")
    if facts.timeline:
        return FirstKnown(min((each.at for each in facts.timeline), key=lambda moment: moment.instant), "timeline")
    return FirstKnown(Moment(datetime.fromisoformat(f"{facts.id[:10]}T00:00Z"), is_="about"), "id")


def impact_time(affected: Iterable[Window]) -> ImpactTime:
    """The union of the windows: time that two share counts once. A mere bound (`not_before`) is no known time."""
    known: list[Interval] = []
    unknown = ongoing = 0
    for window in affected:
        start, end = _known(window.start), None if window.end is None else _known(window.end)
        if start is None or (window.end is not None and end is None):
            unknown += 1
        elif end is None:
            ongoing += 1
        else:
            known.append(Interval(start, end))
    minutes = int(covered(known).total_seconds()) // 60 if known else None
    return ImpactTime(minutes=minutes, unknown=unknown, ongoing=ongoing)


def _known(bound: Bound) -> datetime | None:
    return bound.moment.instant if bound.moment is not None and bound.moment.is_ in ("exact", "about") else None


def minutes_between(start: Moment | None, end: Moment | None) -> int | None:
    """Whole minutes from one clock to another; None where either is missing or a source said they run backwards."""
    if start is None or end is None or end.instant < start.instant:
        return None
    return int((end.instant - start.instant).total_seconds()) // 60


def worst_level(impact: Impact) -> Level | None:
    """The worst level the class or any of its windows states; None unless it is affected."""
    if impact.state != "affected":
        return None
    stated = [each for each in (impact.level, *(window.level for window in impact.windows)) if each is not None]
    return max(stated, key=LEVELS_WORST_LAST.index, default="unknown")


def last_published(facts: Facts) -> datetime:
    """The newest instant at which anything about the incident was published: what `updated` and the sitemap say."""
    instants = [each.at.instant for each in facts.revisions]
    instants += [became_public(each).instant for each in updates(facts)]
    instants += [done for each in facts.actions if (done := told_done(facts, each)) is not None]
    if facts.withdrawn is not None:
        instants.append(facts.withdrawn.at.instant)
    return max(instants) if instants else first_known(facts).moment.instant
