"""The scope of a page about one thing: the same watched days, fewer incidents. A Scope in, a narrower one out; every
figure takes either.
"""

from postmortem.metrics.scope import Scope
from postmortem.model.settings import Service
from postmortem.model.vocabulary import CauseCategory, ImpactClass


def service(scope: Scope, one: Service) -> Scope:
    """The incidents that touched a service, and the windows that name it."""
    return scope.narrowed(lambda row: one.id in row.services, lambda spell: one.id in spell.services)


def impact(scope: Scope, name: ImpactClass) -> Scope:
    """The incidents that affected a class, and their windows in it."""
    return scope.narrowed(lambda row: row.impact[name].state == "affected", lambda spell: spell.impact == name)


def model(scope: Scope, id_: str) -> Scope:
    """The incidents that name a model, and the windows of the classes that do. Where a record speaks of models nobody
    named, it is not counted.
    """
    named = {row.id: {name for name, each in row.impact.items() if id_ in each.models} for row in scope.rows}
    return scope.narrowed(
        lambda row: id_ in row.models, lambda spell: spell.impact in named.get(spell.incident, frozenset())
    )


def cause(scope: Scope, category: CauseCategory) -> Scope:
    """The incidents of which a cause factor has the category, in any role, and all their windows."""
    ids = {row.id for row in scope.rows if any(each == category for each, _ in row.causes)}
    return scope.narrowed(lambda row: row.id in ids, lambda spell: spell.incident in ids)
