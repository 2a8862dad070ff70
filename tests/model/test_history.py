"""Rows of lists, and the one order in which every list has them."""

from hypothesis import given
from hypothesis import strategies as st

from postmortem.model.history import order
from postmortem.model.summary import Stretch, Summary, summarise
from tests.model.made import affected, impact, incident, revision, update, utc


def row(number: int, at: str = "2026-06-23T14:00Z", **changes: object) -> Summary:
    timeline = [update("u1", at, status="investigating")]
    return summarise(incident(**{"id": f"2026-06-23-chat-{number}", "timeline": timeline} | changes))  # type: ignore[arg-type]


@given(st.permutations(range(5)))
def test_newest_first_by_first_known_then_id_whatever_order_files_come_in(numbers: list[int]) -> None:
    days = ["2026-06-23", "2026-06-25", "2026-06-25", "2026-01-01", "2025-12-31"]
    found = order(row(number, f"{days[number]}T10:00Z") for number in numbers)
    assert [each.id[-1] for each in found.rows] == ["2", "1", "0", "3", "4"]
    assert found.years() == (2026, 2025)
    assert [each.id[-1] for each in found.of_year(2025)] == ["4"]


def test_published_is_the_first_live_announcement_and_never_a_backfilled_one() -> None:
    burned = row(1, revisions=[revision(1, "2026-06-23T14:00Z")])
    imported = row(2, revisions=[revision(1, "2026-09-01T08:00Z")])
    assert burned.published == utc("2026-06-23T14:00Z")
    assert imported.published == utc("2026-09-01T08:00Z")
    assert imported.first_known == utc("2026-06-23T14:00Z")


def test_published_falls_back_on_first_known_where_nothing_was_announced() -> None:
    note = {"id": "n1", "at": "2026-06-23T14:00Z", "kind": "note", "text": "Seen."}
    assert row(1, timeline=[note]).published == utc("2026-06-23T14:00Z")
    assert row(1, timeline=[note]).announcements == ()


def test_an_editorial_revision_moves_changed_and_not_published() -> None:
    first = revision(1, "2026-06-23T14:00Z")
    before = row(1, revisions=[first])
    after = row(1, revisions=[first, revision(2, "2026-09-01T08:00Z", "editorial")])
    assert (before.published, before.announcements) == (after.published, after.announcements)
    assert after.changed == utc("2026-09-01T08:00Z")


def test_a_row_tells_an_unknown_end_from_one_that_goes_on() -> None:
    start = utc("2026-06-23T14:00Z")
    windows = affected(
        {"start": "2026-06-23T14:00Z"},
        {"start": "2026-06-23T14:00Z", "end": "unknown", "level": "full_outage", "models": ["opus-4.8"]},
        models=["haiku-4.5"],
    )
    found = row(1, impact=impact(authentication=windows)).impact["authentication"]
    assert found.windows == (
        Stretch(start, None, "degraded", ongoing=True),
        Stretch(start, None, "full_outage"),
    )
    assert (found.level, found.models) == ("full_outage", ("haiku-4.5", "opus-4.8"))


def test_unnamed_models_are_said_to_be_so_and_are_no_ids() -> None:
    found = row(1, impact=impact(authentication=affected(models="unnamed")))
    assert (found.models, found.models_unnamed) == ((), True)


def test_lists_of_the_history_hold_what_their_names_say() -> None:
    closed = [update("u1", "2026-06-23T14:00Z", status="resolved")]
    hit = impact(authentication=affected(models=["opus-4.8"]))
    found = order([row(1, timeline=closed), row(2, services=["api"], impact=hit)])
    assert [each.id[-1] for each in found.open()] == ["2"]
    assert [each.id[-1] for each in found.of_service("web-app")] == ["1"]
    assert [each.id[-1] for each in found.of_class("authentication")] == ["2"]
    assert [each.id[-1] for each in found.of_model("opus-4.8")] == ["2"]
    assert found.of_class("data_access") == ()
