"""Promises against the first date, questions as counts, and who speaks about whom."""

from datetime import date

import pytest

from postmortem.metrics import transparency
from postmortem.metrics.numbers import scorecards
from postmortem.metrics.transparency import outcome
from postmortem.model.account import Promise
from postmortem.model.answers import QUESTIONS
from tests.metrics.corpus import COVERAGE, counted, history, kept, timed, unknown, value
from tests.model import made

TENTH = date(2026, 7, 10)


@pytest.mark.parametrize(
    ("done", "as_of", "stands"),
    [
        ("2026-07-10T23:59Z", "2026-07-20", "kept"),
        ("2026-07-11T00:00Z", "2026-07-20", "late"),
        (None, "2026-07-10", "pending"),
        (None, "2026-07-11", "overdue"),
        ("2026-07-12T10:00Z", "2026-07-11", "overdue"),
    ],
)
def test_a_promise_is_held_against_its_first_date(done: str | None, as_of: str, stands: str) -> None:
    promise = Promise("action", "a1", "open", TENTH, date(2026, 12, 31), made.utc(done) if done else None)
    assert outcome(promise, date.fromisoformat(as_of)) == stands


def test_dropped_is_no_promise_kept_and_without_a_date_none_can_be() -> None:
    assert outcome(Promise("action", "a1", "dropped", TENTH, TENTH), TENTH) == "dropped"
    assert outcome(Promise("postmortem", "", "not_planned"), TENTH) == "dropped"
    assert outcome(Promise("action", "a1", "done", None, None, made.utc("2026-07-01T00:00Z")), TENTH) == "undated"


def test_promises_of_the_invented_provider() -> None:
    # the postmortem of 23 June was due on the 30th and came on the 26th; its first action was due first on 10 July and
    # done on the 9th, though its date had moved to the 15th; that of 16 June was due on 3 July, done on the 2nd;
    # the second action of the 23rd is due on 30 September, the postmortem of 9 July on the 16th
    records, settings = kept("examples/provider", date(2026, 7, 15))
    (card,) = scorecards(records, settings, date(2026, 7, 15))
    (figure,) = [each for each in card.sections[0].figures if each.key == "promises"]
    assert {each.key: each.value for each in figure.values} == {
        "kept": 3, "late": 0, "overdue": 0, "pending": 2, "dropped": 0, "moved": 1,
    }  # fmt: skip
    assert figure.n == 5


def test_a_record_of_three_in_the_morning_answers_little_and_that_is_counted() -> None:
    figure = transparency.answers(counted(timed("2026-06-23-chat", "2026-06-23T10:00Z")))
    assert unknown(figure) == {f"{each}: not known": 1 for each in QUESTIONS}
    assert value(figure, "all") == 0


def test_no_records_have_no_share_of_answers() -> None:
    assert all(each.value is None for each in transparency.answers(counted()).values)


@pytest.mark.parametrize(
    ("role", "words"), [("provider", "its own incidents"), ("observer", "an observer"), ("customer", "a customer")]
)
def test_the_card_says_who_speaks_about_whom(role: str, words: str) -> None:
    publisher = {"name": "Somebody", "role": role, "contact": "mailto:x@example.com"}
    settings = made.settings(publisher=publisher, providers=[{"id": "ai", "name": "Example AI"}], coverage=COVERAGE)
    (card,) = scorecards(history(), settings, made.AS_OF)
    assert words in card.notes[0]
    assert ("Example AI" in card.notes[0]) == (role != "provider")
