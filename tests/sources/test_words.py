"""Vendors' words against ours."""

from typing import get_args

import pytest

from postmortem.model.vocabulary import ComponentState, Severity, Status
from postmortem.sources import words


def test_our_own_words_mean_themselves() -> None:
    assert [words.status(each) for each in get_args(Status)] == list(get_args(Status))
    assert [words.impact(each) for each in get_args(Severity)] == list(get_args(Severity))
    assert [words.component(each) for each in get_args(ComponentState)] == list(get_args(ComponentState))


@pytest.mark.parametrize(
    ("word", "ours"),
    [
        ("In progress", "in_progress"),
        ("INPROGRESS", "in_progress"),
        ("Canceled", "cancelled"),
        ("maintenance_complete", "completed"),
        ("NOTSTARTEDYET", "scheduled"),
        ("Postmortem", "postmortem"),
        ("Update", "unknown"),
        ("active", "unknown"),
        ("", "unknown"),
    ],
)
def test_statuses_of_vendors(word: str, ours: str) -> None:
    assert words.status(word) == ours


@pytest.mark.parametrize(
    ("word", "ours"),
    [
        ("full_outage", "major_outage"),
        ("MAJOROUTAGE", "major_outage"),
        ("Degraded Performance", "degraded_performance"),
        ("UNDERMAINTENANCE", "under_maintenance"),
        ("on_fire", "unknown"),
    ],
)
def test_component_states_of_vendors(word: str, ours: str) -> None:
    assert words.component(word) == ours


def test_maintenance_is_no_impact_and_a_component_state_is_none_either() -> None:
    assert [words.impact(word) for word in ("maintenance", "partial_outage", "")] == ["none", "unknown", "unknown"]


def test_a_huge_word_is_unknown() -> None:
    assert words.status("resolved" + " " * 1_000_000) == "unknown"
