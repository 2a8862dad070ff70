"""How it went: the clocks with their lags, and the timeline with what the status page showed. Incident in, rows for
templates out.
"""

from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup

from postmortem.model.claims import Component, Entry
from postmortem.model.derived import minutes_between
from postmortem.model.incident import Incident
from postmortem.model.moment import Moment
from postmortem.pages import messages, times
from postmortem.pages.links import Citations, Links, comma

_SINCE = {
    "started": "the start",
    "window": "the earliest known impact",
    "first_public_update": "the first public update",
}


class Clock(NamedTuple):
    """One clock: its name, its time or that it is not known, how long after the first known time, its evidence, and the
    moment itself.
    """

    label: str
    time: Markup | None
    lag: str
    cite: Markup
    missing: str = "Not known."
    moment: Moment | None = None


class Said(NamedTuple):
    """One entry of the timeline; `day` where it is the first of its day, `states` as (look, word, services)."""

    entry: Entry
    day: str
    time: Markup
    published: Markup | None
    states: list[tuple[str, str, Markup]]
    sure: Markup


def clocks(incident: Incident, citations: Citations) -> list[Clock]:
    """The five clocks in order, each known or not; planned work has no lags."""
    derived, given = incident.derived, incident.clocks
    told = (
        ("Started", given.started),
        ("Detected", given.detected),
        ("First public update", derived.first_public_update),
        ("Mitigated", given.mitigated),
        ("Resolved", derived.resolved),
    )
    return [_clock(incident, label, moment, citations) for label, moment in told]


def _clock(incident: Incident, label: str, moment: Moment | None, citations: Citations) -> Clock:
    if moment is None:
        still = label in ("Mitigated", "Resolved") and incident.derived.is_open
        return Clock(label, None, "", Markup(), "Not yet." if still else "Not known.")
    cite = citations.sure(moment.confidence, moment.evidence)
    return Clock(label, times.when(moment), _lag(incident, moment), cite, moment=moment)


def _lag(incident: Incident, moment: Moment) -> str:
    known = incident.derived.first_known
    minutes = minutes_between(known.moment, moment)
    since = _SINCE.get(known.by)
    if minutes is None or since is None or moment is known.moment or incident.kind == "maintenance":
        return ""
    about = "" if moment.is_ == known.moment.is_ == "exact" else "about "
    return f"{about}{times.duration(minutes)} after {since}" if minutes else f"at the same time as {since}"


def timeline(incident: Incident, links: Links, citations: Citations) -> Iterator[Said]:
    """The entries in order of the time they speak of."""
    shown = ""
    for entry in sorted(incident.timeline, key=lambda each: each.at.instant):
        day = times.day(entry.at.instant)
        yield Said(
            entry=entry,
            day="" if day == shown else day,
            time=times.short(entry.at),
            published=times.when(entry.published) if entry.published else None,
            states=list(states(entry.components, links)),
            sure=citations.sure(entry.confidence or entry.at.confidence, (*entry.at.evidence, *entry.evidence)),
        )
        shown = day


def states(components: tuple[Component, ...], links: Links) -> Iterator[tuple[str, str, Markup]]:
    """What the status page showed, one line per state: five services in one state are one line."""
    groups: dict[str, list[Markup]] = {}
    for each in components:
        groups.setdefault(each.state, []).append(links.service(each.service))
    return ((state, messages.COMPONENT_STATE[state], comma(services)) for state, services in groups.items())
