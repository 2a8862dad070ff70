"""Uptime of each service by a stated formula, with what it would be if degraded time counted otherwise. A Scope in,
figures out.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final, NamedTuple

from postmortem.metrics import span
from postmortem.metrics.profile import RANKS, Segment, profile, within
from postmortem.metrics.scope import Scope
from postmortem.metrics.spell import Spell
from postmortem.model.figure import Cell, Figure, Unknown, Value
from postmortem.model.interval import Interval
from postmortem.model.settings import Service


class Scheme(NamedTuple):
    """What a minute counts as, in tenths of a minute of downtime: by rank, nothing to full outage."""

    key: str
    label: str
    tenths: tuple[int, int, int, int]


SCHEMES: Final = (
    Scheme("uptime", "full and partial outages are down, degraded is up", (0, 0, 10, 10)),
    Scheme("uptime_degraded_third", "degraded counts 0.3", (0, 3, 10, 10)),
    Scheme("uptime_degraded_down", "degraded counts 1: any impact is down", (0, 10, 10, 10)),
    Scheme("uptime_partial_third", "partial outage counts 0.3, degraded 0", (0, 0, 3, 10)),
)
"""The first is how incident.io states uptime (help.incident.io, "How we calculate uptime"), the last how Statuspage and
Instatus do (a partial outage at 30 percent); the two between show how much hangs on what "degraded" is worth.
"""
_FORMULA: Final = (
    "1 - downtime / watched time of the days on which the service existed. Downtime is the time in impact windows of "
    "any class that name the service, each moment at its worst level, weighed as each line says; maintenance is not "
    "downtime. A range goes from all that is possible to what is certain: an unknown bound is when the incident was "
    "first known or resolved, an unknown level lies between degraded and full outage. Percent are cut after three "
    "places, never rounded up. A service that no record "
    "names stands at 100: that no record speaks of it is all that this means."
)
PERIOD: Final = 90


class Touching(NamedTuple):
    """What touched a service: its spells, and how bad it was at every moment."""

    spells: tuple[Spell, ...]
    segments: tuple[Segment, ...]


def figures(scope: Scope) -> tuple[Figure, ...]:
    """For every service of the catalogue: the last 90 days, and all of coverage."""
    by: dict[str, list[Spell]] = {each.id: [] for each in scope.services()}
    for each in scope.spells:
        for service in each.services:
            if service in by:
                by[service].append(each)
    touching = {id_: Touching(tuple(spells), profile(spells)) for id_, spells in by.items()}
    return tuple(
        of(scope, service, touching[service.id], days) for days in (PERIOD, None) for service in scope.services()
    )


def of(scope: Scope, service: Service, touching: Touching, days: int | None) -> Figure:
    """One service over the last days, or over all of coverage (None). No value where no day was watched."""
    asked = None if days is None else span.latest(scope.as_of, days)
    spans = scope.service_spans(service)
    kept = spans if asked is None else span.cut(spans, [asked])
    segments = [part for each in kept for part in within(touching.segments, each.start, each.end)]
    there = _there(touching.spells, kept)
    return Figure(
        key=f"uptime/{service.id}/{days or 'all'}",
        title=f"Uptime: {service.name}, {f'the last {days} days' if days else 'all watched days'}",
        formula=_FORMULA,
        window=scope.window(asked, spans),
        n=len({each.incident for each in there}),
        of="incidents",
        values=_values(segments, kept),
        unknowns=_unknowns(there, scope),
        marked=len({each.incident for each in there if each.about}),
        columns=(
            "incident",
            "impact",
            "level",
            "ends",
            "surely_from",
            "surely_to",
            "possibly_from",
            "possibly_to",
            "about",
        ),
        rows=tuple(_row(each) for each in there),
    )


def percent(spent: int, total: int) -> float:
    """100 x (1 - spent / total), cut after three places. Both in one unit; the total is not 0."""
    return (100_000 * (total - spent)) // total / 1000


def _values(segments: Sequence[Segment], spans: Sequence[Interval]) -> tuple[Value, ...]:
    total = sum(_seconds(each.end - each.start) for each in spans)
    if not total:
        return tuple(Value(each.key, each.label, "percent", None) for each in SCHEMES)
    spent = _spent(segments)
    lines = [_line(each, spent, total) for each in SCHEMES]
    surely, possibly = (sum(ranks[1:]) // 60 for ranks in spent)
    impact = Value("impact", "minutes with any impact", "minutes", surely, possibly if possibly != surely else None)
    return *lines, impact


def _spent(segments: Sequence[Segment]) -> tuple[list[int], list[int]]:
    """Seconds by rank: as is certain, and as is possible."""
    sure, possible = [0] * RANKS, [0] * RANKS
    for each in segments:
        passed = each.end - each.start
        length = passed.days * 86_400 + passed.seconds
        sure[each.sure] += length
        possible[each.possible] += length
    return sure, possible


def _line(scheme: Scheme, spent: tuple[list[int], list[int]], total: int) -> Value:
    least, most = (sum(tenths * each for tenths, each in zip(scheme.tenths, ranks, strict=True)) for ranks in spent)
    low, high = percent(most, 10 * total), percent(least, 10 * total)
    return Value(scheme.key, scheme.label, "percent", low, high if high != low else None)


def _unknowns(spells: Sequence[Spell], scope: Scope) -> tuple[Unknown, ...]:
    counts = (
        ("windows of which a start or end is not known", sum(each.ends == "unknown" for each in spells)),
        ("windows still going on", sum(each.ends == "ongoing" for each in spells)),
        ("windows whose level is not known", sum(each.level == "unknown" for each in spells)),
        ("incidents that reach out of coverage, cut there", len({each.incident for each in spells} & scope.clipped)),
    )
    return tuple(Unknown(why, count) for why, count in counts if count)


def _there(spells: tuple[Spell, ...], spans: Sequence[Interval]) -> Sequence[Spell]:
    if len(spans) == 1:
        (only,) = spans
        return [each for each in spells if _touches(each, only)]
    return [each for each in spells if any(_touches(each, one) for one in spans)]


def _touches(spell: Spell, span_: Interval) -> bool:
    start, end = spell.possible.start, spell.possible.end
    return start < span_.end and (span_.start < end or span_.start <= start)


def _row(each: Spell) -> tuple[Cell, ...]:
    sure = (each.sure.start, each.sure.end) if each.sure else (None, None)
    possible = each.possible.start, each.possible.end
    return each.incident, each.impact, each.level, each.ends, *sure, *possible, each.about


def _seconds(length: timedelta) -> int:
    return length.days * 86_400 + length.seconds
