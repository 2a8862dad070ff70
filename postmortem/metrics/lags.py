"""How long people waited: to notice, to be told, to be helped, to be told why. A Scope in, figures out."""

from collections.abc import Callable
from typing import Final, NamedTuple

from postmortem.metrics import distribution
from postmortem.metrics.distribution import Subject
from postmortem.metrics.scope import Scope
from postmortem.model.account import Mark
from postmortem.model.figure import Figure
from postmortem.model.summary import Summary

Clock = Callable[[Summary], Mark | None]


class Lag(NamedTuple):
    """From one clock to another."""

    subject: Subject
    names: tuple[str, str]
    start: Clock
    end: Clock


def _finished(row: Summary) -> Mark | None:
    return Mark(row.finished) if row.finished is not None else None


_BEGAN: Final = "The start is the clock `started`, else the earliest start of a window; never when it was first told."
LAGS: Final = (
    Lag(
        Subject("lag/detection", "Detection lag", f"Detected minus started. {_BEGAN}"),
        ("start", "detection"),
        lambda row: row.account.began,
        lambda row: row.account.detected,
    ),
    Lag(
        Subject("lag/disclosure", "Disclosure lag", f"First public update minus started. {_BEGAN}"),
        ("start", "first public update"),
        lambda row: row.account.began,
        lambda row: row.account.public,
    ),
    Lag(
        Subject("lag/mitigation", "Mitigation lag", f"Mitigated minus started. {_BEGAN}"),
        ("start", "mitigation"),
        lambda row: row.account.began,
        lambda row: row.account.mitigated,
    ),
    Lag(
        Subject("lag/resolution", "Resolution lag", f"Resolved minus started. {_BEGAN}"),
        ("start", "end"),
        lambda row: row.account.began,
        lambda row: row.account.resolved,
    ),
    Lag(
        Subject("lag/postmortem", "Postmortem lag", "Postmortem published minus resolved."),
        ("end", "publication of a postmortem"),
        lambda row: row.account.resolved,
        _finished,
    ),
)
"""Every lag. Maintenance has none; a clock that is missing is counted, never guessed."""


def all_lags(scope: Scope) -> tuple[Figure, ...]:
    """One figure for each."""
    return tuple(of(scope, each) for each in LAGS)


def of(scope: Scope, lag: Lag) -> Figure:
    """One lag over all incidents that count."""
    measures = [distribution.between(row, lag.start(row), lag.end(row), lag.names) for row in scope.rows]
    return distribution.figure(scope, lag.subject, measures)
