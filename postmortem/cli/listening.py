"""Listening as the commands do it: which sources, from where, and what is shown of how it went. Settings and options
in, what was heard out.
"""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec

from postmortem.cli import desk, options
from postmortem.cli.desk import Desk
from postmortem.enrich.components import catalogue
from postmortem.enrich.manner import Manner
from postmortem.model.settings import Settings, Source, provider_name
from postmortem.model.vocabulary import SourceTexts
from postmortem.report.style import safe
from postmortem.sources import heard as hearing
from postmortem.sources.fetched import Options
from postmortem.sources.heard import Heard
from postmortem.sources.location import from_location

Command = TypeVar("Command", bound=Callable[..., Any])
FOLDER = "sources"
"""Where below the cache the last good answers lie."""


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """Which sources of the settings (all where none is named), where their documents lie if not at their addresses, and
    what the operator allows.
    """

    sources: tuple[str, ...] = ()
    location: str | None = None
    allow_hosts: tuple[str, ...] = ()
    ignore_robots: bool = False
    no_cache: bool = False


def source_options(command: Command) -> Command:
    """The options that say what to listen to, as the fields of `Wish` (`from_` for its location)."""
    for option in (
        click.option("--no-cache", is_flag=True, help="Neither use nor keep what sources answered before."),
        click.option("--ignore-robots", is_flag=True, help="Ask even where a host's robots.txt disallows it."),
        click.option("--allow-host", multiple=True, metavar="HOST", help="A host that may lie in a private network."),
        click.option("--from", "from_", metavar="LOCATION", help="An address, a file or a folder to read instead."),
        click.option("--source", multiple=True, metavar="ID", help="Only this source of the settings."),
    ):
        command = option(command)
    return command


def wish(given: Mapping[str, Any]) -> Wish:
    """The wish that the values of `source_options` make."""
    return Wish(
        sources=given["source"],
        location=given["from_"],
        allow_hosts=given["allow_host"],
        ignore_robots=given["ignore_robots"],
        no_cache=given["no_cache"],
    )


def listen(at: Desk, wish: Wish) -> tuple[Heard, ...]:
    """Hear every source that is wanted, and show the state of each on stderr."""
    sources = _chosen(at.settings, wish.sources)
    if wish.location is not None and len(sources) > 1:
        ids = " or ".join(each.id for each in sources)
        raise click.UsageError(f"--from needs --source, to say whose words these are: {ids}")
    if wish.location is not None and not _is_address(wish.location):
        heard: tuple[Heard, ...] = (from_location(sources[0].kind, Path(wish.location), sources[0]),)
    else:
        if wish.location is not None:
            sources = (msgspec.structs.replace(sources[0], url=wish.location),)
        from postmortem.sources import listen as room  # noqa: PLC0415 - httpx is slow to import, and a file needs none

        fetching = Options(
            contact=at.settings.publisher.contact,
            allow_hosts=wish.allow_hosts,
            ignore_robots=wish.ignore_robots,
            cache=None if wish.no_cache else at.base / options.CACHE / FOLDER,
        )
        heard = room.listen(sources, fetching, at.now, _progress)
    _show(heard, at.now)
    return heard


def manners(settings: Settings) -> dict[str, Manner]:
    """How each source is taken: an observer does not copy texts unless his settings say so."""
    otherwise: SourceTexts = "omit" if settings.publisher.role == "observer" else "copy"
    return {each.id: _manner(settings, each, each.texts or otherwise) for each in settings.sources}


def exit_code(heard: Iterable[Heard], otherwise: int = 0) -> int:
    """3 where a source gave no answer: what it says is not known."""
    return otherwise or (0 if all(each.answered for each in heard) else 3)


def _manner(settings: Settings, source: Source, texts: SourceTexts) -> Manner:
    known = catalogue(settings, source.provider)
    owner = provider_name(settings, source.provider) if source.provider is not None else settings.publisher.name
    return Manner(texts=texts, service_of=known.service_of, page=f"Incident page of {owner}'s status page")


def _chosen(settings: Settings, named: Sequence[str]) -> tuple[Source, ...]:
    ids = [desk.known("source", each, [source.id for source in settings.sources]) for each in named]
    found = tuple(each for each in settings.sources if not ids or each.id in ids)
    if not found:
        raise click.UsageError("the settings name no source; add one under sources:, with id:, kind: and url:")
    return found


def _is_address(location: str) -> bool:
    return location.lower().startswith(("http://", "https://"))


def _progress(said: str) -> None:
    if sys.stderr.isatty():
        click.echo(safe(said), err=True)


def _show(heard: Iterable[Heard], now: datetime) -> None:
    """The states, one a line, and what of an answer could not be taken."""
    for each in heard:
        click.echo(safe(hearing.line(each, now)), err=True)
        for why in each.skipped:
            click.echo(safe(f"{each.source}: left out: {why}"), err=True)
