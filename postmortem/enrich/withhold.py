"""Taking out of a new record what must not stand in it. Data and the place of what is wrong in, data without it out.

A text of a stranger can hold what no record may: somebody's telephone number, a key. Nobody can mend the source, so the
record goes without: a title and a text that is needed get words of ours, anything else is left out.
"""

from collections.abc import Iterable
from typing import Any

import msgspec

from postmortem.enrich.entries import POSTMORTEM
from postmortem.enrich.mirror import TITLES, Data, Made
from postmortem.model.edit import plain
from postmortem.model.finding import Pointer, printed
from postmortem.model.slug import slugify

OMITTED = "The text of this update is not repeated here."


def withhold(made: Made, found: Iterable[tuple[Pointer, str]]) -> Made:
    """The record without what stands at these pointers, each with the reason in a few words."""
    data: Data = plain(made.data)
    notes = dict.fromkeys(made.notes)
    for pointer, why in sorted(found, key=lambda each: [str(step) for step in each[0]], reverse=True):
        _take(data, pointer)
        notes[f"{printed(pointer)} ({why})"] = None
    return msgspec.structs.replace(made, data=data, notes=tuple(notes))


def _take(data: Data, pointer: Pointer) -> None:
    if pointer[:1] in (("title",), ("id",)):
        title = TITLES[data.get("kind", "incident")]
        tail = data["id"].rsplit("-", 1)[1]
        data |= {"title": title, "id": f"{data['id'][:10]}-{slugify(title)}-{tail}"}
        return
    inner: Any = data
    for step in pointer[:-1]:
        try:
            inner = inner[step]
        except (LookupError, TypeError):
            return
    if pointer[:1] == ("timeline",) and pointer[-1] == "text" and "status" not in inner:
        inner["text"] = POSTMORTEM if inner["text"] == POSTMORTEM else OMITTED
    elif isinstance(inner, dict):
        inner.pop(pointer[-1], None)
