"""Slack's current state and history."""

from postmortem.sources import slack
from tests.sources.payload import payload

URL = "https://lanterns.example/"


def test_notes_are_updates_and_only_the_newest_carries_the_word_of_now() -> None:
    first, second = slack.parse(payload("slack/current.json"), "s", URL).events
    assert (first.incident, first.at.isoformat(), first.status_word) == ("41", "2026-02-03T09:00:00+00:00", "")
    assert (second.status, second.status_word, second.text) == ("unknown", "active", "They burn again, we watch them.")
    assert (second.impact, second.impact_word, second.closed) == ("unknown", "outage", None)
    assert [each.name for each in second.listed] == ["Lanterns", "Bells"]


def test_a_note_keeps_its_key_when_another_follows_and_the_incident_is_resolved() -> None:
    open_now = slack.parse(payload("slack/current.json"), "s", URL).events
    later = payload("slack/current.json").replace(
        b'"status": "active",\n      "url"', b'"status": "resolved",\n      "url"'
    )
    later = later.replace(
        b'"notes": [', b'"notes": [{"date_created": "2026-02-03T03:00:00-08:00", "body": "All burn."},'
    )
    over = slack.parse(later, "s", URL).events
    assert [each.update for each in over][:2] == [each.update for each in open_now]
    assert [each.status for each in over] == ["unknown", "unknown", "resolved"]
    assert over[0].closed is not None


def test_history_is_a_list_and_what_is_scheduled_is_maintenance() -> None:
    answer = slack.parse(payload("slack/history.json"), "s", URL)
    kinds = {each.incident: each.kind for each in answer.events}
    assert kinds == {"40": "incident", "39": "maintenance"}
    assert [each.status for each in answer.events] == ["unknown", "resolved", "scheduled"]
    assert answer.skipped == ("number 3: an incident without an id",)


def test_all_well_is_an_answer() -> None:
    assert slack.parse(b'{"status":"ok","active_incidents":[]}', "s", URL).events == ()


def test_what_is_open_now_is_needed_and_the_history_is_not() -> None:
    wanted = slack.documents("https://slack-status.example/")
    assert [(each.url.rpartition("/")[2], each.needed) for each in wanted] == [("current", True), ("history", False)]
