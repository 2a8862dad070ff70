"""incident.io's three APIs: told apart, and each read for what it alone has."""

from datetime import UTC, datetime

import pytest

from postmortem.model.event import Component, gather
from postmortem.sources import incidentio, statuspage
from postmortem.sources.adapter import Answer, NotUnderstoodError, digest
from tests.sources.payload import REAL, payload

BOILS, LID, PLUG, DESCALING = (f"01HZZZZZZZZZZZZZZZZZZZZZZ{each}" for each in "14NM")
LID_PART, PLUG_PART = (f"01HZZZZZZZZZZZZZZZZZZZZZZ{each}" for each in "CD")
PAGE = "https://status.kettle.example"


def utc(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


def read(name: str) -> Answer:
    return incidentio.parse(payload(f"incidentio/{name}"), "kettle", f"{PAGE}/api/v2/incidents.json")


def test_the_compatible_api_is_read_without_the_keys_that_it_leaves_out() -> None:
    answer = read("incidents.json")
    boils, lid = gather(answer.events)
    assert [(each.status, each.text) for each in boils.events] == [("investigating", ""), ("resolved", "")]
    assert (boils.head.opened, boils.head.closed) == (utc("2026-03-01T10:00"), utc("2026-03-01T12:00"))
    assert lid.head.closed is None
    assert lid.head.listed == (Component(name="Lid", id=LID_PART, new="major_outage"),)
    assert lid.head.url == f"{PAGE}/incidents/{LID}"


def test_a_page_without_incidents_leaves_out_even_their_key() -> None:
    content = b'{"page":{"id":"01HZZZZZZZZZZZZZZZZZZZZZZ0","name":"Kettle"}}'
    assert incidentio.parse(content, "kettle", PAGE) == Answer()
    with pytest.raises(NotUnderstoodError):
        statuspage.parse(content, "kettle", PAGE)


def test_the_widget_tells_the_latest_update_and_the_plan_of_maintenance() -> None:
    told = {each.incident: each for each in read("widget.json").events}
    lid = told[LID]
    assert (lid.at, lid.text, lid.impact, lid.impact_word) == (
        utc("2026-03-01T11:00:00.5"),
        "We look.",
        "unknown",
        "full_outage",
    )
    assert lid.update == digest(lid.at, "investigating")
    assert lid.listed == (Component(name="Lid", id=LID_PART, group="Top", new="major_outage"),)
    assert (told[DESCALING].kind, told[DESCALING].status) == ("maintenance", "in_progress")
    assert told[DESCALING].scheduled_end == utc("2026-03-01T14:00")
    assert (told[PLUG].at, told[PLUG].scheduled_end) == (utc("2026-04-01T10:00"), utc("2026-04-01T11:00"))


def test_the_pages_own_api_tells_texts_from_their_trees_and_states_by_update() -> None:
    answer = read("page.json")
    lid = next(each for each in gather(answer.events) if each.incident == LID)
    first, second = lid.events
    assert (first.text, first.components) == ("We look.", ())
    assert second.text == "See the notes (https://kettle.example/notes)\n\n- steam\n- noise"
    assert second.components == (
        Component(name="Lid", id=LID_PART, group="Top", new="major_outage"),
        Component(name=f"{LID_PART[:-1]}X", id=f"{LID_PART[:-1]}X", new="operational"),
    )
    assert second.listed == (Component(name="Lid", id=LID_PART, group="Top", new="major_outage"),)
    assert (second.opened, second.status, second.url) == (
        utc("2026-03-01T11:00:00.25"),
        "identified",
        f"{PAGE}/incidents/{LID}",
    )


def test_the_pages_own_api_tells_components_with_groups_and_maintenance_with_its_plan() -> None:
    answer = read("page.json")
    lid = Component(name="Lid", id=LID_PART, group="Top", new="major_outage")
    assert answer.components == (lid, Component(name="Plug", id=PLUG_PART))
    plug = next(each for each in answer.events if each.incident == PLUG)
    assert (plug.kind, plug.status) == ("maintenance", "scheduled")
    assert (plug.scheduled_start, plug.scheduled_end) == (utc("2026-04-01T10:00"), utc("2026-04-01T11:00"))


@pytest.mark.parametrize("name", ["incidents.json", "widget.json", "page.json"])
def test_its_documents_are_recognised_and_are_not_statuspages(name: str) -> None:
    assert incidentio.recognises(payload(f"incidentio/{name}"))
    assert not statuspage.recognises(payload(f"incidentio/{name}"))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<!doctype html><title>404</title>",
        b"[" * 200_000,
        b'{"summary":{}}',
        b'{"summary":[]}',
        b'{"page_title":"x"}',
        b'{"page_title":"x","ongoing_incidents":{}}',
    ],
    ids=range(7),
)
def test_what_is_no_answer_is_not_understood(content: bytes) -> None:
    assert not incidentio.recognises(content)
    with pytest.raises(NotUnderstoodError):
        incidentio.parse(content, "kettle", PAGE)


@pytest.mark.parametrize("name", ["widget.json", "page.json"])
def test_what_cannot_be_read_of_an_incident_is_told(name: str) -> None:
    content = payload(f"incidentio/{name}").replace(b'"id":"' + LID.encode() + b'"', b'"id":null')
    answer = incidentio.parse(content, "kettle", PAGE)
    assert LID not in {each.incident for each in answer.events}
    assert answer.skipped == ("number 1: it has no id",)


def test_a_page_has_the_compatible_documents_and_its_own_api() -> None:
    assert [(each.url.removeprefix(PAGE), each.needed) for each in incidentio.documents(f"{PAGE}/history")] == [
        ("/api/v2/incidents.json", True),
        ("/api/v2/scheduled-maintenances.json", False),
        ("/api/v2/components.json", False),
        ("/proxy/status.kettle.example", False),
    ]


@pytest.mark.parametrize("path", ["/api/v1/summary", "/proxy/status.kettle.example", "/api/v2/summary.json"])
def test_the_address_of_a_document_is_that_document(path: str) -> None:
    assert [each.url for each in incidentio.documents(PAGE + path)] == [PAGE + path]


@pytest.mark.skipif(not REAL.is_dir(), reason=f"no real captures at {REAL} (set POSTMORTEM_REAL_DATA)")
@pytest.mark.parametrize(
    ("name", "incidents", "updates", "components"),
    [
        ("api-v2-incidents.json", 25, 82, 0),
        ("api-v2-summary.json", 1, 1, 25),
        ("native-summary.json", 1, 1, 37),
    ],
)
def test_real_answers_are_read_whole(name: str, incidents: int, updates: int, components: int) -> None:
    content = (REAL / "incidentio-openai" / name).read_bytes()
    assert incidentio.recognises(content)
    answer = incidentio.parse(content, "real", "")
    found = (len(gather(answer.events)), len(answer.events), len(answer.components), answer.skipped)
    assert found == (incidents, updates, components, ())
