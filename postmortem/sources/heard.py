"""What listening to one source came to, as a value: its state, when and from where the answer is, and what it says.

"Could not read" is never "no incidents": whoever looks at `events` looks at `state` first.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

import msgspec

from postmortem.model.event import Component, Event, Told, gather

State = Literal["ok", "stale", "unreadable", "blocked", "down"]
"""`stale`: older than expected, or kept from before because there is no newer one. The last three have no answer."""

ANSWERED: frozenset[State] = frozenset({"ok", "stale"})


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """One source. `kind` is that of its documents, joined by "and" where a folder holds several; `at` is when the
    answer was had (None where that is not known), `sha256` of the bytes of all documents in their order, `address`
    where they are from. `reason` says why it is not ok.
    """

    source: str
    kind: str
    state: State
    address: str
    reason: str = ""
    at: datetime | None = None
    sha256: str = ""
    events: tuple[Event, ...] = ()
    components: tuple[Component, ...] = ()
    skipped: tuple[str, ...] = ()

    @property
    def answered(self) -> bool:
        """Whether there is an answer at all."""
        return self.state in ANSWERED


def told(heard: Iterable[Heard]) -> tuple[Told, ...]:
    """What all sources that answered said, by incident."""
    return gather(event for each in heard if each.answered for event in each.events)


def age(heard: Heard, now: datetime) -> str:
    """How old the answer is, as people say it: `40 s`, `12 min`, `3 h`, `5 days`."""
    if heard.at is None:
        return ""
    seconds = max(0, int((now - heard.at).total_seconds()))
    for unit, size in (("days", 86_400), ("h", 3600), ("min", 60)):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def line(heard: Heard, now: datetime) -> str:
    """The state in one line."""
    said = f"{heard.source}: {heard.state}"
    if heard.answered:
        incidents = len({event.incident for event in heard.events})
        said += f", {heard.kind}, {_counted(incidents, 'incident')} in {_counted(len(heard.events), 'update')}"
        said += f" from {heard.address}"
        said += f", {age(heard, now)} old" if heard.at is not None and heard.state == "stale" else ""
    else:
        said += f", {heard.address}"
    reason = heard.reason.removeprefix(f"{heard.address}: ")
    return f"{said} ({reason})" if reason else said
