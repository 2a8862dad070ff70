"""What several adapters do with what they found: answers of single incidents in, one answer out; keys for updates that
have none. It knows no vendor.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from postmortem.model.event import Component
from postmortem.sources.adapter import Answer, digest


def joined(answers: Iterable[Answer], components: tuple[Component, ...] = ()) -> Answer:
    """The answers of single incidents as the answer of their document."""
    every = tuple(answers)
    return Answer(
        events=tuple(event for each in every for event in each.events),
        skipped=tuple(why for each in every for why in each.skipped),
        components=components + tuple(component for each in every for component in each.components),
    )


def without(name: str, position: int, why: str) -> Answer:
    """The answer for one incident that could not be taken: its id, or where it stands, and the reason."""
    return Answer(skipped=(f"{name or f'number {position + 1}'}: {why}",))


def keys(said: Iterable[tuple[datetime, str]]) -> Iterator[str]:
    """Keys for the updates of one incident to which the vendor gave none, from the oldest to the newest: a digest of
    time and status, numbered from the second of the same minute and status on. A later update changes no key.
    """
    seen: dict[str, int] = {}
    for at, status in said:
        made = digest(at, status)
        seen[made] = count = seen.get(made, 0) + 1
        yield made if count == 1 else f"{made}-{count}"
