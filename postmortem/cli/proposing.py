"""Incidents that no record tracks: asked about on a terminal, reported in a pipe. What was told and what is known of
the records in, the incidents that a person took for a record out.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import click

from postmortem.cli import telling
from postmortem.cli.desk import Desk
from postmortem.enrich.manner import Manner, written
from postmortem.enrich.match import Known, Proposal, proposals, window
from postmortem.model.event import Told
from postmortem.report.style import safe

_SHOWN = 20
"""Proposals that a pipe is told of one by one."""


def decide(  # noqa: PLR0913 - what was told, what is known, and how to go about it
    told: Sequence[Told],
    known: Sequence[Known],
    manners: Mapping[str, Manner],
    at: Desk,
    *,
    only: frozenset[str] | None,
    ask: bool,
) -> dict[str, list[Told]]:
    """The incidents that records are to track from now on, by the records' names. Without a terminal (or with `ask`
    false) nobody is asked, so nothing is taken: what may belong together is only told. `only` these records count.
    """
    service_of = {name: each.service_of for name, each in manners.items()}
    found = [
        Proposal(each.told, names)
        for each in proposals(told, known, service_of)
        for names in [tuple(name for name in each.names if only is None or name in only)]
        if names
    ]
    taken: dict[str, list[Told]] = defaultdict(list)
    asking = ask and sys.stdin.isatty() and sys.stderr.isatty()
    for each in found if asking else found[:_SHOWN]:
        if asking:
            _ask(each, taken, at)
        else:
            click.echo(safe(_reported(each, at)), err=True)
    if not asking and len(found) > _SHOWN:
        click.echo(f"and {len(found) - _SHOWN} more; run it on a terminal to be asked about each", err=True)
    if only is None:
        _rest(told, known, found)
    return taken


def _ask(proposal: Proposal, taken: dict[str, list[Told]], at: Desk) -> None:
    """One question for each record that it may be, until one is taken: no record follows two of one source by this."""
    click.echo(safe(_described(proposal.told)), err=True)
    for name in proposal.names:
        if any(each.source == proposal.told.source for each in taken[name]):
            continue
        if click.confirm(f"  Is it {telling.here(at.base, name)}", default=False, err=True):
            taken[name].append(proposal.told)
            return


def _reported(proposal: Proposal, at: Desk) -> str:
    told = proposal.told
    names = " or ".join(telling.here(at.base, name) for name in proposal.names[:3])
    row = f"tracking: [{{source: {told.source}, incident: {told.incident}}}]"
    return f"{_described(told)} may be {names} (same service, same time); if so, add {row}"


def _described(told: Told) -> str:
    start, end = window(told)
    page = f", {told.head.url}" if told.head.url else ""
    return f'{told.source} {told.incident} "{told.head.title}" ({written(start)} to {written(end)}{page})'


def _rest(told: Sequence[Told], known: Sequence[Known], found: Sequence[Proposal]) -> None:
    """How many incidents nobody wrote a record of."""
    seen = {one for each in known for one in each.tracked}
    seen |= {(each.told.source, each.told.incident) for each in found}
    left = Counter(each.source for each in told if (each.source, each.incident) not in seen)
    for source, count in sorted(left.items()):
        said = "1 incident has no record" if count == 1 else f"{count:,} incidents have no record"
        click.echo(f"{source}: {said}; postmortem import writes what is missing", err=True)
