"""AWS: the archived document, the current one, and RSS."""

from postmortem.model.event import Event
from postmortem.sources import aws
from tests.sources.payload import payload

URL = "https://health.aws.example/health/status"


def told(name: str) -> list[Event]:
    return list(aws.parse(payload(f"aws/{name}"), "mills", URL).events)


def test_times_without_a_date_follow_the_epoch_over_midnight_and_new_year() -> None:
    events = [each for each in told("data.json") if each.incident == "wheels-north-1_1767222120"]
    assert [each.at.isoformat() for each in events] == [
        "2026-01-01T07:02:00+00:00",
        "2026-01-01T07:40:00+00:00",
        "2026-01-01T09:10:00+00:00",
        "2026-01-03T17:00:00+00:00",
    ]
    assert events[1].text == "A branch was found.\nIt is a large one."


def test_an_update_half_a_day_later_is_on_the_next_day() -> None:
    content = payload("aws/data.json").replace(b" 1:10 AM PST", b" 1:10 PM PST")
    event = aws.parse(content, "mills", URL).events[2]
    assert event.at.isoformat() == "2026-01-01T21:10:00+00:00"


def test_resolved_in_the_summary_resolves_the_last_update_and_leaves_the_title() -> None:
    events = [each for each in told("data.json") if each.incident.startswith("wheels")]
    assert {each.title for each in events} == {"Wheels turn slowly"}
    assert [each.status for each in events] == ["unknown", "unknown", "unknown", "resolved"]
    assert events[0].closed == events[-1].at


def test_a_description_without_times_is_one_update_at_the_date() -> None:
    (event,) = [each for each in told("data.json") if each.incident.startswith("granary")]
    assert (event.text, event.status, event.closed) == ("Doors stick, no time given.", "unknown", None)
    assert (event.impact, event.impact_word) == ("unknown", "informational")


def test_an_event_without_a_date_has_a_line_instead() -> None:
    answer = aws.parse(payload("aws/data.json"), "mills", URL)
    assert answer.skipped == ("granary: no service or no date",)


def test_current_events_are_read_in_utf_16_with_their_log_and_services() -> None:
    content = payload("aws/currentevents.json").decode().encode("utf-16")
    assert aws.recognises(content)
    first, second = aws.parse(content, "mills", URL).events
    assert first.incident == "arn:aws:health:north-1::event/MULTIPLE/ISSUE/1"
    assert (first.status_word, second.status_word, second.text) == ("informational", "disruption", "All wheels stand.")
    assert (second.impact, second.closed) == ("major", None)
    assert {each.name: each.new for each in first.listed} == {"Mill Wheels": "major_outage", "Granary": "operational"}


def test_a_current_event_of_code_0_is_over() -> None:
    content = payload("aws/currentevents.json").replace(b'"region_name": "North", "status": "3"', b'"status": "0"')
    events = aws.parse(content, "mills", URL).events
    assert (events[-1].status, events[0].closed) == ("resolved", events[-1].at)


def test_rss_updates_of_one_title_within_a_day_are_one_incident() -> None:
    before, first, resolved = told("all.rss")
    assert before.incident == "wheels-north-1_1764604800"
    assert first.incident == resolved.incident == "wheels-north-1_1767250920"
    assert (resolved.update, resolved.status, resolved.title) == (
        "wheels-north-1_1767258600",
        "resolved",
        "Slow wheels",
    )
    assert (first.impact, first.closed, before.closed) == ("major", resolved.at, None)


def test_an_empty_channel_is_all_well() -> None:
    content = b"<rss><channel><title>Amazon Web Services Service Status</title></channel></rss>"
    assert aws.recognises(content)
    assert aws.parse(content, "mills", URL).events == ()


def test_a_page_leads_to_what_is_open_now_and_a_document_to_itself() -> None:
    assert aws.documents("https://health.aws.amazon.com/health/status")[0].url.endswith("/public/currentevents")
    for url in (
        "https://a.example/rss/all.rss",
        "https://a.example/data.json",
        "https://a.example/public/currentevents",
    ):
        assert [each.url for each in aws.documents(url)] == [url]
