"""`postmortem build`: lint the records, then write the site."""

import os
import sys
import time
from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from postmortem.cli import options, telling
from postmortem.corpus import ledger
from postmortem.model.finding import Finding
from postmortem.report import text
from postmortem.site.supply import Wish, from_records

if TYPE_CHECKING:
    from postmortem.site.edition import Printed


@click.command()
@click.option("--out", type=click.Path(path_type=Path), metavar="FOLDER", help="Where to write; left out, public/.")
@click.option("--data-only", is_flag=True, help="Feeds and JSON without a theme.")
@click.option("--keep-going", is_flag=True, help="Leave out broken records instead of refusing.")
@click.option("--timings", is_flag=True, help="Say how long it took.")
@options.settings_option
@options.as_of_option
@options.jobs_option
@options.no_cache_option
def build(  # noqa: PLR0913 - one argument for each option
    *,
    out: Path | None,
    data_only: bool,
    keep_going: bool,
    timings: bool,
    settings: Path | None,
    as_of: date | None,
    jobs: int,
    no_cache: bool,
) -> int:
    """Lint the records, then write the site.

    With an error in any record nothing is written and the last good site stays as it was.
    """
    began = time.perf_counter()
    location, day = options.found(settings), options.day(as_of)
    cache = None if no_cache else location.resolve().parent / options.CACHE / "build"
    wish = Wish(settings=location, jobs=jobs, cache=cache, keep_going=keep_going)
    prepared = from_records(wish, day)
    from postmortem.site import run  # noqa: PLC0415 - MkDocs is slow to import, and the records are being read meanwhile

    try:
        outcome = (run.data_only if data_only else run.build)(wish, day, out, supply=lambda *_: prepared)
    finally:
        prepared.close()
    _tell(outcome.findings, prepared.names, location.resolve().parent)
    for warning in outcome.warnings:
        click.echo(f"warning: {warning}", err=True)
    if outcome.printed is None:
        click.echo(
            "Nothing was written: mend the errors above, or leave those records out with --keep-going.", err=True
        )
        return 1
    left_out = {each.path for each in outcome.findings if each.weight == "error"} - {ledger.FILE_NAME}
    for path in sorted(left_out):
        click.echo(f"LEFT OUT: {path}", err=True)
    _sum_up(outcome.printed, outcome.out, f"as of {day}", time.perf_counter() - began if timings else None)
    return 0


def _tell(findings: tuple[Finding, ...], files: Collection[str], base: Path) -> None:
    """Errors and warnings without the lines that they stand in: more people read the log of a build than may read what
    a record keeps back. Quotes and advice are for `postmortem lint`.
    """
    loud = [each for each in findings if each.weight != "advice"]
    if loud:
        found = msgspec.structs.replace(telling.outcome(loud, files, base), read=lambda _: "")
        click.echo(text.write(found, options.colours(sys.stderr)), err=True, nl=False)
        click.echo("postmortem lint shows the lines", err=True)


def _sum_up(printed: "Printed", out: Path, day: str, seconds: float | None) -> None:
    files = printed.files
    took = "" if seconds is None else f" in {seconds:.2f} s"
    click.echo(
        f"{os.path.relpath(out)}/: {files.written + files.unchanged:,} files {day}{took}"
        f" ({files.written:,} written, {files.unchanged:,} unchanged, {files.deleted:,} deleted)",
        err=True,
    )
    if printed.rendered:
        click.echo(f"{printed.rendered:,} pages fit no shell and were rendered by the theme, slowly", err=True)
