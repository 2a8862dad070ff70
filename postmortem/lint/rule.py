"""What a rule is: a pure function with a code, a name and a weight. It knows no line numbers, no files and not its own
code.

A rule about one record is given the record, the settings and the as-of date; a rule about several is given their
headers; a rule about what was promised, a record and its line of the ledger. All yield problems at pointers; the
docstring of each is its published page (`guide.py` reads it).
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, Generic, TypeAlias, TypeVar

import msgspec

from postmortem.corpus.ledger import Promise
from postmortem.model.finding import Finding, Problem, Span, Weight
from postmortem.model.header import Header
from postmortem.model.record import Record
from postmortem.model.settings import Settings

RecordCheck: TypeAlias = Callable[[Record, Settings, date], Iterator[Problem]]
"""Judges one valid record; the date is the as-of date."""

CorpusCheck: TypeAlias = Callable[[Sequence[Header], Settings], Iterator[tuple[str, Problem]]]
"""Judges records against one another; yields the path of the file in which the problem stands, and the problem."""


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """What the ledger holds of a record and what its file says now.

    `promised` is None where the ledger lacks it, `record` where no file has its id any more, and `now` (what the file
    promises on the as-of day) where nothing of it is public. Where all are None there is no ledger. `newest` is the
    newest date of all that was promised. `eldest` says that no line holds an older id of the record.
    """

    promised: Promise | None = None
    record: Record | None = None
    now: Promise | None = None
    newest: datetime | None = None
    eldest: bool = False


LedgerCheck: TypeAlias = Callable[[Pair], Iterator[Problem]]
"""Judges a record by what readers were promised; where there is no record, the pointer only names what is missing."""

Check = TypeVar("Check")


class Passage(Problem, frozen=True, kw_only=True):
    """A problem with some words of a text: `words` as they stand in the value, and how often they stood there before.

    The runner looks them up in the file and points at them alone. They never get into a finding: they may be a secret.
    """

    words: str
    before: int = 0


class Rule(msgspec.Struct, Generic[Check], frozen=True):
    """One row of the table: the code (for ever), the name people remember, how much a finding weighs, the function."""

    code: str
    slug: str
    weight: Weight
    check: Check

    def finding(self, problem: Problem, path: str, span: Span) -> Finding:
        """What the rule said, with everything the rule does not know."""
        return Finding(
            path=path,
            span=span,
            code=self.code,
            message=problem.message,
            weight=self.weight,
            hint=problem.hint,
            pointer=problem.pointer,
        )


def told(rule: Rule[Any], where: str, *given: object) -> list[Any]:
    """What a rule says of what it is given; an exception of it is given a note that names the rule and the file."""
    try:
        return list(rule.check(*given))
    except Exception as error:
        error.add_note(f"rule {rule.code} {rule.slug}, looking at {where}")
        raise
