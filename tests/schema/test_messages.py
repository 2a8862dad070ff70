"""What the messages of the check say: what was found, what was meant, and never a secret."""

from collections.abc import Callable
from typing import Any

import pytest

from postmortem.model.finding import Pointer, Problem
from postmortem.schema.check import check

Changed = Callable[..., dict[str, Any]]


def test_the_complete_record_is_valid(changed: Changed) -> None:
    assert check(changed(), "incident") == ()


Only = Callable[[Pointer, object], Problem]


@pytest.fixture
def only(changed: Changed) -> Only:
    """The one problem that a change brings."""

    def one(path: Pointer, value: object) -> Problem:
        (problem,) = check(changed(path, value), "incident")
        return problem

    return one


def test_a_slip_of_the_pen_is_answered_with_the_word_that_was_meant(only: Only) -> None:
    assert "did you mean `published`?" in only(("record",), "publised").hint
    assert "did you mean `not_affected`?" in only(("impact", "authentication", "state"), "not affected").hint
    assert "did you mean `withdrawn`?" in only(("withdrwn",), "x").hint
    assert only(("withdrwn",), "x").at_key
    assert not only(("record",), "publised").at_key


def test_a_condition_is_told_in_the_schema_s_own_sentence_with_the_keys_to_change(only: Only) -> None:
    problem = only(("embargo",), {"until": "2026-07-01"})
    assert "an embargoed record says until when" in problem.message
    assert problem.hint == "change or remove `embargo`, or change `record`"


def test_of_two_bounds_the_narrower_one_is_told(only: Only) -> None:
    assert only(("title",), "x" * 200).message == "200 characters where at most 160 are allowed"
    assert only(("title",), "x" * 400).message == "400 characters where at most 160 are allowed"


def test_a_password_in_an_address_is_not_repeated(only: Only) -> None:
    problem = only(("evidence", 0, "url"), "https://user:password@example.com/")
    assert "password" not in problem.message + problem.hint


def test_many_mistakes_are_told_in_one_order_each_once(changed: Changed) -> None:
    record = changed(("severity",), "high") | {"zzz": 1, "aaa": 1, "title": ""}
    problems = check(record, "incident")
    assert [each.pointer for each in problems] == [("aaa",), ("severity",), ("title",), ("zzz",)]
    assert check(dict(reversed(record.items())), "incident") == problems


@pytest.mark.parametrize("instance", [None, [], "x", {}, {"title": "\ud83d"}, {"internal": {"x": b"y"}}, {1: 2}])
def test_invalid_never_comes_without_a_reason(instance: object) -> None:
    assert check(instance, "incident")
    assert check(instance, "settings")


def test_what_json_cannot_hold_is_told_in_the_validator_s_own_words(only: Only) -> None:
    assert only(("title",), "half \ud83d of a pair").code == "PM028"
