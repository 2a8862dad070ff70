"""A scorecard of what readers were told: which questions each record answers, how fast, and which promises were kept. A
Scope in, figures out: counts, never one grade.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, Literal, NamedTuple, get_args

from postmortem.metrics import lags
from postmortem.metrics.scope import Scope
from postmortem.model.account import Promise
from postmortem.model.answers import ANSWERED, QUESTIONS, Answered, Question
from postmortem.model.figure import Cell, Figure, Section, Unknown, Value
from postmortem.model.settings import provider_name
from postmortem.model.summary import Summary
from postmortem.model.vocabulary import IMPACT_CLASSES

Kept = Literal["kept", "late", "overdue", "pending", "dropped", "undated"]
KEPT: Final[tuple[Kept, ...]] = get_args(Kept)

METHOD: Final[dict[Question, str]] = {
    "what_failed": (
        "A class is affected, and its level, a symptom or a summary is stated; or no class was affected. Partly: "
        "affected, no more."
    ),
    "who_was_affected": (
        "Which users, plans, channels, regions or environments, or how many; or nobody. Partly: only services or "
        "models."
    ),
    "was_data_at_risk": (
        "Every risk to data is ruled out or confirmed, or data access was not affected and no risk is left open. "
        "Partly: some risks are, or it is told whether data access was affected and its risks are open."
    ),
    "what_caused_it": "The cause is known and told. Partly: suspected. Undisclosed is no answer.",
    "what_stayed_up": "Something is named that kept working. Partly: an impact class is said not to be affected.",
    "what_now": "Advice, a fallback or actions. Partly: what customers could still do, or that a postmortem comes.",
}
"""When a question counts as answered; `postmortem.model.answers` holds the same as code."""
CLASS_METHOD: Final = "The record says affected or not affected. Unknown is no answer."
PROMISE_METHOD: Final = (
    "Every postmortem and action with a date, held against the first date that was promised for it: kept on or before "
    "that day (UTC), late after it, overdue if it is past and nothing came, pending before it. A postmortem counts on "
    "the day it was published, an action on the day it was done. Dropped: given up, or a postmortem not planned. "
    "Without a date nothing can be kept or broken: those are told as undated. A date that was moved changes nothing."
)
_VOICES: Final = {
    "provider": "What {publisher} tells about its own incidents.",
    "customer": "What {publisher}, a customer, could tell about incidents of {provider} from what was public.",
    "observer": "What {publisher}, an observer, found in public about incidents of {provider}.",
}
_FASTEST: Final = ("lag/disclosure", "lag/resolution", "lag/postmortem")


class Outcome(NamedTuple):
    """One promise, and how it stands on the as-of day."""

    row: Summary
    promise: Promise
    state: Kept

    @property
    def moved(self) -> bool:
        """Whether its date was put off."""
        return self.promise.due != self.promise.due_first


def voice(scope: Scope) -> str:
    """Who speaks about whom."""
    publisher = scope.settings.publisher
    whose = [scope.provider] if scope.provider else [each.id for each in scope.settings.providers]
    names = " and ".join(provider_name(scope.settings, each) for each in whose) or "its providers"
    return _VOICES[publisher.role].format(publisher=publisher.name, provider=names)


def scorecard(scope: Scope) -> Section:
    """The answers, the speed, the promises."""
    fast = tuple(lags.of(scope, each) for each in lags.LAGS if each.subject.key in _FASTEST)
    return Section("transparency", "Transparency", (answers(scope), classes(scope), *fast, promises(scope)))


def answers(scope: Scope) -> Figure:
    """How many records answer each of the six questions; one row for each record."""
    told = [row.account.answers for row in scope.rows]
    full = sum(all(each[question] == "answered" for question in QUESTIONS) for each in told)
    method = " ".join(f"{question}: {METHOD[question]}" for question in QUESTIONS)
    return Figure(
        key="answers",
        title="Questions that records answer",
        formula=f"Records in which the question is answered, or answered in part, by what they state. {method}",
        window=scope.window(),
        n=len(told),
        of="records",
        values=(
            *(_value(told, question, how) for question in QUESTIONS for how in ANSWERED[:2]),
            Value("all", "all six answered", "count", full if told else None),
        ),
        unknowns=tuple(
            Unknown(f"{question}: not known", count)
            for question in QUESTIONS
            if (count := sum(each[question] == "not_known" for each in told))
        ),
        columns=("incident", "first_known", *QUESTIONS, "answered"),
        rows=tuple(_answers_row(row) for row in scope.rows),
    )


def _value(told: Sequence[dict[Question, Answered]], question: Question, how: Answered) -> Value:
    count = [each[question] for each in told].count(how) if told else None
    label = question.replace("_", " ")
    return Value(f"{question}/{how}", label if how == "answered" else f"{label}, in part", "count", count)


def _answers_row(row: Summary) -> tuple[Cell, ...]:
    told = [row.account.answers[question] for question in QUESTIONS]
    return row.id, row.first_known, *told, told.count("answered")


def classes(scope: Scope) -> Figure:
    """How many records say of each impact class whether it was affected."""
    silent = {name: sum(row.impact[name].state == "unknown" for row in scope.rows) for name in IMPACT_CLASSES}
    there = bool(scope.rows)
    return Figure(
        key="classes",
        title="Impact classes that records answer",
        formula=f"Records that say of the class whether it was affected. {CLASS_METHOD}",
        window=scope.window(),
        n=len(scope.rows),
        of="records",
        values=tuple(
            Value(name, name, "count", len(scope.rows) - silent[name] if there else None) for name in IMPACT_CLASSES
        ),
        unknowns=tuple(Unknown(f"{name}: not known", silent[name]) for name in IMPACT_CLASSES if silent[name]),
        columns=("incident", "first_known", *IMPACT_CLASSES),
        rows=tuple(
            (row.id, row.first_known, *(row.impact[name].state for name in IMPACT_CLASSES)) for row in scope.rows
        ),
    )


def promises(scope: Scope) -> Figure:
    """What was promised and what came of it."""
    found = list(outcomes(scope))
    counts = Counter(each.state for each in found)
    dated = sum(each.state != "undated" for each in found)
    return Figure(
        key="promises",
        title="Promises",
        formula=PROMISE_METHOD,
        window=scope.window(),
        n=dated,
        of="promises",
        values=(
            *(Value(state, state, "count", counts[state]) for state in KEPT if state != "undated"),
            Value("moved", "of which the date was moved", "count", sum(each.moved for each in found)),
        ),
        unknowns=(Unknown("without a date", counts["undated"]),) if counts["undated"] else (),
        columns=("incident", "what", "id", "state", "first_due", "due", "done", "outcome"),
        rows=tuple(_promise_row(each) for each in found),
    )


def outcomes(scope: Scope) -> Iterator[Outcome]:
    """Every promise of the incidents that count, in their order."""
    for row in scope.rows:
        for each in row.account.promises:
            yield Outcome(row, each, outcome(each, scope.as_of))


def outcome(promise: Promise, as_of: date) -> Kept:
    """How a promise stands at the end of a day: what is done later than that day is not done yet."""
    if promise.state in ("dropped", "not_planned"):
        return "dropped"
    if promise.due_first is None:
        return "undated"
    done = promise.done.date() if promise.done is not None else None
    if done is not None and done <= as_of:
        return "kept" if done <= promise.due_first else "late"
    return "pending" if as_of <= promise.due_first else "overdue"


def _promise_row(each: Outcome) -> tuple[Cell, ...]:
    first, due = (day.isoformat() if day else None for day in (each.promise.due_first, each.promise.due))
    return (
        each.row.id,
        each.promise.what,
        each.promise.id,
        each.promise.state,
        first,
        due,
        each.promise.done,
        each.state,
    )
