"""The ledger: what was ever promised. `ledger.jsonl` beside the settings in, promises out, and back; knows no feed.

One line of JSON for each record that was ever public, sorted by id: its former ids, the oldest first, its state, the
facets it was in, and the ids of its entries with the dates under which readers saw them first. A line only ever grows:
an id or a date that readers have seen stays here, whatever becomes of the file.
"""

import hashlib
from datetime import date
from pathlib import Path
from typing import Final

import msgspec

from postmortem.corpus import write
from postmortem.corpus.turns import turn
from postmortem.errors import UnreadableError
from postmortem.model.announcement import CLOSED, resolution
from postmortem.model.derived import became_public, impacts, told_done
from postmortem.model.facts import Facts
from postmortem.model.incident import public_facts
from postmortem.model.moment import rfc3339
from postmortem.model.record import Record
from postmortem.model.vocabulary import SEVERITIES

FILE_NAME: Final = "ledger.jsonl"


class Promise(msgspec.Struct, frozen=True, kw_only=True):
    """One line. `entries` maps u, n, a and r ids, and `closed`, to when they became public (RFC 3339)."""

    id: str
    former_ids: tuple[str, ...] = ()
    state: str
    facets: tuple[str, ...] = ()
    entries: dict[str, str]

    @property
    def first_id(self) -> str:
        """The id under which readers know its entries (`Facts.first_id`)."""
        return self.former_ids[0] if self.former_ids else self.id


Ledger = dict[str, Promise]
"""The promises by the ids of their records."""


def promise(record: Record, as_of: date) -> Promise | None:
    """What a record promises to readers on that day; None where nothing of it is public."""
    incident = public_facts(record, as_of)
    if incident is None:
        return None
    dated = {each.id: became_public(each).instant for each in incident.timeline}
    dated |= {each.id: done for each in incident.actions if (done := told_done(incident, each)) is not None}
    dated |= {f"r{each.number}": each.at.instant for each in incident.revisions}
    ended = resolution(incident)
    if ended is not None:
        dated[CLOSED] = ended
    return Promise(
        id=record.id,
        former_ids=record.former_ids,
        state=record.record,
        facets=tuple(sorted(facets(incident))),
        entries={name: rfc3339(dated[name]) for name in sorted(dated)},
    )


def digest(promised: Promise | None) -> bytes:
    """What tells a promise from every other, by the line it makes; empty for none."""
    return b"" if promised is None else line_digest(msgspec.json.encode(promised))


def line_digest(line: bytes) -> bytes:
    """The same of a line as it stands in the file, without taking it apart."""
    return hashlib.blake2b(line, digest_size=16).digest()


def facets(facts: Facts) -> frozenset[str]:
    """Every facet with a feed of its own that the incident is in, as `adds` names them. A severity's is "this or
    worse", so that a critical incident is in all four.
    """
    hit = [(name, each) for name, each in impacts(facts) if each.state == "affected"]
    named = {model for _, each in hit if not isinstance(each.models, str) for model in each.models}
    named |= {model for _, each in hit for window in each.windows for model in window.models}
    providers = (facts.provider,) if isinstance(facts.provider, str) else facts.provider
    worst = SEVERITIES.index(facts.severity)
    return frozenset(
        {f"impact/{name}" for name, _ in hit}
        | {f"model/{each}" for each in named}
        | {f"provider/{each}" for each in providers}
        | {f"service/{each}" for each in facts.services}
        | {f"severity/{each}" for each in SEVERITIES[: worst + 1]}
    )


def read(path: Path) -> Ledger:
    """The ledger; empty where there is none. Raises UnreadableError naming the line that is none."""
    return _parsed(_bytes(path), path)


def lines(path: Path) -> tuple[bytes, ...] | None:
    """The file as it stands, for whoever takes apart only some of it; None where there is none."""
    return tuple(_bytes(path).splitlines()) if path.exists() else None


def parsed(line: bytes, place: str) -> Promise:
    """One line. Raises UnreadableError naming the place."""
    try:
        return _DECODER.decode(line)
    except msgspec.DecodeError as error:
        merge = line.startswith((b"<<<<<<<", b"=======", b">>>>>>>"))
        found = "a mark of a merge stands here" if merge else f"this is no line of a ledger ({error})"
        step = "keep the lines of both sides and delete the marks" if merge else "restore it from git: lines only grow"
        message = f"{place}: {found}; {step}"
        raise UnreadableError(message) from error


def extended(ledger: Ledger, *new: Promise) -> Ledger:
    """The ledger with more promises: what it held of their records before stays, and no date moves."""
    held = dict(ledger)
    for each in new:
        old = held.get(each.id)
        held[each.id] = each if old is None else both(old, each)
    return held


def both(old: Promise, new: Promise) -> Promise:
    """Everything that either promised; the older one's first id and dates, the newer one's state."""
    entries = new.entries | old.entries
    ids = dict.fromkeys((old.first_id, *old.former_ids, *new.former_ids))
    return msgspec.structs.replace(
        new,
        former_ids=tuple(ids) if len(ids) > 1 or old.first_id != old.id else (),
        facets=tuple(sorted({*old.facets, *new.facets})),
        entries={name: entries[name] for name in sorted(entries)},
    )


def extend(path: Path, *new: Promise) -> bool:
    """Write more promises into the file, whole or not at all; whether it had to be written.

    Those who do so at once take turns. Raises OutputRefusedError, UnreadableError.
    """
    with turn(path.parent):
        old = _bytes(path)
        content = printed(extended(_parsed(old, path), *new))
        if content == old:
            return False
        if path.is_symlink() or path.exists():
            write.write(path, content, old)
        else:
            write.create(path, content)
    return True


def printed(ledger: Ledger) -> bytes:
    """The bytes of the file."""
    return b"".join(msgspec.json.encode(ledger[id_]) + b"\n" for id_ in sorted(ledger))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise UnreadableError(f"{path}: the ledger cannot be read ({error.strerror}); mend its permissions") from error


def _parsed(content: bytes, path: Path) -> Ledger:
    each = (parsed(line, f"{path}:{number}") for number, line in enumerate(content.splitlines(), 1))
    return extended({}, *each)  # two branches that were merged leave two lines of one record


_DECODER: Final = msgspec.json.Decoder(Promise)
