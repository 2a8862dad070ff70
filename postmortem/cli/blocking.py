"""What keeps a record from being written by command: a valid record in, what rules of weight error say of it out.

Findings of less weight are not asked for: they are for a person to read, in `lint`.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from postmortem.lint import private
from postmortem.lint.rule import RecordCheck, Rule, told
from postmortem.lint.rules import RECORD_RULES, privacy
from postmortem.model.edit import Edit, texts
from postmortem.model.finding import Problem
from postmortem.model.record import Record
from postmortem.model.settings import Settings

_BLOCKING: Final = tuple(rule for rule in RECORD_RULES if rule.weight == "error")
_OF_THE_WHOLE: Final = tuple(rule for rule in _BLOCKING if rule.check not in privacy.BY_TEXT)


def wrong(record: Record, settings: Settings, day: date) -> Iterator[tuple[Rule[RecordCheck], Problem]]:
    """Every error, with the rule that it breaks; comments that ignore one are not heard."""
    for rule in _BLOCKING:
        yield from ((rule, each) for each in told(rule, record.id, record, settings, day))


def is_sound(record: Record, edits: Iterable[Edit], settings: Settings, day: date) -> bool:
    """Whether nothing is wrong in a record that edits led to, but what texts may hold that none of them brought in. For
    edits that make no text public which was not.
    """
    if private.stands_in(texts(edits), settings.privacy):
        return False
    return not any(told(rule, record.id, record, settings, day) for rule in _OF_THE_WHOLE)
