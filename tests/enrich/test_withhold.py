"""What must not stand in a record is taken out, by its place, and a note says so."""

from typing import Any

from postmortem.enrich.mirror import Made
from postmortem.enrich.paper import text
from postmortem.enrich.withhold import OMITTED, withhold
from postmortem.schema.check import check
from tests.model import made

ENTRY = {
    "id": "u1",
    "at": "2026-06-23T14:19Z",
    "kind": "update",
    "text": "Call 555.",
    "origin": {"source": "s", "key": "k"},
}


def without(*pointer: str | int, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
    whole = made.data(id="2026-06-23-call-jane-q8zv1c", title="Call Jane", timeline=[ENTRY], **changes)
    after = withhold(Made(whole), [(pointer, "PM605 telephone")])
    assert after.notes == (f"{'/'.join(map(str, pointer))} (PM605 telephone)",)
    assert "# Note: " in text(after, "x.json")
    assert check(after.data, "incident") == ()
    return dict(after.data)


def test_a_text_that_is_needed_gets_words_of_ours_another_is_left_out() -> None:
    assert without("timeline", 0, "text")["timeline"][0]["text"] == OMITTED
    said = [{**ENTRY, "status": "investigating"}]
    after = withhold(Made(made.data(timeline=said)), [(("timeline", 0, "text"), "PM605 telephone")])
    assert "text" not in after.data["timeline"][0]


def test_a_title_takes_the_id_that_was_made_of_it_along() -> None:
    after = without("title")
    assert (after["title"], after["id"]) == (
        "Incident on the status page",
        "2026-06-23-incident-on-the-status-page-q8zv1c",
    )


def test_anything_else_is_left_out() -> None:
    tracked = {"source": "s", "incident": "i", "title": "Call Jane"}
    assert without("tracking", 0, "title", tracking=[tracked])["tracking"] == [{"source": "s", "incident": "i"}]


def test_a_place_that_is_not_there_changes_nothing() -> None:
    whole = made.data()
    assert withhold(Made(whole), [(("impact", "other", "summary"), "x")]).data == whole
