"""`postmortem import`: records of what a status page said, its whole history at once."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Final, Literal, get_args

import click
import msgspec

from postmortem.cli import desk, imported, importing, listening, options, telling_import
from postmortem.cli.desk import Desk
from postmortem.cli.importing import Bench, Paper, Skipped
from postmortem.cli.telling_import import Done
from postmortem.cli.whose import whose
from postmortem.cli.widening import widened
from postmortem.corpus import ledger
from postmortem.corpus.turns import turn
from postmortem.enrich import naming
from postmortem.enrich.components import catalogue, missing, strangers
from postmortem.enrich.mirror import Mirror
from postmortem.errors import UnreadableError
from postmortem.model.event import Told
from postmortem.model.vocabulary import SourceKind
from postmortem.sources import heard as hearing

KINDS: Final = (*get_args(SourceKind), "auto")


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What the options say of the records."""

    into: Path | None
    record: Literal["draft", "published"]
    since: date | None
    write_catalogue: bool
    dry_run: bool


@click.command(name="import")
@click.argument("kind", type=click.Choice(KINDS), metavar="KIND")
@click.argument("location")
@click.option("--into", type=click.Path(path_type=Path), metavar="FOLDER", help="Where; left out, with the records.")
@click.option("--record", type=click.Choice(("draft", "published")), default="draft", show_default=True)
@click.option(
    "--since", type=options.Day(), metavar="DATE", help="Only incidents that were opened on that day or later."
)
@click.option("--source", metavar="ID", help="Which source of the settings this is, where several could be.")
@click.option("--write-catalogue", is_flag=True, help="Add to the settings every component that they do not know.")
@click.option("--dry-run", is_flag=True, help="Name the files on stdout and write nothing.")
@click.option("--allow-host", "allow_hosts", multiple=True, metavar="HOST", help="A host in a private network.")
@click.option("--ignore-robots", is_flag=True, help="Ask even where a host's robots.txt disallows it.")
@click.option("--no-cache", is_flag=True, help="Neither use nor keep what sources answered before.")
@options.settings_option
@options.as_of_option
def import_(  # noqa: PLR0913 - one argument for each option
    *,
    kind: str,
    location: str,
    into: Path | None,
    record: Literal["draft", "published"],
    since: date | None,
    source: str | None,
    write_catalogue: bool,
    dry_run: bool,
    allow_hosts: tuple[str, ...],
    ignore_robots: bool,
    no_cache: bool,
    settings: Path | None,
    as_of: date | None,
) -> int:
    """Write a record of every incident that a status page ever told of and that has none yet, one file each.

    KIND is the kind of feed (auto looks), LOCATION its address, a file or a folder of files.
    """
    here = desk.desk(settings)
    here = msgspec.structs.replace(here, now=_moment(options.day(as_of), here.now))
    asked = whose(here.settings, kind, location, source)
    only = msgspec.structs.replace(here, settings=msgspec.structs.replace(here.settings, sources=(asked.source,)))
    ask = listening.Wish(
        sources=(asked.source.id,),
        location=asked.location,
        allow_hosts=allow_hosts,
        ignore_robots=ignore_robots,
        no_cache=no_cache,
    )
    wish = Wish(into=into, record=record, since=since, write_catalogue=write_catalogue, dry_run=dry_run)
    (heard,) = listening.listen(only, ask)
    if not heard.answered:
        raise UnreadableError(f"{location}: nothing was imported; {heard.reason or heard.state}")
    return _import(only, options.found(settings), hearing.told([heard]), wish, asked.provider)


def _import(at: Desk, location: Path, told: tuple[Told, ...], wish: Wish, provider: str | None) -> int:
    new = [each for each in told if wish.since is None or _day(each) >= wish.since]
    into = wish.into.resolve() if wish.into else at.base / at.settings.incidents
    lacking = missing(strangers(new, catalogue(at.settings, provider)), at.settings, provider)
    if wish.write_catalogue:
        with turn(at.base):
            settings = widened(location, at.settings, lacking, dry_run=wish.dry_run)
        at = msgspec.structs.replace(at, settings=settings)
    (source,) = at.settings.sources
    manner = listening.manners(at.settings)[source.id]
    how = Mirror(manner=manner, now=at.now, record=wish.record, provider=provider)
    bench = Bench(at, how, into)
    with turn(at.base):
        found = imported.look(at, into, source.id)
        there = sum(found.has(each.source, naming.key(each.incident)) for each in new)
    papers, skipped = _write(new, bench, found, dry_run=wish.dry_run)
    done = Done(
        papers=papers,
        there=there,
        old=len(told) - len(new),
        skipped=skipped,
        missing=lacking,
        widened=wish.write_catalogue,
    )
    telling_import.tell(at, done, wish.record, dry_run=wish.dry_run)
    return 0


def _write(
    told: Sequence[Told], bench: Bench, found: imported.Found, *, dry_run: bool
) -> tuple[list[Paper], list[Skipped]]:
    """One file after the other; whatever stops it, what was written is promised."""
    papers: list[Paper] = []
    skipped: list[Skipped] = []
    try:
        made = importing.papers(told, bench, found)
        for each in made if dry_run else importing.put(made):
            if isinstance(each, Skipped):
                skipped.append(each)
            else:
                papers.append(each)
    finally:
        promises = [*found.owed, *(each.promise for each in papers if each.promise is not None)]
        if promises and not dry_run:
            ledger.extend(bench.desk.ledger, *promises)
    if dry_run:
        options.write("".join(f"{each.name}\n" for each in papers))
    return papers, skipped


def _moment(day: date, now: datetime) -> datetime:
    """The present, or the last minute of the day as which to look at it."""
    return now if day >= now.date() else datetime.combine(day, time(23, 59), UTC)


def _day(told: Told) -> date:
    return min([told.events[0].at, *([told.head.opened] if told.head.opened else [])]).date()
