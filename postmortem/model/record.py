"""The record: everything the YAML file says, private parts included. Plain data (already held against the schema)
in, a `Record` out.

Nothing outside `corpus`, `lint`, `enrich` and `authoring` may hold one: pages, feeds and API take the `Incident`
behind the wall.
"""

from datetime import date
from typing import Any

import msgspec

from postmortem.model.claims import Claim, Entry
from postmortem.model.facts import Facts
from postmortem.model.moment import Bound, Moment, read_bound, read_moment
from postmortem.model.vocabulary import RecordState


class RecordEntry(Entry, frozen=True, kw_only=True):
    """A timeline entry as the file has it: `public: false` keeps it inside."""

    public: bool = True


class Embargo(Claim, frozen=True, kw_only=True):
    """The record opens on builds dated after `until`."""

    until: date


class Record(Facts, frozen=True, kw_only=True):
    """One YAML file, whole. `internal` is free and never leaves."""

    record: RecordState
    embargo: Embargo | None = None
    timeline: tuple[RecordEntry, ...]
    internal: dict[str, Any] = msgspec.field(default_factory=dict)


def read(data: object) -> Record:
    """Turn data that the schema accepts into a Record. Raises ValueError (`msgspec.ValidationError`) where model and
    schema disagree.
    """
    return msgspec.convert(data, Record, dec_hook=_decode)


def _decode(kind: type, value: object) -> object:
    if kind is Moment:
        return read_moment(value)
    if kind is Bound:
        return read_bound(value)
    message = f"no way to read {kind}"
    raise NotImplementedError(message)
