"""`postmortem enrich`: add to the records what sources said since."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import click
import msgspec

from postmortem.cli import desk, enriching, listening, options, proposing, telling
from postmortem.cli.desk import Desk
from postmortem.cli.enriching import Bench, Looked
from postmortem.cli.listening import Wish
from postmortem.corpus import ledger
from postmortem.corpus.files import RecordFile, find
from postmortem.corpus.turns import turn
from postmortem.corpus.work import each as in_parallel
from postmortem.enrich import match
from postmortem.report.style import safe
from postmortem.sources import heard as hearing
from postmortem.sources.heard import Heard

_SHARE = 8
"""Records that a worker takes at once: with more, the last share keeps one at work while the others wait."""


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """What to listen to, which records are meant (all where none is named), and what is to be done."""

    wish: Wish
    records: tuple[str, ...]
    writes: bool
    diff: bool
    check: bool
    jobs: int


@click.command()
@click.argument("records", nargs=-1, metavar="[RECORD]...")
@listening.source_options
@click.option("--diff", is_flag=True, help="Write nothing, and show what would change.")
@click.option("--check", is_flag=True, help="Write nothing; 1 if anything would change.")
@click.option("--dry-run", is_flag=True, help="Write nothing, and say what would be added.")
@options.settings_option
@options.jobs_option
def enrich(  # noqa: PLR0913 - one argument for each option
    *,
    records: tuple[str, ...],
    diff: bool,
    check: bool,
    dry_run: bool,
    settings: Path | None,
    jobs: int,
    **wish: object,
) -> int:
    """Add what sources said since, to the records of these ids or paths, or to all.

    A record names its incidents under tracking:. What a person wrote stays as it is; what the source changed afterwards
    is only reported.
    """
    how = Way(
        wish=listening.wish(wish),
        records=records,
        writes=not (diff or check or dry_run),
        diff=diff,
        check=check,
        jobs=jobs,
    )
    return _enrich(desk.desk(settings), how)


def _enrich(here: Desk, way: Way) -> int:
    files, _ = find(here.base / here.settings.incidents, here.base)
    only = frozenset(desk.record(here, each).name for each in way.records)
    heard = listening.listen(here, way.wish)
    bench = _bench(here, heard, only or None)
    looked = _looked(files, bench, way)
    if way.diff:
        for each in looked:
            if each.new is not None:
                desk.show(here, each.name, each.old.decode("utf-8-sig"), each.new.decode("utf-8-sig"))
    looked = _written(looked, files, bench) if way.writes else looked
    changes = _told(looked, bench, writes=way.writes, silent=any(not each.answered for each in heard))
    wrong = (way.check and changes) or any(each.refused for each in looked)
    return listening.exit_code(heard, int(wrong))


def _bench(here: Desk, heard: Sequence[Heard], only: frozenset[str] | None) -> Bench:
    by_incident = match.by_incident(hearing.told(heard))
    asked = {each.source: each.at for each in heard if each.at is not None}
    reach = match.coverage(by_incident.values(), asked)
    return Bench(
        desk=here,
        told=by_incident,
        reach=reach,
        until={source: span.until for (source, _), span in reach.items()},
        manners=listening.manners(here.settings),
        promised=ledger.read(here.ledger),
        only=only,
    )


def _looked(files: Sequence[RecordFile], bench: Bench, way: Way) -> list[Looked]:
    """Every record, and those that a person took for an incident once more, with it."""
    found = list(in_parallel(partial(enriching.look, bench=bench), files, way.jobs, chunk=_SHARE))
    known = [each.known for each in found if each.known is not None]
    taken = proposing.decide(
        tuple(bench.told.values()), known, bench.manners, bench.desk, only=bench.only, ask=way.writes
    )
    again = {file.name: enriching.look(file, bench, taken[file.name]) for file in files if file.name in taken}
    return [again.get(each.name, each) for each in found]


def _written(looked: Sequence[Looked], files: Sequence[RecordFile], bench: Bench) -> list[Looked]:
    """Write what changes, then promise it: a run that is killed in between leaves whole files, and the next one
    promises what they hold.
    """
    places = {file.name: file for file in files}
    with turn(bench.desk.base):
        done = enriching.carry_out(looked, places, bench)
    ledger.extend(bench.desk.ledger, *(each.promise for each in done if each.promise is not None))
    return done


def _told(looked: Sequence[Looked], bench: Bench, *, writes: bool, silent: bool) -> int:
    """What was added or would be, and what a person should hear; how many records that are. Of a source that was
    `silent` nobody knows what there is to add.
    """
    changed = [each for each in looked if each.new is not None]
    here, lines = telling.as_seen(bench.desk.base), list[str]()
    for each in looked:
        said = [*([f"adds {', '.join(each.done)}"] if each.new is not None else []), *each.reports]
        said += [each.refused] if each.refused else []
        lines += [safe(f"{here(each.name)}: {line}") for line in said]
    if lines:
        click.echo("\n".join(lines), err=True)
    count = f"{len(changed):,} {'record' if len(changed) == 1 else 'records'}"
    if not changed:
        more = "; what a source without an answer would say is not known" if silent else ""
        click.echo(f"nothing to add{more}", err=True)
    elif writes:
        click.echo(f"{count} changed; next: look at git diff, then postmortem lint", err=True)
    else:
        click.echo(f"{count} would change; nothing was written", err=True)
    return len(changed)
