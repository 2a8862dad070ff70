"""Incidents that were one event to those who felt it, as episodes. A Scope in, episodes and a Figure out."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

import msgspec

from postmortem.metrics import span
from postmortem.metrics.scope import Scope
from postmortem.model.figure import Cell, Figure, Value
from postmortem.model.summary import Summary

NEAR: Final = timedelta(minutes=60)
"""How long it must be quiet between two episodes."""
OTHERWISE: Final = (timedelta(), timedelta(minutes=360))
"""Told beside it, so that everybody sees how much hangs on that hour."""
_NEVER: Final = datetime.min.replace(tzinfo=UTC)
_ONE_EVENT: Final = ("same_event", "continues", "duplicate_of")
_FORMULA: Final = (
    "Incidents that touch a common service belong to one episode if their times overlap or lie at most 60 minutes "
    "apart, and so do those that a record relates by same_event, continues or duplicate_of. The time of an incident "
    "is from when it was first known to when its impact ended or it was resolved, whichever is later."
)


class Episode(msgspec.Struct, frozen=True):
    """Incidents in the order in which they were first known."""

    rows: tuple[Summary, ...]
    end: datetime


def merged(scope: Scope, near: timedelta = NEAR) -> tuple[Episode, ...]:
    """Merge by the formula above: runs declustering, in which events closer than a run length form one cluster
    (S. Coles, "An Introduction to Statistical Modeling of Extreme Values", 2001, section 5.3.2), per service, and links
    that a person drew. Impact of which neither end is known makes no time longer than the incident was open.
    """
    ends = _ends(scope)
    groups = _grouped(scope, ends, near)
    return tuple(
        Episode(tuple(scope.rows[each] for each in members), max(ends[each] for each in members))
        for members in groups.members()
    )


def _grouped(scope: Scope, ends: Sequence[datetime], near: timedelta) -> "_Groups":
    groups = _Groups(len(scope.rows))
    for one, other in (*_linked(scope.rows), *_runs(scope.rows, ends, near)):
        groups.join(one, other)
    return groups


def figure(scope: Scope, found: Sequence[Episode]) -> Figure:
    """How many there were beside how many incidents."""
    sizes = [len(each.rows) for each in found]
    ends = _ends(scope)
    others = [_otherwise(scope, ends, quiet) for quiet in OTHERWISE]
    return Figure(
        key="episodes",
        title="Episodes beside incidents",
        formula=_FORMULA,
        window=scope.window(),
        n=len(scope.rows),
        of="incidents",
        values=(
            Value("incidents", "incidents", "count", len(scope.rows)),
            Value("episodes", "episodes", "count", len(found)),
            Value("largest", "incidents in the largest", "count", max(sizes, default=None)),
            *others,
        ),
        marked=sum(row.first_known_about for row in scope.rows),
        columns=("first_known", "end", "incidents", "ids"),
        rows=tuple(_row(each) for each in found),
    )


def _otherwise(scope: Scope, ends: Sequence[datetime], quiet: timedelta) -> Value:
    apart = quiet // timedelta(minutes=1)
    count = _grouped(scope, ends, quiet).count()
    return Value(f"near_{apart}", f"episodes if {apart} min apart were near", "count", count)


def _row(episode: Episode) -> tuple[Cell, ...]:
    ids = " ".join(row.id for row in episode.rows)
    return episode.rows[0].first_known, episode.end, len(episode.rows), ids


def _ends(scope: Scope) -> list[datetime]:
    known: dict[str, datetime] = {}
    for each in scope.spells:
        end = each.possible.end
        if end > known.get(each.incident, _NEVER):
            known[each.incident] = end
    close = span.days(scope.as_of, scope.as_of).end
    return [
        max(
            row.first_known,
            close if row.is_open else row.resolved or row.first_known,
            known.get(row.id, row.first_known),
        )
        for row in scope.rows
    ]


def _linked(rows: Sequence[Summary]) -> Iterator[tuple[int, int]]:
    place = {id_: index for index, row in enumerate(rows) for id_ in (*row.former_ids, row.id)}
    for index, row in enumerate(rows):
        for relation, other in row.account.relations:
            if relation in _ONE_EVENT and other in place:
                yield index, place[other]


def _runs(rows: Sequence[Summary], ends: Sequence[datetime], near: timedelta) -> Iterator[tuple[int, int]]:
    """Neighbours in time, service by service: rows come oldest first, so one pass finds every run."""
    latest: dict[str, tuple[datetime, int]] = {}
    for index, row in enumerate(rows):
        for service in row.services:
            end, before = latest.get(service, (ends[index], index))
            if before != index and row.first_known <= end + near:
                yield before, index
            latest[service] = max((end, before), (ends[index], index))


class _Groups:
    """Disjoint sets with path halving (Tarjan and van Leeuwen, 1984)."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))

    def join(self, one: int, other: int) -> None:
        """Put two into one set, whose name is its smallest member."""
        first, second = self._top(one), self._top(other)
        self._above[max(first, second)] = min(first, second)

    def count(self) -> int:
        """How many sets."""
        return sum(above == each for each, above in enumerate(self._above))

    def members(self) -> list[list[int]]:
        """The sets in the order of their smallest members."""
        found: dict[int, list[int]] = {}
        for each in range(len(self._above)):
            found.setdefault(self._top(each), []).append(each)
        return list(found.values())

    def _top(self, one: int) -> int:
        while self._above[one] != one:
            self._above[one] = self._above[self._above[one]]
            one = self._above[one]
        return one
