"""Our words in those of the Statuspage API v2 (<https://metastatuspage.com/api>). Our words in, the vendor's out; it
knows no incident.

Where the vendor has no word, the nearest one that does not sound healthier is taken: clients know the vendor's words
and no others.
"""

from typing import Final, Literal

from postmortem.model.vocabulary import ComponentState, Kind, Level, Severity, Status

State = Literal["operational", "degraded_performance", "partial_outage", "major_outage", "under_maintenance"]
"""How the vendor says a component is."""

Indicator = Literal["none", "minor", "major", "critical", "maintenance"]
"""How the vendor says a page is, and what impact an incident has."""

WORST_LAST: Final[tuple[State, ...]] = (
    "operational",
    "under_maintenance",
    "degraded_performance",
    "partial_outage",
    "major_outage",
)
DESCRIPTIONS: Final[dict[Indicator, str]] = {
    "none": "All Systems Operational",
    "minor": "Minor Service Outage",
    "major": "Partial System Outage",
    "critical": "Major System Outage",
    "maintenance": "Service Under Maintenance",
}

_INCIDENT: Final[dict[Status, str]] = {
    "scheduled": "investigating",
    "in_progress": "identified",
    "verifying": "monitoring",
    "completed": "resolved",
    "cancelled": "resolved",
}
_MAINTENANCE: Final[dict[Status, str]] = {
    "investigating": "in_progress",
    "identified": "in_progress",
    "monitoring": "verifying",
    "resolved": "completed",
    "cancelled": "completed",
}
_LEVELS: Final[dict[Level, State]] = {
    "unknown": "degraded_performance",
    "degraded": "degraded_performance",
    "partial_outage": "partial_outage",
    "full_outage": "major_outage",
}
_SEVERITIES: Final[dict[Severity, State]] = {
    "none": "operational",
    "minor": "degraded_performance",
    "major": "partial_outage",
    "critical": "major_outage",
}


def status(kind: Kind, word: Status) -> str:
    """The vendor's status of an incident, or of a maintenance, which has others; a cancelled one is completed."""
    return (_MAINTENANCE if kind == "maintenance" else _INCIDENT).get(word, word)


def impact(kind: Kind, severity: Severity) -> Indicator:
    """What the vendor calls the impact; every maintenance has the same."""
    return "maintenance" if kind == "maintenance" else severity


def shown(state: ComponentState, before: State) -> State:
    """The state that an update said. One that is not known is never healthier than the last one that was."""
    if state != "unknown":
        return state
    return "degraded_performance" if before == "operational" else before


def of_level(level: Level | None) -> State:
    """The state of a service with an impact of that level; one that nobody knows is at least degraded."""
    return _LEVELS[level or "unknown"]


def of_severity(severity: Severity) -> State:
    """The state of a service of which only the severity of its incident is known."""
    return _SEVERITIES[severity]


def worst(states: list[State]) -> State:
    """The worst of them; operational for none."""
    return max(states, key=WORST_LAST.index, default="operational")
