"""`postmortem withdraw`: say that a public record no longer stands."""

from functools import partial
from pathlib import Path
from typing import Any

import click

from postmortem.authoring import withdraw as authoring
from postmortem.authoring.wish import Plan, Withdraw
from postmortem.cli import desk, options
from postmortem.cli.desk import Desk
from postmortem.corpus.decode import decode
from postmortem.corpus.ledger import Promise
from postmortem.model.incident import is_public


@click.command()
@click.argument("id_", metavar="ID")
@click.option("--reason", required=True, metavar="TEXT", help="Why; readers see it at the old address.")
@click.option("--replaced-by", metavar="ID", help="The record that stands in its place.")
@click.option("--redact", is_flag=True, help="Take its prose away: for what should never have been public.")
@click.option("--dry-run", is_flag=True, help="Show the change and write nothing.")
@options.settings_option
def withdraw(  # noqa: PLR0913 - one argument for each option
    *, id_: str, reason: str, replaced_by: str | None, redact: bool, dry_run: bool, settings: Path | None
) -> int:
    """Withdraw the record ID. Its address, its entries and, without --redact, its text stay; a notice says why."""
    here = desk.desk(settings)
    file = desk.record(here, id_)
    other = _public(here, replaced_by, file.name) if replaced_by is not None else None
    wish = Withdraw(reason=reason, now=here.now, replaced_by=other, redact=redact)
    return desk.change(here, file, partial(_planned, wish=wish), dry_run=dry_run)


def _planned(data: dict[str, Any], promised: Promise | None, *, wish: Withdraw) -> Plan:
    return authoring.plan(data, wish, promised)


def _public(here: Desk, named: str, own: str) -> str:
    """The id of the other record, which readers are sent to."""
    file = desk.record(here, named)
    record = decode(file.read(), file.name).record
    if file.name == own:
        raise click.UsageError("--replaced-by names the record itself; name the one that stands in its place")
    if record is None or not is_public(record, here.now.date()):
        raise click.UsageError(f"--replaced-by {named}: this record is not public, so readers cannot be sent to it")
    return record.id
