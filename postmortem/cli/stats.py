"""`postmortem stats`: the numbers that the site shows, in a terminal or for programs."""

import shutil
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path

import click
import msgspec

from postmortem.cli import options, telling
from postmortem.corpus import settings as settings_file
from postmortem.corpus.decode import decode
from postmortem.corpus.files import RecordFile, find
from postmortem.corpus.work import each as in_parallel
from postmortem.metrics import numbers
from postmortem.model.figure import Figure, Numbers
from postmortem.model.history import order
from postmortem.model.incident import publish
from postmortem.model.summary import Summary, summarise
from postmortem.report import numbers as for_programs

_WIDEST = 100


class _Read(msgspec.Struct, frozen=True):
    """What came of one file: its row if anything of it is public; whether it is a valid record at all."""

    name: str
    valid: bool
    row: Summary | None = None


@click.command()
@click.option("--transparency", is_flag=True, help="What readers were told, how fast, and which promises were kept.")
@click.option("--rows", metavar="FIGURE", help="The CSV behind one figure (impact_time, lag/disclosure, …).")
@options.format_option("table", "json", "csv")
@options.settings_option
@options.as_of_option
@options.jobs_option
def stats(  # noqa: PLR0913 - one argument for each option
    *, transparency: bool, rows: str | None, format_: str, settings: Path | None, as_of: date | None, jobs: int
) -> int:
    """Print the numbers: every one with its window, how many incidents it rests on, and what is not known.

    docs/numbers.md says how each is computed. Records that are not valid are named and left out.
    """
    location, day = options.found(settings), options.day(as_of)
    known, base = settings_file.load(location), location.resolve().parent
    files, refused = find(base / known.incidents, base)
    read = list(in_parallel(partial(_read, as_of=day), files, jobs))
    broken = [*(each.path for each in refused), *(each.name for each in read if not each.valid)]
    for each in broken:
        click.echo(f"{telling.here(base, each)}: left out, it is no valid record; run postmortem lint on it", err=True)
    history = order(each.row for each in read if each.row is not None)
    sets = (numbers.scorecards if transparency else numbers.numbers)(history, known, day)
    options.write(_shown(sets, format_) if rows is None else "".join(_rows(sets, rows)))
    return int(bool(broken))


def _read(file: RecordFile, as_of: date) -> _Read:
    try:
        record = decode(file.read(), file.name).record
    except OSError:
        return _Read(file.name, valid=False)
    incident = publish(record, as_of) if record is not None else None
    return _Read(file.name, record is not None, summarise(incident) if incident is not None else None)


def _shown(sets: Sequence[Numbers], format_: str) -> str:
    if format_ == "json":
        return for_programs.document(sets)
    if format_ == "csv":
        return for_programs.values(sets)
    from postmortem.report import tables  # noqa: PLC0415 - rich is slow to import, and programs never need it

    width = min(shutil.get_terminal_size((tables.NARROW, 0)).columns, _WIDEST) if sys.stdout.isatty() else tables.NARROW
    return tables.text(sets, colour=options.colours(sys.stdout), width=width)


def _rows(sets: Sequence[Numbers], key: str) -> Iterator[str]:
    found = [figure for figure in _figures(sets) if figure.key == key]
    if not found:
        known = ", ".join(dict.fromkeys(figure.key for figure in _figures(sets)))
        raise click.UsageError(f'there is no figure "{key}"; there are {known}')
    return (for_programs.rows(each) for each in found)


def _figures(sets: Sequence[Numbers]) -> Iterator[Figure]:
    return (figure for each in sets for section in each.sections for figure in section.figures)
