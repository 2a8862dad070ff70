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
    return _together(_once([*reasons, *(Reason(problem=each) for each in found)]))


def _relevant(reasons: Iterable[Reason]) -> Iterator[Reason]:
    """Leave out what follows from something else that is wrong: a condition on a misspelt word says nothing, and a key
    that was misspelt is not missing as well.
    """
    known = list(reasons)
    plain = [each for each in known if not each.depends_on]
    wrong = {(*each.problem.pointer, each.missing) if each.missing else each.problem.pointer for each in plain}
    misspelt = {(*each.problem.pointer[:-1], each.meant) for each in plain if each.meant}
    return (
        each for each in known if wrong.isdisjoint(each.depends_on) and not (each.missing and _missed(each) in misspelt)
    )


def _missed(reason: Reason) -> Pointer:
    return (*reason.problem.pointer, reason.missing)


def _once(reasons: list[Reason]) -> Iterator[Reason]:
    """One reason for each value, and for each key that is missing."""
    best: dict[tuple[Pointer, str], Reason] = {}
    for each in reasons:
        key = (each.problem.pointer, each.missing or ("none" if each.problem.code == "PM021" else ""))
        if key not in best or _rank(each) < _rank(best[key]):
            best[key] = each
    return iter(best.values())


def _together(reasons: Iterable[Reason]) -> Iterator[Problem]:
    """Keys that one mapping misses for one cause are one problem; all others stand alone."""
    groups: dict[tuple[object, ...], list[Reason]] = {}
    for number, each in enumerate(reasons):
        shared = each.missing and each.because
        key = (each.problem.pointer, each.because) if shared else (number,)
        groups.setdefault(key, []).append(each)
    return (explain.together(group) for group in groups.values())


def _rank(reason: Reason) -> tuple[int, int]:
    """Of two bounds the narrower one comes first: who keeps to it keeps to both."""
    code = reason.problem.code
    return (_ORDER.index(code) if code in _ORDER else -1, reason.bound)
