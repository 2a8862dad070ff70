"""What somebody probably meant."""

import pytest

from postmortem.lint.suggest import meant, nearest

KNOWN = ("web-app", "mobile-app", "api", "coding-agent")


@pytest.mark.parametrize(
    ("word", "near"),
    [("web-ap", "web-app"), ("WEB-APP", "web-app"), ("apis", "api"), ("codingagent", "coding-agent"), ("zebra", None)],
)
def test_the_nearest_word_is_the_one_that_looks_most_like_it(word: str, near: str | None) -> None:
    assert nearest(word, KNOWN) == near


def test_another_name_for_a_thing_is_understood() -> None:
    assert meant("Claude Code", KNOWN, {"claude code": "coding-agent"}) == 'did you mean "coding-agent"?'


def test_where_nothing_is_near_a_few_of_the_known_are_listed() -> None:
    assert meant("zebra", KNOWN) == "known are api, coding-agent, mobile-app, web-app"
    assert meant("zebra", [f"s{number:02}" for number in range(10)]).endswith("s07 and 2 more")
    assert meant("zebra", ()) == ""


def test_a_very_long_word_costs_nothing() -> None:
    assert nearest("x" * 1_000_000, KNOWN) is None
