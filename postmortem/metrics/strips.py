"""Downtime by day and level: what a strip of days draws, for each impact class and service. A Scope in, strips out.

A day outside coverage is not watched; a day without a record says only that.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from postmortem.metrics import span
from postmortem.metrics.profile import Segment, minutes, profile
from postmortem.metrics.scope import Scope
from postmortem.metrics.spell import Spell
from postmortem.model.figure import Day, Facet, Strip
from postmortem.model.interval import Interval
from postmortem.model.vocabulary import IMPACT_CLASSES, LEVELS_WORST_LAST

DAYS: Final = 90
_DAY: Final = timedelta(days=1)


def strips(scope: Scope, days: int = DAYS) -> tuple[Strip, ...]:
    """The four classes, then the services of the catalogue; the newest day comes last."""
    asked = latest(scope, days)
    recent = [each for each in scope.spells if each.possible.end >= asked.start]
    return *_classes(scope, recent, asked), *_services(scope, recent, asked)


def of(scope: Scope, kind: Facet, id_: str, days: int = DAYS) -> Strip:
    """The days of everything in a scope that was narrowed to one thing."""
    asked = latest(scope, days)
    recent = [each for each in scope.spells if each.possible.end >= asked.start]
    return Strip(kind=kind, id=id_, window=scope.window(asked), days=_days(recent, asked, scope.spans))


def latest(scope: Scope, days: int = DAYS) -> Interval:
    """The days up to the as-of day; where nobody watched any of them, those up to the last day that was watched."""
    recent = span.latest(scope.as_of, days)
    if not scope.spans or span.cut(scope.spans, [recent]):
        return recent
    return span.latest((scope.spans[-1].end - _DAY).date(), days)


def _classes(scope: Scope, recent: Sequence[Spell], asked: Interval) -> Iterator[Strip]:
    rows = [row for row in scope.rows if asked.start <= row.first_known < asked.end]
    for name in IMPACT_CLASSES:
        found = _days([each for each in recent if each.impact == name], asked, scope.spans)
        unknown = sum(row.impact[name].state == "unknown" for row in rows)
        yield Strip(kind="impact", id=name, window=scope.window(asked), days=found, unknown=unknown)


def _services(scope: Scope, recent: Sequence[Spell], asked: Interval) -> Iterator[Strip]:
    for service in scope.services():
        spans = scope.service_spans(service)
        touching = [each for each in recent if service.id in each.services]
        found = _days(touching, asked, spans)
        yield Strip(kind="service", id=service.id, window=scope.window(asked, spans), days=found)


def _days(spells: Sequence[Spell], asked: Interval, spans: Sequence[Interval]) -> tuple[Day, ...]:
    touching: dict[date, list[Spell]] = {}
    for each in spells:
        for day in _touched(each.possible, asked):
            touching.setdefault(day, []).append(each)
    spent: dict[date, list[Segment]] = {}
    for part in profile(spells):
        for day in _touched(Interval(part.start, part.end), asked):
            spent.setdefault(day, []).append(part)
    watched = {day for each in span.cut(spans, [asked]) for day in _touched(each, asked)}
    return tuple(_day(day, touching.get(day), spent.get(day, []), day in watched) for day in _touched(asked, asked))


def _touched(interval: Interval, asked: Interval) -> Iterator[date]:
    """The days of which it holds a moment; an empty one holds the moment at which it stands."""
    start = max(interval.start, asked.start)
    end = min(max(interval.end, interval.start + timedelta(seconds=1)), asked.end)
    day = start.date()
    while span.midnight(day) < end:
        yield day
        day += _DAY


def _day(day: date, spells: Sequence[Spell] | None, parts: Sequence[Segment], watched: bool) -> Day:  # noqa: FBT001 - the fourth of four facts
    if not watched:
        return Day(day=day, state="not_watched")
    if not spells:
        return Day(day=day, state="no_record")
    whole = span.days(day, day)
    cut = [(min(each.end, whole.end) - max(each.start, whole.start), each.sure) for each in parts]
    return Day(
        day=day,
        state="affected",
        level=max((each.level for each in spells), key=LEVELS_WORST_LAST.index),
        minutes=minutes(length for length, sure in cut if sure),
        most=minutes(length for length, _ in cut),
        certain=any(each.sure and each.sure.start < whole.end and whole.start < each.sure.end for each in spells),
        incidents=tuple(dict.fromkeys(each.incident for each in spells)),
    )
