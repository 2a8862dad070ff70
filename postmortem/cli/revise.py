"""`postmortem revise`: tell readers what changed since it was published."""

from functools import partial
from pathlib import Path
from typing import Any

import click

from postmortem.authoring import revise as authoring
from postmortem.authoring.wish import Plan, Revise
from postmortem.cli import desk, options
from postmortem.corpus.ledger import Promise
from postmortem.model.vocabulary import RevisionKind

_KINDS = ("initial", "editorial", "material", "postmortem")


@click.command()
@click.argument("id_", metavar="ID")
@click.option(
    "--kind",
    required=True,
    type=click.Choice(_KINDS),
    help="initial publishes a draft; editorial is silent; material and postmortem reach the feeds.",
)
@click.option("--summary", required=True, metavar="TEXT", help="What changed, in one line that readers see.")
@click.option("--adds", multiple=True, metavar="FACET", help="A facet it came into, if the ledger cannot tell.")
@click.option("--dry-run", is_flag=True, help="Show the change and write nothing.")
@options.settings_option
def revise(  # noqa: PLR0913 - one argument for each option
    *, id_: str, kind: RevisionKind, summary: str, adds: tuple[str, ...], dry_run: bool, settings: Path | None
) -> int:
    """Add a revision to the record ID: change the file by hand first, then say here what changed."""
    here = desk.desk(settings)
    wish = Revise(kind=kind, summary=summary, now=here.now, adds=adds)
    return desk.change(here, desk.record(here, id_), partial(_planned, wish=wish), dry_run=dry_run)


def _planned(data: dict[str, Any], promised: Promise | None, *, wish: Revise) -> Plan:
    return authoring.plan(data, wish, promised)
