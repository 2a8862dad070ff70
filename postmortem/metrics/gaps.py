"""How long it was quiet between incidents, and between episodes. A Scope in, figures out."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from postmortem.metrics import distribution
from postmortem.metrics.distribution import Measure, Subject
from postmortem.metrics.scope import Scope
from postmortem.model.figure import Figure, Value
from postmortem.model.summary import Summary

_FORMULA = (
    "From when one {} was first known to when the next was, both inside one uninterrupted stretch of watched days. The "
    "time since the last one is still growing and stands apart."
)


def incidents(scope: Scope) -> Figure:
    """Between incidents."""
    return _gaps(scope, scope.rows, Subject("gaps", "Gaps between incidents", _FORMULA.format("incident"), "gaps"))


def episodes(scope: Scope, firsts: Sequence[Summary]) -> Figure:
    """Between episodes, each given by its first incident."""
    subject = Subject("gaps/episodes", "Gaps between episodes", _FORMULA.format("episode"), "gaps")
    return _gaps(scope, firsts, subject)


def _gaps(scope: Scope, rows: Sequence[Summary], subject: Subject) -> Figure:
    starts = [each.start for each in scope.spans]
    measures = [_gap(before, after, starts) for before, after in pairwise(rows)] if scope.stated else []
    return distribution.figure(scope, subject, measures, (_since(scope, rows),))


def _gap(before: Summary, after: Summary, starts: Sequence[datetime]) -> Measure:
    if bisect_right(starts, before.first_known) != bisect_right(starts, after.first_known):
        return Measure(row=after, minutes=None, why="days between them were not watched")
    passed = int((after.first_known - before.first_known).total_seconds()) // 60
    return Measure(row=after, minutes=passed, about=before.first_known_about or after.first_known_about)


def _since(scope: Scope, rows: Sequence[Summary]) -> Value:
    """From the newest to the end of the last watched day, if days since were watched without a break."""
    label = "since the last, up to the end of the last watched day"
    if not rows or not scope.spans or rows[-1].first_known < scope.spans[-1].start:
        return Value("since_last", label, "minutes", None)
    passed = scope.spans[-1].end - rows[-1].first_known
    return Value("since_last", label, "minutes", int(passed.total_seconds()) // 60)
