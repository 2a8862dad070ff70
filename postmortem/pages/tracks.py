"""What the picture of an incident shows, lane by lane, in instants and words: the clocks, the planned window, the four
classes, the public updates, what the status page showed, and what others felt. Incident in, lanes out; knows no
coordinates and no colours.

Every lane says in words what it draws, so that the picture can be read in grey and told in a table.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from markupsafe import escape

from postmortem.model.claims import Entry, Impact, Signal, Window
from postmortem.model.derived import became_public, impacts, updates, windows
from postmortem.model.incident import Incident
from postmortem.model.moment import Bound, Moment
from postmortem.model.vocabulary import ImpactClass
from postmortem.pages import messages, times
from postmortem.pages.course import Clock
from postmortem.pages.impact import look, number
from postmortem.pages.links import Links

_LEVEL: Final = {look: word.lower() for look, word in messages.LEVEL.items()}
_LEVEL["extent_unknown"] = _LEVEL["unknown"]
_SHOWN: Final = {state: word.lower() for state, word in messages.COMPONENT_STATE.items()}
_KNOWN: Final = ("exact", "about")  # a mere bound is no end that anybody knows
_DAY: Final = timedelta(days=1)


class Stretch(NamedTuple):
    """From `start` to `end`, None where nobody knows; `goes_on` where there is no end yet; what it looks like, in a
    word.
    """

    start: Moment | None
    end: Moment | None
    look: str
    word: str
    goes_on: bool = False


class Lane(NamedTuple):
    """One lane: how it is drawn (`kind`, `state`), its name and what it says, both safe HTML."""

    kind: str
    label: str
    note: str
    stretches: tuple[Stretch, ...] = ()
    marks: tuple[Moment, ...] = ()
    state: str = "known"


def of(incident: Incident, names: Links, clocks: Iterable[Clock]) -> Iterator[Lane]:
    """All lanes, from the clocks down to what others felt; the four classes are always among them."""
    told = _told(incident)
    yield from _clocks(incident, clocks)
    if incident.scheduled is not None:
        planned = Stretch(incident.scheduled.start, incident.scheduled.end, "expected", "scheduled")
        yield Lane("planned", "Scheduled window", "planned beforehand", (planned,))
    for name, impact in impacts(incident):
        yield _class(name, impact)
    if told:
        yield Lane("updates", "Public updates", str(len(told)), marks=tuple(map(became_public, told)))
    yield from _shown(told, names)
    if incident.signals:
        yield _felt(incident.signals)


def _told(incident: Incident) -> list[Entry]:
    """The updates but for announcements: one that comes days ahead would leave no room for what happened then."""
    return [each for each in updates(incident) if each.status != "scheduled"]


def _clocks(incident: Incident, clocks: Iterable[Clock]) -> Iterator[Lane]:
    since = incident.derived.first_known.moment
    for each in clocks:
        if each.lag and each.moment is not None:
            yield Lane("clock", each.label, each.lag, (Stretch(since, each.moment, "clock", each.lag),))


def _class(name: ImpactClass, impact: Impact) -> Lane:
    label = messages.IMPACT_CLASS[name]
    if impact.expected:
        return Lane("class", label, "expected", state="expected")
    if impact.state != "affected":
        return Lane("class", label, messages.IMPACT_STATE[impact.state].lower(), state=impact.state)
    drawn = tuple([_window(name, each, impact) for each in windows(impact)])
    if not any(each.start or each.end for each in drawn):
        return Lane(
            "class", label, f"{_level(name, look('affected', impact.level))}, when is not known", state="when_unknown"
        )
    return Lane("class", label, f"{_in_turn(each.word for each in drawn)}{_open_ends(drawn)}", drawn)


def _window(name: ImpactClass, window: Window, impact: Impact) -> Stretch:
    drawn = look("affected", window.level or impact.level)
    end = _known(window.end) if window.end else None
    return Stretch(_known(window.start), end, drawn, _level(name, drawn), window.end is None)


def _level(name: ImpactClass, drawn: str) -> str:
    """In a word; the weight of `data_access` is in what became of the data, so it owes no level."""
    return "affected" if drawn == "extent_unknown" and name == "data_access" else _LEVEL[drawn]


def _known(bound: Bound) -> Moment | None:
    return bound.moment if bound.moment is not None and bound.moment.is_ in _KNOWN else None


def _in_turn(words: Iterable[str]) -> str:
    found: list[str] = []
    for each in words:
        if each not in found[-1:]:
            found.append(each)
    return ", then ".join(found)


def _open_ends(drawn: tuple[Stretch, ...]) -> str:
    said = "; still going on" if any(each.goes_on for each in drawn) else ""
    if any(each.start is None for each in drawn):
        said += "; a start is not known"
    if any(each.end is None and not each.goes_on for each in drawn):
        said += "; an end is not known"
    return said


def _shown(told: list[Entry], names: Links) -> Iterator[Lane]:
    """One lane for each service whose state the status page showed: a state holds until the next is shown."""
    steps: dict[str, list[tuple[Moment, str]]] = {}
    for entry in told:
        for each in entry.components:
            steps.setdefault(each.service, []).append((became_public(entry), each.state))
    for service, states in steps.items():
        label = escape(names.services.get(service, service))
        drawn = tuple(_states(sorted(states, key=lambda step: step[0].instant)))
        yield Lane("shown", label, f"shown as {_in_turn(each.word for each in drawn)}", drawn)


def _states(steps: list[tuple[Moment, str]]) -> Iterator[Stretch]:
    changes = [step for number, step in enumerate(steps) if not number or step[1] != steps[number - 1][1]]
    ends = [*(at for at, _ in changes[1:]), None]
    for (start, state), end in zip(changes, ends, strict=True):
        yield Stretch(start, end, state, _SHOWN[state], end is None)


def _felt(signals: tuple[Signal, ...]) -> Lane:
    said = "; ".join(map(_signal, signals))
    days = [datetime(each.observed.year, each.observed.month, each.observed.day, tzinfo=UTC) for each in signals]
    stretches = tuple([Stretch(Moment(each), Moment(each + _DAY), "felt", "felt") for each in days])
    note = f"{escape(said)}. Not a count of affected users; nothing above rests on it"
    return Lane("felt", "Felt impact", note, stretches)


def _signal(signal: Signal) -> str:
    count = f": {messages.COUNT_IS[signal.count_is or 'exact']}{number(signal.count)} reports" if signal.count else ""
    return f"{signal.source}, {times.day(signal.observed)}{count}"


def instants(incident: Incident) -> Iterator[datetime]:
    """The instants that the picture must have room for: what came after the end (a late word) does not count."""
    given, derived = incident.clocks, incident.derived
    over = derived.resolved
    public = (became_public(each).instant for each in _told(incident))
    yield from (each for each in public if over is None or each <= over.instant)
    opened = derived.first_public_update if incident.kind == "incident" else None
    yield from (each.instant for each in (given.started, given.detected, opened, given.mitigated, over) if each)
    if incident.scheduled is not None:
        yield from (incident.scheduled.start.instant, incident.scheduled.end.instant)
    for _, impact in impacts(incident):
        for window in windows(impact):
            yield from (each.moment.instant for each in (window.start, window.end) if each and each.moment)
