"""How the status goes along the timeline, and where it goes back. Lines in, lines out; knows no text.

The definitions are the format's: updates by time, the last one with a status says it, and one that goes back carries
`reopens` (lint PM208).
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Final, get_args

import msgspec

from postmortem.enrich.pairing import Line
from postmortem.model.vocabulary import CLOSED_STATUSES, IncidentStatus, MaintenanceStatus, Status

RANK: Final[dict[str, int]] = {
    status: min(index, 3)
    for sequence in (get_args(IncidentStatus), get_args(MaintenanceStatus))
    for index, status in enumerate(sequence)
}


def merged(held: Sequence[Line], fresh: Sequence[Line]) -> list[Line]:
    """The lines of the file with each new one behind the last that is not later than it. Of those of one time the one
    whose status comes first stands first: feeds of minutes tell several at once.
    """
    every = list(held)
    for each in fresh:
        at = max((place + 1 for place, line in enumerate(every) if place_of(line) <= place_of(each)), default=0)
        every.insert(at, each)
    return every


def place_of(line: Line) -> tuple[datetime, int]:
    """What a timeline is ordered by."""
    return line.at, -1 if line.status is None else _rank(line)


def said(every: Sequence[Line]) -> list[Line]:
    """The updates that say a status, by time."""
    return sorted((line for line in every if line.update and line.status is not None), key=lambda line: line.at)


def last(every: Sequence[Line]) -> Status | None:
    """The status that the timeline leads to."""
    return next((line.status for line in reversed(said(every))), None)


def closing(every: Sequence[Line]) -> Line | None:
    """The last update that closed it."""
    return next((line for line in reversed(said(every)) if line.status in CLOSED_STATUSES), None)


def going_back(every: Sequence[Line]) -> list[Line]:
    """The updates whose status goes back."""
    course = said(every)
    return [now for before, now in pairwise(course) if _rank(now) < _rank(before)]


def marked(before: Sequence[Line], after: Sequence[Line]) -> list[Line]:
    """The lines with `reopens` as it has to be: on the new ones, and on those for which the new ones changed it. What
    was marked wrongly before is not ours.
    """
    needed, was = _identities(going_back(after)), _identities(going_back(before))
    return [_marked(line, needs=id(line) in needed, needed=id(line) in was) for line in after]


def _marked(line: Line, *, needs: bool, needed: bool) -> Line:
    ours = line.index is None or needs != needed
    return msgspec.structs.replace(line, reopens=needs) if ours and line.reopens != needs else line


def _identities(every: Sequence[Line]) -> set[int]:
    return {id(line) for line in every}


def _rank(line: Line) -> int:
    return RANK[line.status or "investigating"]
