"""How a record's data is looked at and rearranged before it becomes edits. Plain data in, plain data and edits out.

The data may be of a file that is not valid yet: at 3 am a mistake elsewhere in it must not keep an update back. So
nothing here trusts a shape, and what cannot be read counts as not there.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from postmortem.corpus.ledger import facets
from postmortem.model import record as records
from postmortem.model.edit import Edit, Put, Remove, position
from postmortem.model.moment import read_moment
from postmortem.schema import registry

Data = dict[str, Any]


def edits(before: Data, after: Data) -> tuple[Edit, ...]:
    """What leads from one to the other, key by key of the record; a new key gets its place in the format's order."""
    changed = [Put((key,), value, _before(key)) for key, value in after.items() if before.get(key) != value]
    return (*changed, *(Remove((key,)) for key in before if key not in after))


def place(held: Data, key: str, value: object, order: tuple[str, ...]) -> None:
    """Set a key; a new one comes to stand where `order` has it."""
    if key in held:
        held[key] = value
        return
    pairs = list(held.items())
    pairs.insert(position(list(held), order[: order.index(key)]), (key, value))
    held.clear()
    held.update(pairs)


@cache
def order(definition: str = "") -> tuple[str, ...]:
    """The keys of a part of the record (a definition of the schema) in the format's order; of the whole by default."""
    tree = registry.tree("incident")
    return tuple((tree["$defs"][definition] if definition else tree)["properties"])


def items(data: Mapping[str, Any], key: str) -> list[Data]:
    """The mappings in the list at a key."""
    held = data.get(key)
    return [each for each in held if isinstance(each, dict)] if isinstance(held, list) else []


def instant(value: object) -> datetime | None:
    """A time of the record, if it is one."""
    try:
        return read_moment(value).instant
    except (ValueError, TypeError):
        return None


def updates(data: Data) -> list[tuple[datetime, Data]]:
    """The updates in the order of the times they speak of."""
    timed = [(instant(each.get("at")), each) for each in items(data, "timeline") if each.get("kind") == "update"]
    return sorted(((at, each) for at, each in timed if at is not None), key=lambda pair: pair[0])


def became_public(at: datetime, entry: Data) -> datetime:
    """When an update could first be read."""
    return instant(entry.get("published")) or at


def is_public(data: Data, day: date) -> bool:
    """Whether anything of the record may be read on that day (the same question as `model.incident.is_public`)."""
    if data.get("record") == "embargoed":
        until = data.get("embargo", {}).get("until") if isinstance(data.get("embargo"), dict) else None
        return isinstance(until, str) and day.isoformat() > until
    return data.get("record") in ("published", "withdrawn")


def start(data: Data) -> datetime | None:
    """From when `+17m` counts: `clocks.started`, else the earliest time of the timeline."""
    clocks = data.get("clocks")
    started = instant(clocks.get("started")) if isinstance(clocks, dict) else None
    return started or min(_times(data), default=None)


def entered(before: frozenset[str], after: Data) -> list[str]:
    """The facets that the record is in now and was not before; none where the record cannot be read."""
    return sorted(found(after) - before)


def found(data: Data) -> frozenset[str]:
    """The facets that the record is in."""
    try:
        return facets(records.read(data))
    except ValueError:
        return frozenset()


def _times(data: Data) -> Iterator[datetime]:
    for each in items(data, "timeline"):
        at = instant(each.get("at"))
        if at is not None:
            yield at


def _before(key: str) -> tuple[str, ...] | None:
    keys = order()
    return keys[: keys.index(key)] if key in keys else None
