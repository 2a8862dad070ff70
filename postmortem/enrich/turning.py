"""What new lines do to the status of a record: may they all come in, and what follows. A record and lines in, a verdict
out.

A record that a person closed (`status`, or a `resolved` of his own) is not opened again by a feed: what would do so is
held back and reported until the person takes it in. Everything else is added; a status that only repeats the
timeline moves along with it.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from postmortem.enrich import course
from postmortem.enrich.manner import written
from postmortem.enrich.pairing import Line
from postmortem.model import derived
from postmortem.model.record import Record
from postmortem.model.vocabulary import CLOSED_STATUSES, Status


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """The lines in their order, the status that they lead to and the one that `status` is to say (None: as it is).
    `reopened` is whether a new line opens again what was closed, `unclosed` whether `clocks.resolved` has to go.
    """

    lines: list[Line]
    status: Status
    state: Status | None = None
    reopened: bool = False
    unclosed: bool = False
    reports: tuple[str, ...] = ()


def turn(record: Record, held: Sequence[Line], fresh: Sequence[Line], *, own: bool) -> Turn:
    """Take in what may come in; `own` is whether `clocks.resolved` is a person's."""
    every = course.merged(held, fresh)
    before, after = course.last(held), course.last(every)
    back = list(_openings(every))
    over = bool(back) and before in CLOSED_STATUSES and after not in CLOSED_STATUSES
    if over and (record.status in CLOSED_STATUSES or own):
        return _held_back(record, held, fresh, back[-1])
    follows = record.status is not None and record.status == before
    return Turn(
        lines=course.marked(held, every),
        status=(after or derived.status(record)) if record.status is None or follows else record.status,
        state=after if follows and after != before else None,
        reopened=bool(back),
        unclosed=over and record.clocks.resolved is not None,
        reports=(*(_told(each) for each in back), *_differs(record, before, after, fresh)),
    )


def _held_back(record: Record, held: Sequence[Line], fresh: Sequence[Line], back: Line) -> Turn:
    end = course.closing(held)
    kept = [each for each in fresh if end is not None and each.at <= end.at]
    which = f"status is {record.status}" if record.status is not None else "clocks/resolved is your own"
    said = f"{_told(back)}; {which}, so {len(fresh) - len(kept)} entries wait: take that out to let them in"
    lines = course.marked(held, course.merged(held, kept))
    return Turn(lines=lines, status=derived.status(record), reports=(said,))


def _openings(every: Sequence[Line]) -> Iterator[Line]:
    """New lines that open again what was closed."""
    for before, now in pairwise(course.said(every)):
        if now.index is None and before.status in CLOSED_STATUSES and now.status not in CLOSED_STATUSES:
            yield now


def _told(line: Line) -> str:
    return f"reopened: {line.status} at {written(line.at)}"


def _differs(record: Record, before: Status | None, after: Status | None, fresh: Sequence[Line]) -> Iterator[str]:
    if fresh and record.status is not None and record.status not in (before, after):
        yield f"status: the record says {record.status}, the source {after or 'nothing'}; yours stays"
