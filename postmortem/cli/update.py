"""`postmortem update`: say something while it burns, and set what follows from it."""

import re
from functools import partial
from pathlib import Path
from typing import Any, get_args

import click
import msgspec

from postmortem.authoring import times
from postmortem.authoring import update as authoring
from postmortem.authoring.shape import start
from postmortem.authoring.wish import Affected, Plan, Update
from postmortem.cli import desk, options
from postmortem.corpus.ledger import Promise
from postmortem.model.settings import Settings
from postmortem.model.vocabulary import IMPACT_CLASSES, SEVERITIES, ImpactClass, Level, Severity, Status

_AFFECTED = re.compile(r"([a-z_]+)=([a-z_]+)(?::([^:]+))?")


@click.command()
@click.argument("id_", metavar="ID")
@click.argument("text")
@click.option("--status", type=click.Choice(get_args(Status)), help="The status from here on.")
@click.option("--at", metavar="TIME", help=f"When, if not just now: {times.FORMS}.")
@click.option("--severity", type=click.Choice(SEVERITIES), help="The severity from here on.")
@click.option(
    "--affected",
    multiple=True,
    metavar="CLASS=LEVEL:IDS",
    help="A class is affected now: application_failure=partial_outage:web-app,api (services and models).",
)
@click.option("--restored", multiple=True, type=click.Choice(IMPACT_CLASSES), help="A class is no longer affected.")
@click.option("--dry-run", is_flag=True, help="Show the change and write nothing.")
@options.settings_option
def update(  # noqa: PLR0913 - one argument for each option
    *,
    id_: str,
    text: str,
    status: Status | None,
    at: str | None,
    severity: Severity | None,
    affected: tuple[str, ...],
    restored: tuple[ImpactClass, ...],
    dry_run: bool,
    settings: Path | None,
) -> int:
    """Add an update to the record ID (or the file of that name) and set what follows from it.

    Windows begin, turn and end with it; --status resolved ends those that are still open.
    """
    here = desk.desk(settings)
    asked = Update(
        text=text,
        now=here.now,
        status=status,
        severity=severity,
        affected=tuple(_affected(each, here.settings) for each in affected),
        restored=restored,
    )
    planned = partial(_planned, wish=asked, at=at, settings=here.settings)
    return desk.change(here, desk.record(here, id_), planned, dry_run=dry_run)


def _planned(
    data: dict[str, Any], promised: Promise | None, *, wish: Update, at: str | None, settings: Settings
) -> Plan:
    return authoring.plan(data, _timed(wish, at, data), settings, promised)


def _timed(wish: Update, at: str | None, data: dict[str, Any]) -> Update:
    """The wish at the time that was typed, which may count from the record's start."""
    if at is None:
        return wish
    return msgspec.structs.replace(wish, at=times.read(at, wish.now, start(data)))


def _affected(typed: str, settings: Settings) -> Affected:
    match = _AFFECTED.fullmatch(typed.replace(" ", ""))
    if match is None:
        raise click.UsageError(f"--affected {typed}: write CLASS=LEVEL:IDS, as application_failure=degraded:web-app")
    name, level, ids = match.groups()
    services, models = [each.id for each in settings.services], [each.id for each in settings.models]
    named = [each for each in (ids or "").split(",") if each]
    for each in named:
        desk.known("service or model", each, [*services, *models])
    return Affected(
        _one_of(typed, name, IMPACT_CLASSES),
        _one_of(typed, level, get_args(Level)),
        tuple(each for each in named if each in services),
        tuple(each for each in named if each not in services),
    )


def _one_of(typed: str, word: str, allowed: tuple[Any, ...]) -> Any:  # noqa: ANN401  # a word of a closed list
    if word not in allowed:
        raise click.UsageError(f'--affected {typed}: "{word}" is none of {", ".join(allowed)}')
    return word
