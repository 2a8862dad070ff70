"""`postmortem lint`: what is wrong with the records, and where."""

import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click

from postmortem import report
from postmortem.cli import options, telling
from postmortem.cli.chosen import chosen
from postmortem.corpus import settings as settings_file
from postmortem.corpus.files import find
from postmortem.lint.folder import Question, judge
from postmortem.lint.guide import guides
from postmortem.lint.run import in_order
from postmortem.lint.selection import Selection
from postmortem.lint.suggest import meant


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@options.format_option(*report.FORMATS)
@click.option("--select", multiple=True, metavar="CODE", help="Only these: PM204, open-window, PM2 for a family.")
@click.option("--ignore", multiple=True, metavar="CODE", help="All but these.")
@click.option("--strict", is_flag=True, help="Fail on warnings, too.")
@options.settings_option
@options.as_of_option
@options.jobs_option
@options.no_cache_option
def lint(  # noqa: PLR0913 - one argument for each option
    *,
    paths: tuple[Path, ...],
    format_: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    strict: bool,
    settings: Path | None,
    as_of: date | None,
    jobs: int,
    no_cache: bool,
) -> int:
    """Say what is wrong with the records, and where.

    PATHs are files or folders; left out, all records are looked at. They are compared with all the others in any case.
    """
    selection = _selection(select, ignore)
    location = options.found(settings)
    loaded, base = settings_file.load(location), location.resolve().parent
    asked = chosen(paths, *find(base / loaded.incidents, base), base)
    question = Question(
        settings=loaded,
        given=location.read_bytes(),
        as_of=options.day(as_of),
        cache=None if no_cache else base / options.CACHE / "lint",
    )
    said = [*asked.refused, *(each for each in judge(asked.files, question, jobs) if each.path in asked.asked)]
    outcome = telling.outcome(selection.of(in_order(said)), asked.asked, base)
    options.write(report.write(format_, outcome, colour=options.colours(sys.stdout)))
    counts = outcome.counts()
    return 1 if counts["error"] or (strict and counts["warning"]) else 0


def _selection(select: tuple[str, ...], ignore: tuple[str, ...]) -> Selection:
    selection = Selection(_words(select), _words(ignore))
    for word in selection.unknown():
        names = [name for each in guides().values() for name in (each.code, each.slug)]
        suggestion = meant(word, names) if len(word) > 1 else ""
        raise click.UsageError(f'there is no rule "{word}"; {suggestion or "postmortem explain --list shows them all"}')
    return selection


def _words(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for each in given for word in each.replace(",", " ").split())
