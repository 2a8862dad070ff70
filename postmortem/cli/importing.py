"""What `import` does: incidents that a source told in, whole files out, one for each that has none. Whatever is wrong
with a new record by the rules' judgement is taken out of it before it is written: an import never brings an error in.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path

import msgspec

from postmortem.cli import blocking
from postmortem.cli.desk import Desk
from postmortem.cli.imported import Found
from postmortem.corpus import files, ledger, write
from postmortem.corpus.ledger import Promise
from postmortem.corpus.schema_place import schema
from postmortem.enrich import naming
from postmortem.enrich.classify import claims
from postmortem.enrich.mirror import Made, Mirror, mirror
from postmortem.enrich.paper import text
from postmortem.enrich.withhold import withhold
from postmortem.model import record as records
from postmortem.model.event import Told, named
from postmortem.model.finding import printed
from postmortem.model.record import Record
from postmortem.model.settings import Settings
from postmortem.schema.check import check

_TRIES = 8
_LONGER = 8


class Bench(msgspec.Struct, frozen=True):
    """What is the same for every incident; files go into a folder of their year below `into`."""

    desk: Desk
    how: Mirror
    into: Path


class Paper(msgspec.Struct, frozen=True):
    """One file to be: its name for messages, where it goes, its bytes, what was left out, what readers are promised."""

    name: str
    path: Path
    content: bytes
    notes: tuple[str, ...]
    promise: Promise | None


class Skipped(msgspec.Struct, frozen=True):
    """An incident for which there is no file, and why."""

    incident: str
    why: str


def papers(told: Iterable[Told], bench: Bench, found: Found) -> Iterator[Paper | Skipped]:
    """The files for the incidents that have no record yet, one after the other."""
    taken = Counter(found.taken)
    place = cache(lambda folder: schema(bench.desk.base, folder, bench.desk.settings))
    home = (bench.desk.base / bench.desk.settings.incidents).resolve()
    ours = bench.how.record != "draft" and bench.into.resolve().is_relative_to(home)
    for each in told:
        if found.has(each.source, naming.key(each.incident)):
            continue
        sound = _made(each, bench, taken)
        if isinstance(sound, str):
            yield Skipped(each.incident, sound)
            continue
        made, record = sound
        taken[made.data["id"]] += 1
        folder = bench.into / made.data["id"][:4]
        path = folder / f"{made.data['id']}.yaml"
        content = text(made, place(folder)).encode()
        promise = ledger.promise(record, bench.how.now.date()) if ours else None
        yield Paper(files.name(path, bench.desk.base), path, content, made.notes, promise)


def put(made: Iterable[Paper | Skipped]) -> Iterator[Paper | Skipped]:
    """Write the files, each whole or not at all, and give back what is done, in order; once nothing follows, or nobody
    asks for more, it outlasts a stop of the machine. Raises OutputRefusedError.

    Many wait for the disk at the same time: that each is durable before it counts is most of what an import costs.
    """
    folders: set[Path] = set()
    rest = iter(made)
    try:
        while some := list(islice(rest, write.AT_ONCE)):
            folders |= {each.path.parent for each in some if isinstance(each, Paper)}
            files = [(each.path, each.content) for each in some if isinstance(each, Paper)]
            refusals = iter(write.create_several(files))
            for each in some:
                refusal = next(refusals) if isinstance(each, Paper) else None
                if refusal is not None:
                    raise refusal
                yield each
    finally:
        write.settle(folders)


Sound = tuple[Made, Record]
"""What was made, and the valid record that it is."""


def _made(told: Told, bench: Bench, taken: Mapping[str, int]) -> Sound | str:
    """The record under an id that is free, or why there is none."""
    id_ = ""
    known = {bench.how.manner.service_of(each) for each in named(told)}
    hit = sorted(each for each in known if each is not None)
    concluded = claims(told, bench.desk.settings, hit)
    for longer in (0, _LONGER):
        made = _sound(mirror(told, bench.how, concluded, longer), bench.desk.settings, bench.how.now.date())
        if isinstance(made, str):
            return made
        id_ = made[1].id
        if not taken.get(id_):
            return made
    return f"its id is taken: {id_}"


def _sound(made: Made | str, settings: Settings, day: date) -> Sound | str:
    """The record without what is wrong in it, or why that cannot be."""
    why = ""
    for _ in range(_TRIES):
        if isinstance(made, str):
            return made
        problems = check(made.data, "incident")
        wrong = [(each.pointer, each.code) for each in problems]
        if not problems:
            record = records.read(made.data)
            said = blocking.wrong(record, settings, day)
            wrong = list(dict.fromkeys((each.pointer, f"{rule.code} {rule.slug}") for rule, each in said))
            if not wrong:
                return made, record
        without, why = withhold(made, wrong), f"no record can be made of it: {wrong[0][1]} at {printed(wrong[0][0])}"
        if without.data == made.data:
            break
        made = without
    return why
