"""In what state services are, as far as the records say: the states of the Statuspage API v2. Open incidents and
settings in, a state for each service out; knows no JSON and no clock.

What an update said of a service stands until an update says otherwise. Where none did, the impact classes tell: the
worst level of those that go on. A class that is affected without any window has not ended before its incident has.
"""

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from postmortem.api import words_v2
from postmortem.api.words_v2 import Indicator, State
from postmortem.model.claims import Entry, Impact
from postmortem.model.derived import impacts, updates
from postmortem.model.incident import Incident
from postmortem.model.settings import Settings, is_watched, unwatched
from postmortem.model.vocabulary import SEVERITIES, Severity


class Turn(msgspec.Struct, frozen=True):
    """What an update said of one service: the state before it, and the state that it showed."""

    service: str
    old: State
    new: State


class Now(msgspec.Struct, frozen=True, kw_only=True):
    """How a page stands: its indicator and description, and the states of services that are not operational.
    `otherwise` is the state of every other service.
    """

    indicator: Indicator
    description: str
    states: dict[str, State]
    otherwise: State = "operational"

    def of(self, service: str) -> State:
        """The state of one service."""
        return self.states.get(service, self.otherwise)


def turns(incident: Incident) -> list[tuple[Entry, tuple[Turn, ...]]]:
    """Every update, oldest first, with what it said of services. A service nobody spoke of before was operational:
    that is what a page shows of it.
    """
    states: dict[str, State] = {}
    found = []
    for entry in updates(incident):
        said = []
        for each in entry.components:
            old = states.get(each.service, "operational")
            states[each.service] = words_v2.shown(each.state, old)
            said.append(Turn(each.service, old, states[each.service]))
        found.append((entry, tuple(said)))
    return found


def now(opened: Iterable[Incident], settings: Settings, as_of: date, provider: str | None = None) -> Now:
    """How the page stands, given the incidents and maintenances that are open. Where nobody says that they watch, it
    never says that all is well: then `maintenance` is the vendor's one word that claims neither health nor failure.
    """
    unfinished = list(opened)
    states: dict[str, State] = {}
    for incident in unfinished:
        for service, state in _in(incident):
            states[service] = words_v2.worst([states.get(service, "operational"), state])
    indicator = _indicator(unfinished, states)
    if is_watched(settings, as_of, provider):
        return Now(indicator=indicator, description=words_v2.DESCRIPTIONS[indicator], states=states)
    count = sum(each.kind == "incident" for each in unfinished)
    records = "No open record" if not count else "1 open record" if count == 1 else f"{count} open records"
    return Now(
        indicator="maintenance" if indicator == "none" else indicator,
        description=f"{records} as of {as_of.isoformat()} ({unwatched(settings)})",
        states={name: state for name, state in states.items() if state != "operational"},
        otherwise="under_maintenance",
    )


def _indicator(opened: Iterable[Incident], states: dict[str, State]) -> Indicator:
    """The worst severity of what is open; at least minor where a service is not well, whatever severity was given."""
    severities: list[Severity] = [each.severity for each in opened if each.kind == "incident"]
    if any(state not in ("operational", "under_maintenance") for state in states.values()):
        severities.append("minor")
    worst: Severity = max(severities, key=SEVERITIES.index, default="none")
    return "maintenance" if worst == "none" and "under_maintenance" in states.values() else worst


def _in(incident: Incident) -> Iterator[tuple[str, State]]:
    """What one open incident makes of each service it touched or spoke of."""
    said = {turn.service: turn.new for _, changes in turns(incident) for turn in changes}
    for service in dict.fromkeys((*incident.services, *said)):
        yield service, said[service] if service in said else _untold(incident, service)


def _untold(incident: Incident, service: str) -> State:
    """The state of a service of which no update spoke."""
    if incident.kind == "maintenance":
        begun = words_v2.status("maintenance", incident.derived.status) in ("in_progress", "verifying")
        return "under_maintenance" if begun else "operational"
    affected = [each for _, each in impacts(incident) if each.state == "affected"]
    named = [each for each in affected if not each.services or service in each.services]
    if named:
        return words_v2.worst([state for each in named for state in _going_on(each, service)])
    doubtful = any(each.state == "unknown" for _, each in impacts(incident))
    return words_v2.of_severity("minor" if affected else incident.severity) if doubtful else "operational"


def _going_on(impact: Impact, service: str) -> Iterator[State]:
    if not impact.windows:
        yield words_v2.of_level(impact.level)
    for window in impact.windows:
        if window.end is None and (not window.services or service in window.services):
            yield words_v2.of_level(window.level or impact.level)
