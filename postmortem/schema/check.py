"""Hold plain data against a schema. Data in, problems at pointers out; knows no YAML, no positions, no files.

The fast validator decides. Only what it refuses is explained by the slow one; where that finds nothing, the fast one's
own words are given: "invalid" never comes without a reason.
"""

from collections.abc import Iterable, Iterator

from postmortem.model.finding import Pointer, Problem
from postmortem.schema import explain, formats, registry
from postmortem.schema.breach import breaches
from postmortem.schema.explain import Reason
from postmortem.schema.registry import SchemaKind

_ORDER = ("PM022", "PM025", "PM024", "PM023", "PM027", "PM026", "PM028")
"""Of several reasons against the same value the first of these is told; the others follow from it."""


def check(instance: object, kind: SchemaKind) -> tuple[Problem, ...]:
    """Tell what keeps the data from being a record (or settings): nothing at all means that it is one.

    Problems come in a fixed order, each once: a missing key at the mapping that lacks it, an unknown one at the key.
    """
    refusal = _refusal(instance, kind)
    found = formats.problems(instance, kind)
    if refusal is None:
        return _sorted(found)
    explained = _relevant(reason for each in breaches(instance, kind) for reason in explain.reasons(each))
    told = _once([*explained, *(Reason(problem=each) for each in found)])
    return _sorted(told) or (refusal,)


def _refusal(instance: object, kind: SchemaKind) -> Problem | None:
    """The fast validator's own first error; None where the data is valid."""
    try:
        if registry.deciding(kind).is_valid(instance):
            return None
        error = next(registry.deciding(kind).iter_errors(instance))
        pointer, text = tuple(error.instance_path), error.message
    except ValueError as unreadable:  # what JSON cannot hold, such as half of a surrogate pair
        pointer, text = (), str(unreadable)
    message = f"refused by the schema: {' '.join(text.split())[:200]}"
    return Problem(pointer=pointer, code="PM028", message=message, hint="correct the value")


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


def _sorted(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=_place))


def _place(problem: Problem) -> tuple[object, ...]:
    steps = tuple((0, step, "") if isinstance(step, int) else (1, 0, step) for step in problem.pointer)
    return (steps, problem.code, problem.message)
