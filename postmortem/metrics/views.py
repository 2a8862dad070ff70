"""What the pages about one thing show of it: its days, and a few of the figures. Scopes and their numbers in, `View`s
out; knows no page.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, get_args

from postmortem.metrics import causes, durations, facets, frequency, gaps, strips
from postmortem.metrics.distribution import Measure
from postmortem.metrics.scope import Scope
from postmortem.model.figure import Figure, Numbers, Strip, View
from postmortem.model.vocabulary import IMPACT_CLASSES, CauseCategory

_CAUSES: Final[tuple[CauseCategory, ...]] = get_args(CauseCategory)
_OF_PROVIDER: Final = (
    *("counts/30", "counts/90", "counts/365", "counts/all"),
    *("impact_time", "open_time", "lag/disclosure", "lag/postmortem", "gaps"),
)


def views(scopes: Iterable[Scope], numbers: Iterable[Numbers]) -> tuple[View, ...]:
    """For each scope the provider itself, where it is known, then every impact class, service, model and cause of the
    vocabulary and the catalogue, whether anything happened to it or not. `numbers` are those of the scopes.
    """
    return tuple(each for pair in zip(scopes, numbers, strict=True) for each in _of(*pair))


def _of(scope: Scope, whole: Numbers) -> Iterator[View]:
    known = {each.key: each for section in whole.sections for each in section.figures}
    dealt, nothing = facets.deal(scope), facets.none(scope)
    measured = {row.id: durations.measure(row, IMPACT_CLASSES) for row in scope.rows}
    if (id_ := _whose(scope)) is not None:
        figures = tuple(known[key] for key in _OF_PROVIDER)
        yield _view(scope, strips.of(scope, "provider", id_), figures)
    for strip in strips.strips(scope):
        narrow = dealt.get((strip.kind, strip.id), nothing)
        time = known[f"impact_time/{strip.id}"] if strip.kind == "impact" else _time(narrow, measured)
        yield _view(scope, strip, (*_figures(narrow, time), *_uptime(strip, known)))
    for model in _models(scope):
        narrow = dealt.get(("model", model), nothing)
        yield _view(scope, strips.of(narrow, "model", model), _figures(narrow, _time(narrow, measured)))
    for category in _CAUSES:
        narrow = dealt.get(("cause", category), nothing)
        recurs = () if category == "unknown" else (causes.one(known["causes"], category),)
        yield _view(scope, strips.of(narrow, "cause", category), (*_figures(narrow, _time(narrow, measured)), *recurs))


def _whose(scope: Scope) -> str | None:
    """The one provider that a scope is about."""
    listed = [each.id for each in scope.settings.providers]
    return scope.provider or (listed[0] if len(listed) == 1 else None)


def _models(scope: Scope) -> Iterator[str]:
    for model in scope.settings.models:
        if scope.provider is None or model.provider in (None, scope.provider):
            yield model.id


def _figures(scope: Scope, time: Figure) -> tuple[Figure, ...]:
    return *frequency.periods(scope, ()), time, gaps.incidents(scope)


def _time(scope: Scope, measured: Mapping[str, Measure]) -> Figure:
    return durations.impact_time(scope, measured=measured)


def _uptime(strip: Strip, known: dict[str, Figure]) -> tuple[Figure, ...]:
    keys = (f"uptime/{strip.id}/90", f"uptime/{strip.id}/all") if strip.kind == "service" else ()
    return tuple(known[key] for key in keys)


def _view(scope: Scope, strip: Strip, figures: tuple[Figure, ...]) -> View:
    return View(kind=strip.kind, id=strip.id, provider=scope.provider, strip=strip, figures=figures)
