"""A breach of the schema in words that an author understands. Breaches in, reasons out; knows neither files nor lines.

Each reason says what was found, what is allowed, and the next step.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import msgspec

from postmortem.model.finding import Pointer, Problem, printed
from postmortem.schema import wording
from postmortem.schema.breach import Breach
from postmortem.schema.keywords import REFUSED


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """A problem, the key it misses (if it does), the places on which its condition depends and the sentence that states
    it (if it has one), the key that an unknown one probably means, and the bound that a size breaks (less: narrower).
    """

    problem: Problem
    missing: str = ""
    depends_on: tuple[Pointer, ...] = ()
    because: str = ""
    meant: str = ""
    bound: int = 0


def reasons(breach: Breach) -> Iterator[Reason]:
    """Everything that this one breach stands for, innermost reasons first."""
    if breach.keyword == "if":
        yield from _conditional(breach)
    else:
        yield from _READERS.get(breach.keyword, _other)(breach)


def _conditional(breach: Breach) -> Iterator[Reason]:
    """What does not go together: the schema's own sentence says the rule, the reason below it which key breaks it."""
    depends_on = tuple((*breach.pointer, *path) for path in _paths(breach.schema["if"]))
    for inner in breach.below:
        for reason in reasons(inner):
            because = _lower(breach.schema["description"])
            problem = msgspec.structs.replace(
                reason.problem,
                code="PM026",
                message=f"{reason.problem.message}: {because}",
                hint=reason.problem.hint if reason.missing else _either(reason.problem, depends_on),
            )
            yield Reason(
                problem=problem, missing=reason.missing, depends_on=depends_on + reason.depends_on, because=because
            )


def together(reasons: Sequence[Reason]) -> Problem:
    """Several keys that one mapping misses for the same cause, as one problem."""
    first = reasons[0]
    if len(reasons) == 1:
        return first.problem
    names = wording.listed((each.missing for each in reasons), "and")
    message = f"{names} are missing{_inside(first.problem.pointer)}: {first.because}"
    return msgspec.structs.replace(first.problem, message=message, hint=f"add {names}")


def _inside(pointer: Pointer) -> str:
    return f" in {printed(pointer)}" if pointer else ""


def _paths(condition: dict[str, Any]) -> Iterator[Pointer]:
    """The keys that an `if` looks at, down to those it looks into; a key that must only be there counts too."""
    looked = condition.get("properties", {})
    for key, inner in looked.items():
        deeper = list(_paths(inner)) if "properties" in inner else [()]
        yield from ((key, *path) for path in deeper)
    yield from ((key,) for key in condition.get("required", ()) if key not in looked)


def _lower(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:].rstrip(".")


def _either(problem: Problem, depends_on: tuple[Pointer, ...]) -> str:
    key = problem.pointer[-1]
    others = wording.listed(path[-1] for path in depends_on if path != problem.pointer)
    return f"change or remove `{key}`, or change {others}" if others else f"remove `{key}`"


def _reason(breach: Breach, code: str, message: str, hint: str, missing: str = "") -> Reason:
    """What is missing is told at the key of the mapping that lacks it: there it belongs."""
    problem = Problem(pointer=breach.pointer, code=code, message=message, hint=hint, at_key=bool(missing))
    return Reason(problem=problem, missing=missing)


def _unknown_key(breach: Breach) -> Iterator[Reason]:
    known = list(breach.schema["properties"])
    free = [each for each in known if each not in breach.value]
    for key in breach.value:
        if key not in known:
            pointer = (*breach.pointer, key)
            message = f"unknown key {wording.shown(key)}"
            hint = wording.meant(key, free) or f"allowed here: {wording.listed(known)}"
            problem = Problem(pointer=pointer, code="PM020", message=message, hint=hint, at_key=True)
            yield Reason(problem=problem, meant=wording.nearest(key, free))


def _missing_key(breach: Breach) -> Iterator[Reason]:
    for key in breach.demand:
        if key not in breach.value:
            about = breach.schema.get("properties", {}).get(key, {})
            one_of = f"One of {wording.listed(about['enum'])}." if "enum" in about else ""
            hint = " ".join(filter(None, (f"add `{key}`.", about.get("description", ""), one_of)))
            yield _reason(breach, "PM021", f"`{key}` is missing{_inside(breach.pointer)}", hint, missing=key)


def _none_of_these(breach: Breach) -> Iterator[Reason]:
    keys = [key for each in breach.demand for key in each["required"]]
    message = f"none of {wording.listed(keys, 'and')} is there"
    yield _reason(breach, "PM021", message, f"add at least one of {wording.listed(keys)}", missing="one of them")


def _missing_partner(breach: Breach) -> Iterator[Reason]:
    for key, partners in breach.demand.items():
        for partner in partners:
            if key in breach.value and partner not in breach.value:
                message = f"`{key}` stands without `{partner}`"
                yield _reason(breach, "PM026", message, f"add `{partner}`, or remove `{key}`", missing=partner)


def _refused_key(breach: Breach) -> Iterator[Reason]:
    key = breach.pointer[-1]
    message = f"`{key}` does not belong here"
    problem = Problem(pointer=breach.pointer, code="PM026", message=message, hint=f"remove `{key}`", at_key=True)
    yield Reason(problem=problem)


def _wrong_type(breach: Breach) -> Iterator[Reason]:
    found, wanted = wording.kind_of(breach.value), wording.expected(breach.demand)
    if breach.value is None:
        hint = "give it a value, or remove the key"
    elif "string" in breach.demand and isinstance(breach.value, bool | int | float):
        hint = "put the value in quotes"
    elif breach.demand == "array" and isinstance(breach.value, str):
        hint = f"write a list, even of one: [{wording.shown(breach.value)}]"
    else:
        hint = _example(breach, f"write {wanted}")
    yield _reason(breach, "PM022", f"found {found} where {wanted} is expected", hint)


def _not_listed(breach: Breach) -> Iterator[Reason]:
    allowed = breach.demand
    if isinstance(breach.value, str) or not isinstance(allowed[0], str):
        hint = f"{wording.meant(breach.value, allowed)} allowed: {wording.listed(allowed)}".strip()
        yield _reason(breach, "PM023", f"{wording.shown(breach.value)} is not in the list", hint)
    else:
        hint = f"write one of these, in quotes: {', '.join(wording.shown(each) for each in allowed)}"
        yield _reason(breach, "PM022", f"found {wording.kind_of(breach.value)} where a word is expected", hint)


def _malformed(breach: Breach) -> Iterator[Reason]:
    title = breach.schema["title"]
    message = f"{wording.shown(breach.value)} is not {'an' if title[0] in 'aeio' else 'a'} {title}"
    hint = wording.zoned(breach.value) if title.startswith("time") else ""
    yield _reason(breach, "PM024", message, hint or _example(breach, "write it in that form"))


def _example(breach: Breach, otherwise: str) -> str:
    examples = breach.schema.get("examples", ())
    return f"write it like {' or '.join(wording.flow(each) for each in examples)}" if examples else otherwise


def _reserved(breach: Breach) -> Iterator[Reason]:
    message = f"{wording.shown(breach.value)} is a {breach.demand['title']}"
    yield _reason(breach, "PM024", message, "choose another")


def _size(breach: Breach) -> Iterator[Reason]:
    short = breach.keyword.startswith("min")
    unit = "characters" if isinstance(breach.value, str) else "items" if isinstance(breach.value, list) else "keys"
    message = f"{len(breach.value)} {unit} where at {'least' if short else 'most'} {breach.demand} are allowed"
    reason = _reason(breach, "PM025", message, "write more, or remove the key" if short else "shorten it")
    yield msgspec.structs.replace(reason, bound=-breach.demand if short else breach.demand)


def _twice(breach: Breach) -> Iterator[Reason]:
    for index, item in enumerate(breach.value):
        if item in breach.value[:index]:
            pointer = (*breach.pointer, index)
            message = f"{wording.shown(item)} stands in the list twice"
            yield Reason(problem=Problem(pointer=pointer, code="PM025", message=message, hint="remove one of them"))


def _range(breach: Breach) -> Iterator[Reason]:
    side, end = ("below", "smallest") if breach.keyword == "minimum" else ("above", "largest")
    message = f"{breach.value} is {side} {breach.demand}"
    yield _reason(breach, "PM027", message, f"the {end} number allowed here is {breach.demand}")


def _other(breach: Breach) -> Iterator[Reason]:
    yield _reason(breach, "PM028", f"refused by the schema ({breach.keyword})", "see the description of the format")


_READERS: Final[dict[str, Callable[[Breach], Iterator[Reason]]]] = {
    "additionalProperties": _unknown_key,
    "anyOf": _none_of_these,
    "dependentRequired": _missing_partner,
    "enum": _not_listed,
    "maxItems": _size,
    "maxLength": _size,
    "maximum": _range,
    "minItems": _size,
    "minLength": _size,
    "minProperties": _size,
    "minimum": _range,
    "not": _reserved,
    "pattern": _malformed,
    "required": _missing_key,
    "type": _wrong_type,
    "uniqueItems": _twice,
    REFUSED: _refused_key,
}
