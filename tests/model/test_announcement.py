"""What is announced, when, and what is only backfill."""

from datetime import datetime

import pytest

from postmortem.model.announcement import Announcement, announce, first_publication
from tests.model.made import incident, revision, update, utc


def told(**changes: object) -> list[tuple[str, str, bool]]:
    """Each announcement as (entry, kind, backfill), oldest first."""
    return [(each.entry, each.kind, each.backfill) for each in announce(incident(**changes))]  # type: ignore[arg-type]


def test_a_record_written_while_it_burns_is_announced_by_its_updates() -> None:
    timeline = [update("u1", "2026-06-23T14:47Z"), update("u2", "2026-06-23T15:00Z")]
    assert told(timeline=timeline, revisions=[revision(1, "2026-06-23T14:47Z")]) == [
        ("u1", "update", False),
        ("u2", "update", False),
    ]


def test_a_record_written_later_is_announced_once_and_its_old_updates_are_backfill() -> None:
    timeline = [update("u1", "2026-06-23T14:47Z"), update("u2", "2026-06-23T15:00Z")]
    assert told(timeline=timeline, revisions=[revision(1, "2026-07-01T09:00Z")]) == [
        ("u1", "update", True),
        ("u2", "update", True),
        ("r1", "first_publication", False),
    ]


def test_a_record_that_joins_in_the_middle_announces_itself_and_what_follows() -> None:
    timeline = [update("u1", "2026-06-23T14:47Z"), update("u2", "2026-06-23T15:00Z")]
    assert told(timeline=timeline, revisions=[revision(1, "2026-06-23T14:50Z")]) == [
        ("u1", "update", True),
        ("r1", "first_publication", False),
        ("u2", "update", False),
    ]


def test_an_update_counts_from_when_it_was_published() -> None:
    late = update("u1", "2026-06-23T14:47Z", published="2026-06-24T09:00Z")
    announced = announce(incident(timeline=[late], revisions=[revision(1, "2026-06-24T09:00Z")]))
    assert announced == (Announcement(utc("2026-06-24T09:00Z"), "2026-06-23-chat", "u1", "update"),)


def test_without_revisions_every_update_was_live() -> None:
    assert told(timeline=[update("u1", "2026-06-23T14:47Z")]) == [("u1", "update", False)]
    assert first_publication(incident()) is None


def test_an_editorial_revision_is_silent_even_where_it_is_the_only_one() -> None:
    live = [("u1", "update", False)]
    assert told() == live
    assert told(revisions=[revision(1, "2026-07-01T09:00Z", "editorial")]) == live
    whole = [revision(1, "2026-06-23T14:47Z"), revision(2, "2026-07-01T09:00Z", "editorial")]
    assert told(revisions=whole) == live


@pytest.mark.parametrize(
    ("kind", "announced"), [("material", "correction"), ("postmortem", "postmortem"), ("retraction", "withdrawal")]
)
def test_every_other_revision_is_one_entry(kind: str, announced: str) -> None:
    revisions = [revision(1, "2026-06-23T14:47Z"), revision(2, "2026-07-01T09:00Z", kind)]
    assert told(revisions=revisions) == [("u1", "update", False), ("r2", announced, False)]


def action(state: str, **more: str) -> dict[str, str]:
    return {"id": "a1", "kind": "prevent", "text": "Do.", "state": state} | more


def test_a_closed_action_is_announced_on_the_day_it_was_done() -> None:
    done = [action("done", done="2026-07-09T12:00Z")]
    assert told(actions=done)[-1] == ("a1", "action", False)
    assert told(actions=done, revisions=[revision(1, "2026-08-01T00:00Z")]) == [
        ("u1", "update", True),
        ("a1", "action", True),
        ("r1", "first_publication", False),
    ]
    assert told(actions=[action("in_progress")]) == told(actions=[action("done")]) == [("u1", "update", False)]


OUT = {"state": "published", "published": "2026-07-20T09:00Z"}


def done_at(**changes: object) -> datetime:
    """When the action of 9 July is announced."""
    (told,) = [each for each in announce(incident(**changes)) if each.kind == "action"]  # type: ignore[arg-type]
    return told.published


def test_what_a_draft_held_back_is_dated_when_it_became_public() -> None:
    done = [action("done", done="2026-07-09T12:00Z")]
    later = [revision(1, "2026-06-23T14:47Z"), revision(2, "2026-07-21T09:00Z", "postmortem")]
    assert done_at(actions=done) == utc("2026-07-09T12:00Z")
    assert done_at(actions=done, postmortem=OUT) == utc("2026-07-20T09:00Z")
    assert done_at(actions=done, postmortem=OUT, revisions=later) == utc("2026-07-21T09:00Z")
    assert done_at(actions=[action("done", done="2026-08-09T12:00Z")], postmortem=OUT) == utc("2026-08-09T12:00Z")


def test_an_action_that_was_public_before_the_postmortem_keeps_its_date_by_saying_so() -> None:
    said = [action("done", done="2026-07-09T12:00Z", published="2026-07-10T08:00Z")]
    assert done_at(actions=said, postmortem=OUT) == utc("2026-07-10T08:00Z")


def test_a_draft_tells_of_no_action() -> None:
    done = [action("done", done="2026-07-09T12:00Z")]
    assert told(actions=done, postmortem={"state": "draft"}) == [("u1", "update", False)]


def test_a_resolution_is_told_where_no_update_tells_it() -> None:
    clocks = {"resolved": "2026-06-23T16:00Z"}
    assert told(status="resolved", clocks=clocks)[-1] == ("closed", "resolution", False)
    assert announce(incident(status="resolved", clocks=clocks))[-1].published == utc("2026-06-23T16:00Z")
    late = [revision(1, "2026-07-01T09:00Z")]
    assert told(status="resolved", clocks=clocks, revisions=late)[1] == ("closed", "resolution", True)


def test_a_resolution_is_not_told_twice_nor_while_it_is_open_nor_without_a_time() -> None:
    said = [update("u1", "2026-06-23T14:47Z"), update("u2", "2026-06-23T16:10Z", status="resolved")]
    clocks = {"resolved": "2026-06-23T16:00Z"}
    assert [each[0] for each in told(timeline=said, status="resolved", clocks=clocks)] == ["u1", "u2"]
    assert [each[0] for each in told(status="monitoring", clocks=clocks)] == ["u1"]
    assert [each[0] for each in told(status="resolved")] == ["u1"]


def test_notes_and_private_entries_are_never_announced() -> None:
    note = {"id": "n1", "at": "2026-06-23T14:40Z", "kind": "decision", "text": "Rolled back."}
    hidden = update("u9", "2026-06-23T14:41Z", public=False)
    assert told(timeline=[note, hidden, update("u1", "2026-06-23T14:47Z")]) == [("u1", "update", False)]


def test_announcements_sort_by_date_then_incident_then_entry() -> None:
    early, late = utc("2026-06-23T14:00Z"), utc("2026-06-23T15:00Z")
    ordered = [
        Announcement(early, "b", "u2", "update"),
        Announcement(late, "a", "u1", "update"),
        Announcement(late, "a", "u2", "action"),
        Announcement(late, "a-b", "u1", "update"),
    ]
    shuffled = ordered[::-1]
    assert sorted(shuffled) == ordered
