"""Where the commands that write records work: the project, the clock, the ledger, and one way to change a file.

A plan from `authoring` in; a proven splice out, shown as a diff and judged by the rules before a byte is written. What
was wrong before does not stand in the way; what the edit itself would make wrong does.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import msgspec

from postmortem.authoring.wish import Plan, WishError
from postmortem.cli import options, telling
from postmortem.corpus import ledger, write
from postmortem.corpus import settings as settings_file
from postmortem.corpus.files import RecordFile, find
from postmortem.corpus.ledger import Promise
from postmortem.corpus.turns import turn
from postmortem.errors import OutputRefusedError, UnreadableError
from postmortem.lint.promises import is_late, newest
from postmortem.lint.run import examine
from postmortem.lint.suggest import meant
from postmortem.model.finding import Finding
from postmortem.model.record import Record
from postmortem.model.settings import Settings
from postmortem.report import text as report
from postmortem.report.outcome import Outcome
from postmortem.report.style import paint, safe
from postmortem.yamldoc.edit import rewrite, unified
from postmortem.yamldoc.loader import read

Planned = Callable[[dict[str, Any], Promise | None], Plan]
"""Makes a plan from what a file says and what was promised of it."""
_TRIES = 5


class Desk(msgspec.Struct, frozen=True):
    """The project: its settings, the folder they lie in, and when it is."""

    settings: Settings
    base: Path
    now: datetime

    @property
    def ledger(self) -> Path:
        """Where the ledger lies, or will."""
        return self.base / ledger.FILE_NAME


def desk(settings: Path | None) -> Desk:
    """Read the settings and the clock, once."""
    location = options.found(settings)
    return Desk(settings_file.load(location), location.resolve().parent, datetime.now(UTC))


def record(at: Desk, named: str) -> RecordFile:
    """The record of this id or at this path. Raises a usage error that says which one was probably meant."""
    files, _ = find(at.base / at.settings.incidents, at.base)
    target = Path(named).resolve()
    for file in files:
        if named == Path(file.name).stem or target == Path(file.path):
            return file
    hint = meant(Path(named).stem, [Path(each.name).stem for each in files])
    raise click.UsageError(f'there is no record "{named}"; {hint or "nor any other: begin one with postmortem new"}')


def change(at: Desk, file: RecordFile, planned: Planned, *, dry_run: bool) -> int:
    """Carry out a plan: prove it, judge it, write it, show it, and keep what it promises. Gives the exit code."""
    with turn(at.base):
        changed = _again(at, file, planned, dry_run=dry_run)
    if changed.wrong:
        return refuse(at, file.name, changed.new, changed.wrong)
    show(at, file.name, changed.old.decode("utf-8-sig"), changed.new.decode("utf-8-sig"))
    for note in changed.plan.notes:
        click.echo(note, err=True)
    finish(at, file.name, changed.new, changed.plan.done, dry_run=dry_run)
    return 0


class _Changed(msgspec.Struct, frozen=True):
    """A file before and after; with anything wrong it was not written."""

    plan: Plan
    old: bytes
    new: bytes
    wrong: tuple[Finding, ...]


def _again(at: Desk, file: RecordFile, planned: Planned, *, dry_run: bool) -> _Changed:
    """Once, or again on the new text if an editor saved the file in between."""
    for _ in range(_TRIES - 1):
        before = _bytes(file)
        try:
            return _change(at, file, planned, dry_run=dry_run)
        except OutputRefusedError:
            if _bytes(file) == before:
                raise
    return _change(at, file, planned, dry_run=dry_run)  # somebody keeps saving it: what is refused now is told


def _change(at: Desk, file: RecordFile, planned: Planned, *, dry_run: bool) -> _Changed:
    old = _bytes(file)
    document, findings = read(old, file.name)
    if document is None or findings:
        here = telling.here(at.base, file.name)
        raise UnreadableError(f"{here}: this is no YAML that can be edited; run postmortem lint {here} and mend it")
    try:
        plan = planned(document.data, ledger.read(at.ledger).get(str(document.data.get("id"))))
    except WishError as refusal:
        raise click.UsageError(str(refusal)) from refusal
    new = rewrite(old, file.name, plan.edits)
    wrong = tuple(_made_wrong(at, file.name, old, new))
    if not dry_run and not wrong:
        write.write(Path(file.path), new, old)
    return _Changed(plan, old, new, wrong)


def finish(at: Desk, name: str, new: bytes, done: str, *, dry_run: bool) -> None:
    """Keep in the ledger what the new text promises, then say what was done and what comes next."""
    here = telling.here(at.base, name)
    if dry_run:
        click.echo(f"{here}: {done}; nothing was written (--dry-run)", err=True)
        return
    examined = examine(new, name, at.settings, at.now.date())
    promise = ledger.promise(examined.record, at.now.date()) if examined.record is not None else None
    written = [here]
    late = promise is not None and _is_late(at, examined.record, promise)
    if promise is not None and not late:
        ledger.extend(at.ledger, promise)
        written.append(telling.here(at.base, ledger.FILE_NAME))
    if late:
        click.echo(f"{ledger.FILE_NAME} is left as it is, since it holds later entries of this record", err=True)
    wrong = [each for each in examined.findings if each.weight != "advice"]
    for each in wrong:
        click.echo(f"{each.weight}[{each.code}] {here}:{each.span.line}: {safe(each.message)}", err=True)
    step = f"git add {' '.join(written)}"
    if wrong or late or promise is None:
        step = "mend it" if wrong or late else "answer what is marked TODO"
        step += ", then postmortem lint"
    click.echo(f"{paint(here, 'strong', colour=options.colours(sys.stderr))}: {done}; next: {step}", err=True)


def refuse(at: Desk, name: str, new: bytes, findings: Iterable[Finding]) -> int:
    """Show what would be wrong, in the text as it would have been."""
    here = telling.here(at.base, name)
    placed = tuple(msgspec.structs.replace(each, path=here) for each in findings)
    outcome = Outcome(placed, 1, lambda _: new.decode("utf-8-sig"))
    click.echo(report.write(outcome, options.colours(sys.stderr)), err=True, nl=False)
    click.echo("Nothing was written: this change itself would bring the error in.", err=True)
    return 1


def show(at: Desk, name: str, old: str, new: str) -> None:
    """The difference, as git shows it."""
    colour = options.colours(sys.stdout)
    difference = unified(old, new, telling.here(at.base, name)).splitlines()
    options.write("".join(f"{line}\n" for line in (_painted(each, colour=colour) for each in difference)))


def errors(at: Desk, name: str, content: bytes) -> tuple[Finding, ...]:
    """What is wrong with a record as it is today."""
    found = examine(content, name, at.settings, at.now.date()).findings
    return tuple(each for each in found if each.weight == "error")


def known(kind: str, word: str, ids: Iterable[str]) -> str:
    """The word, if it is an id of the catalogue. Raises a usage error that says which was probably meant."""
    names = list(ids)
    if word in names:
        return word
    hint = meant(word, names) or "the settings list none"
    raise click.UsageError(f'"{word}" is no {kind} of postmortem.yml; {hint}')


def _is_late(at: Desk, record: Record | None, promise: Promise) -> bool:
    """Whether somebody wrote another entry under a day that is over: lint says so, and nothing is promised before."""
    held = ledger.read(at.ledger)
    return record is not None and is_late(held.get(promise.id), record, promise, newest(held.values()))


def _made_wrong(at: Desk, name: str, old: bytes, new: bytes) -> list[Finding]:
    """The errors that were not there before, wherever they stand now."""
    before = Counter((each.code, each.message) for each in errors(at, name, old))
    return list(_beyond(before, errors(at, name, new)))


def _beyond(before: Counter[tuple[str, str]], after: Iterable[Finding]) -> Iterator[Finding]:
    for each in after:
        if before[each.code, each.message]:
            before[each.code, each.message] -= 1
        else:
            yield each


def _bytes(file: RecordFile) -> bytes:
    try:
        return file.read()
    except OSError as error:
        raise UnreadableError(f"{file.name}: cannot be read ({error.strerror}); mend its permissions") from error


def _painted(line: str, *, colour: bool) -> str:
    roles = {"+": "good", "-": "error", "@": "frame"}
    role = "strong" if line.startswith(("+++", "---")) else roles.get(line[:1], "")
    return paint(safe(line), role, colour=colour) if role else safe(line)
