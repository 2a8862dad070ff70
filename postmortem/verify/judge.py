"""Ask every requirement of a site: a `Survey` in, verdicts out, in the order of the table."""

from typing import Final

from postmortem.verify.requirement import Requirement, Verdict
from postmortem.verify.survey import Survey
from postmortem.verify.table import REQUIREMENTS

KEPT: Final = 20
"""Faults of one requirement that are told; the rest is counted."""


def judge(seen: Survey) -> tuple[Verdict, ...]:
    """What came of each requirement."""
    return tuple(_asked(each, seen) for each in REQUIREMENTS)


def _asked(each: Requirement, seen: Survey) -> Verdict:
    if not each.part.there(seen):
        return Verdict(code=each.code, text=each.text, result="not_applicable", reason=each.part.lacking)
    faults = tuple(dict.fromkeys(each.check(seen)))
    result = "fail" if faults else "pass"
    return Verdict(code=each.code, text=each.text, result=result, count=len(faults), faults=faults[:KEPT])  # type: ignore[arg-type]
