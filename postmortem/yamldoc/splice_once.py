"""Several edits and the document they change in; out come the splices of all of them, or None.

Each edit is written where it belongs in the text as it stands, so that the text is read once for its proof and not
once for each edit. That works where no edit touches what another has written; which is not proven here.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import msgspec

from postmortem.model.edit import Edit, Insert, Remove, Reorder, at
from postmortem.model.finding import Pointer
from postmortem.yamldoc import splice_plan
from postmortem.yamldoc.document import Document
from postmortem.yamldoc.splice_block import Splice
from postmortem.yamldoc.splice_refine import canonical, smaller

_Inserted = dict[Pointer, list[int]]
"""Where in each list, by its pointer, earlier edits have put items: indexes in the list as it has become."""


def splices(document: Document, edits: Sequence[Edit], wanted: dict[str, Any]) -> list[Splice] | None:
    """What every edit changes in the text; None where one stands on another, or nobody knows how to write it."""
    every: list[Splice] = []
    inserted: _Inserted = {}
    try:
        for edit in edits:
            for step in _steps(document, _in_old_places(edit, inserted)):
                _check(document.data, step)
                found = splice_plan.first(document, step, wanted)
                if found is None:
                    return None
                every += found
    except (LookupError, TypeError):
        return None  # it leads to what another edit makes
    in_order = sorted(every, key=lambda each: (each.start, each.end))
    apart = all(one.end <= two.start and _is_clear(one, two) for one, two in pairwise(in_order))
    return every if apart else None


def _check(data: dict[str, Any], step: Edit) -> None:
    """Raise LookupError where the data have no place for the step."""
    held = at(data, step.pointer if isinstance(step, Insert) else step.pointer[:-1])
    fits = isinstance(held, list) if isinstance(step, Insert) else isinstance(held, dict | list)
    if not fits:
        raise LookupError
    if isinstance(step, Remove) or (isinstance(held, list) and not isinstance(step, Insert)):
        at(data, step.pointer)


def _is_clear(one: Splice, two: Splice) -> bool:
    """Two additions at one place stand one after the other; anything else that begins at one place is in doubt."""
    return one.start != two.start or one.start == one.end == two.end


def _steps(document: Document, edit: Edit) -> Iterator[Edit]:
    whole = canonical(document.data, edit)
    smallest = smaller(document.data, whole)
    if smallest:
        inserted: _Inserted = {}
        for step in smallest:
            yield from _steps(document, _in_old_places(step, inserted))
    else:
        yield whole


def _in_old_places(edit: Edit, inserted: _Inserted) -> Edit:
    """The edit as it reads in the data as they were: items that were put in front of what it names do not count.

    Raises LookupError where it leads into such an item, or where more than additions moved what it names.
    """
    if isinstance(edit, Reorder | Remove):
        if inserted or isinstance(edit, Reorder):
            raise LookupError
        return edit
    pointer = _old_pointer(edit.pointer, inserted)
    if isinstance(edit, Insert):
        here = inserted.setdefault(edit.pointer, [])
        old = edit.index - sum(index < edit.index for index in here)
        here[:] = sorted([*(index + (index >= edit.index) for index in here), edit.index])
        return msgspec.structs.replace(edit, pointer=pointer, index=old)
    return msgspec.structs.replace(edit, pointer=pointer)


def _old_pointer(pointer: Pointer, inserted: _Inserted) -> Pointer:
    old: list[str | int] = []
    for depth, step in enumerate(pointer):
        here = inserted.get(pointer[:depth], [])
        if isinstance(step, int) and step in here:
            raise LookupError
        old.append(step - sum(index < step for index in here) if isinstance(step, int) else step)
    return tuple(old)
