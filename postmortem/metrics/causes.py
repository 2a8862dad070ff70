"""Which causes come back. A Scope in, a Figure out."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, get_args

from postmortem.metrics.distribution import quantile
from postmortem.metrics.scope import Scope
from postmortem.model.figure import Cell, Figure, Unknown, Value
from postmortem.model.summary import Summary
from postmortem.model.vocabulary import CauseCategory, FactorRole

_ROLES: Final[tuple[FactorRole, ...]] = get_args(FactorRole)
_FORMULA: Final = (
    "Incidents by category of the cause factors that their records state, in any role; an incident counts once in "
    "each of its categories. A category has come back as often as it has incidents after its first on watched days. "
    "What a record itself calls a recurrence of another is counted apart."
)


def figure(scope: Scope) -> Figure:
    """Recurrence by category, most frequent first."""
    by: dict[CauseCategory, list[Summary]] = {}
    for row in scope.rows:
        for category in dict.fromkeys(category for category, _ in row.causes if category != "unknown"):
            by.setdefault(category, []).append(row)
    order = sorted(by, key=lambda category: (-len(by[category]), category))
    stated = sum(any(category != "unknown" for category, _ in row.causes) for row in scope.rows)
    said = sum(relation == "recurrence_of" for row in scope.rows for relation, _ in row.account.relations)
    return Figure(
        key="causes",
        title="Causes that come back",
        formula=_FORMULA,
        window=scope.window(),
        n=stated,
        of="incidents",
        values=(
            Value("categories", "categories", "count", len(by)),
            Value("recurring", "categories that came back", "count", sum(len(each) > 1 for each in by.values())),
            Value("recurrences", "incidents that brought one back", "count", _again(by)),
            Value("related", "said to be a recurrence by their records", "count", said),
        ),
        unknowns=tuple(Unknown(why, count) for why, count in sorted(Counter(_silent(scope.rows)).items())),
        tabular=True,
        columns=("category", "incidents", *_ROLES, "came_back", "median_minutes_between", "last", "ids"),
        rows=tuple(_row(category, by[category]) for category in order),
    )


def _again(by: dict[CauseCategory, list[Summary]]) -> int:
    return len({row.id for each in by.values() for row in each[1:]})


def _row(category: CauseCategory, rows: Sequence[Summary]) -> tuple[Cell, ...]:
    roles = [sum((category, role) in row.causes for row in rows) for role in _ROLES]
    between = [int((after.first_known - before.first_known).total_seconds()) // 60 for before, after in pairwise(rows)]
    typical = quantile(between, 0.5) if between else None
    ids = " ".join(row.id for row in rows)
    return category, len(rows), *roles, len(rows) - 1, typical, rows[-1].first_known, ids


def _silent(rows: Sequence[Summary]) -> list[str]:
    return [
        f"cause {row.account.cause or 'not stated'}"
        + (", no category" if row.account.cause in ("known", "suspected") else "")
        for row in rows
        if all(category == "unknown" for category, _ in row.causes)
    ]
