"""The as-of date, read once: for the commands and for the plugin's first line."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time

from postmortem.errors import SettingsError

VARIABLE = "SOURCE_DATE_EPOCH"
"""Seconds since 1970 (reproducible-builds.org); MkDocs reads it, too, and falls over an empty one."""


def read() -> date:
    """The day that SOURCE_DATE_EPOCH names in UTC, else today in UTC. Raises SettingsError if it is no number."""
    given = os.environ.get(VARIABLE, "").strip()
    try:
        return day_of(given)
    except ValueError as error:
        raise SettingsError(f"{VARIABLE}={given}: not a number of seconds since 1970; unset it or mend it") from error


def day_of(given: str | None) -> date:
    """The day in UTC of so many seconds since 1970, of now where nothing is given. Raises ValueError."""
    if not given:
        return datetime.now(tz=UTC).date()
    try:
        return datetime.fromtimestamp(int(given), tz=UTC).date()
    except (OverflowError, OSError) as error:
        raise ValueError(given) from error


def fix(day: date) -> str | None:
    """Let everything in this process see midnight UTC of the day; what was set before, for `restore`."""
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = str(int(datetime.combine(day, time(), tzinfo=UTC).timestamp()))
    return before


def restore(before: str | None) -> None:
    """Undo `fix`."""
    if before is None:
        os.environ.pop(VARIABLE, None)
    else:
        os.environ[VARIABLE] = before


@contextmanager
def fixed(day: date) -> Iterator[None]:
    """`fix` for as long as the block lasts."""
    before = fix(day)
    try:
        yield
    finally:
        restore(before)
