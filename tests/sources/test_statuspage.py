"""Answers of API v2, with every trap that real pages have set."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from postmortem.model.event import Component, Event, gather, named
from postmortem.sources import incidentio, statuspage
from postmortem.sources.adapter import Answer, NotUnderstoodError, digest
from tests.sources.payload import REAL, payload

URL = "https://status.lamp.example/api/v2/incidents.json"


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


def read(name: str) -> Answer:
    return statuspage.parse(payload(f"statuspage/{name}"), "lamp", URL)


def of(answer: Answer, incident: str) -> list[Event]:
    return [each for told in gather(answer.events) if told.incident == incident for each in told.events]


def one(**more: object) -> dict[str, Any]:
    return {"id": "x1", "name": "N", "status": "investigating", "created_at": "2026-01-01T00:00:00Z"} | more


def parse(*incidents: object, **more: object) -> Answer:
    page = {"page": {"id": "p", "url": "https://status.lamp.example"}}
    return statuspage.parse(json.dumps(page | {"incidents": incidents} | more).encode(), "lamp", URL)


def test_every_update_is_an_event_oldest_first_whatever_the_order_in_the_answer() -> None:
    events = of(read("incidents.json"), "aa11bb22cc33")
    assert [each.update for each in events] == ["u1", "u2", "u3", "u4", "u5"]
    turned = json.loads(payload("statuspage/incidents.json"))
    for each in turned["incidents"]:
        each["incident_updates"].reverse()
    assert of(statuspage.parse(json.dumps(turned).encode(), "lamp", URL), "aa11bb22cc33") == events


def test_times_are_those_that_the_page_shows_and_what_contradicts_itself_is_kept() -> None:
    first, *_, postmortem = of(read("incidents.json"), "aa11bb22cc33")
    assert (first.at, first.posted) == (utc(2026, 3, 1, 9), utc(2026, 3, 1, 9, 30))
    assert (first.opened, first.closed) == (utc(2026, 3, 1, 9), utc(2026, 3, 1, 8, 55))
    assert (postmortem.at, postmortem.status) == (utc(2026, 3, 2, 10), "postmortem")
    assert postmortem.text == "What happened: a cache was cold."


def test_a_reopened_incident_keeps_the_order_of_what_was_said() -> None:
    statuses = [each.status for each in of(read("incidents.json"), "aa11bb22cc33")]
    assert statuses == ["investigating", "resolved", "investigating", "resolved", "postmortem"]


def test_states_are_those_of_the_update_and_those_of_now_stand_apart() -> None:
    first, _, third, *_ = of(read("incidents.json"), "aa11bb22cc33")
    chat = Component(name="Lamp - Chat", id="c1", group="Tools", old="operational", new="major_outage")
    odd = Component(name="Retired thing", id="c9", old="operational", new="unknown", word="on_fire")
    assert first.components == (chat, odd)
    assert first.listed == (Component(name="Lamp - Chat", id="c1", new="operational"),)
    assert third.components == ()


def test_incidents_of_one_name_stay_apart_and_one_without_updates_is_an_event() -> None:
    answer = read("incidents.json")
    (alone,) = of(answer, "dd44ee55ff66")
    assert {each.title for each in answer.events} == {"Chat answers slowly"}
    assert (alone.at, alone.status, alone.opened) == (utc(2026, 2, 1, 9, 30), "resolved", utc(2026, 2, 1, 9, 30))
    assert (alone.update, alone.impact, alone.listed) == (digest(alone.at, "resolved"), "none", ())


def test_addresses_are_those_of_the_page_and_else_the_vendors_short_one() -> None:
    assert read("incidents.json").events[0].url == "https://status.lamp.example/incidents/aa11bb22cc33"
    lines = statuspage.parse(payload("statuspage/history.jsonl"), "lamp", "")
    assert {each.incident: each.url for each in lines.events} == {"li01": "https://short.example/li01", "2": ""}


def test_maintenance_has_its_plan_and_no_impact() -> None:
    (event,) = read("scheduled-maintenances.json").events
    assert (event.kind, event.status, event.impact, event.impact_word) == (
        "maintenance",
        "scheduled",
        "none",
        "maintenance",
    )
    assert (event.scheduled_start, event.scheduled_end) == (utc(2026, 4, 5, 22), utc(2026, 4, 6, 2))


def test_an_unplanned_incident_with_an_impact_of_maintenance_stays_an_incident() -> None:
    (event,) = parse(one(impact="maintenance")).events
    assert (event.kind, event.impact, event.impact_word) == ("incident", "none", "maintenance")


def test_a_summary_tells_open_incidents_whatever_its_indicator_says_and_components_by_group() -> None:
    answer = read("summary.json")
    europe = Component(name="Lamp", id="c3", group="Europe", new="partial_outage")
    assert answer.components == (europe, Component(name="Lamp", id="c4", new="operational"))
    (event,) = answer.events
    assert event.components == (
        Component(name="Lamp", id="c3", group="Europe", old="operational", new="partial_outage"),
    )


def test_incidents_one_a_line_are_read_with_numbers_as_ids_and_keys_of_our_own() -> None:
    answer = statuspage.parse(payload("statuspage/history.jsonl"), "lamp", "")
    assert [each.update for each in of(answer, "li01")] == [
        digest(utc(2025, 1, 1), "investigating"),
        digest(utc(2025, 1, 1, 1), "resolved"),
    ]
    assert [(each.update, each.at) for each in of(answer, "2")] == [("22", utc(2025, 1, 31, 23, 30))]


def test_a_bad_line_costs_only_itself_and_is_told() -> None:
    content = payload("statuspage/history.jsonl") + b'\n{"id": "cut off\n'
    answer = statuspage.parse(content, "lamp", "")
    assert {each.incident for each in answer.events} == {"li01", "2"}
    assert [each.partition(":")[0] for each in answer.skipped] == ["line 5"]


@pytest.mark.parametrize("wrap", [lambda it: it, lambda it: [it], lambda it: {"page": {"id": "p"}, "incident": it}])
def test_one_incident_alone_or_in_a_list_is_read(wrap: Callable[[object], object]) -> None:
    answer = statuspage.parse(json.dumps(wrap(one(incident_updates=[]))).encode(), "lamp", URL)
    assert [each.incident for each in answer.events] == ["x1"]


def test_what_cannot_be_read_of_an_incident_is_told() -> None:
    answer = parse(one(id=None), one(created_at="soon"), 7, one(id=10**4000), one())
    assert [each.incident for each in answer.events] == ["x1"]
    assert [each.partition(":")[0] for each in answer.skipped] == ["number 1", "x1", "number 3", "number 4"]


def test_the_postmortem_of_the_authenticated_api_is_an_update() -> None:
    told = {"postmortem_body": "It was the fuse.", "postmortem_published_at": "2026-01-09T00:00:00Z"}
    (event,) = parse(one(**told)).events
    assert (event.update, event.status, event.text) == ("postmortem", "postmortem", "It was the fuse.")


def test_unknown_words_are_unknown_and_kept() -> None:
    (event,) = parse(one(status="smouldering", impact="dire")).events
    assert (event.status, event.status_word, event.impact, event.impact_word) == (
        "unknown",
        "smouldering",
        "unknown",
        "dire",
    )


def test_repeated_updates_are_one_after_gathering() -> None:
    update = {"id": "u", "status": "resolved", "body": "b", "created_at": "2026-01-01T00:00:00Z"}
    assert [each.update for each in of(parse(one(incident_updates=[update, update])), "x1")] == ["u"]


def test_no_character_that_an_output_may_not_hold_survives() -> None:
    body = '{"id":"x1","name":"a\\ud800b\\u0000c","status":"resolved","created_at":"2026-01-01T00:00:00Z","x":NaN}'
    (event,) = statuspage.parse(b"\xef\xbb\xbf" + body.encode(), "lamp", URL).events
    assert event.title == "a\ufffdbc"


def test_a_byte_of_another_encoding_costs_its_character_only() -> None:
    content = payload("statuspage/incidents.json").replace(b"slowly", "l\xe4ngs".encode("latin-1"))
    assert statuspage.parse(content, "lamp", URL).events[0].title == "Chat answers l\ufffdngs"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n",
        b"<!doctype html><title>Not found</title>",
        b"\xef\xbb\xbf<html>",
        b"{",
        b"null",
        b"7",
        b'"incidents"',
        b"[7]",
        b"{}",
        b'{"status":"ok","active_incidents":[]}',
        b'{"page":{"id":"p"},"incidents":{}}',
        b'{"page":{"id":"p"},"incidents":"none"}',
        b'{"page":{"id":"p"}}',
        b'{"incidents":[]}',
        b"[" * 200_000,
        b'{"a":' * 200_000,
        b'{"a":1}\n{"b":2}\n',
    ],
    ids=range(18),
)
def test_what_is_no_answer_is_not_understood(content: bytes) -> None:
    assert not statuspage.recognises(content)
    with pytest.raises(NotUnderstoodError):
        statuspage.parse(content, "lamp", URL)


def test_an_answer_without_incidents_is_one() -> None:
    assert parse() == Answer()
    status = b'{"page":{"id":"p"},"status":{"indicator":"none","description":"All Systems Operational"}}'
    assert statuspage.parse(status, "lamp", URL) == Answer()


@pytest.mark.parametrize("name", ["incidents.json", "scheduled-maintenances.json", "summary.json", "history.jsonl"])
def test_its_documents_are_recognised_and_no_one_elses(name: str) -> None:
    assert statuspage.recognises(payload(f"statuspage/{name}"))
    assert not incidentio.recognises(payload(f"statuspage/{name}"))


@pytest.mark.parametrize("kind", ["slack", "aws", "betterstack", "googlecloud", "incidentio"])
def test_documents_of_other_vendors_are_not(kind: str) -> None:
    assert not statuspage.recognises(payload(f"{kind}/{FIRST[kind]}"))


FIRST = {
    "slack": "current.json",
    "aws": "data.json",
    "betterstack": "index.json",
    "googlecloud": "incidents.json",
    "incidentio": "incidents.json",
}


@pytest.mark.parametrize("url", ["https://s.example", "https://s.example/history", "https://s.example/api/v2/?x#y"])
def test_a_page_has_three_documents_of_which_one_is_needed(url: str) -> None:
    wanted = statuspage.documents(url)
    assert [(each.url, each.needed) for each in wanted] == [
        ("https://s.example/api/v2/incidents.json", True),
        ("https://s.example/api/v2/scheduled-maintenances.json", False),
        ("https://s.example/api/v2/components.json", False),
    ]


@pytest.mark.parametrize("url", ["https://s.example/api/v2/summary.json?x=1", "https://a.example/h.jsonl", "http://["])
def test_the_address_of_a_document_is_that_document(url: str) -> None:
    assert [each.url for each in statuspage.documents(url)] == [url]


@pytest.mark.skipif(not REAL.is_dir(), reason=f"no real captures at {REAL} (set POSTMORTEM_REAL_DATA)")
@pytest.mark.parametrize(
    ("name", "incidents"),
    [
        ("statuspage-claude/history-902.jsonl", 902),
        ("statuspage-claude/incidents-2026-06-16T17-59-06Z.json", 50),
        ("statuspage-claude/incidents-2026-06-16T20-57-34Z.json", 50),
        ("statuspage-claude/incidents-2026-06-23T16-24-15Z.json", 50),
        ("statuspage-claude/components.json", 0),
        ("statuspage-cloudflare/summary-2025-11-18T1230.json", 57),
        ("statuspage-cloudflare/summary-2025-11-18T1500.json", 55),
    ],
)
def test_real_answers_are_read_whole(name: str, incidents: int) -> None:
    content = (REAL / name).read_bytes()
    answer = statuspage.parse(content, "real", "")
    said = content.count(b'"display_at"')
    assert statuspage.recognises(content)
    assert (len(gather(answer.events)), len(answer.events), answer.skipped) == (incidents, said, ())
    assert {each.status for each in answer.events if each.status == "unknown"} == set()
    assert all(component.name for told in gather(answer.events) for component in named(told))
