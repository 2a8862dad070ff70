"""What a requirement is, and what comes of asking one. Values only."""

from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple

import msgspec

from postmortem.verify.survey import Survey

Result = Literal["pass", "fail", "not_applicable"]


class Fault(msgspec.Struct, frozen=True):
    """One thing that is wrong: in which file, and what was found there."""

    path: str
    found: str


class Part(NamedTuple):
    """Something a site may publish; a requirement about it does not apply where it is not there."""

    lacking: str
    there: Callable[[Survey], object]


class Requirement(NamedTuple):
    """One line of what is demanded. A code is never used for anything else again."""

    code: str
    text: str
    part: Part
    check: Callable[[Survey], Iterable[Fault]]


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one requirement. `faults` are the first of `count`; `reason` says why it does not apply."""

    code: str
    text: str
    result: Result
    reason: str | None = None
    count: int = 0
    faults: tuple[Fault, ...] = ()
