"""Which causes come back. A Scope in, a Figure out."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Final, get_args

import msgspec

from postmortem.metrics.distribution import quantile
from postmortem.metrics.scope import Scope
from postmortem.model.figure import Cell, Figure, Unknown, Value
from postmortem.model.summary import Summary
from postmortem.model.vocabulary import CauseCategory, FactorRole

_ROLES: Final[tuple[FactorRole, ...]] = get_args(FactorRole)
_MINUTE: Final = timedelta(minutes=1)
_FORMULA: Final = (
    "Incidents by category of the cause factors that their records state, in any role; an incident counts once in "
    "each of its categories. A category has come back as often as it has incidents after its first on watched days. "
    "What a record itself calls a recurrence of another is counted apart."
)


def figure(scope: Scope) -> Figure:
    """Recurrence by category, most frequent first."""
    by: dict[CauseCategory, list[Summary]] = {}
    for row in scope.rows:
        for category in dict.fromkeys([category for category, _ in row.causes if category != "unknown"]):
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


def one(whole: Figure, category: CauseCategory) -> Figure:
    """What the figure says of one category: how often it came back, after how long, and in which roles. What is not
    known stays that of the whole.
    """
    none: tuple[Cell, ...] = (category, 0, *(0 for _ in _ROLES), 0, None, None, "")
    cells = dict(zip(whole.columns, next((row for row in whole.rows if row[0] == category), none), strict=True))
    return msgspec.structs.replace(
        whole,
        key=f"cause/{category}",
        title="How often it came back",
        n=_number(cells["incidents"]) or 0,
        values=(
            Value("came_back", "came back", "count", _number(cells["came_back"])),
            Value("between", "median between", "minutes", _number(cells["median_minutes_between"])),
            *(Value(role, role, "count", _number(cells[role])) for role in _ROLES),
        ),
        tabular=False,
        columns=(),
        rows=(),
    )


def _number(cell: Cell) -> int | None:
    return int(cell) if isinstance(cell, int | float) else None


def _again(by: dict[CauseCategory, list[Summary]]) -> int:
    return len({row.id for each in by.values() for row in each[1:]})


def _row(category: CauseCategory, rows: Sequence[Summary]) -> tuple[Cell, ...]:
    stated = Counter([role for row in rows for each, role in set(row.causes) if each == category])
    roles = [stated[role] for role in _ROLES]
    between = [(after.first_known - before.first_known) // _MINUTE for before, after in pairwise(rows)]
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
