"""Every derived value, by the definitions of the format: what a person gave wins, what nobody knows is not guessed."""

from typing import Any

import pytest

from postmortem.model.derived import ImpactTime, became_public, last_published, updates, worst_level
from postmortem.model.incident import Incident
from postmortem.model.moment import Moment
from tests.model.made import affected, impact, incident, revision, update, utc


def said(*statuses: str, **more: Any) -> Incident:  # noqa: ANN401 - fields of the format
    """An incident whose updates said these things, ten minutes apart from 14:00 on."""
    timeline = [
        update(f"u{number}", f"2026-06-23T{14 + number // 6}:{number % 6}0Z", status=status)
        for number, status in enumerate(statuses)
    ]
    return incident(timeline=timeline, **more)


def at(moment: Moment | None) -> str | None:
    return None if moment is None else moment.instant.strftime("%H:%M")


def test_the_last_update_says_the_status() -> None:
    assert said("investigating", "identified").derived.status == "identified"
    assert said("investigating", "resolved").derived.is_open is False


def test_the_last_update_is_the_latest_one_not_the_last_line() -> None:
    lines = [
        update("u2", "2026-06-23T15:00Z", status="resolved"),
        update("u1", "2026-06-23T14:00Z", status="investigating"),
    ]
    assert incident(timeline=lines).derived.status == "resolved"


def test_of_two_updates_in_one_minute_the_later_line_counts() -> None:
    lines = [
        update("u1", "2026-06-23T14:00Z", status="monitoring"),
        update("u2", "2026-06-23T14:00Z", status="resolved"),
    ]
    assert incident(timeline=lines).derived.status == "resolved"
    assert incident(timeline=lines[::-1]).derived.status == "monitoring"


def test_a_status_that_a_person_gave_wins() -> None:
    derived = said("investigating", "resolved", status="monitoring").derived
    assert (derived.status, derived.is_open, derived.resolved) == ("monitoring", True, None)


def test_without_a_word_an_incident_is_investigated_and_maintenance_scheduled() -> None:
    note = [{"id": "n1", "at": "2026-06-23T14:00Z", "kind": "note", "text": "Seen."}]
    assert incident(timeline=note).derived.status == "investigating"
    assert incident(timeline=note, kind="maintenance").derived.status == "scheduled"


@pytest.mark.parametrize(
    ("statuses", "resolved"),
    [
        (["investigating", "resolved"], "14:10"),
        (["investigating", "resolved", "resolved"], "14:10"),
        (["investigating", "resolved", "identified", "resolved"], "14:30"),
        (["investigating", "resolved", "identified"], None),
        (["resolved", "investigating", "resolved", "investigating", "resolved", "resolved"], "14:40"),
        (["investigating"], None),
    ],
)
def test_resolved_is_the_first_closing_that_nothing_reopened(statuses: list[str], resolved: str | None) -> None:
    assert at(said(*statuses).derived.resolved) == resolved


def test_an_update_that_states_no_status_reopens_nothing() -> None:
    lines = [
        update("u1", "2026-06-23T14:00Z", status="resolved"),
        update("u2", "2026-06-23T15:00Z"),
    ]
    derived = incident(timeline=lines).derived
    assert (derived.status, at(derived.resolved)) == ("resolved", "14:00")


def test_clocks_that_a_person_gave_win() -> None:
    clocks = {"first_public_update": "2026-06-23T13:00Z", "resolved": "2026-06-23T15:30Z"}
    derived = said("investigating", "resolved", clocks=clocks).derived
    assert (at(derived.first_public_update), at(derived.resolved), derived.open_minutes) == ("13:00", "15:30", 150)


def test_an_update_is_public_when_it_was_published() -> None:
    late = update("u1", "2026-06-23T14:00Z", published="2026-06-23T18:00Z")
    found = incident(timeline=[late, update("u2", "2026-06-23T15:00Z")])
    assert at(found.derived.first_public_update) == "15:00"
    assert [at(became_public(each)) for each in updates(found)] == ["18:00", "15:00"]


def test_open_time_is_whole_minutes_and_absent_where_a_clock_is() -> None:
    assert said("investigating").derived.open_minutes is None
    clocks = {"first_public_update": "2026-06-23T14:00:30Z", "resolved": "2026-06-23T14:02:29Z"}
    assert said("resolved", clocks=clocks).derived.open_minutes == 1


def test_clocks_that_run_backwards_give_no_time() -> None:
    clocks = {"first_public_update": "2026-06-23T14:00Z", "resolved": "2026-06-23T13:00Z"}
    assert said("resolved", clocks=clocks).derived.open_minutes is None


def test_an_incident_that_is_open_again_has_no_open_time_yet() -> None:
    clocks = {"resolved": "2026-06-23T14:10Z"}
    derived = said("investigating", "resolved", "identified", clocks=clocks).derived
    assert (derived.is_open, derived.open_minutes) == (True, None)


def test_first_known_prefers_the_start_then_a_window_then_the_first_update() -> None:
    window = {"start": "2026-06-23T13:50Z", "end": "2026-06-23T15:00Z"}
    later = {"start": "2026-06-23T13:55Z", "end": "2026-06-23T15:00Z"}
    windows = impact(data_access=affected(later), authentication=affected({"start": "unknown"}, window))
    started = said("investigating", clocks={"started": "2026-06-23T13:40Z"}, impact=windows).derived.first_known
    assert (at(started.moment), started.by) == ("13:40", "started")
    by_window = said("investigating", impact=windows).derived.first_known
    assert (at(by_window.moment), by_window.by) == ("13:50", "window")
    by_update = said("investigating").derived.first_known
    assert (at(by_update.moment), by_update.by) == ("14:00", "first_public_update")


def test_a_class_that_was_not_affected_has_no_window_that_counts() -> None:
    window = {"start": "2026-06-23T13:50Z", "end": "2026-06-23T15:00Z"}
    healthy = impact(data_access={"state": "not_affected", "windows": [window]})
    assert said("resolved", impact=healthy).derived.first_known.by == "first_public_update"
    assert said("resolved", impact=healthy).derived.impact_time == ImpactTime(None)


def test_a_record_with_nothing_but_a_note_is_known_from_the_note() -> None:
    note = [{"id": "n1", "at": "2026-06-23T14:00Z", "kind": "note", "text": "Seen."}]
    known = incident(timeline=note).derived.first_known
    assert (at(known.moment), known.by) == ("14:00", "timeline")


MAINTENANCE: dict[str, Any] = {
    "kind": "maintenance",
    "scheduled": {"start": "2026-06-23T20:00Z", "end": "2026-06-23T22:00Z"},
    "timeline": [update("u1", "2026-06-20T09:00Z", status="scheduled")],
}


def test_maintenance_is_known_by_its_schedule_and_its_expected_impact_does_not_count() -> None:
    window = {"start": "2026-06-23T20:00Z", "end": "2026-06-23T21:00Z"}
    expected = incident(**MAINTENANCE, impact=impact(authentication=affected(window, expected=True))).derived
    assert (at(expected.first_known.moment), expected.first_known.by) == ("20:00", "scheduled")
    assert (expected.impact_time, expected.status, expected.is_open) == (ImpactTime(None), "scheduled", True)
    real = incident(**MAINTENANCE, impact=impact(authentication=affected(window))).derived
    assert (real.impact_time, real.first_known.by) == (ImpactTime(60), "window")


@pytest.mark.parametrize(("last", "resolved"), [("completed", "21:00"), ("cancelled", None)])
def test_maintenance_is_over_when_completed_or_cancelled(last: str, resolved: str | None) -> None:
    timeline = [*MAINTENANCE["timeline"], update("u2", "2026-06-23T21:00Z", status=last)]
    derived = incident(**{**MAINTENANCE, "timeline": timeline}).derived
    assert (derived.is_open, at(derived.resolved)) == (False, resolved)


def window(start: str, end: str | None) -> dict[str, str]:
    """A window between two times of one day; None goes on, `unknown` is not known."""
    ends = {} if end is None else {"end": end}
    return {
        key: value if value == "unknown" else f"2026-06-23T{value}Z" for key, value in ({"start": start} | ends).items()
    }


@pytest.mark.parametrize(
    ("windows", "time"),
    [
        ([], ImpactTime(None)),
        ([("14:00", "14:30")], ImpactTime(30)),
        ([("14:00", "14:30"), ("14:20", "14:50")], ImpactTime(50)),
        ([("14:00", "14:30"), ("15:00", "15:10")], ImpactTime(40)),
        ([("14:00", "14:30"), ("14:10", None)], ImpactTime(30, ongoing=1)),
        ([("14:00", None)], ImpactTime(None, ongoing=1)),
        ([("14:00", "unknown"), ("unknown", "15:00")], ImpactTime(None, unknown=2)),
        ([("unknown", None), ("14:00", "14:01")], ImpactTime(1, unknown=1)),
        ([("14:30", "14:00")], ImpactTime(0)),
        ([("14:00:40", "14:01:20"), ("15:00:00", "15:00:30")], ImpactTime(1)),
    ],
)
def test_impact_time_is_the_union_of_what_is_known(windows: list[tuple[str, str | None]], time: ImpactTime) -> None:
    derived = said(
        "investigating", impact=impact(authentication=affected(*(window(*each) for each in windows)))
    ).derived
    assert derived.impact_time == derived.impact_time_by_class["authentication"] == time


def test_two_classes_at_the_same_time_count_once_in_the_whole() -> None:
    classes = impact(authentication=affected(window("14:00", "14:30")), data_access=affected(window("14:20", "15:00")))
    derived = said("resolved", impact=classes).derived
    assert derived.impact_time == ImpactTime(60)
    assert derived.impact_time_by_class["authentication"] == ImpactTime(30)
    assert derived.impact_time_by_class["data_access"] == ImpactTime(40)
    assert derived.impact_time_by_class["model_degradation"] == ImpactTime(None)


def test_the_worst_level_is_the_worst_that_class_or_window_states() -> None:
    worse = window("14:00", "14:30") | {"level": "full_outage"}
    found = said("resolved", impact=impact(authentication=affected(worse, level="degraded"), data_access=affected()))
    assert worst_level(found.impact.authentication) == "full_outage"
    assert worst_level(found.impact.data_access) == "degraded"
    assert worst_level(found.impact.model_degradation) is None


def test_a_withdrawn_incident_is_not_open() -> None:
    gone = {"at": "2026-06-24T09:00Z", "reason": "It was a test."}
    assert said("investigating", record="withdrawn", withdrawn=gone).derived.is_open is False


def test_one_provider_is_a_list_of_one() -> None:
    assert said("resolved", provider="example-ai").derived.providers == ("example-ai",)
    assert said("resolved", provider=["a", "b"]).derived.providers == ("a", "b")


def test_last_published_is_the_newest_of_all_that_was_published() -> None:
    revisions = [revision(1, "2026-06-23T14:00Z"), revision(2, "2026-06-25T09:00Z", "editorial")]
    assert last_published(said("resolved", revisions=revisions)) == utc("2026-06-25T09:00Z")
    done = {"id": "a1", "kind": "prevent", "text": "Do.", "state": "done", "done": "2026-07-01T00:00Z"}
    assert last_published(said("resolved", revisions=revisions, actions=[done])) == utc("2026-07-01T00:00Z")
    gone = {"at": "2026-08-01T00:00Z", "reason": "A test."}
    withdrawn = said("resolved", revisions=revisions, record="withdrawn", withdrawn=gone)
    assert last_published(withdrawn) == utc("2026-08-01T00:00Z")


def test_a_record_whose_whole_timeline_is_private_is_known_by_the_day_in_its_id() -> None:
    note = {"id": "n1", "at": "2026-06-24T14:00Z", "kind": "note", "text": "Kept inside.", "public": False}
    known = incident(timeline=[note]).derived.first_known
    assert known.by == "id"
    assert known.moment.instant == utc("2026-06-23T00:00Z")
    assert known.moment.is_ == "about"
