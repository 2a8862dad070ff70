"""Rules about what was hit and how much: services, catalogue names, measures. A record and the settings in, problems
out.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from postmortem.lint.suggest import meant, nearest
from postmortem.lint.walk import parts_of
from postmortem.model.claims import Impact, Measure, Origin, Tracking, Window
from postmortem.model.derived import impacts
from postmortem.model.finding import Pointer, Problem
from postmortem.model.record import Record
from postmortem.model.settings import Model, Place, Provider, Service, Settings

_SHARES: Final = frozenset({"error_rate", "success_rate", "share_of_users", "share_of_requests"})
"""Metrics that cannot exceed 100 percent; throughput against a baseline can."""
_WORSE_IS_LESS: Final = frozenset({"success_rate", "throughput"})


def service_outside(record: Record, _settings: Settings, _as_of: date) -> Iterator[Problem]:
    """The services of an impact class, of its windows and of the status page's components are among the record's.

    `services` at the top is the complete list: pages and feeds of a service are found through it. A service that only a
    class names would never tell its subscribers.

    Bad:
    ```yaml
    services: [web-app]
    impact:
      application_failure:
        services: [web-app, mobile-app]
    ```

    Good:
    ```yaml
    services: [web-app, mobile-app]
    impact:
      application_failure:
        services: [web-app, mobile-app]
    ```
    """
    for pointer, service in _hit(record):
        if service not in record.services:
            near = nearest(service, record.services)
            yield Problem(
                pointer=pointer,
                message=f'"{service}" is not among the services of the record',
                hint=f'did you mean "{near}"?' if near else f"add {service} to services at the top, or remove it here",
            )


def _hit(record: Record) -> Iterator[tuple[Pointer, str]]:
    for name, impact in impacts(record):
        here: Pointer = ("impact", name)
        yield from (((*here, "services", index), each) for index, each in enumerate(impact.services))
        for number, window in enumerate(impact.windows):
            there = (*here, "windows", number, "services")
            yield from (((*there, index), each) for index, each in enumerate(window.services))
    for number, entry in enumerate(record.timeline):
        for index, component in enumerate(entry.components):
            yield ("timeline", number, "components", index, "service"), component.service


def unknown_name(record: Record, settings: Settings, _as_of: date) -> Iterator[Problem]:
    """Services, models, regions, environments and providers are ids from the settings.

    An id that the catalogue does not know has no name, no page and no feed, and one that is misspelt splits the history
    of the real one in two. Add what is new to `postmortem.yml`; never take out what old records name.

    Bad:
    ```yaml
    services: [web-ap]
    impact: {application_failure: {services: [web-ap]}}
    ```

    Good:
    ```yaml
    services: [web-app]
    impact: {application_failure: {services: [web-app]}}
    ```
    """
    known = _known(settings)
    for pointer, kind, name in _named(record):
        if name not in known[kind]:
            suggestion = meant(name, known[kind], _aliases(getattr(settings, f"{kind}s")))
            yield Problem(
                pointer=pointer,
                message=f'the settings know no {kind} "{name}"',
                hint=_or_new(suggestion, f"{kind}s"),
            )


def _known(settings: Settings) -> dict[str, frozenset[str]]:
    """The ids of the catalogue, kept for the next record: settings are the same for all of them."""
    if not _last or _last[0][0] is not settings:
        shelves = {kind: frozenset(each.id for each in getattr(settings, f"{kind}s")) for kind in _SHELVES}
        _last[:] = [(settings, shelves)]
    return _last[0][1]


_last: list[tuple[Settings, dict[str, frozenset[str]]]] = []
_SHELVES: Final = ("service", "model", "region", "environment", "provider")


def _aliases(held: tuple[Service | Model | Place | Provider, ...]) -> dict[str, str]:
    """The ids behind the other names that people use."""
    aliases = {each.name.casefold(): each.id for each in held}
    for each in held:
        if isinstance(each, Service | Model):
            aliases.update({alias.casefold(): each.id for alias in each.aliases})
    return aliases


def _named(record: Record) -> Iterator[tuple[Pointer, str, str]]:
    """Every place that names something of the catalogue: pointer, kind of thing, id.

    Services of a class are left to `service_outside`: what is among the record's services is told there.
    """
    yield from _list((), record, ("service",))
    if isinstance(record.provider, str):
        yield ("provider",), "provider", record.provider
    else:
        yield from _list((), record, ("provider",), one="provider")
    stated: list[tuple[Pointer, Impact | Window]] = [*parts_of(record, Impact), *parts_of(record, Window)]
    for pointer, value in stated:
        yield from _list(pointer, value, ("model", "region", "environment"))
    for index, isolation in enumerate(record.isolated):
        for kind in ("service", "model", "region", "environment"):
            if (name := getattr(isolation, kind)) is not None:
                yield ("isolated", index, kind), kind, name


def _list(
    pointer: Pointer, value: object, kinds: tuple[str, ...], one: str | None = None
) -> Iterator[tuple[Pointer, str, str]]:
    for kind in kinds:
        key = one or f"{kind}s"
        held = getattr(value, key, ())
        if isinstance(held, tuple):
            yield from (((*pointer, key, index), kind, name) for index, name in enumerate(held))


def impossible_measure(record: Record, _settings: Settings, _as_of: date) -> Iterator[Problem]:
    """A share is at most 100 percent, and the peak of a measure is its worst moment.

    For error rates and latencies the worst moment is the highest number; for success rates and throughput it is the
    lowest. A peak that is better than the mean is most often two numbers that were swapped.

    Bad:
    ```yaml
    impact:
      application_failure:
        measures: [{metric: error_rate, unit: percent, mean: 92, peak: 71}]
    ```

    Good:
    ```yaml
    impact:
      application_failure:
        measures: [{metric: error_rate, unit: percent, mean: 71, peak: 92}]
    ```
    """
    for pointer, measure in parts_of(record, Measure):
        yield from _share(pointer, measure)
        yield from _peak(pointer, measure)


def _share(pointer: Pointer, measure: Measure) -> Iterator[Problem]:
    if measure.unit != "percent" or measure.metric not in _SHARES:
        return
    for key in ("baseline", "mean", "peak", "value"):
        number = getattr(measure, key)
        if number is not None and number > 100:  # noqa: PLR2004 - percent
            message = f"{measure.metric} cannot be {number:g} percent"
            yield Problem(pointer=(*pointer, key), message=message, hint="a share lies between 0 and 100")


def _peak(pointer: Pointer, measure: Measure) -> Iterator[Problem]:
    mean, peak = measure.mean, measure.peak
    if mean is None or peak is None or measure.metric == "other":
        return
    less = measure.metric in _WORSE_IS_LESS
    if peak > mean if less else peak < mean:
        message = f"the peak of {measure.metric} ({peak:g}) is {'above' if less else 'below'} its mean ({mean:g})"
        hint = "the peak is the worst moment: swap the numbers, or correct one"
        yield Problem(pointer=(*pointer, "peak"), message=message, hint=hint)


def provider_missing(record: Record, settings: Settings, _as_of: date) -> Iterator[Problem]:
    """Where the settings list providers, every record says whose incident it is.

    An observer's site may hold the records of several providers. One that names none would be in no provider's history,
    and in nobody's numbers.

    Bad:
    ```yaml postmortem.yml
    providers: [{id: example-ai, name: Example AI}]
    ```
    ```yaml
    severity: major
    ```

    Good:
    ```yaml postmortem.yml
    providers: [{id: example-ai, name: Example AI}]
    ```
    ```yaml
    severity: major
    provider: example-ai
    ```
    """
    if settings.providers and not record.provider:
        known = [each.id for each in settings.providers]
        hint = f"add provider: {known[0]}" if len(known) == 1 else f"add provider: with one of {', '.join(known)}"
        yield Problem(pointer=(), message="the record does not say whose incident it is", hint=hint)


def unknown_source(record: Record, settings: Settings, _as_of: date) -> Iterator[Problem]:
    """`tracking` and `origin` name a source from the settings.

    Enrichment asks that source what it has said since, and recognises its updates by its keys. Under a name that the
    settings do not know, the record is never asked about again.

    Bad:
    ```yaml
    tracking: [{source: statuspage, incident: 9f3k2lq8zv1c}]
    ```

    Good:
    ```yaml
    tracking: [{source: status-page, incident: 9f3k2lq8zv1c}]
    ```
    """
    known = [each.id for each in settings.sources]
    named: list[tuple[Pointer, Tracking | Origin]] = [*parts_of(record, Tracking), *parts_of(record, Origin)]
    for pointer, value in named:
        if value.source not in known:
            suggestion = meant(value.source, known)
            yield Problem(
                pointer=(*pointer, "source"),
                message=f'the settings know no source "{value.source}"',
                hint=_or_new(suggestion, "sources"),
            )


def unknown_fallback(record: Record, settings: Settings, _as_of: date) -> Iterator[Problem]:
    """A fallback is for a service or a model from the settings.

    Customers look for a way round by what they use; one that is filed under a name nobody knows is not found.

    Bad:
    ```yaml
    guidance: {fallbacks: [{for: chat, use: The API with an existing key}]}
    ```

    Good:
    ```yaml
    guidance: {fallbacks: [{for: web-app, use: The API with an existing key}]}
    ```
    """
    catalogue: tuple[Service | Model, ...] = (*settings.services, *settings.models)
    known = {each.id for each in catalogue}
    for index, fallback in enumerate(record.guidance.fallbacks):
        if fallback.for_ not in known:
            suggestion = meant(fallback.for_, known, _aliases(catalogue))
            yield Problem(
                pointer=("guidance", "fallbacks", index, "for"),
                message=f'the settings know no service and no model "{fallback.for_}"',
                hint=suggestion or "add it to services or models in postmortem.yml",
            )


def _or_new(suggestion: str, key: str) -> str:
    """What may have been meant, and where a name goes that nobody knows yet."""
    place = f"new ones go into {key} in postmortem.yml"
    return f"{suggestion} ({place})" if suggestion else place
