"""Generated records that the schema accepts, in every state that machines must cope with: open and closed, withdrawn,
moved, reopened, maintenance, several providers, updates with and without components and texts.
"""

import functools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, get_args

from hypothesis import strategies as st

from postmortem.model.history import History, order
from postmortem.model.incident import Incident
from postmortem.model.settings import Settings
from postmortem.model.summary import summarise
from postmortem.model.vocabulary import IMPACT_CLASSES, ComponentState, IncidentStatus, Level, MaintenanceStatus
from tests.model import made

Data = dict[str, Any]

SERVICES = ("web-app", "api", "files")
LINES = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=30)
"""Any visible text on one line, signs that mean something to HTML, CSV and Markdown among them."""
_SIGNED = st.builds("{}{}".format, st.sampled_from(["=1+1", "@x", "-2;=3", "<b>&\"'", "# ", "yes", "12:30"]), LINES)
TEXTS = LINES | _SIGNED
_FIRST = datetime(2026, 1, 1, tzinfo=UTC)
_MINUTES = st.integers(0, 300 * 24 * 60)


def time(minutes: int) -> str:
    """So many minutes into 2026, as records write it."""
    return (_FIRST + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%MZ")


@st.composite
def records(draw: st.DrawFn, number: int) -> Data:
    """One public record."""
    kind = draw(st.sampled_from(["incident", "incident", "maintenance"]))
    begins = draw(_MINUTES)
    updates = _updates(draw, kind, begins)
    withdrawn = draw(st.sampled_from([False, False, True]))
    more: Data = {}
    if kind == "maintenance":
        more["scheduled"] = {"start": time(begins + 100), "end": time(begins + 400)}
    if withdrawn:
        more["withdrawn"] = {"at": time(begins + 9000), "reason": draw(TEXTS)}
    finished = {"state": "published", "published": time(begins + 5)}
    revisions = [made.revision(1, time(begins)), made.revision(2, time(begins + 9), "postmortem")]
    return made.data(
        id=f"2026-01-01-incident-{number}",
        title=draw(TEXTS),
        summary=draw(TEXTS),
        kind=kind,
        record="withdrawn" if withdrawn else "published",
        severity=draw(st.sampled_from(["none", "minor", "major", "critical"])),
        provider=draw(st.sampled_from(["lamp", "torch", ["lamp", "torch"]])),
        services=list(SERVICES),
        former_ids=draw(st.sampled_from([[], [f"2025-12-31-before-{number}"]])),
        impact={name: _impact(draw, begins) for name in IMPACT_CLASSES},
        timeline=[{"id": "n1", "at": time(begins), "kind": "note", "text": draw(TEXTS)}, *updates],
        postmortem=draw(st.sampled_from([{"state": "promised"}, finished])),
        revisions=draw(st.sampled_from([[], revisions])),
        **more,
    )


def _updates(draw: st.DrawFn, kind: str, begins: int) -> list[Data]:
    words = st.sampled_from(get_args(IncidentStatus if kind == "incident" else MaintenanceStatus))
    states = st.sampled_from(get_args(ComponentState))
    updates = []
    for index, after in enumerate(sorted(draw(st.lists(st.integers(0, 5000), max_size=4))), 1):
        entry: Data = {"id": f"u{index}", "at": time(begins + after), "kind": "update", "status": draw(words)}
        if draw(st.booleans()):
            entry["text"] = draw(TEXTS)
        else:
            entry["origin"] = {"source": "status-page", "key": f"k{index}"}
        if draw(st.booleans()):
            entry["components"] = [
                {"service": each, "state": draw(states)} for each in SERVICES[: draw(st.integers(1, 3))]
            ]
        updates.append(entry)
    return updates


def _impact(draw: st.DrawFn, begins: int) -> Data:
    state = draw(st.sampled_from(["affected", "not_affected", "unknown"]))
    if state != "affected":
        return {"state": state}
    window: Data = {"start": draw(st.sampled_from([time(begins), "unknown"]))}
    if draw(st.booleans()):
        window["end"] = draw(st.sampled_from([time(begins + 60), "unknown"]))
    return {
        "state": state,
        "level": draw(st.sampled_from(get_args(Level))),
        "summary": draw(TEXTS),
        "services": list(draw(st.sampled_from([SERVICES[:1], SERVICES]))),
        "windows": draw(st.sampled_from([[], [window]])),
        "models": draw(st.sampled_from(["unnamed", ["opus-4.8"], []])),
        "confidence": "confirmed",
    }


@st.composite
def corpora(draw: st.DrawFn) -> list[Data]:
    """No record, one, or several."""
    return [draw(records(number)) for number in range(draw(st.integers(0, 5)))]


def settings(**changes: object) -> Settings:
    """An observer's site about two providers, in groups and without."""
    whole: Data = {
        "publisher": {"name": "Watchers", "role": "observer", "contact": "mailto:w@example.org"},
        "providers": [{"id": "lamp", "name": "Lamp"}, {"id": "torch", "name": "Torch"}],
        "services": [
            {"id": "web-app", "name": "Chat - on the web", "group": "Apps", "provider": "lamp"},
            {"id": "api", "name": "API", "group": "Platform", "provider": "lamp", "since": "2025-02-03"},
            {"id": "files", "name": "Files", "provider": "torch"},
        ],
        "models": [{"id": "opus-4.8", "name": "Opus 4.8", "family": "opus"}],
        "coverage": [{"from": "2025-01-01"}],
    }
    return made.settings(**(whole | changes))


def published(corpus: list[Data]) -> tuple[History, Callable[[str], Incident]]:
    """The history of a corpus, and a way to get its incidents."""
    incidents = {each["id"]: made.incident(**each) for each in corpus}
    return order(map(summarise, incidents.values())), functools.partial(dict.__getitem__, incidents)
