"""Rules about times: clocks, windows and what lies in the future. A record in, problems out.

Only contradictions are told: a clock that is not known is absent, and a time that is not exact gets the benefit of the
doubt (`lint/times.py`).
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from postmortem.lint.times import earliest, end_of, shown, surely_before
from postmortem.lint.walk import walked
from postmortem.model.derived import first_known, impacts, resolved, status, updates, windows
from postmortem.model.finding import Pointer, Problem
from postmortem.model.moment import Moment
from postmortem.model.record import Record
from postmortem.model.settings import Settings
from postmortem.model.vocabulary import CLOSED_STATUSES

_DONE = frozenset({"revisions", "actions", "postmortem", "withdrawn"})
"""Parts whose times tell what has happened, even where maintenance lies ahead."""
_DAYS_SEEN = frozenset({"observed", "accessed"})


def future_time(record: Record, _settings: Settings, as_of: date) -> Iterator[Problem]:
    """Nothing that has happened lies in the future.

    A time after the end of the as-of day (UTC) is a typing error, most often in the month, the year or the offset, and
    it would put the incident on top of every list until that day. Times of scheduled maintenance may lie ahead; what
    was published or done about it may not.

    Bad:
    ```yaml
    clocks: {detected: "2062-06-23T14:29Z"}
    ```

    Good:
    ```yaml
    clocks: {detected: "2026-06-23T14:29Z"}
    ```
    """
    end, held = end_of(as_of), walked(record)
    ahead = [(pointer, shown(each)) for pointer, each in held.moments if each.instant > end and earliest(each) > end]
    ahead += [(pointer, day.isoformat()) for pointer, day in held.days if day > as_of and pointer[-1] in _DAYS_SEEN]
    for pointer, said in ahead:
        if record.kind != "maintenance" or pointer[0] in _DONE:
            message = f"{said} lies in the future: this run looks at {as_of.isoformat()} (UTC)"
            yield Problem(pointer=pointer, message=message, hint="correct the date, the offset or the year")


def clock_before_start(record: Record, _settings: Settings, _as_of: date) -> Iterator[Problem]:
    """No clock runs before `started`.

    An incident cannot be noticed, announced or over before it began. Where a page was opened earlier than the impact it
    later admitted, `started` is what is wrong. The first public update and the closing one count even where only the
    timeline states them. Times that are not exact (`is: about`) may differ by an hour.

    Bad:
    ```yaml
    clocks: {started: "2026-06-23T14:21Z", detected: "2026-06-23T14:02Z"}
    ```

    Good:
    ```yaml
    clocks: {started: "2026-06-23T14:21Z", detected: "2026-06-23T14:29Z"}
    ```
    """
    started = record.clocks.started
    if started is None or record.kind == "maintenance":
        return
    for pointer, name, moment in _clocks(record):
        if surely_before(moment, started):
            yield Problem(
                pointer=pointer,
                message=f"{name} ({shown(moment, started)}) is before started ({shown(started)})",
                hint="correct one of them; a clock that is not known is left out",
            )


def _clocks(record: Record) -> Iterator[tuple[Pointer, str, Moment]]:
    """The clocks that have to follow `started`, each at the place that states it."""
    for name in ("detected", "first_public_update", "mitigated", "resolved"):
        moment = getattr(record.clocks, name)
        if moment is not None:
            yield ("clocks", name), name, moment
    public = updates(record)
    if record.clocks.first_public_update is None and public:
        index = next(index for index, entry in enumerate(record.timeline) if entry is public[0])
        yield ("timeline", index, "at"), f"the first public update ({public[0].id})", public[0].at


def mitigated_after_resolved(record: Record, _settings: Settings, _as_of: date) -> Iterator[Problem]:
    """`mitigated` is not after `resolved`.

    Mitigated is when customers no longer felt it, resolved is when the publisher closed the incident. Nobody closes
    what is still felt; where that did happen, the incident was reopened and the last closing update is the one that
    counts. Maintenance may be closed by its schedule.

    Bad:
    ```yaml
    clocks: {mitigated: "2026-06-23T16:30Z", resolved: "2026-06-23T16:13Z"}
    ```

    Good:
    ```yaml
    clocks: {mitigated: "2026-06-23T15:58Z", resolved: "2026-06-23T16:13Z"}
    ```
    """
    mitigated, closed = record.clocks.mitigated, resolved(record)
    if mitigated is None or closed is None or record.kind == "maintenance":
        return
    if surely_before(closed, mitigated):
        said = "resolved" if record.clocks.resolved is not None else "the closing update"
        yield Problem(
            pointer=("clocks", "mitigated"),
            message=f"mitigated ({shown(mitigated, closed)}) is after {said} ({shown(closed)})",
            hint="correct one of them, or mark the update that reopened the incident with reopens: true",
        )


def open_window(record: Record, _settings: Settings, _as_of: date) -> Iterator[Problem]:
    """A window without an end stands only on an incident that is open.

    An absent `end` means that the impact still goes on. On a closed incident that would be counted as ongoing for ever,
    on every strip and in every duration.

    Bad:
    ```yaml
    status: resolved
    impact:
      application_failure:
        windows: [{start: "2026-06-23T14:21Z"}]
    ```

    Good:
    ```yaml
    status: resolved
    impact:
      application_failure:
        windows: [{start: "2026-06-23T14:21Z", end: unknown}]
    ```
    """
    now = status(record)
    if now not in CLOSED_STATUSES or record.record == "withdrawn":
        return
    for name, impact in impacts(record):
        for index, window in enumerate(windows(impact)):
            if window.end is None:
                yield Problem(
                    pointer=("impact", name, "windows", index),
                    message=f"this window goes on, but the {record.kind} is {now}",
                    hint="say when it ended, or end: unknown if that is not known",
                )


def window_backwards(record: Record, _settings: Settings, _as_of: date) -> Iterator[Problem]:
    """A window does not end before it starts, nor does a schedule.

    A reversed window counts as no impact at all, so the duration would silently be too short. Look at the date, too: a
    window that crosses midnight ends on the next day.

    Bad:
    ```yaml
    impact:
      application_failure:
        windows: [{start: "2026-06-22T23:50Z", end: "2026-06-22T00:20Z"}]
    ```

    Good:
    ```yaml
    impact:
      application_failure:
        windows: [{start: "2026-06-22T23:50Z", end: "2026-06-23T00:20Z"}]
    ```
    """
    hint = "correct one of them; past midnight the end has the next day's date"
    for name, impact in impacts(record):
        for index, window in enumerate(impact.windows):
            start, end = window.start.moment, window.end.moment if window.end else None
            if start is not None and end is not None and surely_before(end, start):
                message = f"the window ends ({shown(end, start)}) before it starts ({shown(start)})"
                yield Problem(pointer=("impact", name, "windows", index, "end"), message=message, hint=hint)
    planned = record.scheduled
    if planned is not None and surely_before(planned.end, planned.start):
        message = f"the schedule ends ({shown(planned.end, planned.start)}) before it starts ({shown(planned.start)})"
        yield Problem(pointer=("scheduled", "end"), message=message, hint=hint)


def window_before_start(record: Record, _settings: Settings, _as_of: date) -> Iterator[Problem]:
    """No window starts before `clocks.started`.

    `started` is when the impact began, so the earliest window cannot be earlier. Both sort the incident and date its
    durations; readers would see two different beginnings.

    Bad:
    ```yaml
    clocks: {started: "2026-06-23T14:21Z"}
    impact:
      application_failure:
        windows: [{start: "2026-06-23T13:00Z", end: "2026-06-23T14:40Z"}]
    ```

    Good:
    ```yaml
    clocks: {started: "2026-06-23T13:00Z"}
    impact:
      application_failure:
        windows: [{start: "2026-06-23T13:00Z", end: "2026-06-23T14:40Z"}]
    ```
    """
    started = record.clocks.started
    for name, impact in impacts(record):
        for index, window in enumerate(windows(impact)):
            start = window.start.moment
            if started is not None and start is not None and surely_before(start, started):
                yield Problem(
                    pointer=("impact", name, "windows", index, "start"),
                    message=f"this window starts {shown(start, started)}, before the incident ({shown(started)})",
                    hint="move clocks.started to the earliest impact, or correct the window",
                )


def open_long(record: Record, settings: Settings, as_of: date) -> Iterator[Problem]:
    """An incident that is over is closed: none stays open for more than 30 days.

    Most incidents that look open after a month were forgotten, and every list goes on calling them an outage. Only time
    brings this finding about. A site that is an archive (`site.live: false`) tells how things stood, so there this rule
    is silent.

    Bad:
    ```yaml
    timeline:
      - {id: u1, at: "2026-06-23T14:47Z", kind: update, status: monitoring, text: A fix is out.}
    ```

    Good:
    ```yaml
    timeline:
      - {id: u1, at: "2026-11-03T14:47Z", kind: update, status: monitoring, text: A fix is out.}
    ```
    """
    if record.kind == "maintenance" or record.record == "withdrawn" or not settings.site.live:
        return
    if status(record) in CLOSED_STATUSES:
        return
    known = first_known(record)
    days = (as_of - known.moment.instant.date()).days
    if days > _FORGOTTEN:
        message = f"the incident has been {status(record)} for {days} days"
        hint = "add the update that closes it, or keep it open if it really lasts"
        last = max(range(len(record.timeline)), key=lambda index: record.timeline[index].at.instant)
        pointer: Pointer = ("status",) if record.status is not None else ("timeline", last, "at")
        yield Problem(pointer=pointer, message=message, hint=hint)


_FORGOTTEN: Final = 30
"""Days."""


def window_after_end(record: Record, _settings: Settings, _as_of: date) -> Iterator[Problem]:
    """No window starts after the incident was resolved.

    An impact that comes back is another incident, or it reopened this one: then an update says so, and `resolved` is
    the later time. Otherwise the window has a wrong date.

    Bad:
    ```yaml
    clocks: {resolved: "2026-06-23T16:13Z"}
    impact:
      application_failure:
        windows: [{start: "2026-06-23T17:00Z", end: "2026-06-23T17:40Z"}]
    ```

    Good:
    ```yaml
    clocks: {resolved: "2026-06-23T18:00Z"}
    impact:
      application_failure:
        windows: [{start: "2026-06-23T17:00Z", end: "2026-06-23T17:40Z"}]
    ```
    """
    closed = resolved(record)
    if closed is None or record.kind == "maintenance":
        return
    for name, impact in impacts(record):
        for index, window in enumerate(windows(impact)):
            start = window.start.moment
            if start is not None and surely_before(closed, start):
                message = f"this window starts {shown(start, closed)}, after the end of the incident ({shown(closed)})"
                hint = "correct one of them, or add the update with reopens: true"
                yield Problem(pointer=("impact", name, "windows", index, "start"), message=message, hint=hint)


def false_precision(record: Record, _settings: Settings, _as_of: date) -> Iterator[Problem]:
    """Seconds are written only where somebody knew them.

    Pages show a time as precisely as it is written. Seconds that are always `:00`, or that stand beside `is: about`,
    were added by a tool or out of habit, and readers compare them with their logs. Write minutes. Times that a source
    gave are left as they are.

    Bad:
    ```yaml
    clocks: {detected: {at: "2026-06-23T14:29:17Z", is: about}}
    ```

    Good:
    ```yaml
    clocks: {detected: {at: "2026-06-23T14:29Z", is: about}}
    ```
    """
    held = [(pointer, each) for pointer, each in walked(record).moments if each.precision == "second"]
    written = [
        (pointer, each) for pointer, each in held if pointer[0] != "timeline" or not _from_source(record, pointer)
    ]
    round_only = len(written) > 1 and not any(each.instant.second for _, each in written)
    for pointer, each in written:
        if round_only or each.is_ == "about":
            said = (
                "about this time, to the second" if each.is_ == "about" else "seconds that are :00 wherever they stand"
            )
            yield Problem(pointer=pointer, message=said, hint="leave the seconds out")


def _from_source(record: Record, pointer: Pointer) -> bool:
    return isinstance(pointer[1], int) and record.timeline[pointer[1]].origin is not None
