"""What an import tells a person when it is done: counts, reasons, names that nobody knows, and what comes next.

Values in, lines on stderr out.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

import click
import msgspec

from postmortem.cli import telling
from postmortem.cli.desk import Desk
from postmortem.cli.importing import Paper, Skipped
from postmortem.enrich.components import snippet
from postmortem.model.settings import Service
from postmortem.report.style import safe

_NUMBERED: Final = re.compile(r"[^ :,;]*[0-9](?:[^ ]*[^ :,;])?")


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """How it went: files written (or that would be), incidents there already, too old or without a record, and services
    that the catalogue lacks or was given.
    """

    papers: Sequence[Paper]
    there: int
    old: int
    skipped: Sequence[Skipped]
    missing: Sequence[Service]
    widened: bool


def tell(at: Desk, done: Done, state: str, *, dry_run: bool) -> None:
    """The summary."""
    would = "would be written" if dry_run else "written"
    counts = [
        f"{len(done.papers):,} {would} ({'drafts' if state == 'draft' else state})",
        f"{done.there:,} there already",
    ]
    counts += [f"{done.old:,} before --since"] if done.old else []
    _say(", ".join([*counts, f"{len(done.skipped):,} skipped"]))
    for each in done.skipped:
        _say(f"skipped {each.incident}: {each.why}")
    _notes(at, done.papers)
    _catalogue(done, dry_run=dry_run)
    if done.papers and not dry_run:
        _say("next: postmortem lint, then git add what you want to keep")


def _notes(at: Desk, papers: Iterable[Paper]) -> None:
    """What was left out, by kind: times and numbers aside, the same words are one kind."""
    noted = [(each, paper) for paper in papers for each in paper.notes]
    kinds = Counter(_kind(note) for note, _ in noted)
    for kind, count in sorted(kinds.items()):
        first = next(paper for note, paper in noted if _kind(note) == kind)
        more = f" and {count - 1} more" if count > 1 else ""
        _say(f"note in {telling.here(at.base, first.name)}{more}: {kind}")


def _catalogue(done: Done, *, dry_run: bool) -> None:
    if not done.missing:
        return
    count = f"{len(done.missing)} component{'s' if len(done.missing) > 1 else ''}"
    if done.widened:
        names = ", ".join(each.id for each in done.missing)
        _say(f"postmortem.yml: {count} {'would be ' if dry_run else ''}added to services: {names}")
        return
    _say(
        f"{count} that no service of postmortem.yml is known for; the records leave them out. Add the names as aliases"
    )
    _say("of services that are there, or add (--write-catalogue does that, before it writes the first record):")
    for line in snippet(done.missing).splitlines():
        _say(line)


def _kind(note: str) -> str:
    """The note with `…` for every word that holds a digit, and its punctuation kept."""
    return _NUMBERED.sub("…", note.removesuffix(": left out"))


def _say(line: str) -> None:
    click.echo(safe(line), err=True)
