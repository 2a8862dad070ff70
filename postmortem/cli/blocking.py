"""What keeps a record from being written by command: a valid record in, what rules of weight error say of it out.

Findings of less weight are not asked for: they are for a person to read, in `lint`.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from postmortem.lint.rule import RecordCheck, Rule, told
from postmortem.lint.rules import RECORD_RULES
from postmortem.model.finding import Problem
from postmortem.model.record import Record
from postmortem.model.settings import Settings

_BLOCKING: Final = tuple(rule for rule in RECORD_RULES if rule.weight == "error")


def wrong(record: Record, settings: Settings, day: date) -> Iterator[tuple[Rule[RecordCheck], Problem]]:
    """Every error, with the rule that it breaks; comments that ignore one are not heard."""
    for rule in _BLOCKING:
        yield from ((rule, each) for each in told(rule, record.id, record, settings, day))
