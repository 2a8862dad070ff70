"""By what readers filter and sort entries. A row in, categories out (RFC 4287, section 4.2.2); knows no file format."""

from collections.abc import Iterable

import msgspec

from postmortem.model.settings import Settings
from postmortem.model.summary import Summary
from postmortem.model.vocabulary import Status


class Category(msgspec.Struct, frozen=True):
    """One category as Atom has it: a scheme that never changes, a term, a word for people."""

    scheme: str
    term: str
    label: str

    @property
    def mark(self) -> str:
        """The same in one word, for formats that have no schemes: `service:api`."""
        return f"{self.scheme.rpartition('/')[2]}:{self.term}"


class Categories:
    """The categories of a site, each made once."""

    def __init__(self, settings: Settings) -> None:
        self._prefix = f"tag:{settings.feeds.authority}:category/"
        self._labels = {("service", each.id): each.name for each in settings.services}
        self._labels |= {("model", each.id): each.name for each in settings.models}
        self._labels |= {("provider", each.id): each.name for each in settings.providers}
        self._made: dict[tuple[str, str], Category] = {}

    def of(self, row: Summary, status: Status) -> tuple[Category, ...]:
        """An incident's, with a status that it has or had."""
        affected = [name for name, each in row.impact.items() if each.state == "affected"]
        return (
            self._one("kind", row.kind),
            self._one("severity", row.severity),
            self._one("status", status),
            *[self._one("impact", each) for each in affected],
            *[self._one("provider", each) for each in row.providers],
            *[self._one("service", each) for each in row.services],
            *[self._one("model", each) for each in row.models],
        )

    def told(self, status: Status | None, services: Iterable[str]) -> tuple[Category, ...]:
        """An update's own: the status that it told, and the services whose states it showed."""
        said = [self._one("status", status)] if status is not None else []
        return (*said, *[self._one("service", each) for each in services])

    def _one(self, scheme: str, term: str) -> Category:
        made = self._made.get((scheme, term))
        if made is None:
            label = self._labels.get((scheme, term), term.replace("_", " "))
            made = self._made[scheme, term] = Category(f"{self._prefix}{scheme}", term, label)
        return made
