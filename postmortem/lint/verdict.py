"""Whether a run failed. Findings in, yes or no out; knows no exit code.

What only the passing of time brought about fails no run, strict or not: a record that nobody touched must not turn a
pipeline red over night. An error is one whatever the day (a time in the future becomes right by waiting, not wrong).
"""

import inspect
from collections.abc import Iterable
from functools import cache

from postmortem.lint.rules import RECORD_RULES
from postmortem.model.finding import Finding


def failed(findings: Iterable[Finding], *, strict: bool) -> bool:
    """Errors fail; with `strict` warnings do, too, but for those that waiting alone brings about."""
    return any(
        each.weight == "error" or (strict and each.weight == "warning" and each.code not in dated())
        for each in findings
    )


@cache
def dated() -> frozenset[str]:
    """The codes of rules that look at the as-of date. Such a rule names it `as_of`; one that does not look at it has an
    underscore in front, as the style check demands.
    """
    return frozenset(rule.code for rule in RECORD_RULES if "as_of" in inspect.signature(rule.check).parameters)
