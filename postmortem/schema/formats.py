"""What a pattern cannot say: that a day is in the calendar, that a number is finite. Plain data in, problems out.

Which places hold a date is read from the schema, so that text which only looks like a date is left alone.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache
from math import isfinite
from typing import Any, Final, Literal

import msgspec

from postmortem.model.finding import Pointer, Problem
from postmortem.schema.registry import SchemaKind, Tree, resolve, tree

_Holds = Literal["date", "integer", "number"]

_DATED: Final = frozenset(f"#/$defs/{name}" for name in ("date", "instant", "time", "bound", "record_id"))
"""The definitions whose strings begin with a date."""
_SAFE_DAY = "28"
"""Every month has it; the patterns already see to months and to days above 31."""


class _Plan(msgspec.Struct, frozen=True):
    """Where to look: what the value itself must be, and the same for its keys and items."""

    holds: _Holds | None = None
    keys: dict[str, "_Plan"] = {}
    items: "_Plan | None" = None


def problems(instance: object, kind: SchemaKind) -> list[Problem]:
    """What the validators let through although no calendar or no number allows it."""
    found: list[Problem] = []
    _look(_plan(kind), instance, (), found)
    return found


@cache
def _plan(kind: SchemaKind) -> _Plan:
    return _read(tree(kind), tree(kind)) or _Plan()


def _read(node: Tree, root: Tree) -> _Plan | None:
    target = resolve(node["$ref"], root) if "$ref" in node else {}
    both = target | node
    holds = _holds(node.get("$ref", ""), both.get("type"))
    named = target.get("properties", {}) | node.get("properties", {})
    keys = {key: plan for key, each in named.items() if (plan := _read(each, root))}
    items = _read(both["items"], root) if "items" in both else None
    return _Plan(holds, keys, items) if holds or keys or items else None


def _holds(reference: str, type_: object) -> _Holds | None:
    if reference in _DATED:
        return "date"
    if type_ == "integer":
        return "integer"
    return "number" if type_ == "number" else None


def _look(plan: _Plan, value: Any, pointer: Pointer, found: list[Problem]) -> None:  # noqa: ANN401 - any part of a file
    kind = type(value)  # every record comes through here: the exact type is the cheapest question
    if kind is str:
        if value[8:10] > _SAFE_DAY and plan.holds == "date":
            found.extend(_calendar(value, pointer))
    elif kind is dict:
        keys = plan.keys
        for key, held in value.items():
            if key in keys and (type(held) is not str or held[8:10] > _SAFE_DAY):
                _look(keys[key], held, (*pointer, key), found)
    elif kind is list:
        if plan.items is not None:
            for index, item in enumerate(value):
                _look(plan.items, item, (*pointer, index), found)
    elif kind is float:
        found.extend(_number(plan.holds, value, pointer))


def _calendar(value: str, pointer: Pointer) -> Iterator[Problem]:
    try:
        date.fromisoformat(value[:10])
    except ValueError:
        yield Problem(
            pointer=pointer,
            code="PM024",
            message=f'"{value[:10]}" is not a day of the calendar',
            hint="correct the day or the month",
        )


def _number(holds: _Holds | None, value: float, pointer: Pointer) -> Iterator[Problem]:
    if not isfinite(value):
        yield Problem(
            pointer=pointer, code="PM027", message=f"{value} is not a finite number", hint="write a finite number"
        )
    elif holds == "integer" and value.is_integer():
        message = f"{value} is written as a fraction where a whole number is expected"
        yield Problem(pointer=pointer, code="PM022", message=message, hint=f"write {int(value)}")
