"""What is added to a record, what is left alone, and what is only told."""

from typing import Any

import pytest

from postmortem.model import record as records
from postmortem.model.event import Component
from postmortem.schema.check import check
from tests.enrich.told import NOW, after, data, event, planned, record, terms
from tests.model.made import affected, impact, update, utc

OPEN = event("a", "14:47:20")
FOUND = event("b", "15:30:05", "identified", text="Found it.")
OVER = event("c", "16:13:59", "resolved", text="It works.")
PAGE = "https://status.example.com/incidents/i1"


def entries(held: dict[str, Any]) -> list[tuple[str, str]]:
    return [(each["id"], each.get("status", "")) for each in held["timeline"]]


def test_what_was_said_since_comes_in_by_time_under_new_ids() -> None:
    held = data(timeline=[update("u1", "2026-06-23T14:47Z", status="investigating"), note("n1", "15:40")])
    now = after(held, OVER, FOUND, OPEN)
    assert entries(now) == [("u1", "investigating"), ("u2", "identified"), ("n1", ""), ("u3", "resolved")]
    assert now["timeline"][1] == {
        "id": "u2",
        "at": "2026-06-23T15:30:05Z",
        "kind": "update",
        "status": "identified",
        "text": "Found it.",
        "origin": {"source": "page", "key": "b"},
    }
    assert check(now, "incident") == ()


def test_an_id_that_was_ever_promised_is_never_given_again() -> None:
    now = after(data(), FOUND, under=terms(taken=("u1", "u2", "u7", "n9", "r3")))
    assert entries(now)[-1] == ("u8", "identified")


def test_what_a_person_typed_already_is_recognised_and_keeps_its_words() -> None:
    now = after(data(), OPEN)
    typed = data()["timeline"][0]
    assert now["timeline"] == [typed | {"origin": {"source": "page", "key": "a"}}]


@pytest.mark.parametrize("at", ["14:46:01", "14:47:59"])
def test_rounding_to_the_minute_makes_no_second_entry(at: str) -> None:
    assert len(after(data(), event("a", at))["timeline"]) == 1


def test_another_status_at_the_same_time_is_another_entry() -> None:
    assert entries(after(data(), event("a", "14:47:20", "identified"))) == [
        ("u1", "investigating"),
        ("u2", "identified"),
    ]


def test_the_other_source_and_the_other_feed_of_a_source_double_nothing() -> None:
    held = data(tracking=[{"source": "page", "incident": "i1"}, {"source": "mirror", "incident": "77"}])
    once = after(held, OPEN, FOUND, OVER)
    again = [
        event("x1", "14:47", source="mirror", incident="77"),
        event("x2", "15:30:40", "identified", source="mirror", incident="77"),
        event("digest", "16:13", "resolved"),
    ]
    assert after(once, *again) == once
    assert after(held, OPEN, FOUND, OVER, *again[:2]) == once


def test_texts_stay_at_their_source_where_settings_say_so() -> None:
    now = after(data(), FOUND, under=terms("omit"))
    assert "text" not in now["timeline"][1]
    assert check(now, "incident") == ()


@pytest.mark.parametrize(
    ("status", "word", "said"),
    [
        ("postmortem", "postmortem", "The status page published its postmortem."),
        ("unknown", "AVAILABLE", 'The status page said "AVAILABLE".'),
        ("unknown", "", "The status page had an update."),
        ("completed", "completed", 'The status page said "completed".'),
    ],
)
def test_an_entry_without_a_status_of_ours_says_the_sources_word(status: str, word: str, said: str) -> None:
    now = after(data(), event("p", "18:00", status, status_word=word), under=terms("omit"))
    assert now["timeline"][1]["text"] == said
    assert "status" not in now["timeline"][1]
    assert check(now, "incident") == ()


def test_components_become_the_states_of_services_and_the_worst_counts() -> None:
    shown = (
        Component(name="claude.ai", new="degraded_performance"),
        Component(name="Chat", new="major_outage"),
        Component(name="API", new="partial_outage"),
        Component(name="Quiet"),
        Component(name="web-app", id="x"),
    )
    plan = planned(record(), event("b", "15:30", "identified", components=shown))
    assert after(data(), event("b", "15:30", "identified", components=shown))["timeline"][1]["components"] == [
        {"service": "web-app", "state": "major_outage"}
    ]
    assert [each for each in plan.reports if each.startswith("component")] == [
        'component: page names "Quiet", no service of postmortem.yml; add it as an alias',
        'component: page names "web-app", no service of postmortem.yml; add it as an alias',
        "component: page names api, which `services` of the record does not; add it there and to what failed",
    ]


def test_what_comes_late_on_a_public_record_is_published_now_and_nothing_is_backdated() -> None:
    now = after(data(record="published"), FOUND)
    assert now["timeline"][1]["published"] == "2026-06-24T09:30Z"
    just = event("b", "2026-06-24T09:30:05Z", "identified")
    assert after(data(record="published"), just)["timeline"][1]["published"] == "2026-06-24T09:30:12Z"
    assert "published" not in after(data(), FOUND)["timeline"][1]


def test_what_lies_ahead_was_not_said_yet() -> None:
    assert planned(record(), event("z", "2026-06-24T09:31Z", "identified")).edits == ()


def test_absent_clocks_are_filled_with_the_page_as_evidence_and_started_never() -> None:
    closed = event(
        "c", "16:13:59", "resolved", opened=utc("2026-06-23T14:47:20Z"), closed=utc("2026-06-23T16:14:00Z"), url=PAGE
    )
    now = after(data(), OPEN, closed)
    assert now["clocks"] == {
        "first_public_update": {"at": "2026-06-23T14:47:20Z", "evidence": ["page"]},
        "resolved": {"at": "2026-06-23T16:14Z", "evidence": ["page"]},
    }
    (page,) = now["evidence"]
    assert (page["id"], page["url"], page["kind"], page["accessed"]) == ("page", PAGE, "official_status", "2026-06-24")
    keys = list(now)
    assert keys.index("clocks") < keys.index("impact")
    assert keys.index("timeline") < keys.index("evidence") < keys.index("tracking")
    assert check(now, "incident") == ()


def test_evidence_that_is_there_is_cited_and_not_repeated() -> None:
    held = data(evidence=[{"id": "status", "title": "The page", "kind": "official_status", "url": PAGE}])
    now = after(held, event("a", "14:47:20", opened=utc("2026-06-23T14:47:20Z"), url=PAGE))
    assert now["evidence"] == held["evidence"]
    assert now["clocks"]["first_public_update"]["evidence"] == ["status"]


def test_without_a_clock_to_fill_the_first_new_entry_cites_the_page() -> None:
    now = after(data(), OPEN, event("b", "15:30", "identified", url=PAGE), event("d", "15:40", "monitoring", url=PAGE))
    assert [each.get("evidence") for each in now["timeline"]] == [None, ["page"], None]


def test_a_clock_that_a_person_gave_stays() -> None:
    held = data(
        clocks={
            "started": "2026-06-23T14:30Z",
            "first_public_update": "2026-06-23T14:40Z",
            "resolved": "2026-06-23T16:00Z",
        }
    )
    told = event("c", "16:13:59", "resolved", opened=utc("2026-06-23T14:47:20Z"), closed=utc("2026-06-23T16:14:00Z"))
    assert after(held, OPEN, told)["clocks"] == held["clocks"]


def test_no_clock_is_filled_that_would_contradict_a_person() -> None:
    held = data(clocks={"started": "2026-06-23T15:00Z", "mitigated": "2026-06-23T17:00Z"})
    told = event("c", "16:13:59", "resolved", opened=utc("2026-06-23T14:47:20Z"), closed=utc("2026-06-23T16:14:00Z"))
    assert after(held, told)["clocks"] == held["clocks"]


def test_a_first_word_of_the_publishers_own_is_not_overtaken_by_the_page() -> None:
    held = data(timeline=[update("u1", "2026-06-23T14:20Z", status="investigating")])
    assert "clocks" not in after(held, event("a", "14:47:20", opened=utc("2026-06-23T14:47:20Z")))


def test_a_status_that_repeats_the_timeline_moves_with_it_and_another_stays() -> None:
    assert after(data(status="investigating"), FOUND)["status"] == "identified"
    plan = planned(record(status="monitoring"), FOUND)
    assert "status: the record says monitoring, the source identified; yours stays" in plan.reports
    assert after(data(status="monitoring"), FOUND)["status"] == "monitoring"


def test_going_back_is_marked_also_on_entries_that_it_makes_go_back() -> None:
    now = after(data(), event("c", "15:00", "resolved"), event("d", "15:10"), event("e", "15:20", "resolved"))
    assert [each.get("reopens", False) for each in now["timeline"]] == [False, False, True, False]
    later = data(timeline=[*data()["timeline"], update("u2", "2026-06-23T15:30Z", status="identified")])
    now = after(later, event("c", "15:00", "resolved"))
    assert [(each["status"], each.get("reopens")) for each in now["timeline"]][1:] == [
        ("resolved", None),
        ("identified", True),
    ]


CLOSED = [
    *data()["timeline"],
    update("u2", "2026-06-23T16:13Z", status="resolved", origin={"source": "page", "key": "c"}),
]
BACK = event("r", "17:00", "identified")


def test_a_reopening_comes_in_where_only_the_page_had_closed_it_and_is_told() -> None:
    plan = planned(record(timeline=CLOSED, clocks={"resolved": "2026-06-23T16:13:59Z"}), OPEN, OVER, BACK)
    now = after(data(timeline=CLOSED, clocks={"resolved": "2026-06-23T16:13:59Z"}), OPEN, OVER, BACK)
    assert "reopened: identified at 2026-06-23T17:00Z" in plan.reports
    assert entries(now)[-1] == ("u3", "identified")
    assert "clocks" not in now


@pytest.mark.parametrize("own", [{"status": "resolved"}, {"clocks": {"resolved": "2026-06-23T15:58Z"}}])
def test_a_reopening_waits_where_a_person_closed_it_and_is_told_each_time(own: dict[str, Any]) -> None:
    held = data(timeline=CLOSED, **own)
    plan = planned(records.read(held), OPEN, OVER, BACK)
    assert [each for each in plan.reports if each.startswith("reopened: identified at 2026-06-23T17:00Z; ")] != []
    now = after(held, OPEN, OVER, BACK)
    assert now["timeline"][1] == held["timeline"][1]
    assert len(now["timeline"]) == 2
    assert planned(records.read(now), OPEN, OVER, BACK).edits == ()


def test_a_clock_of_the_pages_moves_with_a_reopening_and_a_persons_does_not() -> None:
    last = event("s", "18:00", "resolved", closed=utc("2026-06-23T18:00:00Z"))
    pages = data(timeline=CLOSED, clocks={"resolved": "2026-06-23T16:13:59Z"})
    assert after(pages, OPEN, OVER, BACK, last)["clocks"] == {"resolved": "2026-06-23T18:00Z"}
    persons = data(timeline=CLOSED, clocks={"resolved": "2026-06-23T15:58Z"})
    now = after(persons, OPEN, OVER, BACK, last)
    assert now["clocks"] == persons["clocks"]
    assert len(now["timeline"]) == 4


def test_a_window_that_is_open_ends_not_after_the_page_closed_it() -> None:
    held = data(impact=impact(application_failure=affected({"start": "2026-06-23T14:21Z"})))
    now = after(held, OVER)
    (window,) = now["impact"]["application_failure"]["windows"]
    assert window == {"start": "2026-06-23T14:21Z", "end": {"at": "2026-06-23T16:13:59Z", "is": "not_after"}}
    assert any("say when it ended" in each for each in planned(records.read(held), OVER).reports)


def test_a_withdrawn_record_takes_nothing() -> None:
    gone = {"at": "2026-06-24T08:00Z", "reason": "It was a drill."}
    assert planned(record(record="withdrawn", withdrawn=gone), OPEN, FOUND).edits == ()


def test_maintenance_takes_the_words_of_maintenance() -> None:
    planned_for = {"start": "2026-06-23T15:00Z", "end": "2026-06-23T16:00Z"}
    timeline = [update("u1", "2026-06-23T09:00Z", status="scheduled")]
    held = data(kind="maintenance", scheduled=planned_for, timeline=timeline)
    told = [
        event("m", "15:00", "in_progress", kind="maintenance"),
        event("n", "16:00", "completed", kind="maintenance"),
    ]
    assert entries(after(held, *told)) == [("u1", "scheduled"), ("u2", "in_progress"), ("u3", "completed")]


def test_a_second_run_has_nothing_to_do() -> None:
    told = [
        OPEN,
        FOUND,
        event(
            "c",
            "16:13:59",
            "resolved",
            closed=utc("2026-06-23T16:14:00Z"),
            opened=utc("2026-06-23T14:47:00Z"),
            url=PAGE,
        ),
    ]
    for state in ("draft", "published"):
        now = after(data(record=state), *told)
        again = planned(records.read(now), *told, under=terms(now=NOW.replace(hour=11)))
        assert again.edits == ()
        assert again.done == ()


def note(entry: str, at: str) -> dict[str, Any]:
    return {"id": entry, "at": f"2026-06-23T{at}Z", "kind": "note", "text": "Somebody thought of something."}


def test_what_a_feed_of_minutes_says_at_once_stands_in_the_order_of_its_statuses() -> None:
    at_once = [event("1", "15:00", "resolved"), event("2", "15:00", "investigating"), event("3", "15:00", "monitoring")]
    now = after(data(), *at_once)
    assert [each["status"] for each in now["timeline"]] == ["investigating", "investigating", "monitoring", "resolved"]
    assert not any("reopens" in each for each in now["timeline"])
    assert [each["status"] for each in after(after(data(), at_once[0]), *at_once)["timeline"]] == [
        each["status"] for each in now["timeline"]
    ]
