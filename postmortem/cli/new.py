"""`postmortem new`: begin a record, or publish one in one line."""

from pathlib import Path

import click

from postmortem.authoring import new as authoring
from postmortem.authoring import times
from postmortem.authoring.new import New
from postmortem.authoring.update import confidence
from postmortem.authoring.wish import WishError
from postmortem.cli import asking, desk, options, telling
from postmortem.cli.desk import Desk
from postmortem.corpus import files, ledger, write
from postmortem.corpus.schema_place import schema
from postmortem.corpus.turns import turn
from postmortem.model.vocabulary import SEVERITIES, Severity


@click.command()
@click.argument("title")
@click.option("--started", metavar="TIME", help="When it began: 2026-06-23 14:21+02:00, 14:21Z, 20m ago or now.")
@click.option("--service", "services", multiple=True, metavar="ID", help="A service it touches.")
@click.option("--model", "models", multiple=True, metavar="ID", help="A model it touches.")
@click.option("--provider", "providers", multiple=True, metavar="ID", help="Whose; found from the services if it can.")
@click.option("--severity", type=click.Choice(SEVERITIES))
@click.option("--text", help="What users see: the first update with --publish, else the summary.")
@click.option("--publish", is_flag=True, help="Make it public, with its first update.")
@click.option("--at", metavar="TIME", help="When the first update was said, if not just now.")
@click.option("--into", type=click.Path(path_type=Path), metavar="FOLDER", help="Where; left out, by its year.")
@click.option("--dry-run", is_flag=True, help="Show the file and write nothing.")
@options.settings_option
def new(  # noqa: PLR0913 - one argument for each option
    *,
    title: str,
    started: str | None,
    services: tuple[str, ...],
    models: tuple[str, ...],
    providers: tuple[str, ...],
    severity: Severity | None,
    text: str | None,
    publish: bool,
    at: str | None,
    into: Path | None,
    dry_run: bool,
    settings: Path | None,
) -> int:
    """Begin a record of what TITLE says: a commented draft, or with --publish a public record.

    On a terminal it asks for what is missing; in a pipe a draft takes what is safe and marks it TODO.
    """
    here = desk.desk(settings)
    try:
        wish = New(
            title=" ".join(title.split()),
            now=here.now,
            started=times.read(started, here.now) if started else None,
            at=times.read(at, here.now, times.read(started, here.now).instant if started else None) if at else None,
            severity=severity,
            services=_known("service", services, here),
            models=_known("model", models, here),
            provider=_known("provider", providers, here),
            text=text,
            publish=publish,
        )
    except WishError as refusal:
        raise click.UsageError(str(refusal)) from refusal
    wish = asking.completed(wish, here.settings, started=started is not None)
    return _create(here, wish, into, dry_run=dry_run)


def _known(kind: str, words: tuple[str, ...], here: Desk) -> tuple[str, ...]:
    given = tuple(dict.fromkeys(each for word in words for each in word.split(",") if each))
    catalogue = getattr(here.settings, f"{kind}s")
    return tuple(desk.known(kind, each, [one.id for one in catalogue]) for each in given)


def _create(here: Desk, wish: New, into: Path | None, *, dry_run: bool) -> int:
    home = here.base / here.settings.incidents
    if into is not None and not into.resolve().is_relative_to(home.resolve()):
        there = telling.here(here.base, here.settings.incidents)
        raise click.UsageError(f"--into {into}: records are read from {there}; name a folder in there")
    with turn(here.base):
        id_ = authoring.identify(wish, _taken(here))
        folder = into.resolve() if into else home / id_[:4]
        path = folder / f"{id_}.yaml"
        name = files.name(path, here.base)
        place = schema(here.base, folder, here.settings)
        content = authoring.text(wish, id_, place, confidence(here.settings)).encode()
        wrong = desk.errors(here, name, content)
        if wrong:
            return desk.refuse(here, name, content, wrong)
        if not dry_run:
            write.create(path, content)
    desk.show(here, name, "", content.decode())
    desk.finish(here, name, content, "published (u1)" if wish.publish else "a draft", dry_run=dry_run)
    return 0


def _taken(here: Desk) -> set[str]:
    """Every id that a record has, or that readers were ever promised."""
    folder = here.base / here.settings.incidents
    found, _ = files.find(folder, here.base) if folder.is_dir() else ((), ())
    promised = ledger.read(here.ledger).values()
    return {Path(each.name).stem for each in found} | {id_ for one in promised for id_ in (one.id, *one.former_ids)}
