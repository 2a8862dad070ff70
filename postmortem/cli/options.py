"""What the commands have in common: options, the clock, the environment, and how to write to a terminal or a pipe."""

import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import IO, Any, TypeVar

import click

from postmortem.errors import OutputRefusedError, SettingsError
from postmortem.site import asof

Command = TypeVar("Command", bound=Callable[..., Any])
CACHE = ".postmortem-cache"
"""The folder beside the settings in which runs keep what they worked out; `make clean` removes it."""


class Day(click.ParamType[date]):
    """A day as the format writes it."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day that was typed."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a date; write it as 2026-06-23", param, ctx)


def settings_option(command: Command) -> Command:
    """`--settings FILE`, as `settings`: a Path or None (`found` turns None into the nearest one)."""
    return click.option(
        "--settings",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="The settings; left out, the nearest postmortem.yml from here upwards.",
    )(command)


def as_of_option(command: Command) -> Command:
    """`--as-of DATE`, as `as_of`: a date or None (`day` turns None into the date that counts)."""
    return click.option(
        "--as-of",
        type=Day(),
        metavar="DATE",
        help=f"The day (UTC) as which to look at the records; left out, {asof.VARIABLE}, else today.",
    )(command)


def jobs_option(command: Command) -> Command:
    """`--jobs N`, as `jobs`: how many processes."""
    return click.option(
        "--jobs", type=click.IntRange(min=1), default=_processors(), metavar="N", help="How many processes to use."
    )(command)


def no_cache_option(command: Command) -> Command:
    """`--no-cache`, as `no_cache`."""
    return click.option("--no-cache", is_flag=True, help="Neither use nor keep what earlier runs worked out.")(command)


def format_option(*formats: str) -> Callable[[Command], Command]:
    """`--format WORD`, as `format_`; the first is the default."""
    return click.option("--format", "format_", type=click.Choice(formats), default=formats[0], show_default=True)


def found(settings: Path | None) -> Path:
    """The settings file that was named, or the nearest, as people would type it from here. Raises SettingsError."""
    if settings is not None:
        return settings
    from postmortem.corpus.settings import find  # noqa: PLC0415 - with it come YAML and schema, which `explain` can spare

    return Path(os.path.relpath(find(Path.cwd())))


def day(as_of: date | None) -> date:
    """The as-of date: what was asked for, else SOURCE_DATE_EPOCH (seconds, UTC), else today in UTC. Raises
    SettingsError.
    """
    given = os.environ.get(asof.VARIABLE)
    try:
        return as_of or asof.day_of(given)
    except ValueError as error:
        found = f"{asof.VARIABLE} is {given!r}, which is no number of seconds since 1970"
        raise SettingsError(f"{found}; unset it or name a day with --as-of") from error


def colours(stream: IO[str]) -> bool:
    """Whether to colour what goes there: a terminal, unless NO_COLOR (no-color.org) or a dumb one says no."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def write(text: str) -> None:
    """Write to stdout as UTF-8; a reader who has seen enough (`| head`) is no error. Raises OutputRefusedError."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode(errors="replace"))
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise OutputRefusedError(
                f"the output cannot be written ({error.strerror}); make room, or send it elsewhere"
            ) from error


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
