"""The words people read for the ids of the vocabulary: tables and nothing else. Ids in, English out; no HTML.

The words themselves are data (`messages.toml` in this package); `tests/pages/test_messages.py` holds each table against
`model.vocabulary`, so that an id without words is a failing test.
"""

import tomllib
from importlib import resources
from typing import Final

TABLES: Final[dict[str, dict[str, str]]] = tomllib.loads(
    resources.files("postmortem.pages").joinpath("messages.toml").read_text(encoding="utf-8")
)

IMPACT_CLASS: Final = TABLES["impact_class"]
IMPACT_CLASS_LETTER: Final = TABLES["impact_class_letter"]
IMPACT_CLASS_SHORT: Final = TABLES["impact_class_short"]
IMPACT_CLASS_MEANS: Final = TABLES["impact_class_means"]
IMPACT_STATE: Final = TABLES["impact_state"]
LEVEL: Final = TABLES["level"]
CONFIDENCE: Final = TABLES["confidence"]
CONFIDENCE_MEANS: Final = TABLES["confidence_means"]
SEVERITY: Final = TABLES["severity"]
KIND: Final = TABLES["kind"]
STATUS: Final = TABLES["status"]
COMPONENT_STATE: Final = TABLES["component_state"]
TIMELINE_KIND: Final = TABLES["timeline_kind"]
SYMPTOM: Final = TABLES["symptom"]
CAUSE_CATEGORY: Final = TABLES["cause_category"]
CAUSE_CATEGORY_MEANS: Final = TABLES["cause_category_means"]
FACTOR_ROLE: Final = TABLES["factor_role"]
FACTOR_ROLE_MEANS: Final = TABLES["factor_role_means"]
CAUSE_STATE: Final = TABLES["cause_state"]
DATA_KIND: Final = TABLES["data_kind"]
DATA_QUESTION: Final = TABLES["data_question"]
DATA_RISK: Final = TABLES["data_risk"]
DETECTED_BY: Final = TABLES["detected_by"]
CONTINUITY: Final = TABLES["continuity"]
ANSWER: Final = TABLES["answer"]
SIGNAL_KIND: Final = TABLES["signal_kind"]
COUNT_IS: Final = TABLES["count_is"]
EVIDENCE_KIND: Final = TABLES["evidence_kind"]
METRIC: Final = TABLES["metric"]
UNIT: Final = TABLES["unit"]
ACTION_KIND: Final = TABLES["action_kind"]
ACTION_STATE: Final = TABLES["action_state"]
RELATION: Final = TABLES["relation"]
REVISION_KIND: Final = TABLES["revision_kind"]
KNOWN_BY: Final = TABLES["known_by"]
