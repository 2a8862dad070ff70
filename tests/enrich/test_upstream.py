"""What a source changed afterwards is told with both values, and never applied."""

from typing import Any

import pytest

from postmortem.enrich.match import Reach
from postmortem.enrich.upstream import vanished
from tests.enrich.told import after, data, event, planned, record, terms
from tests.model.made import update, utc

TRACKED = {"source": "page", "incident": "i1", "title": "Elevated errors", "severity": "minor"}
COPIED = update(
    "u1",
    "2026-06-23T14:47Z",
    status="investigating",
    text="We are looking.",
    origin={"source": "page", "key": "a"},
)


def told(*events: Any, texts: str = "copy", **changes: object) -> list[str]:  # noqa: ANN401 - events
    held = record(**changes)
    plan = planned(held, *events, under=terms(texts))
    assert plan.edits == ()
    return list(plan.reports)


def known(**more: Any) -> Any:  # noqa: ANN401 - any field
    return event("a", "14:47:20", **more)


def test_another_name_and_a_raised_impact() -> None:
    said = told(
        known(title="Outage of chat", impact="major", impact_word="major"), timeline=[COPIED], tracking=[TRACKED]
    )
    assert said == [
        'renamed: the record says "Elevated errors", page "Outage of chat"',
        "impact: the record says minor, page major",
    ]


def test_what_the_record_knows_already_is_not_told() -> None:
    same = known(title=" Elevated  errors", impact="minor", impact_word="minor")
    assert told(same, timeline=[COPIED], tracking=[TRACKED]) == []


def test_an_impact_above_the_records_severity_where_it_kept_no_word() -> None:
    assert told(known(impact="critical", impact_word="critical"), timeline=[COPIED]) == [
        "impact: the record's severity is major, page says critical"
    ]
    assert told(known(impact="minor", impact_word="minor"), timeline=[COPIED]) == []


def test_an_edited_text_where_it_was_copied() -> None:
    changed = known(text="We were looking.", edited=utc("2026-06-23T15:10:00Z"))
    assert told(changed, timeline=[COPIED]) == [
        'edited: u1 says "We are looking.", page since 2026-06-23T15:10Z "We were looking."'
    ]
    assert told(known(text="We are\nlooking.", edited=utc("2026-06-23T15:10:00Z")), timeline=[COPIED]) == []


def test_words_of_a_person_are_no_edit_of_the_source() -> None:
    assert told(known(text="We were looking.", edited=utc("2026-06-23T14:47:40Z")), timeline=[COPIED]) == []


def test_where_texts_are_omitted_the_time_tells_if_it_can() -> None:
    read = COPIED | {"published": "2026-06-23T15:00Z"}
    changed = known(text="We were looking.", edited=utc("2026-06-23T15:10:00Z"))
    assert told(changed, texts="omit", timeline=[read]) == [
        "edited: u1 became public here 2026-06-23T15:00Z, and page changed its words 2026-06-23T15:10Z"
    ]
    assert told(changed, texts="omit", timeline=[COPIED]) == []


def test_an_update_that_is_gone_between_others() -> None:
    gone = update("u2", "2026-06-23T15:00Z", status="identified", origin={"source": "page", "key": "b"})
    last = update("u3", "2026-06-23T16:13Z", status="resolved", origin={"source": "page", "key": "c"})
    said = told(known(), event("c", "16:13", "resolved"), timeline=[COPIED, gone, last])
    assert said == ["deleted: page no longer has u2 (b, 2026-06-23T15:00Z); it stays"]


def test_an_answer_that_holds_only_the_latest_update_deletes_nothing() -> None:
    last = update("u3", "2026-06-23T16:13Z", status="resolved", origin={"source": "page", "key": "c"})
    assert told(event("c", "16:13", "resolved"), timeline=[COPIED, last]) == []


@pytest.mark.parametrize(
    ("since", "until", "gone"),
    [("06-01", "06-30", True), ("06-24", "06-30", False), ("06-01", "06-20", False)],
)
def test_an_incident_that_is_gone_from_an_answer_that_reaches_over_it(since: str, until: str, *, gone: bool) -> None:
    reach = {("page", "incident"): Reach(utc(f"2026-{since}T00:00Z"), utc(f"2026-{until}T00:00Z"))}
    said = vanished(record(), frozenset({("page", "i2")}), reach)  # type: ignore[arg-type]
    assert (said == ["deleted: page no longer has the incident i1; the record stays as it is"]) is gone
    assert vanished(record(), frozenset({("page", "i1")}), reach) == []  # type: ignore[arg-type]


def test_another_schedule_of_maintenance() -> None:
    held = data(
        kind="maintenance",
        scheduled={"start": "2026-06-23T15:00Z", "end": "2026-06-23T16:00Z"},
        timeline=[update("u1", "2026-06-23T09:00Z", status="scheduled", origin={"source": "page", "key": "a"})],
    )
    moved = event("a", "09:00", "scheduled", kind="maintenance", scheduled_start=utc("2026-06-24T15:00:00Z"))
    assert after(held, moved) == held
    assert told(moved, **held) == ["rescheduled: the record says start 2026-06-23T15:00Z, page 2026-06-24T15:00Z"]
