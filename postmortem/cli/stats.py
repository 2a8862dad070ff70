"""`postmortem stats`: the numbers that the site shows, in a terminal or for programs."""

import shutil
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

import click

from postmortem.cli import options, telling
from postmortem.corpus import ledger
from postmortem.corpus import settings as settings_file
from postmortem.corpus.decode import decode
from postmortem.corpus.files import RecordFile, find
from postmortem.corpus.work import each as in_parallel
from postmortem.lint.folder import Question, judge
from postmortem.metrics import numbers
from postmortem.model.figure import Numbers
from postmortem.model.history import order
from postmortem.model.incident import publish
from postmortem.model.summary import Summary, summarise
from postmortem.report import numbers as for_programs

_WIDEST = 100


@click.command()
@click.option("--transparency", is_flag=True, help="What readers were told, how fast, and which promises were kept.")
@click.option("--rows", metavar="FIGURE", help="The CSV behind one figure (impact_time, lag/disclosure, …).")
@click.option("--provider", metavar="ID", help="Only the numbers of one of several providers.")
@options.format_option("table", "json", "csv")
@options.settings_option
@options.as_of_option
@options.jobs_option
@options.no_cache_option
def stats(  # noqa: PLR0913 - one argument for each option
    *,
    transparency: bool,
    rows: str | None,
    provider: str | None,
    format_: str,
    settings: Path | None,
    as_of: date | None,
    jobs: int,
    no_cache: bool,
) -> int:
    """Print the numbers: every one with its window, how many incidents it rests on, and what is not known.

    The page /guide/numbers/ of every site says how each is computed. Records with errors are named and left out, as
    `build --keep-going` does.
    """
    location, day = options.found(settings), options.day(as_of)
    known, base = settings_file.load(location), location.resolve().parent
    files, refused = find(base / known.incidents, base)
    question = Question(
        settings=known,
        given=settings_file.identity(location, known),
        as_of=day,
        cache=None if no_cache else base / options.CACHE / "lint",
        ledger=ledger.lines(base / ledger.FILE_NAME),
    )
    errors = Counter(each.path for each in (*refused, *judge(files, question, jobs)) if each.weight == "error")
    for path, count in sorted(errors.items()):
        what = "not as promised" if path == ledger.FILE_NAME else "left out"
        click.echo(
            f"{telling.here(base, path)}: {what}, {count} {'error' if count == 1 else 'errors'}; run postmortem lint",
            err=True,
        )
    sound = [each for each in files if each.name not in errors]
    history = order(row for row in in_parallel(partial(_read, as_of=day), sound, jobs) if row is not None)
    every = (numbers.scorecards if transparency else numbers.numbers)(history, known, day)
    sets = _of(every, provider, whole=rows is None)
    options.write(_shown(sets, format_) if rows is None else _rows(sets, rows))
    return int(bool(errors))


def _read(file: RecordFile, as_of: date) -> Summary | None:
    record = decode(file.read(), file.name).record
    incident = publish(record, as_of) if record is not None else None
    return summarise(incident) if incident is not None else None


def _of(sets: Sequence[Numbers], provider: str | None, *, whole: bool) -> Sequence[Numbers]:
    """Those of the provider that was asked for; rows are one table, so they are always one provider's."""
    known = [each.provider for each in sets if each.provider is not None]
    if provider is None and (whole or not known):
        return sets
    if provider not in known:
        there = f"there are {', '.join(known)}" if known else "the numbers of this site are not told apart"
        raise click.UsageError(
            f'there is no provider "{provider}"; {there}' if provider else f"say --provider: {there}"
        )
    return [each for each in sets if each.provider == provider]


def _shown(sets: Sequence[Numbers], format_: str) -> str:
    if format_ == "json":
        return for_programs.document(sets)
    if format_ == "csv":
        return for_programs.values(sets)
    from postmortem.report import tables  # noqa: PLC0415 - rich is slow to import, and programs never need it

    width = min(shutil.get_terminal_size((tables.NARROW, 0)).columns, _WIDEST) if sys.stdout.isatty() else tables.NARROW
    return tables.text(sets, colour=options.colours(sys.stdout), width=width)


def _rows(sets: Sequence[Numbers], key: str) -> str:
    figures = {figure.key: figure for each in sets for section in each.sections for figure in section.figures}
    if key not in figures:
        raise click.UsageError(f'there is no figure "{key}"; there are {", ".join(figures)}')
    return for_programs.rows(figures[key])
