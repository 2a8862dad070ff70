"""What every kind of feed must offer, and the values they share: bytes in, events out.

An adapter is a module that satisfies `Adapter`; it knows one vendor's field names and nothing of HTTP or of records.
`sources.table` lists them all.
"""

import hashlib
from datetime import datetime
from typing import Protocol

import msgspec

from postmortem.errors import PostmortemError
from postmortem.model.event import Component, Event


class NotUnderstoodError(PostmortemError):
    """An answer that is not of the shape that the adapter reads: one clear line, without the answer's own text."""


class Wanted(msgspec.Struct, frozen=True):
    """One document of a source. Without a needed one there is no answer at all; another may be missing."""

    url: str
    needed: bool = True


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What was understood of a document. Every incident in it is either in `events` or has a line in `skipped`
    (its id and the reason), so that nothing is lost without a word. `components` is the page's own list of what it
    watches, where the document holds one.
    """

    events: tuple[Event, ...] = ()
    skipped: tuple[str, ...] = ()
    components: tuple[Component, ...] = ()


class Adapter(Protocol):
    """A module that reads one kind of feed."""

    KIND: str
    """The word for it in settings and commands."""

    def documents(self, url: str) -> tuple[Wanted, ...]:
        """The addresses to ask for, given the address of the page, or of the document itself."""

    def recognises(self, content: bytes) -> bool:
        """Whether the bytes look like a document of this kind; never raises, never reads more than it needs."""

    def parse(self, content: bytes, source: str, url: str) -> Answer:
        """The events in one document; `source` is the id to put on them, `url` what relative links are relative to.

        Errors: `NotUnderstoodError` and no other, whatever the bytes are; one bad incident is skipped, not fatal.
        """


def digest(at: datetime, status: str) -> str:
    """A key for an update to which the vendor gave none: the same for the same time and status on every run."""
    return hashlib.sha256(f"{at.isoformat()} {status}".encode()).hexdigest()[:12]
