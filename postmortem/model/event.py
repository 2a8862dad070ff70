"""What a status feed said, as values: one `Event` for each thing that was said, and all of one incident together as
`Told`. It knows no vendor's field names, no HTTP and no record.

Order and repeats do not matter: `gather` gives the same for the same events, however they came. Nothing is guessed: a
word that is none of ours is `unknown`, with the vendor's own word kept beside it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cached_property
from typing import Literal

import msgspec

from postmortem.model.vocabulary import ComponentState, Kind, Severity, Status

SaidStatus = Status | Literal["postmortem", "unknown"]
"""Our word for the status, `postmortem` for an update that is the published postmortem, `unknown` for no word of ours
or none at all."""

SaidImpact = Severity | Literal["unknown"]
"""Our word for how bad the page called it; maintenance is no impact and reads `none`."""


class Component(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """One component that the source named, and the states it was shown in. A state that the source did not give is
    None; a state in a word that is none of ours is `unknown`, and `word` holds it.
    """

    name: str
    id: str | None = None
    group: str | None = None
    old: ComponentState | None = None
    new: ComponentState | None = None
    word: str = ""


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a source said about one incident, with what it called the incident when it was read.

    All times are aware and in UTC. `incident` is the vendor's id, `update` the vendor's id of the update, else a
    digest of time and status (`sources.adapter.digest`). `components` are those of this update, with what they were
    then; `listed` those of the incident, with what they are now. `opened` and `closed` are when the page was opened
    and closed, which says nothing about when the impact began. `posted` is when the update was written, where that is
    told apart from `at`, the time it shows (pages are filled in afterwards). `edited` is when the update was last
    changed, `modified` when anything about the incident was.
    """

    source: str
    incident: str
    update: str
    at: datetime
    kind: Kind = "incident"
    title: str = ""
    url: str = ""
    status: SaidStatus = "unknown"
    status_word: str = ""
    impact: SaidImpact = "unknown"
    impact_word: str = ""
    components: tuple[Component, ...] = ()
    listed: tuple[Component, ...] = ()
    text: str = ""
    opened: datetime | None = None
    closed: datetime | None = None
    scheduled_start: datetime | None = None
    scheduled_end: datetime | None = None
    posted: datetime | None = None
    edited: datetime | None = None
    modified: datetime | None = None


class Told(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """All that one source said about one incident: its events by time, each update once, in its newest wording."""

    events: tuple[Event, ...]

    @cached_property
    def head(self) -> Event:
        """The event whose words for the incident itself (title, impact, kind, opened, closed, listed) are the newest
        that were read.
        """
        newest = max(map(_times, self.events))
        those = [each for each in self.events if _times(each) == newest]
        return those[0] if len(those) == 1 else max(those, key=msgspec.json.encode)

    @property
    def source(self) -> str:
        """The id of the source."""
        return self.events[0].source

    @property
    def incident(self) -> str:
        """The vendor's id."""
        return self.events[0].incident


def gather(events: Iterable[Event]) -> tuple[Told, ...]:
    """Events of any number of answers as incidents, sorted by (first event, source, id); each update once, in its
    newest wording. What only an older reading has (a text, components) is kept: an answer that leaves them out, as one
    API of two may, does not unsay them.
    """
    found: dict[tuple[str, str], dict[str, list[Event]]] = {}
    for each in events:
        found.setdefault((each.source, each.incident), {}).setdefault(each.update, []).append(each)
    told = [Told(events=tuple(sorted(map(_once, updates.values()), key=_by_time))) for updates in found.values()]
    return tuple(sorted(told, key=lambda each: (_by_time(each.events[0]), each.source, each.incident)))


def _once(readings: Sequence[Event]) -> Event:
    """One update of all its readings."""
    if len(readings) == 1:
        return readings[0]
    in_order = sorted(readings, key=_newest, reverse=True)
    text = next((each.text for each in in_order if each.text), "")
    components = next((each.components for each in in_order if each.components), ())
    listed = next((each.listed for each in in_order if each.listed), ())
    return msgspec.structs.replace(in_order[0], text=text, components=components, listed=listed)


def named(told: Told) -> tuple[Component, ...]:
    """Every component that the incident ever named, each once, without states, by name."""
    seen = [each for event in told.events for each in (*event.components, *event.listed)]
    bare = {Component(name=each.name, id=each.id, group=each.group) for each in seen}
    return tuple(sorted(bare, key=lambda each: (each.name, each.id or "", each.group or "")))


def _by_time(event: Event) -> tuple[datetime, str]:
    return event.at, event.update


def _newest(event: Event) -> tuple[tuple[datetime, datetime, datetime], bytes]:
    """A total order, so that no order of reading can change what is taken."""
    return _times(event), msgspec.json.encode(event)


def _times(event: Event) -> tuple[datetime, datetime, datetime]:
    return event.modified or event.edited or event.at, event.edited or event.at, event.at
