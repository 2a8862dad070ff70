"""Where every error ends: a piece of work in, an exit code out, and one clear line on stderr for whoever can mend
it.
"""

import os
import traceback
from collections.abc import Callable

import click

from postmortem.errors import PostmortemError

OPERATOR, OUR_BUG, INTERRUPTED = 3, 70, 130
DEBUG = "POSTMORTEM_DEBUG"


def guarded(work: Callable[[], object]) -> int:
    """Do the work; its own result is the exit code if it is a number, else 0."""
    try:
        result = work()
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except (click.Abort, KeyboardInterrupt):
        _say("interrupted")
        return INTERRUPTED
    except click.ClickException as misuse:
        misuse.show()
        return misuse.exit_code
    except PostmortemError as error:
        for line in str(error).splitlines() or [type(error).__name__]:
            _say(line)
        return OPERATOR
    except Exception as bug:  # noqa: BLE001 - the one place that may: everything else is our bug
        return _ours(bug)
    return result if isinstance(result, int) else 0


def _ours(bug: Exception) -> int:
    where = "".join(f" ({note})" for note in getattr(bug, "__notes__", ()))
    _say(f"this is a bug of ours, not of your records: {type(bug).__name__}: {bug}{where}")
    if os.environ.get(DEBUG):
        click.echo("".join(traceback.format_exception(bug)), err=True, nl=False)
    else:
        _say(f"please report it; {DEBUG}=1 shows where it happened")
    return OUR_BUG


def _say(line: str) -> None:
    click.echo(f"postmortem: {line}", err=True)
