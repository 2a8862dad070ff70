"""Hold plain data against a schema. Data in, problems at pointers out; knows no YAML, no positions, no files.

The fast validator decides. Only what it refuses is explained by the slow one; where that finds nothing, the fast one's
own words are given: "invalid" never comes without a reason.
"""

from collections.abc import Iterable

from postmortem.model.finding import Problem
from postmortem.schema import formats, registry
from postmortem.schema.registry import SchemaKind


def check(instance: object, kind: SchemaKind) -> tuple[Problem, ...]:
    """Tell what keeps the data from being a record (or settings): nothing at all means that it is one.

    Problems come in a fixed order, each once: a missing key at the mapping that lacks it, an unknown one at the key.
    """
    refusal = _refusal(instance, kind)
    found = formats.problems(instance, kind)
    if refusal is None:
        return _sorted(found)
    from postmortem.schema.refusal import explained  # noqa: PLC0415 - costs more time than checking 10,000 valid records

    return _sorted(explained(instance, kind, found)) or (refusal,)


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


def _sorted(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=_place))


def _place(problem: Problem) -> tuple[object, ...]:
    steps = tuple((0, step, "") if isinstance(step, int) else (1, 0, step) for step in problem.pointer)
    return (steps, problem.code, problem.message)
