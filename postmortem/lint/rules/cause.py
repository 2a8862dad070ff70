"""Rules about cause, postmortem and actions. A record in, problems out."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from postmortem.lint.due import owed
from postmortem.lint.pattern import Pattern
from postmortem.model.finding import Pointer, Problem
from postmortem.model.record import Record
from postmortem.model.settings import Settings


def cause_without_factor(record: Record, _settings: Settings, _as_of: date) -> Iterator[Problem]:
    """A cause that is known names its root or its trigger.

    Pages by cause, recurrence and every count are built from the factors. A cause that is "known" without one is known
    to nobody who counts; if only the explanation exists, say what kind of thing it was.

    Bad:
    ```yaml
    cause:
      state: known
      explanation: A routing change sent traffic to a drained pool.
    ```

    Good:
    ```yaml
    cause:
      state: known
      explanation: A routing change sent traffic to a drained pool.
      factors:
        - {category: configuration_change, role: trigger, summary: Traffic moved to a drained pool}
    ```
    """
    cause = record.cause
    if cause is None or cause.state != "known":
        return
    if not any(factor.role in ("root", "trigger") for factor in cause.factors):
        yield Problem(
            pointer=("cause", "state"),
            message="the cause is known, but no factor has the role root or trigger",
            hint="add the factor, or say state: suspected; undisclosed is for what the provider keeps to itself",
        )


def postmortem_without_date(record: Record, _settings: Settings, _as_of: date) -> Iterator[Problem]:
    """A published postmortem says when it was published.

    How long customers waited for it is one of the numbers that pages show; without the date it is counted as not known.

    Bad:
    ```yaml
    postmortem: {state: published}
    ```

    Good:
    ```yaml
    postmortem: {state: published, published: "2026-06-26T09:00Z"}
    ```
    """
    written = record.postmortem
    if written is not None and written.state == "published" and written.published is None:
        yield Problem(
            pointer=("postmortem", "state"),
            message="the postmortem is published, but not since when",
            hint="add published: with the time at which it appeared",
        )


def due_moved(record: Record, _settings: Settings, _as_of: date) -> Iterator[Problem]:
    """`due_first` is not after `due`.

    It keeps the day that was promised first when a date has moved, so that a delay stays visible. One that is later
    says that the work was brought forward, or that the two were swapped.

    Bad:
    ```yaml
    actions:
      - {id: a1, kind: detect, text: Measure free capacity, state: open, due_first: 2027-03-01, due: 2027-01-15}
    ```

    Good:
    ```yaml
    actions:
      - {id: a1, kind: detect, text: Measure free capacity, state: open, due_first: 2027-01-15, due: 2027-03-01}
    ```
    """
    for index, action in enumerate(record.actions):
        if action.due_first is not None and action.due is not None and action.due_first > action.due:
            yield Problem(
                pointer=("actions", index, "due_first"),
                message=f"{action.id} was first due on {action.due_first}, after it is due now ({action.due})",
                hint="swap the two, or leave due_first out",
            )


def overdue(record: Record, settings: Settings, as_of: date) -> Iterator[Problem]:
    """An action or a postmortem whose day has passed is finished, moved or dropped.

    Promises to customers are worth what is said when they slip. Only the provider makes them, so only its own site is
    told. Only time brings this finding about, so it is never an error.

    Bad:
    ```yaml
    actions:
      - {id: a1, kind: detect, text: Measure free capacity, state: open, due: 2026-07-31}
    ```

    Good:
    ```yaml
    actions:
      - {id: a1, kind: detect, text: Measure free capacity, state: open, due_first: 2026-07-31, due: 2027-01-31}
    ```
    """
    if settings.publisher.role != "provider":
        return
    for index, action in enumerate(record.actions):
        if action.due is not None and action.due < as_of and action.state in ("open", "in_progress"):
            yield Problem(
                pointer=("actions", index, "due"),
                message=f"{action.id} was due on {action.due} and is {action.state.replace('_', ' ')}",
                hint=f"finish it, drop it with a reason, or move due and keep {action.due} as due_first",
            )
    promise = record.postmortem
    if (
        promise is not None
        and promise.due is not None
        and promise.due < as_of
        and promise.state in ("promised", "draft")
    ):
        yield Problem(
            pointer=("postmortem", "due"),
            message=f"the postmortem was due on {promise.due} and is {promise.state}",
            hint="publish it, move the date, or say not_planned with a reason",
        )


def unexplained(record: Record, _settings: Settings, _as_of: date) -> Iterator[Problem]:
    """A postmortem that does not know the cause says why not.

    People open a postmortem to learn why. "Unknown" is an honest answer, but only with what was looked at, or with the
    reason why it cannot be told.

    Bad:
    ```yaml
    cause: {state: unknown}
    postmortem: {state: published, published: "2026-06-26T09:00Z"}
    ```

    Good:
    ```yaml
    cause: {state: unknown, explanation: The logs of the proxy were gone before anybody looked.}
    postmortem: {state: published, published: "2026-06-26T09:00Z"}
    ```
    """
    cause, written = record.cause, record.postmortem
    if cause is None or written is None or cause.state != "unknown" or written.state != "published":
        return
    if not cause.explanation and not cause.factors:
        yield Problem(
            pointer=("cause", "state"),
            message="the postmortem is published, but says neither the cause nor why it is unknown",
            hint="add explanation: what was looked at and what it ruled out",
        )


def unverified(record: Record, _settings: Settings, _as_of: date) -> Iterator[Problem]:
    """An action that is done says how anybody knows.

    Work that was finished and work that helped are two things. `verification` names the test, the drill or the graph
    that shows the second one.

    Bad:
    ```yaml
    actions:
      - {id: a1, kind: detect, text: Measure free capacity, state: done, done: "2026-07-20T09:00Z"}
    ```

    Good:
    ```yaml
    actions:
      - {id: a1, kind: detect, text: Measure free capacity, state: done, done: "2026-07-20T09:00Z",
         verification: A drill on 21 July raised the alarm after 40 seconds}
    ```
    """
    for index, action in enumerate(record.actions):
        if action.state == "done" and not action.verification:
            yield Problem(
                pointer=("actions", index, "state"),
                message=f"{action.id} is done, but nothing says how that was verified",
                hint="add verification: the test, drill or graph that shows that it works",
            )


_MOVED: Final = Pattern(
    r"\b(?:moved|postponed|delayed|pushed|rescheduled|put off|extended|new (?:due )?date|slipped)\b", re.IGNORECASE
)


def moved_silently(record: Record, _settings: Settings, _as_of: date) -> Iterator[Problem]:
    """An action whose date has moved keeps the first one as `due_first`.

    A promise that may move without a trace is worth little. Here a revision says that the date was moved, but the
    action does not say from when.

    Bad:
    ```yaml
    actions:
      - {id: a1, kind: detect, text: Measure free capacity, state: open, due: 2027-03-01}
    revisions:
      - {number: 1, at: "2026-06-23T14:47Z", kind: initial, summary: First published.}
      - {number: 2, at: "2026-07-30T09:00Z", kind: material, summary: The date of a1 was moved.}
    ```

    Good:
    ```yaml
    actions:
      - {id: a1, kind: detect, text: Measure free capacity, state: open, due_first: 2026-07-31, due: 2027-03-01}
    revisions:
      - {number: 1, at: "2026-06-23T14:47Z", kind: initial, summary: First published.}
      - {number: 2, at: "2026-07-30T09:00Z", kind: material, summary: The date of a1 was moved.}
    ```
    """
    said = [revision.summary for revision in record.revisions if _MOVED.search(revision.summary)]
    for index, action in enumerate(record.actions if said else ()):
        named = any(action.id in re.findall(r"\w+", summary) for summary in said)
        if named and action.due is not None and action.due_first is None:
            yield Problem(
                pointer=("actions", index, "due"),
                message=f"a revision says that the date of {action.id} was moved, but not from when",
                hint="add due_first: with the day that was promised first",
            )


def postmortem_owed(record: Record, settings: Settings, as_of: date) -> Iterator[Problem]:
    """A postmortem that the policy demands is published in time.

    `policy` in the settings says from which severity a postmortem is owed, and how soon after the end; business days
    leave out weekends and the settings' holidays. Only the provider owes one. Only time brings this finding about.

    Bad:
    ```yaml postmortem.yml
    policy: {postmortem_from: major, postmortem_within: 5 business days}
    ```
    ```yaml
    severity: critical
    ```

    Good:
    ```yaml postmortem.yml
    policy: {postmortem_from: major, postmortem_within: 5 business days}
    ```
    ```yaml
    severity: critical
    postmortem: {state: published, published: "2026-06-26T09:00Z"}
    ```
    """
    day = owed(record, settings)
    if day is not None and day < as_of:
        written = record.postmortem
        pointer: Pointer = ("severity",) if written is None else ("postmortem", "state")
        message = f"the policy demands a postmortem by {day}, and none is published"
        hint = "publish it, or say when (promised, with due) or why not (not_planned, with a reason)"
        yield Problem(pointer=pointer, message=message, hint=hint)
