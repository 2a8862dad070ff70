"""Rules about cause, postmortem and actions. A record in, problems out."""

from collections.abc import Iterator
from datetime import date

from postmortem.model.finding import Problem
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


def overdue(record: Record, _settings: Settings, as_of: date) -> Iterator[Problem]:
    """An action or a postmortem whose day has passed is finished, moved or dropped.

    Promises to customers are worth what is said when they slip. Only time brings this finding about, so it is advice
    and never fails a run.

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
    for index, action in enumerate(record.actions):
        if action.due is not None and action.due < as_of and action.state in ("open", "in_progress"):
            yield Problem(
                pointer=("actions", index, "due"),
                message=f"{action.id} was due on {action.due} and is {action.state.replace('_', ' ')}",
                hint=f"finish it, drop it with a reason, or move due and keep {action.due} as due_first",
            )
    owed = record.postmortem
    if owed is not None and owed.due is not None and owed.due < as_of and owed.state in ("promised", "draft"):
        yield Problem(
            pointer=("postmortem", "due"),
            message=f"the postmortem was due on {owed.due} and is {owed.state}",
            hint="publish it, move the date, or say not_planned with a reason",
        )
