"""Revisions: what changed since it was published."""

from typing import Any

import pytest

from postmortem.authoring.revise import plan
from postmortem.authoring.wish import Revise, WishError
from postmortem.corpus.ledger import Promise
from postmortem.model.announcement import announce
from postmortem.model.record import read
from tests.authoring.records import NOW, affected, done, promised, record, said


def revised(data: dict[str, Any], kind: Any, ledger: Promise | None = None, **wish: Any) -> dict[str, Any]:  # noqa: ANN401
    asked = Revise(kind=kind, summary="What changed.", now=NOW, **wish)
    return done(data, plan(data, asked, ledger))


def test_a_correction_is_numbered_and_dated() -> None:
    assert revised(record(), "material")["revisions"][-1] == {
        "number": 2,
        "at": "2026-06-23T15:00Z",
        "kind": "material",
        "summary": "What changed.",
    }


def test_facets_that_a_hand_edit_brought_are_found_in_the_ledger() -> None:
    before = record()
    after = affected(before | {"services": ["web-app", "api"]}, "data_access", services=["api"])
    adds = ["impact/data_access", "service/api"]
    assert revised(after, "material", promised(before))["revisions"][-1]["adds"] == adds
    assert "adds" not in revised(after, "material", promised(after))["revisions"][-1]
    assert revised(after, "material", None, adds=("service/api",))["revisions"][-1]["adds"] == ["service/api"]


def test_a_facet_that_the_record_is_not_in_is_refused() -> None:
    with pytest.raises(WishError, match=r"not in service/api; it is in .*service/web-app"):
        revised(record(), "material", adds=("service/api",))


def test_a_finished_postmortem_has_a_state_and_a_date() -> None:
    owed = record(postmortem={"state": "promised", "due": "2026-06-30"})
    assert revised(owed, "postmortem")["postmortem"] == {
        "state": "published",
        "due": "2026-06-30",
        "published": "2026-06-23T15:00Z",
    }
    refused = record(postmortem={"state": "not_planned", "reason": "Too small."})
    assert "reason" not in revised(refused, "postmortem")["postmortem"]
    dated = record(postmortem={"state": "published", "published": "2026-06-23T14:59Z"})
    assert revised(dated, "postmortem")["postmortem"] == dated["postmortem"]


def test_the_first_revision_publishes_a_draft_which_is_announced_once_and_now() -> None:
    draft = record(record="draft")
    del draft["revisions"]
    after = revised(draft, "initial")
    assert after["record"] == "published"
    live = [each for each in announce(read(after)) if not each.backfill]
    assert [(each.entry, each.kind) for each in live] == [("r1", "first_publication")]


def test_the_first_revision_of_what_was_public_is_dated_by_its_first_update() -> None:
    data = record(timeline=[said("u1", "2026-06-23T14:47Z"), said("u2", "2026-06-23T14:55Z")])
    del data["revisions"]
    assert revised(data, "initial")["revisions"][0]["at"] == "2026-06-23T14:47Z"


@pytest.mark.parametrize(
    ("changes", "kind", "told"),
    [
        ({"record": "draft"}, "material", "not public yet"),
        ({"record": "withdrawn"}, "editorial", "was withdrawn"),
        ({}, "initial", "was published"),
        ({}, "retraction", "postmortem withdraw"),
        ({"record": "embargoed", "embargo": {"until": "2026-07-01"}, "revisions": []}, "initial", "opens by itself"),
    ],
)
def test_what_cannot_be_is_refused(changes: dict[str, Any], kind: str, told: str) -> None:
    with pytest.raises(WishError, match=told):
        revised(record(**changes), kind)


def test_a_number_that_was_promised_is_not_given_twice() -> None:
    gone = Promise(id="2026-06-23-chat", state="published", entries={"r1": "x", "r2": "2026-06-23T14:50:00Z"})
    with pytest.raises(WishError, match="revision 2 was published once"):
        revised(record(), "material", gone)
