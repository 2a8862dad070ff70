"""The scopes of pages about one thing: the same watched days, fewer incidents. A Scope in, narrower ones out; every
figure takes either.

All are dealt out in one pass: the catalogue may be long, and the history longer.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from postmortem.metrics.scope import Scope
from postmortem.metrics.spell import Spell
from postmortem.model.figure import Facet
from postmortem.model.summary import Summary

Key = tuple[Facet, str]


class _Hand(NamedTuple):
    rows: list[Summary]
    spells: list[Spell]


def deal(scope: Scope) -> dict[Key, Scope]:
    """A scope for everything that any incident or spell speaks of; what is not there has neither.

    A service has the incidents that touched it and the windows that name it; an impact class those that affected it; a
    model the incidents that name it and the windows of the classes that do (where a record speaks of models nobody
    named, it is not counted); a cause the incidents of which a factor has the category, in any role, and their windows.
    """
    hands: defaultdict[Key, _Hand] = defaultdict(lambda: _Hand([], []))
    counted: dict[str, Summary] = {}
    for row in scope.rows:
        counted[row.id] = row
        for key in _of_row(row):
            hands[key].rows.append(row)
    for spell in scope.spells:
        for key in _of_spell(spell, counted.get(spell.incident)):
            hands[key].spells.append(spell)
    return {
        key: msgspec.structs.replace(scope, rows=tuple(hand.rows), spells=tuple(hand.spells))
        for key, hand in hands.items()
    }


def none(scope: Scope) -> Scope:
    """The same days, and nothing in them."""
    return msgspec.structs.replace(scope, rows=(), spells=())


def _of_row(row: Summary) -> Iterator[Key]:
    for service in dict.fromkeys(row.services):
        yield "service", service
    for name, impact in row.impact.items():
        if impact.state == "affected":
            yield "impact", name
    for model in row.models:
        yield "model", model
    for category in dict.fromkeys(category for category, _ in row.causes):
        yield "cause", category


def _of_spell(spell: Spell, row: Summary | None) -> Iterator[Key]:
    for service in dict.fromkeys(spell.services):
        yield "service", service
    yield "impact", spell.impact
    if row is not None:
        for model in dict.fromkeys(row.impact[spell.impact].models):
            yield "model", model
        for category in dict.fromkeys(category for category, _ in row.causes):
            yield "cause", category
