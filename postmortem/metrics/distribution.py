"""Many lengths of time as one figure: the whole list, its median and its 90th percentile; never a lone mean. Measures
in, a Figure out.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

import msgspec

from postmortem.metrics.scope import Scope
from postmortem.model.account import Mark
from postmortem.model.figure import Cell, Figure, Unknown, Value
from postmortem.model.summary import Summary

QUANTILE = "Quantiles interpolate between the two nearest values (Hyndman and Fan, type 7)."
_KNOWN = ("exact", "about")
_MINUTE = timedelta(minutes=1)


class Measure(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One length in whole minutes; None says `why` there is none. `about`: it rests on an approximate time. With
    minutes, `why` is what makes them a lower bound.
    """

    row: Summary
    minutes: int | None
    about: bool = False
    why: str = ""


class Subject(msgspec.Struct, frozen=True):
    """What is measured, and how."""

    key: str
    title: str
    formula: str
    of: str = "incidents"


def quantile(values: Sequence[int], share: float) -> float:
    """The value below which `share` of them lie, interpolated: Hyndman and Fan, "Sample Quantiles in Statistical
    Packages", The American Statistician 50 (1996), type 7, so that the PERCENTILE of a spreadsheet, R's `quantile` and
    NumPy find the same in our CSV. Rounded to a tenth. Raises ValueError for no values.
    """
    return _quantile(sorted(values), share)


def _quantile(ordered: Sequence[int], share: float) -> float:
    if not ordered:
        raise ValueError("no values have no quantile")
    place = (len(ordered) - 1) * share
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return round(ordered[below] + (place - below) * (ordered[above] - ordered[below]), 1)


def figure(scope: Scope, subject: Subject, measures: Sequence[Measure], more: tuple[Value, ...] = ()) -> Figure:
    """Describe them; rows are all of them, in order of time."""
    known = [each.minutes for each in measures if each.minutes is not None]
    why = Counter([each.why for each in measures if each.why])
    return Figure(
        key=subject.key,
        title=subject.title,
        formula=f"{subject.formula} {QUANTILE}",
        window=scope.window(),
        n=len(known),
        of=subject.of,
        values=(*values(known), *more),
        unknowns=tuple(Unknown(each, count) for each, count in sorted(why.items())),
        marked=sum([each.about for each in measures if each.minutes is not None]),
        columns=("incident", "first_known", "minutes", "about", "note"),
        rows=tuple([_row(each) for each in measures]),
    )


def values(known: Sequence[int]) -> tuple[Value, ...]:
    """The five numbers of a list; None where it is empty."""
    ordered = sorted(known)
    return (
        Value("median", "median", "minutes", _quantile(ordered, 0.5) if known else None),
        Value("p90", "p90", "minutes", _quantile(ordered, 0.9) if known else None),
        Value("least", "least", "minutes", ordered[0] if known else None),
        Value("most", "most", "minutes", ordered[-1] if known else None),
    )


def between(row: Summary, start: Mark | None, end: Mark | None, names: tuple[str, str]) -> Measure:
    """From one clock to another, in whole minutes. A clock that is missing or only a bound gives none, and neither do
    two that run backwards.
    """
    if start is None or end is None:
        return Measure(row=row, minutes=None, why=f"{names[start is not None]} not known")
    if start.is_ not in _KNOWN or end.is_ not in _KNOWN:
        return Measure(row=row, minutes=None, why=f"{names[start.is_ in _KNOWN]} only bounded")
    if end.at < start.at:
        return Measure(row=row, minutes=None, why=f"{names[1]} before {names[0]}")
    passed = (end.at - start.at) // _MINUTE
    return Measure(row=row, minutes=passed, about="about" in (start.is_, end.is_))


def _row(each: Measure) -> tuple[Cell, ...]:
    return each.row.id, each.row.first_known, each.minutes, each.about, each.why
