"""The state of a page and of its services: every combination, and never healthier than the records."""

from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.api import words_v2
from postmortem.api.states_v2 import Now, now
from postmortem.api.words_v2 import WORST_LAST, State
from postmortem.model.settings import Settings, is_watched
from postmortem.model.vocabulary import SEVERITIES, ComponentState, Level, Severity
from postmortem.pages import coverage
from tests.api.corpora import Data, corpora, settings
from tests.model import made

AS_OF = date(2026, 6, 24)
WATCHED = made.settings(coverage=[{"from": "2026-01-01"}])
WELL = words_v2.DESCRIPTIONS["none"]
LEVELS: dict[Level, State] = {
    "degraded": "degraded_performance",
    "partial_outage": "partial_outage",
    "full_outage": "major_outage",
    "unknown": "degraded_performance",
}


def how(*corpus: Data, site: Settings | None = None, as_of: date = AS_OF) -> Now:
    incidents = [made.incident(**each) for each in corpus]
    return now([each for each in incidents if each.derived.is_open], site or WATCHED, as_of)


def said(state: str, severity: str = "minor") -> Data:
    entry = made.update(
        "u1", "2026-06-23T14:47Z", status="identified", components=[{"service": "web-app", "state": state}]
    )
    return made.data(severity=severity, timeline=[entry])


def planned(status: str) -> Data:
    return made.data(
        id="2026-06-24-work",
        kind="maintenance",
        severity="none",
        services=["api"],
        scheduled={"start": "2026-06-24T04:00Z", "end": "2026-06-24T06:00Z"},
        timeline=[made.update("u1", "2026-06-20T10:00Z", status=status)],
    )


def expected(severity: Severity, state: ComponentState, *, works: bool) -> str:
    """The indicator: by the severity, never none where a service is not well; maintenance where nothing is worse."""
    if severity != "none":
        return severity
    if state not in ("operational", "under_maintenance"):
        return "minor"
    return "maintenance" if works or state == "under_maintenance" else "none"


@pytest.mark.parametrize("works", [False, True])
@pytest.mark.parametrize("state", get_args(ComponentState))
@pytest.mark.parametrize("severity", SEVERITIES)
def test_indicator_component_and_maintenance_in_every_combination(
    severity: Severity, state: ComponentState, *, works: bool
) -> None:
    found = how(said(state, severity), *([planned("in_progress")] if works else []))
    assert found.indicator == expected(severity, state, works=works)
    assert found.description == words_v2.DESCRIPTIONS[found.indicator]
    assert found.of("web-app") == ("degraded_performance" if state == "unknown" else state)
    assert found.of("api") == ("under_maintenance" if works else "operational")


@pytest.mark.parametrize(
    ("status", "state"),
    [("scheduled", "operational"), ("in_progress", "under_maintenance"), ("verifying", "under_maintenance")],
)
def test_maintenance_shows_when_it_has_begun(status: str, state: str) -> None:
    assert how(planned(status)).of("api") == state


@pytest.mark.parametrize(("level", "state"), list(LEVELS.items()))
def test_where_no_update_spoke_of_a_service_its_open_windows_do(level: Level, state: State) -> None:
    going_on = made.affected({"start": "2026-06-23T14:21Z"}, level=level)
    assert how(made.data(impact=made.impact(authentication=going_on))).of("web-app") == state
    over = made.affected({"start": "2026-06-23T14:21Z", "end": "2026-06-23T15:00Z"}, level=level)
    assert how(made.data(impact=made.impact(authentication=over))).of("web-app") == "operational"
    undated = made.affected(level=level)
    assert how(made.data(impact=made.impact(authentication=undated))).of("web-app") == state


def test_a_window_speaks_only_of_its_own_services_at_its_own_level() -> None:
    windows = (
        {"start": "2026-06-23T14:21Z", "services": ["api"], "level": "full_outage"},
        {"start": "2026-06-23T14:21Z"},
    )
    impact = made.impact(authentication=made.affected(*windows, services=["web-app", "api"]))
    found = how(made.data(services=["web-app", "api"], impact=impact))
    assert (found.of("web-app"), found.of("api")) == ("degraded_performance", "major_outage")


def test_what_an_update_said_stands_against_what_windows_tell() -> None:
    going_on = made.impact(authentication=made.affected({"start": "2026-06-23T14:21Z"}, level="full_outage"))
    assert how(said("partial_outage") | {"impact": going_on}).of("web-app") == "partial_outage"


@pytest.mark.parametrize(
    ("severity", "state"),
    [
        ("none", "operational"),
        ("minor", "degraded_performance"),
        ("major", "partial_outage"),
        ("critical", "major_outage"),
    ],
)
def test_where_nothing_is_known_but_the_severity_that_decides(severity: Severity, state: State) -> None:
    assert how(made.data(severity=severity)).of("web-app") == state


def test_unknown_is_never_healthier_than_what_was_known() -> None:
    states = ("major_outage", "unknown")
    entries = [
        made.update(f"u{index}", f"2026-06-23T14:4{index}Z", components=[{"service": "web-app", "state": state}])
        for index, state in enumerate(states)
    ]
    assert how(made.data(timeline=entries)).of("web-app") == "major_outage"


def test_two_incidents_of_one_service_show_the_worse() -> None:
    other = said("degraded_performance") | {"id": "2026-06-22-other"}
    assert how(said("major_outage"), other).of("web-app") == "major_outage"
    assert how(other, said("major_outage")).of("web-app") == "major_outage"


def test_a_page_that_somebody_watches_is_well_without_open_incidents() -> None:
    assert how() == Now(indicator="none", description=WELL, states={})


ARCHIVE = made.settings(site={"url": "https://status.example.com/", "live": False})
OVER = made.settings(coverage=[{"from": "2026-06-16", "until": "2026-06-23"}])
UNSTATED = made.settings()
SILENT = "nobody says that they watch"


@pytest.mark.parametrize(
    ("site", "why"),
    [(ARCHIVE, "an archive: nobody watches"), (OVER, SILENT), (UNSTATED, SILENT)],
    ids=["archive", "coverage ended", "no coverage"],
)
def test_where_nobody_watches_nothing_is_said_to_be_well(site: Settings, why: str) -> None:
    found = how(site=site)
    assert found.description == f"No open record as of 2026-06-24 ({why})"
    assert (found.indicator, found.of("web-app")) == ("maintenance", "under_maintenance")
    still = how(said("operational", "none"), said("partial_outage", "major") | {"id": "2026-06-22-other"}, site=site)
    assert (still.indicator, still.of("web-app"), still.of("api")) == ("major", "partial_outage", "under_maintenance")
    assert still.description == f"2 open records as of 2026-06-24 ({why})"


@given(corpora(), st.sampled_from([ARCHIVE, OVER, UNSTATED]))
def test_nothing_that_nobody_watches_sounds_well(corpus: list[Data], site: Settings) -> None:
    found = how(*corpus, site=site)
    assert found.indicator != "none"
    assert found.description not in words_v2.DESCRIPTIONS.values()
    assert "operational" not in {found.of(each) for each in ("web-app", "api", "files", "other")}


@given(corpora())
def test_a_page_is_at_least_as_bad_as_its_worst_open_incident(corpus: list[Data]) -> None:
    found = how(*corpus)
    open_ = [each for each in (made.incident(**data) for data in corpus) if each.derived.is_open]
    severities = [each.severity for each in open_ if each.kind == "incident"]
    rank = ("none", "maintenance", "minor", "major", "critical").index
    assert rank(found.indicator) >= max(map(rank, severities), default=0)
    if any(WORST_LAST.index(state) > 1 for state in found.states.values()):
        assert rank(found.indicator) >= rank("minor")


def test_each_provider_is_watched_for_itself() -> None:
    site = settings(coverage=[{"provider": "lamp", "from": "2026-01-01"}])
    assert is_watched(site, AS_OF, "lamp")
    assert not is_watched(site, AS_OF, "torch")
    assert not is_watched(site, AS_OF)
    assert is_watched(settings(coverage=[{"from": "2026-01-01"}]), AS_OF)
    assert not is_watched(settings(coverage=[{"from": "2026-07-01"}]), AS_OF)
    assert is_watched(WATCHED, AS_OF)


@pytest.mark.parametrize(
    "site", [WATCHED, OVER, UNSTATED, settings(coverage=[{"provider": "lamp", "from": "2026-01-01"}])]
)
def test_pages_and_programs_are_told_the_same(site: Settings) -> None:
    assert coverage.is_watched(site, AS_OF) == is_watched(site, AS_OF) == (how(site=site).indicator == "none")
