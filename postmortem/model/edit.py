"""A change to a record as a value, and what it means for plain data.

Pointers and JSON-like values in; new data out, the old untouched. It knows no text, no YAML and no incident: how a
change is written into an author's file is the business of `yamldoc.edit`, which proves itself against this meaning.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from postmortem.model.finding import Pointer, printed

Json = str | int | float | bool | None | Sequence["Json"] | Mapping[str, "Json"]
"""What a value of an edit may be; tuples count as lists."""


class Put(msgspec.Struct, frozen=True):
    """Set the value at a pointer: replace it if it is there, else add the key, and mappings on the way that are
    missing.

    `after` places the topmost key that is new: one sibling's key (the end, if there is no such sibling), or all keys
    that may precede it in the format's order (behind the last of them that is there, first of all if none is).
    """

    pointer: Pointer
    value: Json
    after: str | tuple[str, ...] | None = None


class Append(msgspec.Struct, frozen=True):
    """Add an item at the end of the list at a pointer; a list that is missing or null is made."""

    pointer: Pointer
    value: Json


class Insert(msgspec.Struct, frozen=True):
    """Add an item to the list at `pointer` so that it stands at `index`; its length as index appends."""

    pointer: Pointer
    index: int
    value: Json


class Remove(msgspec.Struct, frozen=True):
    """Take away the key or the item at a pointer."""

    pointer: Pointer


class Reorder(msgspec.Struct, frozen=True):
    """Bring the list at `pointer` into another order: `order[i]` is the old index of the item that comes to stand
    at i.
    """

    pointer: Pointer
    order: tuple[int, ...]


Edit = Put | Append | Insert | Remove | Reorder


def apply_to_data(data: Mapping[str, Any], edits: Sequence[Edit]) -> dict[str, Any]:
    """The data after the edits, one after the other. What was given stays as it is; what no edit touches is shared
    with it, so nobody may change either in place.

    Errors: `LookupError` where a pointer leads nowhere, an index or an order does not fit its list; `TypeError` for a
    value that is not JSON-like.
    """
    after = dict(data)
    for edit in edits:
        after = _applied(_opened(after, edit.pointer), edit)
    return after


def described(edit: Edit) -> str:
    """An edit as messages name it, without its value: `put clocks/resolved`."""
    return f"{type(edit).__name__.lower()} {printed(edit.pointer) or 'the whole file'}"


def plain(value: object) -> Any:  # noqa: ANN401  # builtins of any JSON-like shape
    """A deep copy made of dict, list, str, int, float, bool and None only. Errors: `TypeError`."""
    if isinstance(value, Mapping):
        return {_text(key): each if type(each) is str else plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [each if type(each) is str else plain(each) for each in value]
    if value is None or isinstance(value, str | int | float):
        return value
    raise TypeError(f"an edit writes JSON-like data only, not {type(value).__name__}")


def texts(edits: Iterable[Edit]) -> Iterator[str]:
    """Every text that edits bring in: a text of the data after them is one of these, or was there before."""
    for edit in edits:
        if isinstance(edit, Put | Append | Insert):
            yield from texts_in(edit.value)


def texts_in(value: Json) -> Iterator[str]:
    """Every text in a value, keys aside."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | Sequence):
        for each in value.values() if isinstance(value, Mapping) else value:
            yield from texts_in(each)


def position(keys: Sequence[str], after: str | tuple[str, ...] | None) -> int:
    """Where among `keys` a new key comes to stand, as `Put.after` says."""
    if isinstance(after, tuple):
        return max((keys.index(key) + 1 for key in after if key in keys), default=0)
    return keys.index(after) + 1 if after in keys else len(keys)


def _text(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError(f"a key is text, not {type(key).__name__}")
    return key


def lifted(data: Mapping[str, Any], put: Put) -> Put:
    """The same edit with the mappings that are missing on the way made part of its value, so that its parent exists.

    Errors: `LookupError` where the way leads through a text, a number or a missing item.
    """
    value: Any = data
    for depth, step in enumerate(put.pointer[:-1], start=1):
        absent = isinstance(value, dict) and isinstance(step, str) and value.get(step) is None
        value = None if absent else at(data, put.pointer[:depth])
        if value is None:
            made = put.value
            for missing in reversed(put.pointer[depth:]):
                if not isinstance(missing, str):
                    raise _nowhere(put.pointer)
                made = {missing: made}
            return Put(put.pointer[:depth], made, put.after)
    return put


def at(data: object, pointer: Pointer) -> Any:  # noqa: ANN401  # whatever the data holds
    """The value at a pointer. Errors: `LookupError`."""
    value: Any = data
    for depth, step in enumerate(pointer, start=1):
        if not _holds(value, step):
            raise _nowhere(pointer[:depth])
        value = value[step]
    return value


def _holds(value: object, step: str | int) -> bool:
    if isinstance(value, dict):
        return isinstance(step, str) and step in value
    return isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value)


def _opened(data: dict[str, Any], pointer: Pointer) -> dict[str, Any]:
    """The same data, with every list and mapping on a way as a copy that may be changed."""
    here: Any = (opened := data.copy())
    for step in pointer:
        if not _holds(here, step) or not isinstance(here[step], dict | list):
            break
        here[step] = here[step].copy()
        here = here[step]
    return opened


def _applied(data: dict[str, Any], edit: Edit) -> dict[str, Any]:
    if isinstance(edit, Put):
        return _put(data, lifted(data, edit))
    if isinstance(edit, Append):
        return _append(data, edit)
    if isinstance(edit, Remove):
        if not edit.pointer:
            raise LookupError("the root of a file cannot be removed")
        at(data, edit.pointer)
        del at(data, edit.pointer[:-1])[edit.pointer[-1]]
        return data
    items = _list(data, edit.pointer)
    if isinstance(edit, Insert):
        if not 0 <= edit.index <= len(items):
            raise LookupError(f"{printed(edit.pointer)} has {len(items)} items: nothing can stand at {edit.index}")
        items.insert(edit.index, plain(edit.value))
    else:
        if sorted(edit.order) != list(range(len(items))):
            raise LookupError(f"{printed(edit.pointer)} has {len(items)} items; the order names others: {edit.order}")
        items[:] = [items[index] for index in edit.order]
    return data


def _put(data: dict[str, Any], put: Put) -> dict[str, Any]:
    value = plain(put.value)
    if not put.pointer:
        if not isinstance(value, dict):
            raise LookupError("a file holds keys and values: its root cannot become anything else")
        return value
    container, step = at(data, put.pointer[:-1]), put.pointer[-1]
    if isinstance(container, dict) and isinstance(step, str) and step not in container:
        pairs = list(container.items())
        pairs.insert(position(list(container), put.after), (step, value))
        container.clear()
        container.update(pairs)
    else:
        at(data, put.pointer)
        container[step] = value
    return data


def _append(data: dict[str, Any], edit: Append) -> dict[str, Any]:
    put = lifted(data, Put(edit.pointer, [edit.value]))
    container, step = (at(data, put.pointer[:-1]), put.pointer[-1]) if put.pointer else (None, "")
    if put.pointer != edit.pointer or (isinstance(container, dict) and container.get(str(step)) is None):
        return _put(data, put)
    _list(data, edit.pointer).append(plain(edit.value))
    return data


def _list(data: dict[str, Any], pointer: Pointer) -> list[Any]:
    found = at(data, pointer)
    if not isinstance(found, list):
        raise LookupError(f"{printed(pointer) or 'the root'} is no list")  # noqa: TRY004  # one error for callers
    return found


def _nowhere(pointer: Pointer) -> LookupError:
    return LookupError(f"there is nothing at {printed(pointer)}")
