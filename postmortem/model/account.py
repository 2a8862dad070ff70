"""What numbers need of an incident beside its row: clocks with how exact they are, which questions it answers, what was
promised. Facts in, an Account out; counts nothing.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Literal

import msgspec

from postmortem.model.answers import Answered, Question, answers
from postmortem.model.derived import first_known, first_public_update, postmortem_published, resolved
from postmortem.model.facts import Facts
from postmortem.model.moment import Moment
from postmortem.model.vocabulary import ActionState, CauseState, PostmortemState, Relation, TimeIs


class Mark(msgspec.Struct, frozen=True):
    """A clock: its instant, and what the record claims about it (`not_before` is a bound, no time)."""

    at: datetime
    is_: TimeIs = "exact"


class Promise(msgspec.Struct, frozen=True):
    """Something owed to readers: `due_first` is the first date that was promised, `due` the last one. `id` is the
    action's, empty for the postmortem.
    """

    what: Literal["postmortem", "action"]
    id: str
    state: PostmortemState | ActionState
    due_first: date | None = None
    due: date | None = None
    done: datetime | None = None


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """`began` is the clock `started`, else the earliest start of a window; never when somebody first told of it."""

    began: Mark | None = None
    detected: Mark | None = None
    public: Mark | None = None
    mitigated: Mark | None = None
    resolved: Mark | None = None
    relations: tuple[tuple[Relation, str], ...] = ()
    cause: CauseState | None = None
    answers: dict[Question, Answered] = {}
    promises: tuple[Promise, ...] = ()


def account(facts: Facts) -> Account:
    """Reduce an incident to what is counted of it."""
    known = first_known(facts)
    return Account(
        began=_mark(known.moment) if known.by in ("started", "window") else None,
        detected=_mark(facts.clocks.detected),
        public=_mark(first_public_update(facts)),
        mitigated=_mark(facts.clocks.mitigated),
        resolved=_mark(resolved(facts)),
        relations=tuple((each.relation, each.id) for each in facts.related if each.id is not None),
        cause=facts.cause.state if facts.cause else None,
        answers=answers(facts),
        promises=tuple(_promises(facts)),
    )


def _mark(moment: Moment | None) -> Mark | None:
    return None if moment is None else Mark(moment.instant, moment.is_)


def _promises(facts: Facts) -> Iterator[Promise]:
    owed = facts.postmortem
    if owed is not None and owed.state != "none":
        yield Promise("postmortem", "", owed.state, owed.due, owed.due, postmortem_published(facts))
    for each in facts.actions:
        done = each.done.instant if each.done is not None else None
        yield Promise("action", each.id, each.state, each.due_first or each.due, each.due, done)
