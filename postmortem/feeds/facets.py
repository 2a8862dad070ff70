"""Which feeds there are beside those of the whole site: one pair for each service, model, impact class, severity and
provider. Settings in, facets out; and a row's own, by the names that `adds` uses (format.md).
"""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from postmortem.model.settings import Settings
from postmortem.model.subscription import Facet as Kind
from postmortem.model.summary import Summary
from postmortem.model.vocabulary import IMPACT_CLASSES, SEVERITIES


class Facet(NamedTuple):
    """One of them: `name` is what people call it, `page` its page below the site, empty where it has none."""

    kind: Kind
    id: str
    name: str
    page: str

    @property
    def key(self) -> str:
        """As records and addresses write it: `service/api`."""
        return f"{self.kind}/{self.id}"


def of_site(settings: Settings) -> Iterator[Facet]:
    """Every facet of the catalogue, whether anything happened to it or not, in the order of the catalogue."""
    for service in settings.services:
        yield Facet("service", service.id, service.name, f"services/{service.id}/")
    for model in settings.models:
        yield Facet("model", model.id, model.name, f"models/{model.id}/")
    for impact in IMPACT_CLASSES:
        yield Facet("impact", impact, impact.replace("_", " "), f"impact/{impact}/")
    for severity in SEVERITIES:
        yield Facet("severity", severity, "any severity" if severity == SEVERITIES[0] else _worse(severity), "")
    for provider in settings.providers:
        yield Facet("provider", provider.id, provider.name, f"providers/{provider.id}/")


def _worse(severity: str) -> str:
    return severity if severity == SEVERITIES[-1] else f"{severity} or worse"


def of_row(row: Summary) -> list[tuple[str, datetime | None]]:
    """The facets an incident is in now, and since when, where it came into one later. Severities mean "or worse"."""
    hit = {name: each for name, each in row.impact.items() if each.state == "affected"}
    keys = [f"impact/{name}" for name in hit]
    keys += [f"service/{each}" for each in row.services]
    keys += [f"model/{each}" for each in sorted({model for each in hit.values() for model in each.models})]
    keys += [f"provider/{each}" for each in row.providers]
    keys += [f"severity/{each}" for each in SEVERITIES[: SEVERITIES.index(row.severity) + 1]]
    return [(key, row.joined.get(key)) for key in keys]
