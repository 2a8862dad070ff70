"""Whose words a feed's are: the settings and what was typed in, the source and the provider out. It asks nobody."""

from pathlib import Path
from urllib.parse import urlsplit

import click
import msgspec

from postmortem.cli import desk
from postmortem.model.settings import Settings, Source


class Asked(msgspec.Struct, frozen=True):
    """The source as it is to be listened to, where its documents are, and the provider whose incidents it tells."""

    source: Source
    location: str
    provider: str | None


def whose(settings: Settings, kind: str, location: str, named: str | None) -> Asked:
    """The source that was named; else the one at that host, else the only one of that kind. Raises a usage error."""
    place = _place(location)
    source = _source(settings, kind, place, named)
    replaced = msgspec.structs.replace(source, kind=None if kind == "auto" else kind)
    return Asked(replaced, place, _provider(settings, source))


def _place(location: str) -> str:
    """A file, a folder or an address, which may be a bare host."""
    if (location and Path(location).exists()) or "://" in location:
        return location
    if "." not in location.partition("/")[0].strip("."):
        raise click.UsageError(f'"{location}" is neither a file, a folder nor an address; name one of them')
    return f"https://{location}"


def _source(settings: Settings, kind: str, place: str, named: str | None) -> Source:
    known = settings.sources
    if named is not None:
        id_ = desk.known("source", named, [each.id for each in known])
        return next(each for each in known if each.id == id_)
    host = urlsplit(place).hostname
    at_host = [each for each in known if host and each.url and urlsplit(each.url).hostname == host]
    alike = [each for each in known if kind in ("auto", each.kind) or each.kind is None]
    for found in (at_host, alike):
        if len(found) == 1:
            return found[0]
    if known:
        ids = ", ".join(each.id for each in known)
        raise click.UsageError(f"which source of postmortem.yml is this? name it with --source: {ids}")
    raise click.UsageError(
        "the settings name no source, so no record could say whose words these are; add to postmortem.yml:\n"
        f"sources:\n  - {{id: status-page, kind: {kind}, url: {place if '://' in place else 'https://…'}}}"
    )


def _provider(settings: Settings, source: Source) -> str | None:
    ids = [each.id for each in settings.providers]
    if source.provider is not None or not ids:
        return source.provider
    if len(ids) == 1:
        return ids[0]
    raise click.UsageError(
        f"sources: {source.id} does not say whose page it is; add provider: with one of {', '.join(ids)}"
    )
