"""Every value of a record with its pointer, in the order of the format. Record in, (pointer, value) pairs out; knows
what is public text and what is inside, and judges nothing.
"""

from functools import cache
from typing import Any, Final

import msgspec

from postmortem.model.claims import Claim
from postmortem.model.finding import Pointer
from postmortem.model.moment import Bound
from postmortem.model.record import Record, RecordEntry

Part = tuple[Pointer, Any]

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


class Walked(msgspec.Struct, frozen=True):
    """A record taken apart: everything, the strings that may become public, and those as one text in lower case with
    single spaces.
    """

    parts: tuple[Part, ...]
    texts: tuple[tuple[Pointer, str], ...]
    whole: str


_last: list[tuple[Record, Walked]] = []
"""The last answer: all rules ask for the same record in a row, and walking it is the dearest thing they do."""


def parts(record: Record) -> tuple[Part, ...]:
    """All structs, times and plain values below the record that its file may state; `internal` is not looked into."""
    return _walked(record).parts


def texts(record: Record) -> tuple[tuple[Pointer, str], ...]:
    """Every string that may become public: all but `internal` and what `public: false` keeps inside."""
    return _walked(record).texts


def whole(record: Record) -> str:
    """All public strings as one, in lower case and on one line: the cheap question whether a closer look is worth
    it.
    """
    return _walked(record).whole


def _walked(record: Record) -> Walked:
    if not _last or _last[0][0] is not record:
        found: list[Part] = []
        _walk(record, (), found)
        inside = {index for index, entry in enumerate(record.timeline) if not entry.public}
        public = tuple(
            (pointer, value)
            for pointer, value in found
            if isinstance(value, str) and not (pointer[0] == "timeline" and pointer[1] in inside)
        )
        whole = " ".join("\n".join(text for _, text in public).lower().split())
        _last[:] = [(record, Walked(tuple(found), public, whole))]
    return _last[0][1]


def prose(record: Record) -> list[tuple[Pointer, str]]:
    """The sentences that the author wrote: no ids, no addresses, and nothing that a source said."""
    return [
        (pointer, value)
        for pointer, value in texts(record)
        if any(step in PROSE for step in pointer[-2:])
        and pointer[0] not in ("evidence", "tracking")
        and not _said_by_a_source(record, pointer)
    ]


def _said_by_a_source(record: Record, pointer: Pointer) -> bool:
    if pointer[0] != "timeline" or not isinstance(pointer[1], int):
        return False
    entry: RecordEntry = record.timeline[pointer[1]]
    return entry.origin is not None


def _walk(value: object, pointer: Pointer, found: list[Part]) -> None:
    if isinstance(value, Claim):
        if pointer:
            found.append((pointer, value))
        for name, key in _fields(type(value)):
            held = getattr(value, name)
            if held is not None and held != () and held is not False:
                _walk(held, (*pointer, key), found)
    elif isinstance(value, tuple):
        for index, held in enumerate(value):
            _walk(held, (*pointer, index), found)
    elif isinstance(value, Bound):
        if value.moment is not None:
            found.append((pointer, value.moment))
    elif not isinstance(value, dict):
        found.append((pointer, value))


@cache
def _fields(kind: type[msgspec.Struct]) -> tuple[tuple[str, str], ...]:
    """The attributes of a struct with the keys under which a file states them."""
    return tuple(zip(kind.__struct_fields__, kind.__struct_encode_fields__, strict=True))
