"""What is announced, when, and what is only backfill."""

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
