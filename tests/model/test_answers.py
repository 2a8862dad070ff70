"""When a question counts as answered: "no" is an answer, "unknown" is none."""

from typing import Any

import pytest

from postmortem.model.answers import answers
from tests.model import made

CHAT = made.affected()
RISKS = dict.fromkeys(("unavailable", "lost", "corrupted", "exposed", "retained_too_long"), "ruled_out")


def data_access(**risks: str) -> dict[str, Any]:
    return {"impact": made.impact(data_access=made.affected(data=[{"kinds": ["conversations"]} | risks]))}


@pytest.mark.parametrize(
    ("changes", "question", "word"),
    [
        ({}, "what_failed", "not_known"),
        (
            {"impact": made.impact(authentication={"state": "affected", "services": ["web-app"]})},
            "what_failed",
            "partly",
        ),
        ({"impact": made.impact(authentication=CHAT)}, "what_failed", "answered"),
        ({"impact": made.impact(authentication=CHAT)}, "who_was_affected", "partly"),
        ({"impact": made.impact(authentication=CHAT | {"regions": ["eu"]})}, "who_was_affected", "answered"),
        ({}, "was_data_at_risk", "not_known"),
        ({"impact": made.impact(data_access={"state": "not_affected"})}, "was_data_at_risk", "answered"),
        ({"impact": made.impact(data_access=CHAT)}, "was_data_at_risk", "partly"),
        (data_access(**RISKS), "was_data_at_risk", "answered"),
        (data_access(**{**RISKS, "lost": "confirmed"}), "was_data_at_risk", "answered"),
        (data_access(**{**RISKS, "lost": "suspected"}), "was_data_at_risk", "partly"),
        (data_access(), "was_data_at_risk", "partly"),
        ({"cause": {"state": "known"}}, "what_caused_it", "answered"),
        ({"cause": {"state": "suspected"}}, "what_caused_it", "partly"),
        ({"cause": {"state": "undisclosed"}}, "what_caused_it", "not_known"),
        ({}, "what_stayed_up", "not_known"),
        ({"impact": made.impact(authentication={"state": "not_affected"})}, "what_stayed_up", "partly"),
        ({"isolated": [{"service": "web-app", "why": "Another cluster."}]}, "what_stayed_up", "answered"),
        ({}, "what_now", "not_known"),
        ({"guidance": {"during": ["Retry."]}}, "what_now", "answered"),
        ({"postmortem": {"state": "promised"}}, "what_now", "partly"),
    ],
)
def test_by_what_is_stated(changes: dict[str, Any], question: str, word: str) -> None:
    assert {str(key): told for key, told in answers(made.incident(**changes)).items()}[question] == word
