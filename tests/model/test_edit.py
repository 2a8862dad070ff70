"""What each edit means for plain data, and that it says clearly where a pointer leads nowhere."""

import copy
from typing import Any

import pytest

from postmortem.model.edit import Append, Edit, Insert, Put, Remove, Reorder, apply_to_data, described, texts

DATA: dict[str, Any] = {
    "id": "x",
    "clocks": {"started": "a", "resolved": "c"},
    "timeline": [{"id": "u1"}, {"id": "u2"}, {"id": "u3"}],
    "actions": None,
}


def after(*edits: Edit) -> dict[str, Any]:
    return apply_to_data(DATA, edits)


@pytest.mark.parametrize(
    ("edit", "pointer", "value"),
    [
        (Put(("id",), "y"), ("id",), "y"),
        (Put(("timeline", 1, "id"), "n1"), ("timeline",), [{"id": "u1"}, {"id": "n1"}, {"id": "u3"}]),
        (Put(("postmortem", "review", "state"), "draft"), ("postmortem",), {"review": {"state": "draft"}}),
        (Put(("actions", "why"), "none"), ("actions",), {"why": "none"}),
        (Append(("timeline",), {"id": "u4"}), ("timeline",), [{"id": f"u{number}"} for number in (1, 2, 3, 4)]),
        (Append(("actions",), "a1"), ("actions",), ["a1"]),
        (Append(("lessons", "lucky"), "that"), ("lessons",), {"lucky": ["that"]}),
        (Insert(("timeline",), 0, "n"), ("timeline",), ["n", {"id": "u1"}, {"id": "u2"}, {"id": "u3"}]),
        (Insert(("timeline",), 3, "n"), ("timeline",), [{"id": "u1"}, {"id": "u2"}, {"id": "u3"}, "n"]),
        (Remove(("clocks", "started")), ("clocks",), {"resolved": "c"}),
        (Remove(("timeline", 0)), ("timeline",), [{"id": "u2"}, {"id": "u3"}]),
        (Reorder(("timeline",), (2, 0, 1)), ("timeline",), [{"id": "u3"}, {"id": "u1"}, {"id": "u2"}]),
    ],
)
def test_an_edit_changes_what_it_names_and_nothing_else(edit: Edit, pointer: tuple[str], value: object) -> None:
    changed = after(edit)
    assert changed[pointer[0]] == value
    assert {key: each for key, each in changed.items() if key != pointer[0]} == {
        key: each for key, each in DATA.items() if key != pointer[0]
    }


@pytest.mark.parametrize(
    ("place", "keys"),
    [
        (None, ["started", "resolved", "mitigated"]),
        ("started", ["started", "mitigated", "resolved"]),
        ("detected", ["started", "resolved", "mitigated"]),
        ((), ["mitigated", "started", "resolved"]),
        (("detected",), ["mitigated", "started", "resolved"]),
        (("started", "detected"), ["started", "mitigated", "resolved"]),
    ],
)
def test_a_new_key_stands_where_it_should(place: str | tuple[str, ...] | None, keys: list[str]) -> None:
    assert list(after(Put(("clocks", "mitigated"), "b", after=place))["clocks"]) == keys


def test_a_key_that_is_there_keeps_its_place() -> None:
    assert list(after(Put(("id",), "y", after="timeline"))) == list(DATA)


def test_of_missing_mappings_the_topmost_is_placed() -> None:
    assert list(after(Put(("impact", "authentication", "state"), "unknown", after="id")))[:2] == ["id", "impact"]


def test_edits_apply_one_after_the_other() -> None:
    changed = after(Remove(("timeline", 0)), Put(("timeline", 0, "id"), "n"), Append(("timeline",), "end"))
    assert changed["timeline"] == [{"id": "n"}, {"id": "u3"}, "end"]


@pytest.mark.parametrize(
    "edit",
    [
        Append(("timeline",), {"list": [1]}),
        Append(("impact", "data_access", "notes"), "x"),
        Insert(("timeline",), 0, "x"),
        Put(("timeline", 1, "id"), "x"),
        Put(("impact", "application_failure", "state"), "x"),
        Put(("a", "b", "c"), "x"),
        Remove(("timeline", 0, "id")),
        Remove(("id",)),
        Reorder(("timeline",), (2, 1, 0)),
    ],
    ids=described,
)
def test_what_was_given_stays_as_it_is(edit: Edit) -> None:
    before = copy.deepcopy(DATA)
    assert after(edit, edit if isinstance(edit, Append) else Put(("id",), "y")) != before
    assert before == DATA


def test_a_value_of_an_edit_is_not_shared() -> None:
    value = {"list": [1]}
    changed = after(Append(("timeline",), value), Append(("timeline", 3, "list"), 2))
    assert changed["timeline"][3] == {"list": [1, 2]}
    assert value == {"list": [1]}


def test_tuples_are_lists() -> None:
    assert after(Put(("id",), ("a", ("b",))))["id"] == ["a", ["b"]]


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (Put(("timeline", 3, "id"), 1), "there is nothing at timeline/3"),
        (Put(("timeline", 3), 1), "there is nothing at timeline/3"),
        (Put(("timeline", -1), 1), "there is nothing at timeline/-1"),
        (Put(("timeline", "first"), 1), "there is nothing at timeline/first"),
        (Put(("id", "part"), 1), "there is nothing at id/part"),
        (Put(("actions", 0, "id"), 1), "there is nothing at actions/0"),
        (Put((), [1]), "root cannot become anything else"),
        (Append(("id",), 1), "id is no list"),
        (Append(("timeline", 7), 1), "there is nothing at timeline/7"),
        (Append((), 1), "the root is no list"),
        (Insert(("timeline",), 4, 1), "timeline has 3 items: nothing can stand at 4"),
        (Insert(("lessons",), 0, 1), "there is nothing at lessons"),
        (Remove(("clocks", "detected")), "there is nothing at clocks/detected"),
        (Remove(("timeline", 3)), "there is nothing at timeline/3"),
        (Remove(()), "root of a file cannot be removed"),
        (Reorder(("timeline",), (0, 1)), "timeline has 3 items; the order names others"),
        (Reorder(("timeline",), (0, 1, 1)), "timeline has 3 items; the order names others"),
    ],
)
def test_a_pointer_that_leads_nowhere_is_told(edit: Edit, message: str) -> None:
    with pytest.raises(LookupError, match=message):
        after(edit)


@pytest.mark.parametrize("value", [object(), {1: "x"}, [b"bytes"], {"x": {"y": {1}}}])
def test_only_json_like_values_are_taken(value: Any) -> None:  # noqa: ANN401  # wrong on purpose
    with pytest.raises(TypeError):
        after(Put(("id",), value))


def test_messages_name_an_edit_without_its_value() -> None:
    assert described(Put(("clocks", "resolved"), "secret")) == "put clocks/resolved"
    assert described(Put((), {})) == "put the whole file"


def test_the_texts_of_edits_are_all_that_they_bring_in() -> None:
    edits = (
        Put(("id",), "a"),
        Append(("timeline",), {"id": "b", "named": ("c", 1, None, ["d"]), "public": True}),
        Insert(("timeline",), 0, "e"),
        Remove(("id",)),
        Reorder(("timeline",), (0,)),
    )
    assert list(texts(edits)) == ["a", "b", "c", "d", "e"]
