"""Better Stack's JSON:API and RSS."""

import pytest

from postmortem.sources import betterstack
from postmortem.sources.adapter import NotUnderstoodError
from tests.sources.payload import payload

URL = "https://orchard.example/"


def test_updates_find_their_report_and_components_their_names_and_states() -> None:
    answer = betterstack.parse(payload("betterstack/index.json"), "o", URL)
    first, second = [each for each in answer.events if each.incident == "501"]
    assert (first.update, second.update) == ("9001", "9002")
    assert [(each.name, each.group, each.new) for each in first.components] == [
        ("Apples", "Fruit", "degraded_performance")
    ]
    assert (first.status, first.status_word, second.status, second.text) == (
        "unknown",
        "degraded",
        "resolved",
        "No more apples fall.",
    )
    assert {each.id: each.name for each in second.components} == {"11": "Apples", "99": "99"}


def test_a_report_is_over_when_its_state_says_so_though_it_has_no_end() -> None:
    events = betterstack.parse(payload("betterstack/index.json"), "o", URL).events
    assert events[0].closed == events[1].at
    still = payload("betterstack/index.json").replace(
        b'"aggregate_state": "resolved"', b'"aggregate_state": "downtime"'
    )
    assert betterstack.parse(still, "o", URL).events[0].closed is None


def test_an_update_that_resolves_some_of_it_resolves_nothing_yet() -> None:
    content = payload("betterstack/index.json").replace(b'"99", "status": "resolved"', b'"99", "status": "downtime"')
    event = betterstack.parse(content, "o", URL).events[1]
    assert (event.status, event.status_word) == ("unknown", "downtime resolved")
    assert [each.new for each in event.components] == ["operational", "major_outage"]


def test_maintenance_has_its_window_and_no_opening() -> None:
    events = betterstack.parse(payload("betterstack/index.json"), "o", URL).events
    (event,) = [each for each in events if each.incident == "502"]
    assert event.kind == "maintenance"
    assert event.scheduled_start is not None
    assert event.scheduled_end is not None
    assert (event.scheduled_end - event.scheduled_start).total_seconds() == 7200
    assert event.opened is None


def test_what_is_lost_has_a_line() -> None:
    answer = betterstack.parse(payload("betterstack/index.json"), "o", URL)
    assert answer.skipped == ("501: 1 of its updates missing or without a time", "503: no time in it can be read")


def test_the_page_lists_what_it_watches_with_words_that_are_not_ours() -> None:
    components = betterstack.parse(payload("betterstack/index.json"), "o", URL).components
    assert [(each.name, each.new, each.word) for each in components] == [
        ("Apples", "degraded_performance", ""),
        ("Pears", "unknown", "not_monitored"),
    ]


def test_the_feed_gives_the_same_ids_as_the_json() -> None:
    both = [betterstack.parse(payload(f"betterstack/{name}"), "o", URL).events for name in ("index.json", "feed.rss")]
    ids = [{(each.incident, each.update) for each in events if each.incident == "501"} for events in both]
    assert ids[0] == ids[1]
    resolved, first = both[1]
    assert (resolved.title, resolved.status) == ("Apples fall early", "resolved")
    assert (first.title, first.status, first.status_word) == ("[Beta] apples fall early", "unknown", "Beta")


def test_other_json_is_not_understood() -> None:
    with pytest.raises(NotUnderstoodError, match="status_page"):
        betterstack.parse(b'{"data": {"type": "article"}}', "o", URL)
