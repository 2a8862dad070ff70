"""Why data was refused: everything an author has to mend, each thing once. Data in, problems out.

The one door to the explaining validator and to the words for what it finds; only refused data comes here.
"""

from collections.abc import Iterable, Iterator

from postmortem.model.finding import Pointer, Problem
from postmortem.schema import explain
from postmortem.schema.breach import breaches
from postmortem.schema.explain import Reason
from postmortem.schema.registry import SchemaKind

_ORDER = ("PM022", "PM025", "PM024", "PM023", "PM027", "PM026", "PM028")
"""Of several reasons against the same value the first of these is told; the others follow from it."""


def explained(instance: object, kind: SchemaKind, found: Iterable[Problem]) -> Iterator[Problem]:
    """The reasons of the schema, with what else was `found`; nothing at all where the slow validator finds nothing."""
    reasons = _relevant(reason for each in breaches(instance, kind) for reason in explain.reasons(each))
    return _once([*reasons, *(Reason(problem=each) for each in found)])


def _relevant(reasons: Iterable[Reason]) -> Iterator[Reason]:
    """Leave out what follows from something else that is wrong: a condition on a misspelt word says nothing."""
    known = list(reasons)
    plain = [each for each in known if not each.depends_on]
    wrong = {(*each.problem.pointer, each.missing) if each.missing else each.problem.pointer for each in plain}
    return (each for each in known if wrong.isdisjoint(each.depends_on))


def _once(reasons: list[Reason]) -> Iterator[Problem]:
    """One problem for each value, and for each key that is missing."""
    best: dict[tuple[Pointer, str], Problem] = {}
    for each in reasons:
        key = (each.problem.pointer, each.missing or ("none" if each.problem.code == "PM021" else ""))
        if key not in best or _rank(each.problem) < _rank(best[key]):
            best[key] = each.problem
    return iter(best.values())


def _rank(problem: Problem) -> int:
    return _ORDER.index(problem.code) if problem.code in _ORDER else -1
