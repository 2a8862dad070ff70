"""Which of the six questions a record answers: what failed, who was affected, was data at risk, what caused it, what
stayed up, what now. Facts in, one word for each question out; the words are the same for pages and for numbers.
"""

from collections.abc import Iterator
from typing import Final, Literal, get_args

from postmortem.model.claims import Impact, Measure
from postmortem.model.derived import impacts
from postmortem.model.facts import Facts
from postmortem.model.vocabulary import DATA_RISKS

Question = Literal[
    "what_failed", "who_was_affected", "was_data_at_risk", "what_caused_it", "what_stayed_up", "what_now"
]
Answered = Literal["answered", "partly", "not_known"]

QUESTIONS: Final[tuple[Question, ...]] = get_args(Question)
ANSWERED: Final[tuple[Answered, ...]] = get_args(Answered)
"""From best to worst."""
OF_PEOPLE: Final = ("users_affected", "share_of_users", "share_of_requests", "requests_failed")
"""What is measured of those who were affected."""
_COMING: Final = ("promised", "draft", "published")


def answers(facts: Facts) -> dict[Question, Answered]:
    """Judge by what is stated, never by how good it is: "no" is an answer, "unknown" is none."""
    return {
        "what_failed": _failed(facts),
        "who_was_affected": _who(facts),
        "was_data_at_risk": _data(facts),
        "what_caused_it": _cause(facts),
        "what_stayed_up": _stayed(facts),
        "what_now": _now(facts),
    }


def _failed(facts: Facts) -> Answered:
    """Answered: a class is affected and its level, a symptom or a summary is stated, or none is affected at all.
    Partly: affected, no more.
    """
    if _is_nothing(facts):
        return "answered"
    affected = list(_affected(facts))
    if any(each.symptoms or each.summary or each.level not in (None, "unknown") for each in affected):
        return "answered"
    return "partly" if affected else "not_known"


def _who(facts: Facts) -> Answered:
    """Answered: which users, regions, environments, or how many, or nobody. Partly: only services or models."""
    if _is_nothing(facts):
        return "answered"
    affected = list(_affected(facts))
    for each in affected:
        if each.audience or each.regions or each.environments or any(of_people(each)):
            return "answered"
    named = facts.services or any(each.services or each.models for each in affected)
    return "partly" if affected and named else "not_known"


def of_people(impact: Impact) -> Iterator[Measure]:
    """What was measured of those who were affected."""
    every = (*impact.measures, *(each for window in impact.windows for each in window.measures))
    return (each for each in every if each.metric in OF_PEOPLE)


def _data(facts: Facts) -> Answered:
    """Answered: every risk to data is ruled out or confirmed, or `data_access` is not affected and no more is stated.
    Partly: some risks are, or `data_access` is known and they are open.
    """
    access = facts.impact.data_access
    told = [each for _, impact in impacts(facts) for each in impact.data]
    risks = [getattr(each, name) for each in told for name in DATA_RISKS]
    if risks and all(each in ("ruled_out", "confirmed") for each in risks):
        return "answered"
    if any(each != "unknown" for each in risks) or access.state == "affected":
        return "partly"
    if access.state == "not_affected":
        return "partly" if risks else "answered"
    return "not_known"


def _cause(facts: Facts) -> Answered:
    if facts.cause is None:
        return "answered" if facts.kind == "maintenance" else "not_known"
    return {"known": "answered", "suspected": "partly"}.get(facts.cause.state, "not_known")  # type: ignore[return-value]


def _stayed(facts: Facts) -> Answered:
    """Answered: something is named that kept working. Partly: a class was not affected."""
    if facts.isolated:
        return "answered"
    return "partly" if any(impact.state == "not_affected" for _, impact in impacts(facts)) else "not_known"


def _now(facts: Facts) -> Answered:
    """Answered: advice, or what is done about it; what is planned, or withdrawn, says so itself. Partly: what customers
    could still do, or that a postmortem comes.
    """
    if facts.withdrawn is not None or facts.kind == "maintenance":
        return "answered"
    if facts.guidance.during or facts.guidance.next_time or facts.guidance.fallbacks or facts.actions:
        return "answered"
    promised = facts.postmortem is not None and facts.postmortem.state in _COMING
    could = any(getattr(facts.continuity, name) is not None for name in facts.continuity.__struct_fields__)
    return "partly" if promised or could else "not_known"


def _is_nothing(facts: Facts) -> bool:
    return all(impact.state == "not_affected" for _, impact in impacts(facts))


def _affected(facts: Facts) -> Iterator[Impact]:
    return (impact for _, impact in impacts(facts) if impact.state == "affected")
