"""Rules about times: clocks, windows and what lies in the future. A record in, problems out.

Only contradictions are told: a clock that is not known is absent, and a time that is not exact gets the benefit of the
doubt (`lint/times.py`).
"""

from collections.abc import Iterator
from datetime import date

from postmortem.lint.times import earliest, end_of, shown, surely_before
from postmortem.lint.walk import walked
from postmortem.model.derived import impacts, resolved, status, updates, windows
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
        windows: [{start: "2026-06-23T23:50Z", end: "2026-06-23T00:20Z"}]
    ```

    Good:
    ```yaml
    impact:
      application_failure:
        windows: [{start: "2026-06-23T23:50Z", end: "2026-06-24T00:20Z"}]
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
