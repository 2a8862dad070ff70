"""Every id of the vocabulary has words, and no words stand for an id that is gone."""

from typing import get_args

import pytest

from postmortem.model import derived, vocabulary
from postmortem.pages import messages

LISTS = {
    "impact_class": vocabulary.ImpactClass,
    "impact_class_letter": vocabulary.ImpactClass,
    "impact_class_short": vocabulary.ImpactClass,
    "impact_class_means": vocabulary.ImpactClass,
    "impact_state": vocabulary.ImpactState,
    "level": vocabulary.Level,
    "confidence": vocabulary.Confidence,
    "confidence_means": vocabulary.Confidence,
    "severity": vocabulary.Severity,
    "kind": vocabulary.Kind,
    "status": vocabulary.Status,
    "component_state": vocabulary.ComponentState,
    "timeline_kind": vocabulary.TimelineKind,
    "symptom": vocabulary.Symptom,
    "cause_category": vocabulary.CauseCategory,
    "cause_category_means": vocabulary.CauseCategory,
    "factor_role": vocabulary.FactorRole,
    "factor_role_means": vocabulary.FactorRole,
    "cause_state": vocabulary.CauseState,
    "data_kind": vocabulary.DataKind,
    "data_risk": vocabulary.DataRisk,
    "detected_by": vocabulary.DetectedBy,
    "answer": vocabulary.Answer,
    "signal_kind": vocabulary.SignalKind,
    "count_is": vocabulary.CountIs,
    "evidence_kind": vocabulary.EvidenceKind,
    "metric": vocabulary.Metric,
    "unit": vocabulary.Unit,
    "action_kind": vocabulary.ActionKind,
    "action_state": vocabulary.ActionState,
    "relation": vocabulary.Relation,
    "revision_kind": vocabulary.RevisionKind,
    "known_by": derived.KnownBy,
}


@pytest.mark.parametrize("table", sorted(LISTS))
def test_a_table_has_exactly_the_ids_of_its_list(table: str) -> None:
    assert list(messages.TABLES[table]) == list(get_args(LISTS[table]))


def test_the_questions_about_data_and_continuity_have_words_in_their_order() -> None:
    assert tuple(messages.DATA_QUESTION) == vocabulary.DATA_RISKS
    assert tuple(messages.CONTINUITY) == vocabulary.CONTINUITY_QUESTIONS


def test_no_table_is_left_unchecked() -> None:
    assert set(messages.TABLES) == {*LISTS, "data_question", "continuity"}


def test_each_class_is_explained_in_two_sentences() -> None:
    assert {text.count(". ") + 1 for text in messages.IMPACT_CLASS_MEANS.values()} == {2}
