"""The two clocks that a status page can tell: when it was opened and when it was closed. A record, its lines and what
was told in, values out.

A page's "started at" is when the page was opened, so that it never becomes `started`. What a person gave stays, and
nothing is filled in that would contradict it; a clock that repeats the page's own closing is the page's word, and goes
where the page takes it.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from postmortem.enrich.manner import same
from postmortem.enrich.pairing import Line
from postmortem.model import derived
from postmortem.model.event import Told
from postmortem.model.moment import Moment
from postmortem.model.record import Record
from postmortem.model.vocabulary import CLOSED_STATUSES, Status


class Clock(msgspec.Struct, frozen=True):
    """A time, and who told it."""

    at: datetime
    told: Told


def opened(record: Record, told: Sequence[Told], now: datetime) -> Clock | None:
    """What `clocks.first_public_update` is to become; None where it is given, not told, or known to be earlier.
    What lies after `now` has not happened.
    """
    first = next((Clock(_opened(each, at), each) for each in told if (at := each.head.opened) is not None), None)
    if first is None or first.at > now or record.clocks.first_public_update is not None:
        return None
    public = derived.first_public_update(record)
    if public is not None and public.instant < first.at and not same(public.instant, first.at):
        return None
    return None if _before(first.at, record.clocks.started, record) else first


def closed(record: Record, told: Sequence[Told], status: Status, now: datetime, *, again: bool) -> Clock | None:
    """What `clocks.resolved` is to become, given the status that the record leads to. `again` allows to replace what
    the page itself had said.
    """
    end = next((Clock(_cut(at), each) for each in told if (at := each.head.closed) is not None), None)
    given = record.clocks.resolved
    if end is None or end.at > now or status not in ("resolved", "completed") or (given is not None and not again):
        return None
    if given is not None and same(given.instant, end.at):
        return None
    late = any(_before(end.at, each, record) for each in (record.clocks.started, record.clocks.mitigated))
    return None if late else end


def is_a_persons(record: Record, held: Sequence[Line], told: Sequence[Told]) -> bool:
    """Whether `clocks.resolved` says anything else than a source said when it closed the incident, to the second
    (people write minutes), or says how sure somebody is.
    """
    given = record.clocks.resolved
    ends = {_cut(event.at) for each in told for event in each.events if event.status in CLOSED_STATUSES}
    ends |= {line.at for line in held if line.origin and line.status in CLOSED_STATUSES and line.at.second}
    return given is not None and (given.instant not in ends or given.confidence is not None or given.is_ != "exact")


def _opened(told: Told, said: datetime) -> datetime:
    """A page that says it was opened after its first update was opened with that."""
    return _cut(min(said, told.events[0].at))


def _cut(when: datetime) -> datetime:
    """Whole seconds: a record knows no more."""
    return when.replace(microsecond=0)


def _before(when: datetime, clock: Moment | None, record: Record) -> bool:
    """Whether a clock that a person gave would come to lie after this."""
    return clock is not None and when < clock.instant and record.kind != "maintenance"
