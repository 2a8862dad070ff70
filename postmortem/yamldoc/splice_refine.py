"""A large edit and the data it changes in; out come smaller edits that mean the same, so that what stays the same in a
list or a mapping keeps its text. None come out where only the whole can be written.
"""

import json
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from postmortem.model.edit import Append, Edit, Insert, Put, Remove, at, lifted, plain
from postmortem.model.finding import Pointer

_ENCODER: Final = msgspec.json.Encoder()


def exact(data: object) -> str:
    """Equality that tells 1 from 1.0 and true, and sees the order of keys: of two data with equal texts."""
    return json.dumps(data)


def is_exactly(one: object, other: object) -> bool:
    """The same of two data, told faster."""
    if one != other:
        return False
    try:
        return _ENCODER.encode(one) == _ENCODER.encode(other)
    except (msgspec.MsgspecError, TypeError, ValueError, OverflowError, RecursionError):  # nothing that a file can hold
        return exact(one) == exact(other)


def canonical(data: dict[str, Any], edit: Edit) -> Edit:
    """The same edit with what is missing on its way made part of it; to append becomes to insert."""
    if isinstance(edit, Append):
        put = lifted(data, Put(edit.pointer, [edit.value]))
        found = _found(data, edit.pointer)
        return Insert(edit.pointer, len(found), edit.value) if isinstance(found, list) else put
    return lifted(data, edit) if isinstance(edit, Put) else edit


def smaller(data: dict[str, Any], edit: Edit) -> tuple[Edit, ...]:
    """The steps of putting one list or mapping in the place of another that has something in common with it."""
    if not isinstance(edit, Put):
        return ()
    old, new = _found(data, edit.pointer), plain(edit.value)
    if isinstance(old, dict) and isinstance(new, dict) and _same_order(old, new):
        return tuple(_mapping(edit.pointer, old, new))
    if isinstance(old, list) and isinstance(new, list) and old and new:
        return tuple(_list(edit.pointer, old, new))
    return ()


def _found(data: dict[str, Any], pointer: Pointer) -> Any:  # noqa: ANN401  # whatever the data holds
    try:
        return at(data, pointer)
    except LookupError:
        return None


def _same_order(old: dict[str, Any], new: dict[str, Any]) -> bool:
    common = [key for key in old if key in new]
    return bool(common) and common == [key for key in new if key in old]


def _mapping(pointer: Pointer, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Edit]:
    yield from (Remove((*pointer, key)) for key in old if key not in new)
    keys = list(new)
    for index, key in enumerate(keys):
        if key not in old or exact(old[key]) != exact(new[key]):
            yield Put((*pointer, key), new[key], after=tuple(keys[:index]))


def _list(pointer: Pointer, old: list[Any], new: list[Any]) -> Iterator[Edit]:
    """What is equal at both ends stays; in between, item by item, and then what is left over."""
    before, after = [exact(item) for item in old], [exact(item) for item in new]
    shorter = min(len(old), len(new))
    head = next((index for index in range(shorter) if before[index] != after[index]), shorter)
    rest = shorter - head
    foot = next((index for index in range(rest) if before[-1 - index] != after[-1 - index]), rest)
    old_end, new_end = len(old) - foot, len(new) - foot
    for index in range(head, min(old_end, new_end)):
        if before[index] != after[index]:
            yield Put((*pointer, index), new[index])
    yield from (Remove((*pointer, index)) for index in range(old_end - 1, new_end - 1, -1) if index >= head)
    yield from (Insert(pointer, index, new[index]) for index in range(max(old_end, head), new_end))
