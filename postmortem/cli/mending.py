"""`lint --fix` and `lint --diff`: files and what may be mended in; new files, or the differences as text, out.

The ledger is extended along with them: what a record without errors shows to readers is promised from then on.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import click
import msgspec

from postmortem.cli import options, telling
from postmortem.corpus import ledger, write
from postmortem.corpus.files import RecordFile
from postmortem.corpus.schema_place import schema
from postmortem.corpus.turns import turn
from postmortem.errors import UnreadableError
from postmortem.lint.mend import mended
from postmortem.lint.promises import beginning, is_late, newest
from postmortem.lint.run import examine
from postmortem.model.record import Record
from postmortem.model.settings import Settings
from postmortem.report.difference import painted
from postmortem.yamldoc.edit import unified

_UNPROMISED = "PM709"


class Bench(msgspec.Struct, frozen=True, kw_only=True):
    """Which files are to be mended, by which settings and day, and which codes are selected."""

    files: Sequence[RecordFile]
    base: Path
    settings: Settings
    as_of: date
    takes: Callable[[str], bool]


def show(bench: Bench) -> int:
    """Print what mending would change, and change nothing; 1 if that is anything, as for every check."""
    text = "".join(
        unified(old.decode("utf-8-sig", "replace"), new.decode("utf-8-sig", "replace"), telling.here(bench.base, path))
        for path, old, new in _changes(bench)
    )
    options.write(painted(text, colour=options.colours(sys.stdout)))
    return 1 if text else 0


def mend(bench: Bench) -> int:
    """Write what changes, each file whole or not at all, and say so; always 0. Raises OutputRefusedError."""
    with turn(bench.base):
        for path, old, new in _changes(bench):
            target = bench.base / path
            write.write(target, new, old) if target.exists() else write.create(target, new)
            click.echo(f"mended {telling.here(bench.base, path)}", err=True)
    return 0


def _changes(bench: Bench) -> Iterator[tuple[str, bytes, bytes]]:
    """Path, old and new bytes of each file that changes, the ledger last."""
    path = bench.base / ledger.FILE_NAME
    promised = dict(ledger.read(path))
    since = newest(promised.values())
    inside = beginning(bench.settings.incidents)
    for file in bench.files:
        try:
            old = file.read()
        except OSError:
            continue  # told as a finding
        place = schema(bench.base, Path(file.path).parent, bench.settings)
        new = mended(old, file.name, place, bench.takes, promised)
        if new != old:
            yield file.name, old, new
        record = _sound(new, file.name, bench) if file.name.startswith(inside) else None
        promise = ledger.promise(record, bench.as_of) if record is not None else None
        if record is None or promise is None:
            continue
        held = promised.get(promise.id)
        if not is_late(held, record, promise, since):
            promised[promise.id] = promise if held is None else ledger.both(held, promise)
    if not bench.takes(_UNPROMISED):
        return
    old = _bytes(path)
    new = ledger.printed(promised)
    if new != old:
        yield ledger.FILE_NAME, old, new


def _sound(content: bytes, path: str, bench: Bench) -> Record | None:
    examined = examine(content, path, bench.settings, bench.as_of)
    return None if any(each.weight == "error" for each in examined.findings) else examined.record


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.exists() else b""
    except OSError as error:
        raise UnreadableError(f"{path}: the ledger cannot be read ({error.strerror}); mend its permissions") from error
