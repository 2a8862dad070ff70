"""A record taken apart once for all rules: its times, its claims and its sentences, each with its pointer. Record in,
(pointer, value) pairs out; knows what is public text and what is inside, and judges nothing.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from operator import attrgetter
from types import UnionType
from typing import Any, Final, TypeVar, get_args, get_origin, get_type_hints

import msgspec

from postmortem.model.claims import Claim, Evidence, Tracking
from postmortem.model.finding import Pointer
from postmortem.model.moment import Bound, Moment
from postmortem.model.record import Record, RecordEntry

PROSE: Final = frozenset(
    {
        "title",
        "summary",
        "text",
        "explanation",
        "response",
        "note",
        "why",
        "reason",
        "use",
        "caveat",
        "established_by",
        "verification",
        "during",
        "next_time",
        "went_well",
        "went_wrong",
        "lucky",
    }
)
"""Keys under which a person's own sentences stand."""

Text = tuple[Pointer, str]
Held = TypeVar("Held")
Answer = TypeVar("Answer")


class Walked(msgspec.Struct, frozen=True):
    """What a record holds, in the order of the format, parents first; `internal` is not looked into.

    `parts` are the structs below the record by their type; `claims` those structs and times that name evidence or a
    confidence;
    `texts` the strings that may become public (all but `internal` and what `public: false` keeps inside), `prose` those
    of them that the author wrote as sentences; `lines` is `texts` joined, in lower case, and `whole` the same with
    single spaces only.
    """

    parts: dict[type, list[tuple[Pointer, Any]]]
    moments: list[tuple[Pointer, Moment]]
    days: list[tuple[Pointer, date]]
    claims: list[tuple[Pointer, Any]]
    texts: list[Text]
    prose: list[Text]
    lines: str = ""
    whole: str = ""


_last: list[tuple[Record, dict[Callable[[Record], Any], Any]]] = []
"""The last record and what was made of it: all rules ask for the same one in a row."""


def once(make: Callable[[Record], Answer], record: Record) -> Answer:
    """What `make` says of the record, worked out once for all rules that ask."""
    if not _last or _last[0][0] is not record:
        _last[:] = [(record, {})]
    held = _last[0][1]
    if make not in held:
        held[make] = make(record)
    answer: Answer = held[make]
    return answer


def walked(record: Record) -> Walked:
    """The record taken apart."""
    return once(_taken_apart, record)


def parts_of(record: Record, kind: type[Held]) -> list[tuple[Pointer, Held]]:
    """All structs of this kind below the record."""
    return walked(record).parts.get(kind, [])


def _taken_apart(record: Record) -> Walked:
    found = Walked({}, [], [], [], [], [])
    _walk(_plan(Record), record, (), _Sinks(found, found.texts, found.prose))
    lines = "\n".join([text for _, text in found.texts]).lower()
    return msgspec.structs.replace(found, lines=lines, whole=" ".join(lines.split()))


class _Sinks(msgspec.Struct, frozen=True, gc=False):
    """Where what is found goes: texts and prose of what stays inside go nowhere."""

    found: Walked
    texts: list[Text]
    prose: list[Text]


Visit = Callable[[Any, Pointer, _Sinks], None]


class _Plan(msgspec.Struct, frozen=True, gc=False):
    """How structs of one type are walked: what gets the values worth a look out of one, and for each of them its key
    and what to do with it; whether they can name evidence and a confidence, and whether they are among `_KEPT`.
    """

    get: Callable[[Claim], Sequence[Any]]
    steps: tuple[tuple[str, Visit], ...]
    cites: bool
    graded: bool
    kept: bool


def _walk(plan: _Plan, value: Claim, pointer: Pointer, sinks: _Sinks) -> None:
    for held, (key, visit) in zip(plan.get(value), plan.steps, strict=False):
        if held:
            visit(held, (*pointer, key), sinks)


def _text(held: str, at: Pointer, sinks: _Sinks) -> None:
    sinks.texts.append((at, held))


def _sentence(held: str, at: Pointer, sinks: _Sinks) -> None:
    sinks.texts.append((at, held))
    sinks.prose.append((at, held))


def _names(held: tuple[str, ...] | str, at: Pointer, sinks: _Sinks) -> None:
    if isinstance(held, str):
        sinks.texts.append((at, held))
    else:
        for index, each in enumerate(held):
            sinks.texts.append(((*at, index), each))


def _sentences(held: tuple[str, ...], at: Pointer, sinks: _Sinks) -> None:
    for index, each in enumerate(held):
        _sentence(each, (*at, index), sinks)


def _moment(held: Moment, at: Pointer, sinks: _Sinks) -> None:
    sinks.found.moments.append((at, held))
    if held.evidence or held.confidence:
        sinks.found.claims.append((at, held))


def _bound(held: Bound, at: Pointer, sinks: _Sinks) -> None:
    if held.moment is not None:
        _moment(held.moment, at, sinks)


def _day(held: date, at: Pointer, sinks: _Sinks) -> None:
    sinks.found.days.append((at, held))


def _many(held: tuple[Claim, ...], at: Pointer, sinks: _Sinks) -> None:
    for index, each in enumerate(held):
        _part(each, (*at, index), sinks)


def _part(value: Any, at: Pointer, sinks: _Sinks) -> None:  # noqa: ANN401 - any of the structs of a record
    kind: type[Claim] = type(value)
    found, plan = sinks.found, _plan(kind)
    found.parts.setdefault(kind, []).append((at, value))
    if (plan.cites and value.evidence) or (plan.graded and value.confidence):
        found.claims.append((at, value))
    if plan.kept:
        if kind is RecordEntry and not value.public:
            sinks = _Sinks(found, [], [])
        elif kind is not RecordEntry or value.origin is not None:
            sinks = _Sinks(found, sinks.texts, [])
    _walk(plan, value, at, sinks)


_KEPT: Final = frozenset({RecordEntry, Evidence, Tracking})
"""Structs whose sentences are not the author's, or not public."""


@cache
def _plan(kind: type[Claim]) -> _Plan:
    hints, fields = get_type_hints(kind), kind.__struct_fields__
    named = zip(fields, kind.__struct_encode_fields__, strict=True)
    planned = [(name, key, visit) for name, key in named if (visit := _visit(hints[name], key)) is not None]
    names = [name for name, _, _ in planned]
    several = len(names) >= _SEVERAL
    return _Plan(
        get=attrgetter(*names) if several else lambda value: [getattr(value, name) for name in names],
        steps=tuple((key, visit) for _, key, visit in planned),
        cites="evidence" in fields,
        graded="confidence" in fields,
        kept=kind in _KEPT,
    )


_SEVERAL: Final = 2
"""`attrgetter` gives a tuple for so many names."""


def _visit(hint: Any, key: str) -> Visit | None:  # noqa: ANN401 - a type as typing gives it
    """Closed lists, numbers and yes or no hold nothing; ids of evidence are looked at with their claim."""
    options = [each for each in get_args(hint) if each is not type(None)] if isinstance(hint, UnionType) else [hint]
    first, prose = options[0], key in PROSE
    if first in _SINGLE:
        return _SINGLE[first]
    if first is str:
        return _names if len(options) > 1 else _sentence if prose else _text
    if get_origin(first) is tuple and get_args(first)[0] is str:
        return None if key == "evidence" else _sentences if prose else _names
    inner = get_args(first)[0] if get_origin(first) is tuple else first
    if isinstance(inner, type) and issubclass(inner, Claim):
        return _part if inner is first else _many
    return None


_SINGLE: Final[dict[Any, Visit]] = {Moment: _moment, Bound: _bound, date: _day}
