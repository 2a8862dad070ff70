"""`postmortem explain`: the page of a rule, or the list of all."""

import sys

import click
import msgspec

from postmortem.cli import options
from postmortem.lint.guide import Guide, guides
from postmortem.lint.suggest import nearest
from postmortem.report import pages


@click.command()
@click.argument("code", required=False)
@click.option("--list", "list_", is_flag=True, help="All codes, one a line.")
@options.format_option("text", "json")
def explain(*, code: str | None, list_: bool, format_: str) -> None:
    """Show the page of a rule: what it demands, why, a bad and a good example.

    CODE is a code (PM204) or a name (open-window); left out, all are listed.
    """
    asked = tuple(guides().values()) if code is None or list_ else (_guide(code),)
    if format_ == "json":
        document: object = {"version": 1, "rules": asked}
        options.write(msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n")
    elif code is None or list_:
        options.write(pages.table(asked, colour=options.colours(sys.stdout)))
    else:
        options.write(pages.page(asked[0], colour=options.colours(sys.stdout)))


def _guide(word: str) -> Guide:
    folded = word.strip().casefold()
    for each in guides().values():
        if folded in (each.code.casefold(), each.slug):
            return each
    known = {name.casefold(): name for each in guides().values() for name in (each.code, each.slug)}
    near = nearest(folded, known)
    suggestion = f'did you mean "{known[near]}"?' if near else "postmortem explain --list shows them all"
    raise click.UsageError(f'there is no rule "{word}"; {suggestion}')
