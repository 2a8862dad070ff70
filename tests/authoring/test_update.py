"""An update and what follows from it."""

import contextlib
from datetime import UTC, datetime
from typing import Any, Final

import pytest
from hypothesis import Phase, given
from hypothesis import settings as settings_of
from hypothesis import strategies as st

from postmortem.authoring.update import plan
from postmortem.authoring.wish import Affected, Update, WishError
from postmortem.corpus.ledger import Promise
from postmortem.lint.run import examine
from postmortem.model.moment import Moment, parse, read_moment
from postmortem.model.vocabulary import IMPACT_CLASSES
from postmortem.yamldoc.dump import dump
from tests.authoring.records import NOW, affected, done, promised, record, said, settings

CHAT: Final = "application_failure"


def updated(data: dict[str, Any], role: str = "provider", **wish: Any) -> dict[str, Any]:  # noqa: ANN401
    asked: dict[str, Any] = {"text": "News.", "now": NOW} | wish
    return done(data, plan(data, Update(**asked), settings(role), promised(data)))


def at(text: str) -> Moment:
    return Moment(*parse(text))


def test_an_update_is_appended_with_the_next_id_and_the_present() -> None:
    after = updated(record(), status="identified")
    assert after["timeline"][-1] == {
        "id": "u2",
        "at": "2026-06-23T15:00Z",
        "kind": "update",
        "status": "identified",
        "text": "News.",
    }
    assert after["revisions"] == record()["revisions"]


def test_an_id_that_was_ever_promised_is_not_given_again() -> None:
    ledger = Promise(id="2026-06-23-chat", state="published", entries={"u7": "2026-06-23T14:50:00Z", "a9": "x"})
    after = done(record(), plan(record(), Update(text="News.", now=NOW), settings(), ledger))
    assert after["timeline"][-1]["id"] == "u8"


def test_at_the_end_it_names_what_nobody_has_put_into_words() -> None:
    data = affected(record(), CHAT, summary="Being looked into.", windows=[])
    found = plan(data, Update(text="Over.", now=NOW, status="resolved"), settings(), promised(data))
    assert found.notes == (f'{CHAT} still says "Being looked into.": write in its summary what users saw',)
    told = affected(record(), CHAT, windows=[])
    assert plan(told, Update(text="Over.", now=NOW, status="resolved"), settings(), promised(told)).notes == ()


def test_what_happened_before_stands_before_and_says_when_it_was_published() -> None:
    data = record(timeline=[said("u1", "2026-06-23T14:47Z"), said("u2", "2026-06-23T14:55Z")])
    after = updated(data, at=at("2026-06-23T14:50Z"))
    assert [each["id"] for each in after["timeline"]] == ["u1", "u3", "u2"]
    assert after["timeline"][1]["published"] == "2026-06-23T15:00Z"


def test_a_draft_publishes_nothing_and_counts_no_revisions() -> None:
    data = record(record="draft")
    del data["revisions"]
    after = updated(data, at=at("2026-06-23T14:50Z"), severity="critical")
    assert "published" not in after["timeline"][-1]
    assert "revisions" not in after


@pytest.mark.parametrize(
    ("before", "now", "reopens"),
    [
        ("monitoring", "identified", True),
        ("resolved", "investigating", True),
        ("investigating", "identified", False),
        ("identified", "identified", False),
    ],
)
def test_going_back_says_so(before: str, now: str, *, reopens: bool) -> None:
    data = record(timeline=[said("u1", "2026-06-23T14:47Z", status=before)])
    assert updated(data, status=now)["timeline"][-1].get("reopens", False) is reopens


def test_a_stated_status_follows_the_last_update_only() -> None:
    data = record(status="monitoring", timeline=[said("u1", "2026-06-23T14:47Z", status="monitoring")])
    assert updated(data, status="resolved")["status"] == "resolved"
    assert updated(data, status="investigating", at=at("2026-06-23T14:40Z"))["status"] == "monitoring"
    assert "status" not in updated(record(), status="resolved")


def test_reopening_takes_out_the_clock_that_said_it_was_over() -> None:
    closed = said("u1", "2026-06-23T14:47Z", status="resolved")
    data = record(clocks={"detected": "2026-06-23T14:40Z", "resolved": "2026-06-23T14:47Z"}, timeline=[closed])
    assert updated(data, status="investigating")["clocks"] == {"detected": "2026-06-23T14:40Z"}


def test_a_class_that_becomes_affected_states_all_the_schema_asks_for() -> None:
    wish = (Affected(CHAT, "partial_outage", ("web-app", "mobile-app")),)
    after = updated(record(), affected=wish)
    assert after["impact"][CHAT] == {
        "state": "affected",
        "level": "partial_outage",
        "summary": "Being looked into.",
        "services": ["web-app", "mobile-app"],
        "windows": [{"start": "2026-06-23T15:00Z"}],
        "confidence": "confirmed",
    }
    assert after["services"] == ["web-app", "mobile-app"]
    assert updated(record(), "observer", affected=wish)["impact"][CHAT]["confidence"] == "reported"


def test_a_summary_of_the_unknown_stays_and_one_of_good_health_goes() -> None:
    data = record()
    data["impact"] |= {
        CHAT: {"state": "unknown", "summary": "Some say so."},
        "authentication": {"state": "not_affected", "summary": "Signing in works."},
    }
    after = updated(data, affected=(Affected(CHAT, "degraded"), Affected("authentication", "degraded")))["impact"]
    assert after[CHAT]["summary"] == "Some say so."
    assert after["authentication"]["summary"] == "Being looked into."


def test_a_change_of_level_ends_the_window_and_begins_another() -> None:
    data = affected(record(), CHAT, windows=[{"start": "2026-06-23T14:21Z"}])
    worse = updated(data, affected=(Affected(CHAT, "full_outage"),))["impact"][CHAT]
    assert worse["level"] == "full_outage"
    assert worse["windows"] == [
        {"start": "2026-06-23T14:21Z", "end": "2026-06-23T15:00Z", "level": "degraded"},
        {"start": "2026-06-23T15:00Z"},
    ]
    data = affected(record(), CHAT, level="full_outage", windows=[{"start": "2026-06-23T14:21Z"}])
    better = updated(data, affected=(Affected(CHAT, "degraded"),))["impact"][CHAT]
    assert better["level"] == "full_outage"
    assert better["windows"][1] == {"start": "2026-06-23T15:00Z", "level": "degraded"}


def test_the_same_again_changes_no_window() -> None:
    data = affected(record(), CHAT, windows=[{"start": "2026-06-23T14:21Z"}])
    assert updated(data, affected=(Affected(CHAT, "degraded", ("web-app",)),))["impact"] == data["impact"]


def test_a_service_that_joins_does_not_rewrite_the_past() -> None:
    data = affected(record(), CHAT, windows=[{"start": "2026-06-23T14:21Z"}])
    after = updated(data, affected=(Affected(CHAT, "degraded", ("mobile-app",)),))["impact"][CHAT]
    assert after["services"] == ["web-app", "mobile-app"]
    assert after["windows"] == [
        {"start": "2026-06-23T14:21Z", "services": ["web-app"]},
        {"start": "2026-06-23T15:00Z", "services": ["mobile-app"]},
    ]


def test_one_service_of_a_window_turns_and_the_others_go_on() -> None:
    both = ["web-app", "api"]
    data = affected(record(services=both), CHAT, services=both, windows=[{"start": "2026-06-23T14:21Z"}])
    after = updated(data, affected=(Affected(CHAT, "partial_outage", ("api",)),))["impact"][CHAT]
    assert after["windows"] == [
        {"start": "2026-06-23T14:21Z", "end": "2026-06-23T15:00Z", "level": "degraded"},
        {"start": "2026-06-23T15:00Z", "services": ["api"]},
        {"start": "2026-06-23T15:00Z", "level": "degraded", "services": ["web-app"]},
    ]


def test_restored_ends_what_is_open_and_the_class_stays_affected() -> None:
    windows = [{"start": "2026-06-23T14:21Z", "end": "unknown"}, {"start": "2026-06-23T14:40Z"}]
    after = updated(affected(record(), CHAT, windows=windows), restored=(CHAT,))["impact"][CHAT]
    assert after["state"] == "affected"
    assert [each["end"] for each in after["windows"]] == ["unknown", "2026-06-23T15:00Z"]
    assert updated(affected(record(), CHAT), restored=(CHAT,))["impact"][CHAT]["windows"] == [
        {"start": "unknown", "end": "2026-06-23T15:00Z"}
    ]


def test_restoring_what_is_not_affected_changes_nothing_and_is_said() -> None:
    found = plan(record(), Update(text="News.", now=NOW, restored=("authentication",)), settings(), None)
    assert found.notes == ("authentication has no open window: nothing to close",)
    assert done(record(), found)["impact"] == record()["impact"]


def test_resolved_ends_what_is_still_open_and_says_so() -> None:
    data = affected(record(), CHAT, windows=[{"start": "2026-06-23T14:21Z"}])
    found = plan(data, Update(text="Over.", now=NOW, status="resolved"), settings(), None)
    assert done(data, found)["impact"][CHAT]["windows"][0]["end"] == "2026-06-23T15:00Z"
    assert found.notes == (f"{CHAT} was still open: its window ends with the incident, at 2026-06-23T15:00Z",)


def test_a_facet_entered_by_an_update_is_noted_in_silence_at_its_instant() -> None:
    wish = (Affected("model_degradation", "degraded", ("api",), ("opus-4.8",)),)
    after = updated(record(), affected=wish, severity="critical")
    assert after["revisions"][1] == {
        "number": 2,
        "at": "2026-06-23T15:00Z",
        "kind": "editorial",
        "summary": "With update u2, the record concerns more than before.",
        "adds": [
            "impact/model_degradation",
            "model/opus-4.8",
            "service/api",
            "severity/critical",
            "severity/major",
        ],
    }


def test_a_record_without_revisions_gets_its_first_one_dated_by_its_first_update() -> None:
    data = record()
    del data["revisions"]
    assert [(each["kind"], each["at"]) for each in updated(data, severity="major")["revisions"]] == [
        ("initial", "2026-06-23T14:47Z"),
        ("editorial", "2026-06-23T15:00Z"),
    ]


def test_a_mistake_elsewhere_does_not_keep_an_update_back() -> None:
    data = record(severty="major", clocks={"started": "soon"}, services="web-app")
    found = plan(data, Update(text="News.", now=NOW, status="monitoring"), settings(), None)
    assert done(data, found)["timeline"][-1]["status"] == "monitoring"


def test_nothing_begins_to_fail_on_a_record_that_is_closed() -> None:
    data = record(timeline=[said("u1", "2026-06-23T14:47Z", status="resolved")])
    with pytest.raises(WishError, match="--status investigating"):
        updated(data, affected=(Affected(CHAT, "degraded"),))
    assert updated(data, affected=(Affected(CHAT, "degraded"),), status="investigating")["impact"][CHAT]["windows"]


def test_a_withdrawn_record_takes_no_update() -> None:
    with pytest.raises(WishError, match="withdrawn"):
        plan(record(record="withdrawn"), Update(text="News.", now=NOW), settings(), None)


_PHASES = (Phase.explicit, Phase.generate)
"""Lives are long to shrink and short to read."""

_STEPS = st.lists(
    st.fixed_dictionaries(
        {
            "status": st.sampled_from([None, "investigating", "identified", "monitoring", "resolved"]),
            "severity": st.sampled_from([None, "minor", "major", "critical"]),
            "affected": st.lists(
                st.builds(
                    Affected,
                    st.sampled_from(IMPACT_CLASSES),
                    st.sampled_from(["degraded", "partial_outage", "full_outage", "unknown"]),
                    st.sampled_from([(), ("web-app",), ("mobile-app", "api")]),
                    st.sampled_from([(), ("opus-4.8",)]),
                ),
                max_size=2,
            ).map(tuple),
            "restored": st.lists(st.sampled_from(IMPACT_CLASSES), max_size=2).map(tuple),
        }
    ),
    min_size=1,
    max_size=7,
)


@settings_of(phases=_PHASES)
@given(_STEPS)
def test_any_life_stays_free_of_errors_and_moves_no_promise(steps: list[dict[str, Any]]) -> None:
    data, kept = record(), promised(record())
    for minute, step in enumerate(steps, 1):
        with contextlib.suppress(WishError):
            data = updated(data, now=datetime(2026, 6, 23, 15, minute, tzinfo=UTC), **step)
        findings = examine(dump(data).encode(), "2026-06-23-chat.yaml", settings(), NOW.date()).findings
        assert [each for each in findings if each.weight == "error"] == []
        held = promised(data)
        assert kept is not None
        assert held is not None
        assert kept.entries.items() <= held.entries.items()


@settings_of(phases=_PHASES)
@given(_STEPS)
def test_what_a_window_said_of_the_past_it_says_for_ever(steps: list[dict[str, Any]]) -> None:
    """At every instant gone by, each service keeps the levels that it had."""
    data = record()
    for minute, step in enumerate(steps, 1):
        before = _levels(data, minute)
        step["affected"] = tuple(Affected(each.name, each.level, each.services) for each in step["affected"])
        with contextlib.suppress(WishError):
            data = updated(data, now=datetime(2026, 6, 23, 15, minute, tzinfo=UTC), **step)
        assert before.items() <= _levels(data, minute).items()


def _levels(data: dict[str, Any], until: int) -> dict[tuple[str, str, int], frozenset[str]]:
    """The levels of each service and class half a minute into each minute before `until`."""
    found: dict[tuple[str, str, int], set[str]] = {}
    for name, held in data["impact"].items():
        for window in held.get("windows", ()):
            if window["start"] == "unknown":
                continue
            end = read_moment(window["end"]).instant.minute if "end" in window else until
            for minute in range(read_moment(window["start"]).instant.minute, min(end, until)):
                for service in window.get("services", held["services"]):
                    found.setdefault((name, service, minute), set()).add(window.get("level", held["level"]))
    return {key: frozenset(levels) for key, levels in found.items()}
