"""The wall: what of a record the world may read, and from which day on."""

from datetime import date
from typing import Any

import msgspec
import pytest

from postmortem.model.announcement import Announcement, announce
from postmortem.model.facts import Facts
from postmortem.model.incident import Incident, is_public, publish
from postmortem.model.record import Record
from tests.model.made import AS_OF, affected, impact, incident, record, revision, update, utc

PRIVATE = {"record", "embargo", "internal"}


def test_incident_has_no_field_for_what_is_private() -> None:
    assert set(Record.__struct_fields__) - set(Facts.__struct_fields__) == PRIVATE
    assert set(Incident.__struct_fields__) - set(Facts.__struct_fields__) == {"derived"}
    assert not hasattr(incident().timeline[0], "public")


def test_a_draft_has_no_public_part() -> None:
    assert publish(record(record="draft"), AS_OF) is None


@pytest.mark.parametrize(
    ("as_of", "open_"),
    [(date(2026, 11, 30), False), (date(2026, 12, 1), False), (date(2026, 12, 2), True), (date(2027, 6, 1), True)],
)
def test_an_embargo_opens_on_builds_dated_after_its_day(as_of: date, open_: bool) -> None:  # noqa: FBT001
    held = record(record="embargoed", embargo={"until": "2026-12-01"})
    assert (publish(held, as_of) is not None) is is_public(held, as_of) is open_


TOLD = [update("u1", "2026-06-23T14:47Z"), update("u2", "2026-06-23T15:00Z", status="resolved")]
REVISED = [revision(1, "2026-06-23T14:47Z"), revision(2, "2026-06-25T09:00Z", "material")]


def opened(revisions: list[dict[str, Any]]) -> tuple[Announcement, ...]:
    """What is announced of a record whose embargo has passed."""
    held = {"until": "2026-11-01"}
    return announce(incident(record="embargoed", embargo=held, timeline=TOLD, revisions=revisions))


@pytest.mark.parametrize("revisions", [REVISED, []])
def test_what_opens_by_itself_is_news_on_that_day_and_nothing_of_it_before(revisions: list[dict[str, Any]]) -> None:
    told = opened(revisions)
    assert [(each.entry, each.kind) for each in told if not each.backfill] == [("r1", "first_publication")]
    assert [each.published for each in told if not each.backfill] == [utc("2026-11-02T00:00Z")]
    assert {each.entry for each in told if each.backfill} == {"u1", "u2"} | {"r2" for _ in revisions}


def test_a_first_revision_after_the_embargo_keeps_its_day() -> None:
    told = opened([revision(1, "2026-11-03T08:00Z")])
    assert [each.published for each in told if not each.backfill] == [utc("2026-11-03T08:00Z")]


def test_an_embargo_without_a_day_never_opens() -> None:
    assert publish(record(record="embargoed"), date(2999, 1, 1)) is None


def test_a_withdrawn_record_stays_readable() -> None:
    gone = {"at": "2026-06-24T09:00Z", "reason": "It was a test."}
    assert incident(record="withdrawn", withdrawn=gone).withdrawn is not None


def test_private_entries_stay_inside_and_move_no_clock() -> None:
    when = {"at": "2026-06-23T09:00Z", "evidence": ["secret"]}
    hidden = update("u0", "", status="resolved", public=False, text="CANARY") | {"at": when}
    evidence = [
        {"id": "secret", "title": "CANARY", "kind": "analysis"},
        {"id": "shown", "title": "Shown", "kind": "analysis"},
    ]
    shown = update("u1", "2026-06-23T14:47Z", status="investigating", evidence=["shown"])
    public = incident(timeline=[hidden, shown], evidence=evidence, internal={"channel": "CANARY"})
    assert "CANARY" not in repr(public)
    assert [each.id for each in public.evidence] == ["shown"]
    assert public.derived.status == "investigating"
    assert public.derived.first_known.moment.instant.hour == 14


def drafted(state: str = "draft") -> Incident:
    """An incident whose postmortem is in that state, with a canary in everything that a draft must hold back."""
    hidden = ["only-cause", "clock", "window"]
    hypotheses: dict[str, Any] = {
        "cause": {
            "state": "suspected",
            "explanation": "CANARY",
            "factors": [{"category": "storage", "role": "root", "summary": "CANARY", "evidence": hidden}],
            "evidence": ["both"],
        },
        "detection": {"by": "monitoring", "note": "CANARY"},
        "response": "CANARY",
        "lessons": {"went_well": ["CANARY"], "went_wrong": ["CANARY"], "lucky": ["CANARY"]},
        "actions": [{"id": "a1", "kind": "prevent", "text": "CANARY", "state": "open"}],
        "guidance": {
            "during": ["Retry."],
            "next_time": ["CANARY"],
            "fallbacks": [{"for": "web-app", "use": "The API."}],
        },
        "postmortem": {"state": state, "due": "2026-07-01", "reason": "CANARY", "url": "https://example.com/CANARY"},
    }
    started = {"at": "2026-06-23T14:00Z", "is": "about", "evidence": ["clock"]}
    window = {"start": {"at": "2026-06-23T14:00Z", "evidence": ["window"]}, "end": "2026-06-23T15:00Z"}
    cited = {name: {"id": name, "title": f"About {name}", "kind": "analysis"} for name in EVIDENCE}
    cited["only-cause"]["title"] = "CANARY"
    return incident(
        **hypotheses,
        clocks={"started": started},
        impact=impact(authentication=affected(window, evidence=["both"])),
        evidence=list(cited.values()),
    )


EVIDENCE = ("only-cause", "both", "clock", "window", "nobody")


def test_while_the_postmortem_is_a_draft_its_hypotheses_stay_inside() -> None:
    public = drafted()
    assert "CANARY" not in repr(public)
    assert (public.cause, public.detection, public.response, public.actions) == (None, None, None, ())
    assert public.guidance.next_time == ()
    assert public.guidance.during == ("Retry.",)
    assert public.guidance.fallbacks[0].use == "The API."
    assert public.postmortem is not None
    assert (public.postmortem.state, public.postmortem.due) == ("draft", date(2026, 7, 1))


def test_evidence_that_only_a_withheld_claim_rests_on_is_withheld_too() -> None:
    assert [each.id for each in drafted().evidence] == ["both", "clock", "window", "nobody"]


@pytest.mark.parametrize("state", ["none", "promised", "published", "not_planned"])
def test_in_every_other_state_everything_is_told(state: str) -> None:
    public = drafted(state)
    assert public.cause is not None
    assert (len(public.actions), len(public.lessons.lucky), public.guidance.next_time) == (1, 1, ("CANARY",))
    assert [each.id for each in public.evidence] == list(EVIDENCE)


def test_the_wall_changes_no_public_word() -> None:
    whole = record(title="A title", severity="minor", services=["web-app", "api"])
    public = publish(whole, AS_OF)
    assert public is not None
    for name in set(Facts.__struct_fields__) - {"timeline"}:
        assert getattr(public, name) == getattr(whole, name)
    kept = msgspec.structs.asdict(public.timeline[0])
    assert kept == {name: getattr(whole.timeline[0], name) for name in kept}
