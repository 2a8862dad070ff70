"""Every file for machines that is no feed: what `build.py` asks for in three lines. History, settings, a way to get one
incident and the as-of date in, artifacts out.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from postmortem.api import (
    badges,
    catalogue,
    distribution,
    exports,
    feeds,
    moved,
    numbers,
    openmetrics,
    record,
    statuspage_v2,
    v1,
    views,
)
from postmortem.model.artifact import Artifact
from postmortem.model.figure import Numbers, View
from postmortem.model.history import History
from postmortem.model.incident import Incident
from postmortem.model.settings import Settings
from postmortem.model.subscription import Subscription


def own(incident: Incident, settings: Settings) -> tuple[Artifact, ...]:
    """The files of one incident, made where it was read: all of it as JSON and as YAML, and what it leaves at former
    addresses.
    """
    return v1.document(incident, settings), record.document(incident, settings), *moved.artifacts(incident, settings)


def artifacts(
    history: History, settings: Settings, incidents: Callable[[str], Incident], as_of: date
) -> Iterator[Artifact]:
    """What follows from records, settings and the day."""
    yield from statuspage_v2.artifacts(history, settings, incidents, as_of)
    yield from exports.artifacts(history, settings)
    yield from catalogue.artifacts(history, settings)
    yield openmetrics.artifact(history, settings, as_of)
    yield from badges.artifacts(history, settings, as_of)


def figures(
    every: Iterable[Numbers], scorecards: Iterable[Numbers], apart: Iterable[View], settings: Settings, as_of: date
) -> Iterator[Artifact]:
    """What is computed; `apart` is each thing by itself."""
    yield numbers.artifact(every, scorecards, settings, as_of)
    yield views.artifact(apart, settings, as_of)


def directory(
    history: History, settings: Settings, subscriptions: Iterable[Subscription], schemas: Iterable[str]
) -> Iterator[Artifact]:
    """What says where everything is."""
    told = tuple(subscriptions)
    yield feeds.artifact(settings, told)
    yield from distribution.artifacts(history, settings, told, schemas)
