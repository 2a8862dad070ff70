"""What other records need to know of a record, and no more: small enough that ten thousand of them can be compared.
Record in, Header out.
"""

from datetime import date, timedelta

import msgspec

from postmortem.model.finding import Pointer
from postmortem.model.incident import is_public
from postmortem.model.record import Record
from postmortem.model.vocabulary import RecordState, Relation


class Link(msgspec.Struct, frozen=True):
    """A place in a record that names another record by its id, and what it says of it."""

    pointer: Pointer
    id: str
    relation: Relation | None = None


class Tracked(msgspec.Struct, frozen=True):
    """A place in a record that names a source's incident."""

    pointer: Pointer
    source: str
    incident: str


class Header(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """One record as the rest of the corpus sees it. `path` is the file's name as findings print it.

    `public_from` is the first day whose builds show it: the as-of date for what is public already, None for a draft.
    `promise` tells what it promises to readers from what it promised before (`corpus.ledger`); empty if nothing.
    """

    path: str
    id: str
    former_ids: tuple[str, ...]
    record: RecordState
    public_from: date | None
    links: tuple[Link, ...]
    tracked: tuple[Tracked, ...]
    promise: bytes = b""


def header(record: Record, path: str, as_of: date) -> Header:
    """Reduce a record to what rules about several records look at."""
    return Header(
        path=path,
        id=record.id,
        former_ids=record.former_ids,
        record=record.record,
        public_from=_public_from(record, as_of),
        links=_links(record),
        tracked=tuple(
            Tracked(("tracking", index), each.source, each.incident) for index, each in enumerate(record.tracking)
        ),
    )


def _public_from(record: Record, as_of: date) -> date | None:
    if is_public(record, as_of):
        return as_of
    return None if record.embargo is None else record.embargo.until + timedelta(days=1)


def _links(record: Record) -> tuple[Link, ...]:
    links = [
        Link(("related", index, "id"), each.id, each.relation) for index, each in enumerate(record.related) if each.id
    ]
    if record.withdrawn is not None and record.withdrawn.replaced_by is not None:
        links.append(Link(("withdrawn", "replaced_by"), record.withdrawn.replaced_by))
    return tuple(links)
