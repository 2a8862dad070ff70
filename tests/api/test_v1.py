"""An incident as JSON: everything that is public and nothing else, every key always there, times to trust."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.api.v1 import document
from postmortem.model.claims import Impact
from postmortem.model.facts import Facts
from postmortem.model.incident import publish
from tests.feeds.strategies import Data, records
from tests.model import made


def read(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - fields of the format
    shape: dict[str, Any] = json.loads(document(made.incident(**changes), made.settings()).body)
    return shape


def times(shape: object) -> list[dict[str, Any]]:
    """Every time in a document, wherever it stands."""
    if isinstance(shape, dict):
        mine = [shape] if "precision" in shape else []
        return mine + [each for value in shape.values() for each in times(value)]
    return [each for value in shape for each in times(value)] if isinstance(shape, list) else []


def shape_of(value: object) -> object:
    """Which keys stand where, whatever the values are."""
    return {key: shape_of(each) for key, each in value.items()} if isinstance(value, dict) else None


def test_it_lies_beside_its_page_and_says_whose_words_these_are() -> None:
    settings = made.settings(
        site={"url": "https://example.org/status"},
        publisher={"name": "Watchers", "role": "observer", "contact": "mailto:w@example.org"},
    )
    artifact = document(made.incident(), settings)
    shape = json.loads(artifact.body)
    assert artifact.path == "incidents/2026-06-23-chat.json"
    assert artifact.body.endswith(b"}\n")
    assert shape["url"] == "https://example.org/status/incidents/2026-06-23-chat/"
    assert shape["publisher"] == {
        "name": "Watchers",
        "role": "observer",
        "url": None,
        "contact": "mailto:w@example.org",
    }


def test_every_public_field_has_its_key_and_no_private_one_has() -> None:
    keys = read(internal={"channel": "inc-1"}).keys()
    head = ["$schema", "schema_version", "id", "state", "url", "yaml", "publisher"]
    assert keys == set(Facts.__struct_encode_fields__) | {*head, "derived"}
    assert list(keys)[: len(head)] == head


def test_a_withdrawn_record_says_so_before_anything_else() -> None:
    gone = read(record="withdrawn", withdrawn={"at": "2026-06-24T09:00Z", "reason": "Counted twice."})
    assert (read()["state"], gone["state"], gone["withdrawn"]["reason"]) == ("published", "withdrawn", "Counted twice.")
    assert gone["timeline"][0]["id"] == "u1"


def test_a_claim_has_all_its_keys_whether_stated_or_not() -> None:
    impact = read()["impact"]["authentication"]
    assert impact.keys() == {*Impact.__struct_encode_fields__, "models_unnamed"}
    window = {"start": "2026-06-23T14:21Z", "end": "2026-06-23T14:30Z"}
    bare = read(impact=made.impact(authentication=made.affected(window)))
    full = read(impact=made.impact(authentication=made.affected(window | {"note": "More.", "level": "degraded"})))
    assert shape_of(bare) == shape_of(full)
    assert (
        bare["impact"]["authentication"]["windows"][0].keys() == full["impact"]["authentication"]["windows"][0].keys()
    )


def test_a_time_is_utc_with_seconds_and_says_how_exact_it_is() -> None:
    clocks = {
        "started": {"at": "2026-06-23T16:21+02:00", "is": "about", "confidence": "reported", "evidence": ["e1"]},
        "resolved": "2026-06-23T15:00:07.9Z",
    }
    shape = read(clocks=clocks)["clocks"]
    assert shape["started"] == {
        "at": "2026-06-23T14:21:00Z",
        "precision": "minute",
        "is": "about",
        "confidence": "reported",
        "evidence": ["e1"],
    }
    assert (shape["resolved"]["at"], shape["resolved"]["precision"]) == ("2026-06-23T15:00:07Z", "second")
    assert shape["detected"] is None


def test_going_on_and_unknown_are_not_the_same_end() -> None:
    goes_on = {"start": "2026-06-23T14:21Z"}
    nobody_knows = {"start": "unknown", "end": "unknown"}
    windows = read(impact=made.impact(data_access=made.affected(goes_on, nobody_knows)))["impact"]["data_access"][
        "windows"
    ]
    assert windows[0]["end"] is None
    unknown: dict[str, object] = {"at": None, "precision": None, "is": "unknown", "confidence": None, "evidence": []}
    assert (windows[1]["start"], windows[1]["end"]) == (unknown, unknown)


def test_lists_are_lists_where_the_format_allows_a_word() -> None:
    shape = read(provider="example-ai", impact=made.impact(authentication=made.affected(models="unnamed")))
    assert shape["provider"] == ["example-ai"]
    assert (shape["impact"]["authentication"]["models"], shape["impact"]["authentication"]["models_unnamed"]) == (
        [],
        True,
    )
    assert shape["impact"]["data_access"]["models_unnamed"] is False


def test_what_follows_is_computed_once_for_page_and_machine() -> None:
    windows = made.affected(
        {"start": "2026-06-23T14:00Z", "end": "2026-06-23T14:30Z"}, {"start": "2026-06-23T14:10Z", "end": "unknown"}
    )
    derived = read(
        impact=made.impact(authentication=windows, data_access=made.affected({"start": "2026-06-23T14:20Z"})),
        timeline=[
            made.update("u1", "2026-06-23T14:47Z", status="investigating"),
            made.update("u2", "2026-06-23T16:13Z", status="resolved"),
        ],
    )["derived"]
    assert (derived["status"], derived["is_open"], derived["open_minutes"]) == ("resolved", False, 86)
    assert derived["first_known"]["by"] == "window"
    assert derived["first_known"]["time"]["at"] == "2026-06-23T14:00:00Z"
    assert derived["first_public_update"]["at"] == "2026-06-23T14:47:00Z"
    assert derived["resolved"]["at"] == "2026-06-23T16:13:00Z"
    assert derived["impact_minutes"] == {
        "total": {"minutes": 30, "unknown": 1, "ongoing": 1},
        "by_class": {
            "model_degradation": {"minutes": None, "unknown": 0, "ongoing": 0},
            "application_failure": {"minutes": None, "unknown": 0, "ongoing": 0},
            "authentication": {"minutes": 30, "unknown": 1, "ongoing": 0},
            "data_access": {"minutes": None, "unknown": 0, "ongoing": 1},
        },
    }


@pytest.mark.parametrize("character", ["\x00", "\uffff", "\N{GRINNING FACE}"])
def test_a_strange_character_comes_out_as_it_went_in(character: str) -> None:
    assert read(title=f"a{character}b")["title"] == f"a{character}b"


@given(records(1, st.text(max_size=40)))
def test_any_incident_is_json_that_says_the_same_twice(data: Data) -> None:
    incident = publish(made.record(**data), made.AS_OF)
    assert incident is not None
    body = document(incident, made.settings()).body
    assert body == document(incident, made.settings()).body
    shape = json.loads(body)
    assert [entry["id"] for entry in shape["timeline"]] == [entry["id"] for entry in data["timeline"]]
    assert all(each["is"] == "exact" and made.utc(each["at"]) for each in times(shape))
    assert list(shape) == list(read())


def test_the_shape_is_json_that_msgspec_reads_back() -> None:
    body = document(made.incident(), made.settings()).body
    assert msgspec.json.decode(body)["timeline"][0]["status"] == "investigating"
