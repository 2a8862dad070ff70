"""What `import` does: incidents that a source told in, whole files out, one for each that has none. Whatever is wrong
with a new record by the rules' judgement is taken out of it before it is written: an import never brings an error in.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path

import msgspec

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
from postmortem.lint.rules import RECORD_RULES
from postmortem.model import record as records
from postmortem.model.event import Told, named
from postmortem.model.finding import Pointer, printed
from postmortem.model.settings import Settings
from postmortem.schema.check import check

_TRIES = 8
_LONGER = 8
_BLOCKING = tuple(rule for rule in RECORD_RULES if rule.weight == "error")


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
    place = cache(lambda folder: schema(bench.desk.base, folder))
    for each in told:
        if found.has(each.source, naming.key(each.incident)):
            continue
        made = _made(each, bench, taken)
        if isinstance(made, str):
            yield Skipped(each.incident, made)
            continue
        taken[made.data["id"]] += 1
        folder = bench.into / made.data["id"][:4]
        path = folder / f"{made.data['id']}.yaml"
        content = text(made, place(folder)).encode()
        yield Paper(files.name(path, bench.desk.base), path, content, made.notes, _promise(made, path, bench))


def _promise(made: Made, path: Path, bench: Bench) -> Promise | None:
    """What readers may count on; a record that lies elsewhere than the site's own promises nothing."""
    home = (bench.desk.base / bench.desk.settings.incidents).resolve()
    if made.data["record"] == "draft" or not path.resolve().is_relative_to(home):
        return None
    return ledger.promise(records.read(made.data), bench.how.now.date())


def put(paper: Paper) -> None:
    """Write the file, whole or not at all. Raises OutputRefusedError."""
    write.create(paper.path, paper.content)


def _made(told: Told, bench: Bench, taken: Mapping[str, int]) -> Made | str:
    """The record under an id that is free, or why there is none."""
    made: Made | str = ""
    hit = sorted({id_ for each in named(told) if (id_ := bench.how.manner.service_of(each)) is not None})
    concluded = claims(told, bench.desk.settings, hit)
    for longer in (0, _LONGER):
        made = _sound(mirror(told, bench.how, concluded, longer), bench.desk.settings, bench.how.now.date())
        if isinstance(made, str) or not taken.get(made.data["id"]):
            return made
    return f"its id is taken: {made.data['id']}" if isinstance(made, Made) else made


def _sound(made: Made | str, settings: Settings, day: date) -> Made | str:
    """The record without what is wrong in it, or why that cannot be."""
    why = ""
    for _ in range(_TRIES):
        if isinstance(made, str):
            return made
        wrong = list(dict.fromkeys(_wrong(made, settings, day)))
        if not wrong:
            return made
        without, why = withhold(made, wrong), f"no record can be made of it: {wrong[0][1]} at {printed(wrong[0][0])}"
        if without.data == made.data:
            break
        made = without
    return why


def _wrong(made: Made, settings: Settings, day: date) -> Iterator[tuple[Pointer, str]]:
    problems = check(made.data, "incident")
    yield from ((each.pointer, f"{each.code}") for each in problems)
    if problems:
        return
    record = records.read(made.data)
    for rule in _BLOCKING:
        yield from ((each.pointer, f"{rule.code} {rule.slug}") for each in rule.check(record, settings, day))
