"""Google's incidents and the Atom feed of their updates."""

import pytest

from postmortem.model.event import Event
from postmortem.sources import googlecloud
from tests.sources.payload import payload

URL = "https://status.river.example/incidents.json"


def events(name: str = "incidents.json", url: str = URL) -> list[Event]:
    return list(googlecloud.parse(payload(f"googlecloud/{name}"), "river", url).events)


def test_every_update_is_an_event_with_what_the_incident_is_called() -> None:
    first, fixed, report = [each for each in events() if each.incident == "aBcD1234efGH"]
    assert (first.title, first.impact, first.impact_word) == (
        "River gauges answer slowly",
        "major",
        "SERVICE_DISRUPTION",
    )
    assert (first.status, first.status_word, first.text) == (
        "unknown",
        "SERVICE_DISRUPTION",
        "Gauges answer **slowly**.",
    )
    assert (fixed.status, fixed.at.isoformat()) == ("resolved", "2026-03-04T10:05:00+00:00")
    assert report.status == "postmortem"
    assert [each.name for each in first.listed] == ["Gauges", "Pumps"]
    assert first.opened is not None
    assert first.opened.isoformat() == "2026-03-04T08:20:00+00:00"
    assert len({each.update for each in (first, fixed, report)}) == 3


def test_closed_is_when_it_was_said_to_be_over_not_when_the_impact_ended_nor_the_report() -> None:
    first, fixed, _ = [each for each in events() if each.incident == "aBcD1234efGH"]
    assert first.closed == fixed.at
    assert first.opened == first.at


def test_what_comes_back_is_closed_the_last_time() -> None:
    content = payload("googlecloud/incidents.json").replace(
        b'"updates": [',
        b'"updates": [{"when": "2026-03-04T11:00:00Z", "status": "SERVICE_OUTAGE"},'
        b'{"when": "2026-03-04T12:00:00Z", "status": "AVAILABLE"},',
        1,
    )
    closed = googlecloud.parse(content, "river", URL).events[0].closed
    assert closed is not None
    assert closed.isoformat() == "2026-03-04T12:00:00+00:00"


def test_available_resolves_nothing_while_the_incident_has_no_end() -> None:
    content = payload("googlecloud/incidents.json").replace(b'"end": "2026-03-04T10:00:00+00:00"', b'"end": null')
    told = [each for each in googlecloud.parse(content, "river", URL).events if each.incident == "aBcD1234efGH"]
    assert [each.status for each in told] == ["unknown", "unknown", "postmortem"]
    assert {each.closed for each in told} == {None}


def test_an_open_incident_of_an_old_capture_is_read_from_its_newest_update() -> None:
    (event,) = [each for each in events() if each.incident == "still-open-1"]
    assert (event.closed, event.impact, event.impact_word) == (None, "unknown", "SERVICE_FLOODED")
    assert [(each.name, each.id) for each in event.listed] == [("Sluices", "S9")]


def test_an_incident_without_any_time_has_a_line_instead() -> None:
    answer = googlecloud.parse(payload("googlecloud/incidents.json"), "river", URL)
    assert answer.skipped == ("7: no time in it can be read",)


CLOUD, WORKSPACE = "https://status.river.example/", "https://www.example.com/appsstatus/dashboard/"


@pytest.mark.parametrize(
    ("page", "root"),
    [
        (CLOUD, CLOUD),
        (f"{CLOUD}summary", CLOUD),
        (f"{CLOUD}incidents.json", CLOUD),
        (WORKSPACE.rstrip("/"), WORKSPACE),
        (WORKSPACE, WORKSPACE),
        (f"{WORKSPACE}summary", WORKSPACE),
    ],
)
def test_page_and_document_lead_to_the_same_addresses(page: str, root: str) -> None:
    assert [each.url for each in googlecloud.documents(page)] == [f"{root}incidents.json"]
    assert events(url=page)[0].url == f"{root}incidents/aBcD1234efGH"


def test_an_atom_entry_is_an_update_under_the_ids_of_its_tag() -> None:
    resolved, first = events("feed.atom")
    assert (resolved.incident, resolved.update) == ("aBcD1234efGH", "uPd2")
    assert (first.incident, first.update) == ("aBcD1234efGH", "uPd1")
    assert (resolved.title, resolved.status, resolved.text) == (
        "River gauges answer slowly",
        "resolved",
        "All gauges answer again.",
    )
    assert (first.status, first.status_word, first.closed) == ("unknown", "UPDATE", None)


def test_a_list_without_incidents_says_that_there_are_none() -> None:
    assert googlecloud.parse(b"[]", "river", URL).events == ()
