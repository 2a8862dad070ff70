"""From when to when maintenance was announced. What a source said in, the two times out.

The format demands both. Where a page gives only one, or none, what it showed of the work itself takes its place, and a
note says so; where not even that is known there is no schedule.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from postmortem.model.event import Event
from postmortem.model.vocabulary import CLOSED_STATUSES


class Schedule(msgspec.Struct, frozen=True):
    """Both times, the end never before the start."""

    start: datetime
    end: datetime


def schedule(head: Event, events: Sequence[Event], notes: list[str]) -> Schedule | None:
    """The schedule; `notes` is given a line for what the page did not say."""
    start = head.scheduled_start or _began(events) or head.opened
    if start is None:
        return None
    ended = next((each.at for each in reversed(events) if each.status in CLOSED_STATUSES), None)
    end = next((each for each in (head.scheduled_end, head.closed, ended) if each is not None and each >= start), None)
    if end is None and head.scheduled_end is None:
        return None
    if start != head.scheduled_start:
        notes.append("the page gives no planned start: it is the time at which the work began")
    if end != head.scheduled_end:
        said = "gives no planned end" if head.scheduled_end is None else "plans an end before the start"
        notes.append(f"the page {said}: it is {'the start' if end is None else 'the time at which the work was over'}")
    return Schedule(start, start if end is None else end)


def _began(events: Sequence[Event]) -> datetime | None:
    return next((each.at for each in events if each.status == "in_progress"), None)
