"""How often: incidents in the last days beside their minutes, and per month by impact class. A Scope in, figures
out.
"""

from bisect import bisect_left
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final

from postmortem.metrics import span
from postmortem.metrics.profile import Segment, bounds, profile, within
from postmortem.metrics.scope import Scope
from postmortem.metrics.spell import Spell
from postmortem.model.figure import Cell, Figure, Unknown, Value
from postmortem.model.interval import Interval
from postmortem.model.summary import Summary
from postmortem.model.vocabulary import IMPACT_CLASSES, ImpactClass

PERIODS: Final = (30, 90, 365)
States = dict[ImpactClass, Counter[Cell]]
_STATES: Final = ("affected", "unknown")
_COUNTS: Final = (
    "Incidents first known on the watched days of the window, and the minutes of impact on those days: time that "
    "windows share counts once. At least: only where both bounds are certain. At most: an unknown bound is when the "
    "incident was first known, or was resolved."
)
_MONTHS: Final = (
    "Incidents first known in the month, on watched days, by impact class that they affected; one that affected "
    "several counts in each. Unknown: nobody said whether it was affected."
)


def periods(scope: Scope, classes: tuple[ImpactClass, ...] = IMPACT_CLASSES) -> tuple[Figure, ...]:
    """The last 30, 90 and 365 days, and all of coverage; by impact class for those that are asked for."""
    segments = _segments(scope, classes)
    return tuple(_count(scope, days, segments) for days in (*PERIODS, None))


def _segments(scope: Scope, classes: tuple[ImpactClass, ...]) -> dict[str, tuple[Segment, ...]]:
    by: dict[str, list[Spell]] = {name: [] for name in classes}
    for each in scope.spells if by else ():
        if each.impact in by:
            by[each.impact].append(each)
    return {"all": profile(scope.spells)} | {name: profile(each) for name, each in by.items()}


def _count(scope: Scope, days: int | None, segments: dict[str, tuple[Segment, ...]]) -> Figure:
    asked = None if days is None else span.latest(scope.as_of, days)
    spans = scope.spans if asked is None else span.cut(scope.spans, [asked])
    unstated = asked is None and not scope.stated
    rows = list(scope.rows) if unstated else [row for each in spans for row in _first_known(scope.rows, each)]
    classes = tuple(name for name in IMPACT_CLASSES if name in segments)
    told = [_row(row, classes) for row in rows]
    states = _states(told, classes)
    there = bool(spans) or unstated
    return Figure(
        key=f"counts/{days or 'all'}",
        title=f"The last {days} days" if days else "All watched days" if scope.stated else "All records",
        formula=_COUNTS,
        window=scope.window(asked),
        n=len(rows),
        of="incidents",
        values=(
            Value("incidents", "incidents", "count", len(rows) if there else None),
            *_numbers("minutes", "impact", segments["all"], spans),
            *(value for name in classes for value in _of_class(name, states if there else None, segments, spans)),
        ),
        unknowns=tuple(_unknown(states)),
        marked=sum(row.first_known_about for row in rows),
        columns=("incident", "first_known", *classes),
        rows=tuple(told),
    )


def _first_known(rows: Sequence[Summary], within: Interval) -> Sequence[Summary]:
    """Those first known in an interval; rows come oldest first."""
    first = bisect_left(rows, within.start, key=_moment)
    return rows[first : bisect_left(rows, within.end, lo=first, key=_moment)]


def _moment(row: Summary) -> datetime:
    return row.first_known


def _states(told: Sequence[tuple[Cell, ...]], classes: Sequence[ImpactClass]) -> States:
    """How many incidents there are in each state of each class."""
    columns = list(zip(*told, strict=True))[-len(classes) :] if told and classes else [()] * len(classes)
    return dict(zip(classes, map(Counter, columns), strict=True))


def _of_class(
    name: ImpactClass,
    states: States | None,
    segments: dict[str, tuple[Segment, ...]],
    spans: Sequence[Interval],
) -> Iterator[Value]:
    yield Value(name, name, "count", None if states is None else states[name]["affected"])
    yield from _numbers(f"{name}_minutes", name, segments[name], spans)


def _numbers(key: str, label: str, segments: Sequence[Segment], spans: Sequence[Interval]) -> Iterator[Value]:
    if not spans:
        yield Value(key, f"{label}, minutes", "minutes", None)
        return
    low, high = bounds([part for each in spans for part in within(segments, each.start, each.end)])
    yield Value(key, f"{label}, minutes", "minutes", low, high if high != low else None)


def _unknown(states: States) -> Iterator[Unknown]:
    for name, counts in states.items():
        if counts["unknown"]:
            yield Unknown(f"not known whether {name} was affected", counts["unknown"])


def _row(row: Summary, classes: Sequence[ImpactClass]) -> tuple[Cell, ...]:
    return row.id, row.first_known, *[row.impact[name].state for name in classes]


def months(scope: Scope) -> Figure:
    """Every month with a watched day, oldest first; one that was watched in part says so."""
    by: dict[str, list[Summary]] = {}
    for (year, month), found in groupby(scope.rows, key=lambda row: (row.first_known.year, row.first_known.month)):
        by[f"{year:04}-{month:02}"] = list(found)
    watched = _watched(scope.spans)
    rows = [_month(each, watched.get(each, 0), by.get(each, [])) for each in sorted(watched.keys() | by.keys())]
    partly = sum(row[1] != row[2] for row in rows)
    return Figure(
        key="months",
        title="Incidents per month by impact class",
        formula=_MONTHS,
        window=scope.window(),
        n=len(scope.rows),
        of="incidents",
        values=(
            Value("months", "months", "count", len(rows)),
            Value("partly", "of them watched in part", "count", partly),
        ),
        unknowns=tuple(_unknown(_all_states(scope.rows))),
        marked=sum(row.first_known_about for row in scope.rows),
        tabular=True,
        columns=("month", "watched_days", "days", "incidents", *_columns()),
        rows=tuple(rows),
    )


def _columns() -> Iterator[str]:
    return (column for name in IMPACT_CLASSES for column in (name, f"{name}_unknown"))


def _all_states(rows: Sequence[Summary]) -> States:
    return _states([_row(row, IMPACT_CLASSES) for row in rows], IMPACT_CLASSES)


def _month(month: str, watched: int, rows: Sequence[Summary]) -> tuple[Cell, ...]:
    counts = _all_states(rows)
    states = [counts[name][state] for name in IMPACT_CLASSES for state in _STATES]
    days = monthrange(int(month[:4]), int(month[5:]))[1]
    return month, watched, days, len(rows), *states


def _watched(spans: Sequence[Interval]) -> dict[str, int]:
    """How many days of each month were watched."""
    found: dict[str, int] = {}
    for each in spans:
        day = each.start.date()
        while day < each.end.date():
            after = min(_next_month(day), each.end.date())
            found[f"{day:%Y-%m}"] = found.get(f"{day:%Y-%m}", 0) + (after - day).days
            day = after
    return found


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)
