"""How long incidents lasted, in the two ways that are never mixed: impact time and open time. A Scope in, figures
out.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import msgspec

from postmortem.metrics import distribution
from postmortem.metrics.distribution import Measure, Subject
from postmortem.metrics.scope import Scope
from postmortem.model.figure import Figure, Unknown
from postmortem.model.summary import Stretch, Summary
from postmortem.model.vocabulary import IMPACT_CLASSES, ImpactClass

_KNOWN = ("exact", "about")
_MINUTE = timedelta(minutes=1)
_NEVER = datetime.min.replace(tzinfo=UTC)
_IMPACT = (
    "Impact time of an incident: the union of its windows whose start and end are both known. An incident that also "
    "has a window without a known end counts with what is known, which is a lower bound, and is told."
)
_OPEN = (
    "Open time of an incident: from its first public update to when it was resolved. Not how long the impact lasted."
)
AT_LEAST = "lower bound: another window has no known start or end"


def impact_time(scope: Scope, name: ImpactClass | None = None, measured: Mapping[str, Measure] | None = None) -> Figure:
    """How long the impact of each incident lasted, over all classes or in one. Whole, even where it reaches out of
    coverage: a part of a duration would be a shorter one; how many do is told. `measured` are the measures of these
    classes by incident, where somebody has them already.
    """
    classes = IMPACT_CLASSES if name is None else (name,)
    rows = [row for row in scope.rows if any(row.impact[each].state == "affected" for each in classes)]
    key, title = ("impact_time", "Impact time") if name is None else (f"impact_time/{name}", f"Impact time: {name}")
    measures = [measure(row, classes) if measured is None else measured[row.id] for row in rows]
    found = distribution.figure(scope, Subject(key, title, _IMPACT), measures)
    reaching = sum(row.id in scope.clipped for row in rows)
    told = tuple(
        Unknown(why, count)
        for why, count in (
            *(_unaffected(scope) if name is None else ()),
            ("impact reaches out of coverage", reaching),
        )
        if count
    )
    return msgspec.structs.replace(found, unknowns=(*found.unknowns, *told))


def _unaffected(scope: Scope) -> tuple[tuple[str, int], ...]:
    states = [{impact.state for impact in row.impact.values()} for row in scope.rows]
    silent = sum("affected" not in each and "unknown" in each for each in states)
    return ("not known whether anything was affected", silent), ("nothing was affected", states.count({"not_affected"}))


def measure(row: Summary, classes: tuple[ImpactClass, ...]) -> Measure:
    """The impact time of one incident in these classes."""
    hit = [row.impact[name] for name in classes]
    windows = [each for impact in hit if impact.state == "affected" for each in impact.windows]
    known = [each for each in map(_stretch, windows) if each is not None]
    if known:
        about = any(about for _, _, about in known)
        why = AT_LEAST if len(known) < len(windows) else ""
        return Measure(row=row, minutes=_covered(known) // _MINUTE, about=about, why=why)
    why = "still going on" if any(each.ongoing for each in windows) else "no window with a known start and end"
    return Measure(row=row, minutes=None, why=why)


def open_time(scope: Scope) -> Figure:
    """How long each incident stood on the status page."""
    measures = [
        Measure(row=row, minutes=None, why="still open")
        if row.is_open
        else distribution.between(row, row.account.public, row.account.resolved, ("first public update", "end"))
        for row in scope.rows
    ]
    return distribution.figure(scope, Subject("open_time", "Open time", _OPEN), measures)


_Stretch = tuple[datetime, datetime, bool]
"""A window whose start and end are both known, and whether one of them is approximate."""


def _stretch(window: Stretch) -> _Stretch | None:
    if window.start is None or window.end is None or window.start_is not in _KNOWN or window.end_is not in _KNOWN:
        return None
    return window.start, window.end, window.start_is == "about" or window.end_is == "about"


def _covered(known: list[_Stretch]) -> timedelta:
    """How long their union lasts; the same as `interval.covered`, which makes values of them that nobody keeps."""
    if len(known) == 1:
        return max(known[0][1] - known[0][0], timedelta())
    total, until = timedelta(), _NEVER
    for start, end, _ in sorted(known):
        if end > until:
            total += end - max(start, until)
            until = end
    return total
