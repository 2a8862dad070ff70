"""Which service of the catalogue a component of a status page is. Settings in, a way to look up and what to add out.

A component is found by the vendor's id of it, by its group and name, or by its name, among the ids, names and aliases
of the provider's services; letters are compared after Unicode folding. Nothing is guessed: a name that is not there is
a finding that says what to add.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from typing import Final

import msgspec

from postmortem.model.event import Component, Told, named
from postmortem.model.settings import Model, Service, Settings
from postmortem.model.slug import slugify
from postmortem.yamldoc.dump import dump

_LONGEST: Final = 160
_RESERVED: Final = re.compile("con|prn|aux|nul|(?:com|lpt)[0-9]")
"""Names that no file can have on Windows."""


class Catalogue(msgspec.Struct, frozen=True):
    """Folded names with the ids behind them; `models` are known, but are no services."""

    services: dict[str, str]
    models: frozenset[str] = frozenset()

    def service_of(self, component: Component) -> str | None:
        """The id of the service, if the catalogue knows it."""
        return next((self.services[each] for each in _names(component) if each in self.services), None)

    def knows(self, component: Component) -> bool:
        """Whether the name needs nothing to be added: it is a service's or a model's."""
        return self.service_of(component) is not None or any(each in self.models for each in _names(component))


def catalogue(settings: Settings, provider: str | None) -> Catalogue:
    """What the settings know of this provider, and of nobody's in particular. Ids weigh most, then names, aliases."""
    services = [each for each in settings.services if each.provider in (None, provider) or provider is None]
    models = [each for each in settings.models if each.provider in (None, provider) or provider is None]
    found: dict[str, str] = {}
    for words in (_ids, _called, _aliases):
        for each in services:
            for word in words(each):
                found.setdefault(fold(word), each.id)
    return Catalogue(found, frozenset(fold(word) for each in models for word in (*_called(each), *_aliases(each))))


def strangers(told: Iterable[Told], known: Catalogue) -> tuple[Component, ...]:
    """The components that the catalogue does not know, each name once, by name."""
    seen = {(fold(each.group or ""), fold(each.name)): each for one in told for each in named(one)}
    return tuple(seen[each] for each in sorted(seen) if seen[each].name.strip() and not known.knows(seen[each]))


def missing(unmapped: Iterable[Component], settings: Settings, provider: str | None) -> tuple[Service, ...]:
    """The services that would make them known: what `--write-catalogue` adds."""
    taken = {each.id for each in settings.services}
    added = []
    for each in unmapped:
        name = " ".join("".join(map(_printable, each.name)).split())[:_LONGEST].strip()
        group = " ".join("".join(map(_printable, each.group or "")).split())[:_LONGEST].strip()
        id_ = next(candidate for candidate in _candidates(name, group) if candidate not in taken)
        taken.add(id_)
        added.append(Service(id=id_, name=name, group=group or None, provider=provider))
    return tuple(added)


def snippet(services: Iterable[Service]) -> str:
    """The YAML to add under `services:`."""
    return dump({"services": [msgspec.to_builtins(each) for each in services]})


@lru_cache(maxsize=4096)
def fold(name: str) -> str:
    """A name for comparison: NFKC, case folded, white space as one space."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _names(component: Component) -> Iterator[str]:
    """The most particular first: names are unique only within their group."""
    if component.id:
        yield fold(component.id)
    if component.group:
        yield fold(f"{component.group} - {component.name}")
    yield fold(component.name)


def _ids(each: Service) -> Iterable[str]:
    return (each.id,)


def _called(each: Service | Model) -> Iterable[str]:
    return (each.id, each.name)


def _aliases(each: Service | Model) -> Iterable[str]:
    return each.aliases


def _candidates(name: str, group: str) -> Iterator[str]:
    slug = partial(slugify, longest=50)
    base = slug(name) if slug(name) != "incident" else "service"
    yield f"{base}-service" if _RESERVED.fullmatch(base) else base
    if group:
        yield slug(f"{group} {name}")
    number = 2
    while True:
        yield f"{base}-{number}"
        number += 1


def _printable(letter: str) -> str:
    return letter if letter.isprintable() else " "
