"""A record from what was told: what goes where, and that whatever was told, no rule finds an error in it."""

from datetime import UTC, datetime, timedelta
from typing import Any, get_args

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from postmortem.enrich.manner import Manner
from postmortem.enrich.mirror import Made, Mirror, mirror
from postmortem.enrich.paper import text
from postmortem.lint.run import examine
from postmortem.model import record as records
from postmortem.model.announcement import announce
from postmortem.model.derived import derive
from postmortem.model.event import Component, Event, SaidImpact, SaidStatus, gather
from postmortem.model.vocabulary import ComponentState
from tests.enrich.told import event, service_of
from tests.model import made

NOW = datetime(2026, 11, 23, 9, 30, 12, tzinfo=UTC)
SETTINGS = made.settings(
    services=[{"id": "web-app", "name": "Chat"}, {"id": "api", "name": "API"}],
    sources=[{"id": "page", "kind": "statuspage"}],
)
WHOLE: dict[str, Any] = {
    "title": "Elevated errors",
    "url": "https://status.example.com/incidents/i1",
    "impact": "major",
    "impact_word": "major",
}


def how(**more: Any) -> Mirror:  # noqa: ANN401 - any field
    manner = Manner(texts=more.pop("texts", "omit"), service_of=service_of, page="Incident page of the status page")
    whole: dict[str, Any] = {"manner": manner, "now": NOW} | more
    return Mirror(**whole)


def data(*events: Event, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
    found = mirror(gather(events)[0], how(**more), more.pop("concluded", {}))
    assert isinstance(found, Made)
    return dict(found.data)


def notes(*events: Event) -> str:
    found = mirror(gather(events)[0], how(), {})
    assert isinstance(found, Made)
    return "\n".join(found.notes)


def test_an_incident_becomes_a_draft_that_says_what_the_page_said_and_no_more() -> None:
    shown = (Component(name="Chat", new="major_outage"), Component(name="claude.ai", new="partial_outage"))
    told = [
        event("a", "14:19", components=shown, text="Their words.", **WHOLE),
        event("b", "15:33", "resolved", components=(Component(name="API", new="operational"),), **WHOLE),
    ]
    unknown = {"state": "unknown"}
    assert data(*told) == {
        "schema_version": "1.0",
        "id": "2026-06-23-elevated-errors-i1",
        "title": "Elevated errors",
        "record": "draft",
        "severity": "major",
        "services": ["api", "web-app"],
        "impact": dict.fromkeys(("model_degradation", "application_failure", "authentication", "data_access"), unknown),
        "timeline": [
            {
                "id": "u1",
                "at": "2026-06-23T14:19Z",
                "kind": "update",
                "status": "investigating",
                "components": [{"service": "web-app", "state": "major_outage"}],
                "origin": {"source": "page", "key": "a"},
            },
            {
                "id": "u2",
                "at": "2026-06-23T15:33Z",
                "kind": "update",
                "status": "resolved",
                "components": [{"service": "api", "state": "operational"}],
                "origin": {"source": "page", "key": "b"},
            },
        ],
        "tracking": [
            {"source": "page", "incident": "i1", "title": "Elevated errors", "severity": "major"}
            | {"url": "https://status.example.com/incidents/i1"}
        ],
    }


def test_texts_are_copied_only_where_the_settings_say_so() -> None:
    told = event("a", "14:19", text="Chats fail.", **WHOLE)
    assert "text" not in data(told)["timeline"][0]
    assert data(told, texts="copy")["timeline"][0]["text"] == "Chats fail."


def test_what_the_page_states_of_times_never_becomes_the_start() -> None:
    opened, closed = made.utc("2026-06-23T14:02Z"), made.utc("2026-06-23T16:00Z")
    told = [event("a", "14:19", **WHOLE), event("b", "15:33", "resolved", opened=opened, closed=closed, **WHOLE)]
    assert data(*told)["clocks"] == {"first_public_update": "2026-06-23T14:02Z", "resolved": "2026-06-23T16:00Z"}


def test_what_the_texts_say_of_the_start_is_inferred_and_says_from_what() -> None:
    told = [
        event("a", "14:19", **WHOLE),
        event("b", "16:05", "resolved", text="Errors from about 14:08 to 15:33 UTC.", **WHOLE),
    ]
    made_of = data(*told)
    assert made_of["clocks"] == {
        "started": {"at": "2026-06-23T14:08Z", "is": "about", "confidence": "inferred", "evidence": ["page"]},
        "mitigated": {"at": "2026-06-23T15:33Z", "confidence": "inferred", "evidence": ["page"]},
    }
    assert made_of["evidence"] == [
        {
            "id": "page",
            "title": "Incident page of the status page",
            "url": WHOLE["url"],
            "kind": "official_status",
            "accessed": "2026-11-23",
            "note": "The times of the impact stand in the text of u2.",
        }
    ]


def test_a_class_of_which_something_can_be_said_gets_the_windows() -> None:
    told = gather(
        [
            event("a", "14:19", **WHOLE),
            event(
                "b",
                "16:05",
                "resolved",
                text="Errors from 14:08-15:33 UTC.",
                components=(Component(name="API"),),
                **WHOLE,
            ),
        ]
    )
    affected = {"state": "affected", "level": "unknown", "summary": "Errors.", "services": ["api"]}
    affected |= {"confidence": "inferred"}
    found = mirror(told[0], how(), {"model_degradation": affected})
    assert isinstance(found, Made)
    assert found.data["impact"]["model_degradation"] == affected | {
        "windows": [
            {"start": "2026-06-23T14:08Z", "end": "2026-06-23T15:33Z", "confidence": "inferred", "evidence": ["page"]}
        ],
        "evidence": ["page"],
    }
    assert examined(found) == []


def test_what_the_source_itself_contradicts_is_left_out_and_noted() -> None:
    early, late = made.utc("2026-06-23T13:00Z"), made.utc("2026-06-23T18:00Z")
    closed_first = [event("a", "14:19", **WHOLE), event("b", "15:33", "resolved", closed=early, **WHOLE)]
    assert "clocks" not in data(*closed_first)
    assert "closed 2026-06-23T13:00Z, before it was opened" in notes(*closed_first)
    opened_last = [event("a", "14:19", opened=late, **WHOLE)]
    assert data(*opened_last)["clocks"] == {"first_public_update": "2026-06-23T14:19Z"}
    assert "after its first update" in notes(*opened_last)
    still_open = [event("a", "14:19", closed=late, **WHOLE)]
    assert "clocks" not in data(*still_open)
    assert "its last status is investigating" in notes(*still_open)


def test_an_update_that_was_written_afterwards_became_public_then() -> None:
    late = made.utc("2026-06-23T16:13:15Z")
    told = event("a", "14:19", "resolved", posted=late, opened=late, closed=made.utc("2026-06-23T14:19Z"), **WHOLE)
    found = data(told)
    assert (found["timeline"][0]["at"], found["timeline"][0]["published"]) == (
        "2026-06-23T14:19Z",
        "2026-06-23T16:13:15Z",
    )
    assert found["clocks"] == {"first_public_update": "2026-06-23T16:13:15Z", "resolved": "2026-06-23T14:19Z"}


def test_a_status_that_goes_back_reopens() -> None:
    told = [
        event("a", "14:19"),
        event("b", "15:00", "resolved"),
        event("c", "15:10", "identified"),
        event("d", "16:00", "resolved"),
    ]
    rows = data(*told)["timeline"]
    assert [(each["status"], each.get("reopens")) for each in rows] == [
        ("investigating", None),
        ("resolved", None),
        ("identified", True),
        ("resolved", None),
    ]


def test_two_updates_of_one_minute_stand_in_the_order_of_their_statuses() -> None:
    told = [event("z", "14:19"), event("a", "14:19", "resolved"), event("m", "14:19", "monitoring")]
    rows = data(*told)["timeline"]
    assert [(each["status"], "reopens" in each) for each in rows] == [
        ("investigating", False),
        ("monitoring", False),
        ("resolved", False),
    ]


def test_maintenance_has_its_schedule_or_what_was_done_in_its_place() -> None:
    start, end = made.utc("2026-06-25T01:00Z"), made.utc("2026-06-25T03:00Z")
    planned = event("a", "14:19", "scheduled", kind="maintenance", scheduled_start=start, scheduled_end=end)
    found = data(planned)
    assert (found["kind"], found["scheduled"]) == (
        "maintenance",
        {"start": "2026-06-25T01:00Z", "end": "2026-06-25T03:00Z"},
    )
    assert found["id"].startswith("2026-06-25-")
    done = [
        event("a", "14:19", "in_progress", kind="maintenance"),
        event("b", "15:33", "completed", kind="maintenance"),
    ]
    assert data(*done)["scheduled"] == {"start": "2026-06-23T14:19Z", "end": "2026-06-23T15:33Z"}
    assert "gives no planned end" in notes(*done)
    assert "nothing says from when to when" in str(
        mirror(gather([event("a", "14:19", kind="maintenance")])[0], how(), {})
    )


def test_a_postmortem_is_the_providers() -> None:
    told = [event("a", "14:19", "resolved", **WHOLE), event("b", "2026-06-30T10:00Z", "postmortem", **WHOLE)]
    assert data(*told)["postmortem"] == {
        "state": "published",
        "published": "2026-06-30T10:00Z",
        "url": "https://status.example.com/incidents/i1",
    }


def test_what_was_not_said_yet_on_that_day_is_not_in_it() -> None:
    told = [
        event("a", "14:19", **WHOLE),
        event("b", "15:33", "resolved", closed=made.utc("2026-06-23T15:33Z"), **WHOLE),
    ]
    then = data(*told, now=made.utc("2026-06-23T15:00Z"))
    assert ([each["status"] for each in then["timeline"]], "clocks" in then) == (["investigating"], False)
    assert "by 2026-06-23T14:00Z" in str(mirror(gather(told)[0], how(now=made.utc("2026-06-23T14:00Z")), {}))


def test_what_only_a_person_can_answer_is_marked() -> None:
    found = mirror(gather([event("a", "14:19", title="Elevated errors")])[0], how(), {})
    assert isinstance(found, Made)
    written = text(found, "schemas/x.json")
    assert "severity: minor  # TODO the page does not say how bad it was" in written
    assert "services: []  # TODO the page names no component" in written


def test_a_backfill_announces_each_incident_once() -> None:
    told = [event("a", "14:19", **WHOLE), event("b", "15:33", "resolved", **WHOLE)]
    announced = announce(records.read(data(*told, record="published")))
    assert [(each.entry, each.backfill) for each in announced] == [("u1", True), ("u2", True), ("r1", False)]


def examined(found: Made) -> list[str]:
    said = examine(text(found, "schemas/x.json").encode(), f"{found.data['id']}.yaml", SETTINGS, NOW.date()).findings
    return [f"{each.code} {each.pointer} {each.message}" for each in said if each.weight == "error"]


times = st.datetimes(
    min_value=datetime.fromisoformat("2026-06-20"),
    max_value=datetime.fromisoformat("2026-06-26"),
    timezones=st.just(UTC),
)
somewhen = st.one_of(st.none(), times, st.sampled_from([NOW + timedelta(days=9), datetime(1899, 1, 1, tzinfo=UTC)]))
components = st.builds(
    Component,
    name=st.sampled_from(["Chat", "API", "claude.ai", "Voice"]),
    new=st.one_of(st.none(), st.sampled_from(get_args(ComponentState))),
)
words = st.one_of(
    st.text(max_size=40), st.sampled_from(["From 10:00 to 11:00 UTC errors.", "Since 09:00 UTC we see errors."])
)
events = st.builds(
    Event,
    source=st.just("page"),
    incident=st.just("i1"),
    update=st.text(max_size=6),
    at=times,
    kind=st.sampled_from(["incident", "maintenance"]),
    title=words,
    url=st.one_of(words, st.just("https://status.example.com/x")),
    status=st.sampled_from([each for part in get_args(SaidStatus) for each in (get_args(part) or [part])]),
    status_word=words,
    impact=st.sampled_from([each for part in get_args(SaidImpact) for each in (get_args(part) or [part])]),
    impact_word=words,
    components=st.lists(components, max_size=3).map(tuple),
    listed=st.lists(components, max_size=3).map(tuple),
    text=words,
    posted=somewhen,
    opened=somewhen,
    closed=somewhen,
    scheduled_start=somewhen,
    scheduled_end=somewhen,
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(events, min_size=1, max_size=5), st.sampled_from(["copy", "omit"]), st.sampled_from(["draft", "published"])
)
def test_whatever_was_told_no_rule_finds_an_error_in_the_record(told: list[Event], texts: str, record: str) -> None:
    found = mirror(gather(told)[0], how(texts=texts, record=record), {})
    if isinstance(found, str):
        assert found
        return
    assert examined(found) == []
    again = mirror(gather(reversed(told))[0], how(texts=texts, record=record), {})
    assert again == found
    if record == "published":
        live = [each for each in announce(records.read(found.data)) if not each.backfill]
        assert len(live) == 1
    assert derive(records.read(found.data)).first_known.moment.instant.date().isoformat() == found.data["id"][:10]
    assert msgspec.json.encode(found.data)
