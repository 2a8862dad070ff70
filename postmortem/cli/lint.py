"""`postmortem lint`: what is wrong with the records, and where."""

import sys
from collections.abc import Iterable
from datetime import date
from importlib import import_module
from pathlib import Path
from types import ModuleType

import click
import msgspec

from postmortem import report
from postmortem.cli import options, telling
from postmortem.cli.chosen import Chosen, chosen
from postmortem.corpus import ledger
from postmortem.corpus import settings as settings_file
from postmortem.corpus.files import find
from postmortem.lint.folder import Question, judge
from postmortem.lint.guide import guides
from postmortem.lint.run import in_order
from postmortem.lint.selection import Selection
from postmortem.lint.suggest import meant
from postmortem.lint.verdict import failed
from postmortem.model.finding import Finding


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What the options ask for beyond which records, settings and day."""

    selection: Selection
    everywhere: bool
    changed_since: str | None
    baseline: Path | None
    write_baseline: Path | None


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@options.format_option(*report.FORMATS)
@click.option("--select", multiple=True, metavar="CODE", help="Only these: PM204, open-window, PM2 for a family.")
@click.option("--ignore", multiple=True, metavar="CODE", help="All but these.")
@click.option("--fix", is_flag=True, help="Mend what is safe to mend: ids, times in UTC, order, first line, ledger.")
@click.option("--diff", is_flag=True, help="Only show what --fix would change; 1 if it would change anything.")
@click.option("--baseline", type=click.Path(path_type=Path), metavar="FILE", help="Count only what is not in FILE.")
@click.option("--write-baseline", type=click.Path(path_type=Path), metavar="FILE", help="Keep what is found in FILE.")
@click.option("--changed-since", metavar="REV", help="Only records that changed since REV, a branch or commit of git.")
@click.option("--strict", is_flag=True, help="Fail on warnings, too, but not on what only time brought about.")
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
    fix: bool,
    diff: bool,
    baseline: Path | None,
    write_baseline: Path | None,
    changed_since: str | None,
    strict: bool,
    settings: Path | None,
    as_of: date | None,
    jobs: int,
    no_cache: bool,
) -> int:
    """Say what is wrong with the records, and where.

    PATHs are files or folders; left out, all records are looked at. They are compared with all the others in any case.
    """
    if baseline and write_baseline:
        raise click.UsageError("--baseline reads and --write-baseline writes: choose one of them")
    wish = Wish(
        selection=_selection(select, ignore),
        everywhere=not paths,
        changed_since=changed_since,
        baseline=baseline,
        write_baseline=write_baseline,
    )
    location = options.found(settings)
    loaded, base = settings_file.load(location), location.resolve().parent
    question = Question(
        settings=loaded,
        given=settings_file.identity(location, loaded),
        as_of=options.day(as_of),
        cache=None if no_cache else base / options.CACHE / "lint",
    )
    every = chosen(paths, *find(base / loaded.incidents, base), base)
    asked = every if changed_since is None else _narrowing().changed(every, base, changed_since)
    if (fix or diff) and _mended(asked, base, question, wish.selection, only_show=diff):
        return 1
    if diff:
        return 0
    question = msgspec.structs.replace(question, ledger=ledger.lines(base / ledger.FILE_NAME))
    said = _counted(judge(every.files, question, jobs), every, asked, wish, base)
    outcome = telling.outcome(said, asked.asked, base)
    options.write(report.write(format_, outcome, colour=options.colours(sys.stdout)))
    return int(failed(outcome.findings, strict=strict))


def _mended(asked: Chosen, base: Path, question: Question, selection: Selection, *, only_show: bool) -> int:
    from postmortem.cli import mending  # noqa: PLC0415 - editing needs what looking does not, and that is slow to import

    bench = mending.Bench(
        files=[each for each in asked.files if each.name in asked.asked],
        base=base,
        settings=question.settings,
        as_of=question.as_of,
        takes=selection.takes,
    )
    return mending.show(bench) if only_show else mending.mend(bench)


def _narrowing() -> ModuleType:
    return import_module("postmortem.cli.narrowing")  # as above


def _counted(judged: tuple[Finding, ...], every: Chosen, asked: Chosen, wish: Wish, base: Path) -> tuple[Finding, ...]:
    """The findings that this run tells, in the order of reports."""
    if wish.changed_since is not None:
        _narrowing().untold(wish.selection.of(judged), every, asked, wish.changed_since)
    said = in_order([*asked.refused, *(each for each in judged if each.path in asked.asked or _overall(each, wish))])
    said = wish.selection.of(said)
    files = {each.name: each for each in every.files}

    def source(path: str) -> bytes:
        return files[path].read() if path in files else (base / path).read_bytes()

    def concerned(path: str, code: str) -> bool:
        gone = path not in files and asked.asked == frozenset(files)
        return (gone or path in asked.asked) and wish.selection.takes(code)

    if wish.write_baseline is not None:
        said = _narrowing().keep(said, wish.write_baseline, source)
    elif wish.baseline is not None:
        said = _narrowing().new(said, wish.baseline, source, concerned)
    return said


def _overall(finding: Finding, wish: Wish) -> bool:
    """Whether it stands in the ledger and is to be told: a file that is gone is among none that were named."""
    told = finding.path == ledger.FILE_NAME and wish.everywhere
    return told and (wish.changed_since is None or finding.weight == "error")


def _selection(select: tuple[str, ...], ignore: tuple[str, ...]) -> Selection:
    selection = Selection(_words(select), _words(ignore))
    for word in selection.unknown():
        names = [name for each in guides().values() for name in (each.code, each.slug)]
        suggestion = meant(word, names) if len(word) > 1 else ""
        raise click.UsageError(f'there is no rule "{word}"; {suggestion or "postmortem explain --list shows them all"}')
    return selection


def _words(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for each in given for word in each.replace(",", " ").split())
