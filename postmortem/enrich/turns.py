"""When it began, was first told, was mitigated and closed: what a page states and what its texts say, held against each
other. What contradicts is left out, with a note. Knows no text and no record.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from postmortem.enrich import course
from postmortem.enrich.manner import SAME, same, written
from postmortem.enrich.pairing import Line
from postmortem.enrich.spoken import Spoken, Time
from postmortem.model.event import Event
from postmortem.model.vocabulary import CLOSED_STATUSES, Status


class Turns(msgspec.Struct, frozen=True, kw_only=True):
    """The clocks of a new record; `status` is None where the timeline says it."""

    started: Time | None = None
    opened: datetime | None = None
    mitigated: Time | None = None
    closed: datetime | None = None
    status: Status | None = None


def turns(head: Event, lines: Sequence[Line], heard: Spoken, notes: list[str]) -> Turns:
    """Everything that is consistent; `notes` is given a line for each thing that is not."""
    shown = min(became_public(line.event) for line in lines if line.event is not None)
    opened = _opened(head, shown, notes)
    first = opened or shown
    status = _status(head, lines)
    closed = _closed(head, lines, status, notes)
    end = closed or _ended(lines)
    started, mitigated = heard.started, max((each.end for each in heard.windows if each.end), key=_at, default=None)
    if started is not None and (started.at > min(first, lines[0].at) + SAME or (end is not None and started.at > end)):
        notes.append(f"a text says that it began {written(started.at)}, after the page was opened: left out")
        started = mitigated = None
    if mitigated is not None and (end is None or mitigated.at > end):
        mitigated = None
    return Turns(started=started, opened=opened, mitigated=mitigated, closed=closed, status=status)


def became_public(event: Event) -> datetime:
    """When an update could first be read: pages are filled in afterwards, and then show earlier times."""
    late = event.posted is not None and event.posted - event.at >= SAME
    return event.posted if late and event.posted is not None else event.at


def _opened(head: Event, first: datetime, notes: list[str]) -> datetime | None:
    if head.opened is None or same(head.opened, first):
        return min(head.opened, first) if head.opened is not None else None
    if head.opened > first:
        notes.append(f"the page says it was opened {written(head.opened)}, after its first update: that one counts")
        return first
    return head.opened


def _closed(head: Event, lines: Sequence[Line], status: Status | None, notes: list[str]) -> datetime | None:
    closed, now, first = head.closed, status or course.last(lines), lines[0].at
    if closed is None or now not in ("resolved", "completed"):
        if closed is not None and now not in CLOSED_STATUSES:
            notes.append(f"the page says it was closed {written(closed)}, but its last status is {now}: left out")
        return None
    ended = _ended(lines)
    if ended is not None and same(closed, ended):
        return max(closed, first)
    back = [line.at for line in lines if line.reopens]
    if closed < first or (back and closed < max(back)):
        what = "before it was opened" if closed < first else "before it was reopened"
        notes.append(f"the page says it was closed {written(closed)}, {what}: left out")
        return None
    return closed


def _ended(lines: Sequence[Line]) -> datetime | None:
    """The first of the closing updates that nothing reopened (as `model.derived.resolved` has it)."""
    ended: datetime | None = None
    for line in course.said(lines):
        if line.status not in CLOSED_STATUSES:
            ended = None
        elif ended is None:
            ended = line.at
    return ended


def _status(head: Event, lines: Sequence[Line]) -> Status | None:
    """Said only where no update says one, and the page is closed."""
    if head.closed is None or course.last(lines) is not None:
        return None
    return "completed" if head.kind == "maintenance" else "resolved"


def _at(time: Time) -> datetime:
    return time.at
