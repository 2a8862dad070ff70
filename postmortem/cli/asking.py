"""What `new` still has to know: asked on a terminal, taken from safe defaults in a pipe, or demanded by name."""

import sys
from collections.abc import Iterator

import click
import msgspec

from postmortem.authoring import times
from postmortem.authoring.new import New
from postmortem.authoring.wish import WishError
from postmortem.cli import options
from postmortem.lint.suggest import meant
from postmortem.model.moment import Moment
from postmortem.model.settings import Settings
from postmortem.model.vocabulary import SEVERITIES
from postmortem.report.style import paint, safe

_UNKNOWN = "not known"


def completed(wish: New, settings: Settings, *, started: bool) -> New:
    """The wish with nothing missing that it needs. Raises a usage error naming the flags."""
    if sys.stdin.isatty() and sys.stderr.isatty():
        wish = _asked(wish, settings, started=started)
    missing = list(_missing(wish)) if wish.publish else []
    if missing:
        raise click.UsageError(f"--publish needs {' and '.join(missing)}: a public record says at least that")
    return msgspec.structs.replace(wish, provider=wish.provider or _providers(wish, settings))


def _missing(wish: New) -> Iterator[str]:
    if wish.severity is None:
        yield "--severity"
    if not wish.services:
        yield "--service"
    if not (wish.text or "").strip():
        yield "--text"


def _asked(wish: New, settings: Settings, *, started: bool) -> New:
    """Ask for what no flag said; Ctrl-C leaves everything as it was."""
    if wish.severity is None:
        kinds = click.Choice(SEVERITIES)
        severity = click.prompt("How bad is it", type=kinds, default="minor", err=True)
        wish = msgspec.structs.replace(wish, severity=severity)
    if not wish.services and settings.services:
        wish = msgspec.structs.replace(wish, services=_services(settings, needed=wish.publish))
    if not started:
        wish = msgspec.structs.replace(wish, started=_started(wish))
    if wish.text is None:
        empty = None if wish.publish else ""
        said = click.prompt("What users see, in one line", default=empty, show_default=False, err=True)
        wish = msgspec.structs.replace(wish, text=said.strip() or None)
    return wish


def _services(settings: Settings, *, needed: bool) -> tuple[str, ...]:
    colour = options.colours(sys.stderr)
    for each in settings.services:
        click.echo(f"  {paint(each.id, 'strong', colour=colour)}  {safe(each.name)}", err=True)
    ids = [each.id for each in settings.services]

    def chosen(typed: str) -> tuple[str, ...]:
        named = tuple(dict.fromkeys(typed.replace(",", " ").split()))
        for each in named:
            if each not in ids:
                raise click.UsageError(f'there is no service "{each}"; {meant(each, ids)}')
        return named

    only = ids[0] if len(ids) == 1 else None if needed else ""
    ask = "Which services does it touch (ids, with spaces between)"
    found: tuple[str, ...] = click.prompt(ask, default=only, value_proc=chosen, show_default=bool(only), err=True)
    return found


def _started(wish: New) -> Moment | None:
    def when(typed: str) -> Moment | None:
        if typed.strip().lower() in ("", _UNKNOWN, "unknown"):
            return None
        try:
            return times.read(typed, wish.now)
        except WishError as refusal:
            raise click.UsageError(str(refusal)) from refusal

    found: Moment | None = click.prompt(
        "When did it start (14:21Z, 20m ago)", default=_UNKNOWN, value_proc=when, err=True
    )
    return found


def _providers(wish: New, settings: Settings) -> tuple[str, ...]:
    """Whose services these are; the only provider, or the first one, where they do not say."""
    of = {each.id: each.provider for each in settings.services} | {each.id: each.provider for each in settings.models}
    named = [of.get(each) for each in (*wish.services, *wish.models)]
    found = tuple(dict.fromkeys(each for each in named if each is not None))
    return found or tuple(each.id for each in settings.providers[:1])
