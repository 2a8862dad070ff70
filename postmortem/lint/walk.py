"""A record taken apart once for all rules: its times, its claims and its sentences, each with its pointer. Record in,
(pointer, value) pairs out; knows what is public text and what is inside, and judges nothing.
"""

import types
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any, Final, Literal, TypeVar, get_args, get_origin, get_type_hints

import msgspec

from postmortem.model.claims import Claim, Evidence, Tracking
from postmortem.model.finding import Pointer
from postmortem.model.moment import Bound, Moment
from postmortem.model.record import Record, RecordEntry

PROSE: Final = frozenset(
    (
        "title summary text explanation response note why reason use caveat established_by verification during next_time"
        " went_well went_wrong lucky"
    ).split()
)
"""Keys under which a person's own sentences stand."""

Text = tuple[Pointer, str]
Shape = Literal["text", "texts", "moment", "bound", "day", "one", "many"]
Held = TypeVar("Held")
Answer = TypeVar("Answer")


class Walked(msgspec.Struct, frozen=True):
    """What a record holds, in the order of the format, parents first; `internal` is not looked into.

    `parts` are the structs below the record; `claims` those structs and times that name evidence or a confidence;
    `texts` the strings that may become public (all but `internal` and what `public: false` keeps inside), `prose` those
    of them that the author wrote as sentences; `lines` is `texts` joined, in lower case, and `whole` the same with
    single spaces only.
    """

    parts: list[tuple[Pointer, Claim]]
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


def parts_of(record: Record, *kinds: type[Held]) -> list[tuple[Pointer, Held]]:
    """All structs of these kinds below the record."""
    return [(pointer, value) for pointer, value in walked(record).parts if isinstance(value, kinds)]


def _taken_apart(record: Record) -> Walked:
    found = Walked([], [], [], [], [], [])
    _walk(record, (), found, found.texts, found.prose)
    lines = "\n".join([text for _, text in found.texts]).lower()
    return msgspec.structs.replace(found, lines=lines, whole=" ".join(lines.split()))


def _walk(  # noqa: PLR0912 - one branch for each shape, inline: this is the hottest loop of a run
    value: Claim, pointer: Pointer, found: Walked, texts: list[Text], prose: list[Text]
) -> None:
    for name, key, shape, written in _plan(type(value)):
        held = getattr(value, name)
        if not held:
            continue
        at = (*pointer, key)
        if shape == "text":
            texts.append((at, held))
            if written:
                prose.append((at, held))
        elif shape == "moment" or (shape == "bound" and (held := held.moment)):
            found.moments.append((at, held))
            if held.evidence or held.confidence:
                found.claims.append((at, held))
        elif shape == "one":
            _enter(held, at, found, texts, prose)
        elif shape == "many":
            for index, each in enumerate(held):
                _enter(each, (*at, index), found, texts, prose)
        elif shape == "texts" and isinstance(held, tuple):
            numbered = [((*at, index), each) for index, each in enumerate(held)]
            texts += numbered
            if written:
                prose += numbered
        elif shape == "texts":
            texts.append((at, held))
        elif shape == "day":
            found.days.append((at, held))


def _enter(value: Any, pointer: Pointer, found: Walked, texts: list[Text], prose: list[Text]) -> None:  # noqa: ANN401
    found.parts.append((pointer, value))
    kind = type(value)
    cites, graded = _claims(kind)
    if (cites and value.evidence) or (graded and value.confidence):
        found.claims.append((pointer, value))
    if kind is RecordEntry:
        if not value.public:
            texts, prose = [], []
        elif value.origin is not None:
            prose = []
    elif kind is Evidence or kind is Tracking:
        prose = []
    _walk(value, pointer, found, texts, prose)


@cache
def _plan(kind: type[Claim]) -> tuple[tuple[str, str, Shape, bool], ...]:
    """The fields of a struct that hold anything to look at: attribute, key in the file, shape, whether it is prose."""
    hints = get_type_hints(kind)
    named = zip(kind.__struct_fields__, kind.__struct_encode_fields__, strict=True)
    shaped = [(name, key, _shape(hints[name])) for name, key in named]
    return tuple(
        (name, key, shape, key in PROSE)
        for name, key, shape in shaped
        if shape is not None and not (key == "evidence" and shape == "texts")
    )


def _shape(hint: Any) -> Shape | None:  # noqa: ANN401, PLR0911 - a type as typing gives it, one answer for each
    options = [each for each in get_args(hint) if each is not type(None)] if _is_union(hint) else [hint]
    first = options[0]
    if first is str:
        return "texts" if len(options) > 1 else "text"
    if first in (Moment, Bound, date):
        return {Moment: "moment", Bound: "bound", date: "day"}[first]  # type: ignore[return-value]
    if get_origin(first) is tuple:
        inner = get_args(first)[0]
        return "texts" if inner is str else "many" if isinstance(inner, type) and issubclass(inner, Claim) else None
    return "one" if isinstance(first, type) and issubclass(first, Claim) else None


def _is_union(hint: Any) -> bool:  # noqa: ANN401
    return isinstance(hint, types.UnionType)


@cache
def _claims(kind: type[Claim]) -> tuple[bool, bool]:
    """Whether such a struct can name evidence, and a confidence."""
    return "evidence" in kind.__struct_fields__, "confidence" in kind.__struct_fields__
