"""How often: incidents in the last days beside their minutes, and per month by impact class. A Scope in, figures
out.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
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
    rows = [row for row in scope.rows if unstated or any(each.start <= row.first_known < each.end for each in spans)]
    there = bool(spans) or unstated
    classes = tuple(name for name in IMPACT_CLASSES if name in segments)
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
            *(value for name in classes for value in _of_class(name, rows if there else None, segments, spans)),
        ),
        unknowns=tuple(_unknown(rows, classes)),
        marked=sum(row.first_known_about for row in rows),
        columns=("incident", "first_known", *classes),
        rows=tuple(_row(row, classes) for row in rows),
    )


def _of_class(
    name: ImpactClass,
    rows: Sequence[Summary] | None,
    segments: dict[str, tuple[Segment, ...]],
    spans: Sequence[Interval],
) -> Iterator[Value]:
    affected = None if rows is None else sum(row.impact[name].state == "affected" for row in rows)
    yield Value(name, name, "count", affected)
    yield from _numbers(f"{name}_minutes", name, segments[name], spans)


def _numbers(key: str, label: str, segments: Sequence[Segment], spans: Sequence[Interval]) -> Iterator[Value]:
    if not spans:
        yield Value(key, f"{label}, minutes", "minutes", None)
        return
    low, high = bounds(part for each in spans for part in within(segments, each.start, each.end))
    yield Value(key, f"{label}, minutes", "minutes", low, high if high != low else None)


def _unknown(rows: Sequence[Summary], classes: Sequence[ImpactClass]) -> Iterator[Unknown]:
    for name in classes:
        count = sum(row.impact[name].state == "unknown" for row in rows)
        if count:
            yield Unknown(f"not known whether {name} was affected", count)


def _row(row: Summary, classes: Sequence[ImpactClass]) -> tuple[Cell, ...]:
    return row.id, row.first_known, *(row.impact[name].state for name in classes)


def months(scope: Scope) -> Figure:
    """Every month with a watched day, oldest first; one that was watched in part says so."""
    by: dict[str, list[Summary]] = {}
    for row in scope.rows:
        by.setdefault(f"{row.first_known:%Y-%m}", []).append(row)
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
        unknowns=tuple(_unknown(scope.rows, IMPACT_CLASSES)),
        marked=sum(row.first_known_about for row in scope.rows),
        tabular=True,
        columns=("month", "watched_days", "days", "incidents", *_columns()),
        rows=tuple(rows),
    )


def _columns() -> Iterator[str]:
    return (column for name in IMPACT_CLASSES for column in (name, f"{name}_unknown"))


def _month(month: str, watched: int, rows: Sequence[Summary]) -> tuple[Cell, ...]:
    states = [sum(row.impact[name].state == state for row in rows) for name in IMPACT_CLASSES for state in _STATES]
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
