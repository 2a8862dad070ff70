"""The command `postmortem`: arguments in, an exit code out. The only room that knows click, the clock and the
environment.

`main` is the one boundary: whatever goes wrong below becomes a line for the right person and an exit code here.

    0    done
    1    errors found (with --strict: warnings, too)
    2    the command was used wrongly
    3    the operator has something to mend (a `PostmortemError`)
    70   a bug of ours
    130  interrupted
"""

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import Final

import click

from postmortem import __version__
from postmortem.cli.boundary import guarded
from postmortem.corpus.work import undisturbed

COMMANDS: Final[dict[str, str]] = {
    "new": "begin a record, or publish one in one line",
    "update": "say something while it burns, and set what follows from it",
    "revise": "tell readers what changed since it was published",
    "withdraw": "say that a public record no longer stands",
    "import": "write records of what a status page said, its whole history at once",
    "enrich": "add to the records what sources said since",
    "reconcile": "say where records and sources disagree",
    "lint": "say what is wrong with the records",
    "explain": "show the page of a rule, or the list of all rules",
    "stats": "print the numbers: how often, how long, how fast, and what readers were told",
    "build": "lint the records, then write the site",
    "serve": "show the site on this machine while you write",
    "verify": "check a published site as a stranger would",
}
"""Every command with what it does; each lives in the module of its name, as the function of its name, with an
underscore behind both where the name is a word of Python.
"""


class Commands(click.Group):
    """Imports a command only when it is asked for, so that none waits for the libraries of the others."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command: click.Command = getattr(import_module(f"postmortem.cli.{name}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """The table, without importing anything."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="postmortem")
def postmortem() -> None:
    """Turn one reviewed YAML file per incident into a public record."""


def run(arguments: Sequence[str]) -> int:
    """Do what the arguments say and give the exit code."""
    return guarded(lambda: postmortem.main(list(arguments), prog_name="postmortem", standalone_mode=False))


def main() -> None:
    """The entry point of the installed command. Streams that the caller closed (`>&-`) are empty, and forget."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - open to the end
    with undisturbed():  # what is imported stays, and most commands are over before there is garbage worth looking for
        code = run(sys.argv[1:])
        gc.freeze()  # or the interpreter would look through everything, several times, before it throws it away
    sys.exit(code)
