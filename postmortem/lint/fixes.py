"""What can be mended without knowing what happened. A file's data in, edits out: pure, whatever the data holds.

Nothing here changes what a record means: an instant stays the instant, the order of a list is not what a timeline says,
and an entry without an id gets one that no other of the file has, nor any had that readers were promised.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any, Final

import msgspec

from postmortem.lint.times import surely_before
from postmortem.model.edit import Edit, Put, Reorder, at
from postmortem.model.moment import Moment, parse, read_moment
from postmortem.schema.shape import places

Data = Mapping[str, Any]

_TIMES: Final = frozenset({"instant", "time", "bound"})
_FIRST, _LAST = 1900, 2999
"""The years that the format knows."""
_NONE: Final[frozenset[str]] = frozenset()
_FRACTION: Final = re.compile(r"\.[0-9]+")


class Fix(msgspec.Struct, frozen=True):
    """One row of the table: the code whose findings it mends (empty if there is none), what it does, the function of
    the data and of the entry ids that the record ever promised.
    """

    code: str
    title: str
    edits: Callable[[Data, frozenset[str]], Iterator[Edit]]


def entry_ids(data: Data, spent: frozenset[str] = _NONE) -> Iterator[Edit]:
    """An id for every timeline entry and action without one: the next number of its letter, first of its keys."""
    for name, letters in (("timeline", {"update": "u"}), ("actions", {})):
        items = data.get(name)
        if not isinstance(items, list):
            continue
        other = "n" if name == "timeline" else "a"
        taken = {*spent, *(str(item.get("id")) for item in items if isinstance(item, dict))}
        for index, item in enumerate(items):
            if isinstance(item, dict) and item and "id" not in item:
                id_ = _next(letters.get(str(item.get("kind")), other), taken)
                taken.add(id_)
                yield Put((name, index, "id"), id_, after=())


def _next(letter: str, taken: set[str]) -> str:
    numbers = [int(each[1:]) for each in taken if re.fullmatch(letter + "[0-9]{1,6}", each)]
    return f"{letter}{max(numbers, default=0) + 1}"


def utc_times(data: Data, _spent: frozenset[str] = _NONE) -> Iterator[Edit]:
    """Every time in UTC, written with `Z`; as exact as it was."""
    for pointer in places(data, "incident", _TIMES):
        written = at(data, pointer)
        if isinstance(written, str):
            in_utc = _in_utc(written)
            if in_utc != written:
                yield Put(pointer, in_utc)


def _in_utc(written: str) -> str:
    if written.endswith("Z"):
        return written
    try:
        instant, precision = parse(written)
    except ValueError:
        return written
    if not _FIRST <= instant.year <= _LAST:
        return written
    fraction = _FRACTION.search(written)
    text = instant.isoformat()[: 16 if precision == "minute" else 19]
    return f"{text}{fraction.group() if fraction else ''}Z"


def timeline_order(data: Data, _spent: frozenset[str] = _NONE) -> Iterator[Edit]:
    """The timeline in the order of `at`, where an entry surely stands too late; entries of one minute keep theirs."""
    entries = data.get("timeline")
    if not isinstance(entries, list):
        return
    moments = [_moment(each) for each in entries]
    known = [each for each in moments if each is not None]
    if len(known) == len(moments) and any(surely_before(after, before) for before, after in pairwise(known)):
        yield Reorder(("timeline",), tuple(sorted(range(len(known)), key=lambda index: known[index].instant)))


def _moment(entry: object) -> Moment | None:
    try:
        return read_moment(entry["at"]) if isinstance(entry, dict) else None
    except (KeyError, TypeError, ValueError):  # msgspec's own error is a ValueError
        return None


FIXES: Final[tuple[Fix, ...]] = (
    Fix("PM021", "ids for entries without one", entry_ids),
    Fix("", "times in UTC", utc_times),
    Fix("PM207", "the timeline in order", timeline_order),
)
"""In the order in which they are made."""
