"""Rules about the timeline and the status it leads to. A record in, problems out."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Final

from postmortem.lint.times import shown, surely_before
from postmortem.model.derived import status, updates
from postmortem.model.finding import Problem
from postmortem.model.record import Record
from postmortem.model.settings import Settings
from postmortem.model.vocabulary import CLOSED_STATUSES, Status

_RANK: Final[dict[Status, int]] = {
    "investigating": 0,
    "identified": 1,
    "monitoring": 2,
    "resolved": 3,
    "scheduled": 0,
    "in_progress": 1,
    "verifying": 2,
    "completed": 3,
    "cancelled": 3,
}

_READ: Final = frozenset({"published", "embargoed"})
"""A withdrawn record is a stone on which nothing has to stand."""


def timeline_order(record: Record, _settings: Settings, _as_of: date) -> Iterator[Problem]:
    """The timeline stands in the order of `at`.

    People read the file from top to bottom, and a reviewer sees a wrong time at once when it stands out of order. Pages
    and feeds sort by time in any case.

    Bad:
    ```yaml
    timeline:
      - {id: u1, at: "2026-06-23T15:41Z", kind: update, status: resolved, text: Chats start again.}
      - {id: n1, at: "2026-06-23T15:20Z", kind: decision, text: Rolled back the last change.}
    ```

    Good:
    ```yaml
    timeline:
      - {id: n1, at: "2026-06-23T15:20Z", kind: decision, text: Rolled back the last change.}
      - {id: u1, at: "2026-06-23T15:41Z", kind: update, status: resolved, text: Chats start again.}
    ```
    """
    for index, (before, each) in enumerate(pairwise(record.timeline), 1):
        if surely_before(each.at, before.at):
            yield Problem(
                pointer=("timeline", index, "at"),
                message=f"{each.id} ({shown(each.at, before.at)}) stands after {before.id} ({shown(before.at)})",
                hint="move the entry up, or correct its time; ids need not be in order",
            )


def status_back(record: Record, _settings: Settings, _as_of: date) -> Iterator[Problem]:
    """An update whose status goes back says `reopens: true`, and no other does.

    Incidents do go back: a fix does not hold, a closed one returns. Marked, that is a fact that pages show and
    durations respect. Unmarked, it is most often a wrong time or a wrong status.

    Bad:
    ```yaml
    timeline:
      - {id: u1, at: "2026-11-13T14:47Z", kind: update, status: monitoring, text: A fix is out.}
      - {id: u2, at: "2026-11-13T15:10Z", kind: update, status: investigating, text: Errors are back.}
    ```

    Good:
    ```yaml
    timeline:
      - {id: u1, at: "2026-11-13T14:47Z", kind: update, status: monitoring, text: A fix is out.}
      - {id: u2, at: "2026-11-13T15:10Z", kind: update, status: investigating, reopens: true, text: Errors are back.}
    ```
    """
    places = {entry.id: index for index, entry in enumerate(record.timeline)}
    said = [entry for entry in updates(record) if entry.status is not None]
    before: Status | None = None
    for each in said:
        back = before is not None and each.status is not None and _RANK[each.status] < _RANK[before]
        if back and not each.reopens:
            yield Problem(
                pointer=("timeline", places[each.id], "status"),
                message=f"{each.id} goes back from {before} to {each.status} without saying so",
                hint="add reopens: true if it really went back; else correct the status or the time",
            )
        elif each.reopens and not back:
            now = f"from {before} to {each.status}" if before else f"and is the first to say a status ({each.status})"
            yield Problem(
                pointer=("timeline", places[each.id], "reopens"),
                message=f"{each.id} says that it reopens the {record.kind}, but goes {now}",
                hint="remove reopens, or correct the status",
            )
        before = each.status


def status_contradicts(record: Record, _settings: Settings, _as_of: date) -> Iterator[Problem]:
    """`status` agrees with the last update.

    The status may be left out, since the last update says it; where a person states it, theirs wins. When the two
    differ, a page says "resolved" above an update that says "monitoring", and one of them was forgotten.

    Bad:
    ```yaml
    status: resolved
    timeline:
      - {id: u1, at: "2026-11-13T14:47Z", kind: update, status: monitoring, text: A fix is out.}
    ```

    Good:
    ```yaml
    timeline:
      - {id: u1, at: "2026-11-13T14:47Z", kind: update, status: monitoring, text: A fix is out.}
    ```
    """
    said = [entry for entry in updates(record) if entry.status is not None]
    if record.status is not None and said and said[-1].status != record.status:
        last = said[-1]
        yield Problem(
            pointer=("status",),
            message=f"the status is {record.status}, but the last update ({last.id}) says {last.status}",
            hint=f"add the update that says {record.status}, or leave status out",
        )


def resolved_while_open(record: Record, _settings: Settings, _as_of: date) -> Iterator[Problem]:
    """`clocks.resolved` stands only on an incident that is closed.

    The clock says when the publisher closed it; with a status that is still open, lists would show it as ongoing and
    print how long it took at the same time.

    Bad:
    ```yaml
    clocks: {resolved: "2026-11-13T16:13Z"}
    timeline:
      - {id: u1, at: "2026-11-13T14:47Z", kind: update, status: monitoring, text: A fix is out.}
    ```

    Good:
    ```yaml
    clocks: {mitigated: "2026-11-13T14:40Z"}
    timeline:
      - {id: u1, at: "2026-11-13T14:47Z", kind: update, status: monitoring, text: A fix is out.}
    ```
    """
    closed, now = record.clocks.resolved, status(record)
    if closed is not None and now not in CLOSED_STATUSES:
        yield Problem(
            pointer=("clocks", "resolved"),
            message=f"resolved is {shown(closed)}, but the {record.kind} is still {now}",
            hint="add the update that closed it, or remove the clock until it is closed",
        )


def nothing_told(record: Record, _settings: Settings, _as_of: date) -> Iterator[Problem]:
    """The timeline of a record that readers see holds something that they may read.

    An incident of which nothing is told has no history on its page, no entry in a feed and no update that a client
    could show; its public copy, without a timeline, is no valid record any more.

    Bad:
    ```yaml
    status: resolved
    timeline:
      - {id: n1, at: "2026-06-23T14:40Z", kind: note, public: false, text: Record begun.}
    ```

    Good:
    ```yaml
    status: resolved
    timeline:
      - {id: n1, at: "2026-06-23T14:40Z", kind: note, public: false, text: Record begun.}
      - {id: u1, at: "2026-06-23T15:41Z", kind: update, status: resolved, text: Chats failed to start until 15:30 UTC.}
    ```
    """
    if record.record in _READ and not any(entry.public for entry in record.timeline):
        yield Problem(
            pointer=("timeline",),
            message=f"the record is {record.record}, but nothing in its timeline is public",
            hint="add what readers are told (kind: update, or note), or set record: draft",
        )
