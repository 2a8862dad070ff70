"""What `enrich` does to files: records and what sources said in; for each file its new bytes and what a person should
hear out. Looking happens in several processes, writing here, one whole file after the other.

A record with errors is left alone, and so is one in which the change itself would make one.
"""

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from postmortem.cli import blocking
from postmortem.cli.desk import Desk
from postmortem.corpus import ledger, write
from postmortem.corpus.decode import Decoded, decode
from postmortem.corpus.files import RecordFile
from postmortem.corpus.ledger import Ledger, Promise
from postmortem.enrich import match, upstream
from postmortem.enrich.manner import Manner, Terms
from postmortem.enrich.match import Known, One, Reach
from postmortem.enrich.naming import ADDRESS
from postmortem.enrich.plan import Plan, plan
from postmortem.enrich.writing import before
from postmortem.errors import ProofError
from postmortem.lint import ignores
from postmortem.lint.run import examine, judge
from postmortem.model import record as records
from postmortem.model.edit import Append, Edit, Put
from postmortem.model.event import Told
from postmortem.model.finding import Finding
from postmortem.model.record import Record
from postmortem.model.vocabulary import Kind
from postmortem.schema.check import check
from postmortem.yamldoc.document import Document
from postmortem.yamldoc.edit import applied
from postmortem.yamldoc.source import encoded


class Bench(msgspec.Struct, frozen=True, kw_only=True):
    """What is the same for every record: what was told, by incident; which time
    each answer reaches over, and to when each source said everything; how
    each source is taken; what was ever promised. `only` are the names of the records that may change, None for all.
    """

    desk: Desk
    told: Mapping[One, Told]
    reach: Mapping[tuple[str, Kind], Reach]
    until: Mapping[str, datetime]
    manners: Mapping[str, Manner]
    promised: Ledger
    only: frozenset[str] | None = None


class Looked(msgspec.Struct, frozen=True, kw_only=True):
    """One file. `known` is None where it is no valid record; `new` is None where nothing is to be added. `promise` is
    what readers of the record may count on, where the ledger does not have it yet.
    """

    name: str
    known: Known | None = None
    old: bytes = b""
    new: bytes | None = None
    done: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    refused: str = ""
    promise: Promise | None = None


def look(file: RecordFile, bench: Bench, also: Sequence[Told] = ()) -> Looked:
    """One record; `also` are incidents that it is to track from now on."""
    try:
        old = file.read()
    except OSError as error:
        return Looked(name=file.name, refused=f"cannot be read ({error.strerror}); mend its permissions")
    decoded = decode(old, file.name)
    record, document = decoded.record, decoded.document
    if record is None or document is None:
        return Looked(name=file.name, refused="is no valid record; run postmortem lint on it and mend it")
    known = match.known(record, file.name)
    told = [*(bench.told[one] for one in known.tracked if one in bench.told), *also]
    if bench.only is not None and file.name not in bench.only:
        return Looked(name=file.name, known=known)
    gone = upstream.vanished(record, bench.told, bench.reach)
    looked = Looked(name=file.name, known=known, old=old, reports=tuple(gone))
    return _planned(looked, record, document, told, bench, also) if told else looked


def tracking(told: Told) -> dict[str, str]:
    """How a record names an incident, and what the source called it."""
    head = told.head
    title = " ".join(head.title.split())[:300]
    named = {"source": told.source, "incident": told.incident, "title": title, "severity": head.impact_word[:160]}
    named["url"] = head.url if ADDRESS.fullmatch(head.url) else ""
    return {key: value for key, value in named.items() if value}


def _planned(  # noqa: PLR0913, PLR0917 - one file, what it says, and what was told of it
    looked: Looked, record: Record, document: Document, told: list[Told], bench: Bench, also: Sequence[Told]
) -> Looked:
    promise = bench.promised.get(record.id)
    taken = frozenset(promise.entries if promise else ())
    terms = Terms(now=bench.desk.now, manners=bench.manners, taken=taken, until=bench.until)
    made = plan(record, told, terms)
    made = msgspec.structs.replace(made, edits=(*made.edits, *_tracked(record, also)))
    looked = msgspec.structs.replace(looked, reports=(*looked.reports, *made.reports))
    if not made.edits:
        return msgspec.structs.replace(looked, promise=_owed(record, bench))
    try:
        after = applied(document, made.edits)
    except ProofError as error:
        return msgspec.structs.replace(looked, refused=str(error))
    return _judged(looked, document, after, made, bench)


def _judged(looked: Looked, before: Document, after: Document, made: Plan, bench: Bench) -> Looked:
    """The change, unless it brings an error in that was not there before."""
    new, day = encoded(after.text, looked.old), bench.desk.now.date()
    record = _sound(before, after, made.edits, bench)
    if record is None:
        decoded = decode(new, looked.name)
        fresh, record = _fresh(looked, new, decoded, bench), decoded.record
        if fresh is not None:
            said = f"{fresh.code} {fresh.message}"
            return msgspec.structs.replace(looked, refused=f"was left as it is: adding to it would be wrong ({said})")
    promise = ledger.promise(record, day) if record is not None else None
    return msgspec.structs.replace(looked, new=new, done=made.done or ("tracking",), promise=promise)


def _sound(before: Document, after: Document, edits: Sequence[Edit], bench: Bench) -> Record | None:
    """The record where there is no error at all that edits can make, so that nothing has to be compared: true of nearly
    every one. The comments are those of before, and so are the texts that none of them brought in.
    """
    if ignores.read(before)[1] or check(after.data, "incident"):
        return None
    record = records.read(after.data)
    return record if blocking.is_sound(record, edits, bench.desk.settings, bench.desk.now.date()) else None


def _fresh(looked: Looked, new: bytes, decoded: Decoded, bench: Bench) -> Finding | None:
    """The first error that was not there before."""
    day, settings = bench.desk.now.date(), bench.desk.settings
    found = judge(decoded, new, looked.name, settings, day).findings
    wrong = [each for each in found if each.weight == "error"]
    there = Counter((each.code, each.message) for each in examine(looked.old, looked.name, settings, day).findings)
    there.subtract(Counter((each.code, each.message) for each in wrong))
    return next((each for each in wrong if there[each.code, each.message] < 0), None)


def _owed(record: Record, bench: Bench) -> Promise | None:
    """What a run that was killed has written and not promised: entries of sources that the ledger does not have."""
    held = bench.promised.get(record.id)
    ours = {each.id for each in record.timeline if each.origin is not None}
    if held is None or ours <= held.entries.keys():
        return None
    return ledger.promise(record, bench.desk.now.date())


def _tracked(record: Record, also: Sequence[Told]) -> tuple[Edit, ...]:
    rows = [tracking(each) for each in also]
    if record.tracking or not rows:
        return tuple(Append(("tracking",), row) for row in rows)
    return (Put(("tracking",), rows, before("tracking")),)


def carry_out(looked: Sequence[Looked], places: Mapping[str, RecordFile], bench: Bench) -> list[Looked]:
    """Write what changes, each file whole or not at all; many wait for the disk at the same time, and all outlast a
    stop of the machine in the end. Raises OutputRefusedError.
    """
    changed = [each for each in looked if each.new is not None]
    done: dict[str, Looked] = {}
    try:
        for first in range(0, len(changed), write.AT_ONCE):
            done |= _written(changed[first : first + write.AT_ONCE], places, bench)
        return [done.get(each.name, each) for each in looked]
    finally:
        write.settle(map(Path, {os.path.dirname(places[each.name].path) for each in changed}))  # noqa: PTH120 - hundreds


def _written(some: Sequence[Looked], places: Mapping[str, RecordFile], bench: Bench) -> dict[str, Looked]:
    """Several files; one that somebody saved in between is looked at again, and what comes of that is written."""
    done: dict[str, Looked] = {}
    for each, refusal in zip(some, write.write_several(_changes(some, places)), strict=True):
        file = places[each.name]
        if refusal is None:
            done[each.name] = each
            continue
        if file.read() == each.old:
            raise refusal
        again = look(file, bench)
        for late in write.write_several(_changes([again], places)):
            if late is not None:
                raise late
        done[each.name] = again
    return done


def _changes(some: Sequence[Looked], places: Mapping[str, RecordFile]) -> list[tuple[Path, bytes, bytes]]:
    return [(Path(places[each.name].path), each.new, each.old) for each in some if each.new is not None]
