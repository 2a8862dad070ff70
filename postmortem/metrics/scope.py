"""What is counted: the incidents first known on a watched day, their spells cut to coverage, and what was left
out. History, settings and the as-of day in, a Scope out; every figure is a function of it.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date

import msgspec

from postmortem.metrics import span
from postmortem.metrics.spell import Spell, spells
from postmortem.model.figure import Extent
from postmortem.model.history import History
from postmortem.model.interval import Interval, union
from postmortem.model.settings import Coverage, Service, Settings, covering, covers
from postmortem.model.summary import Summary


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """`rows` are the incidents that count, oldest first; `spells` what touched the watched days, of these and of
    incidents first known before them. `clipped` are the ids whose impact reaches out of coverage. Where no coverage is
    stated (`stated`), what a record says of itself still counts, and nothing that needs watched days does.
    """

    settings: Settings
    as_of: date
    provider: str | None
    spans: tuple[Interval, ...]
    stated: bool
    complete: bool
    rows: tuple[Summary, ...]
    spells: tuple[Spell, ...]
    clipped: frozenset[str]
    left_out: dict[str, int]

    def window(self, asked: Interval | None = None, spans: tuple[Interval, ...] | None = None) -> Extent:
        """What a figure says of its window: all that was watched, or the watched part of the days asked for."""
        kept = self.spans if spans is None else spans
        return span.extent(kept, asked, complete=self.complete, provider=self.provider)

    def services(self) -> tuple[Service, ...]:
        """The services of the catalogue that the provider runs."""
        known = self.settings.services
        return tuple(each for each in known if self.provider is None or each.provider in (None, self.provider))

    def service_spans(self, service: Service) -> tuple[Interval, ...]:
        """The days on which somebody watched a service that existed: from `since` to the day before `retired`."""
        spans = span.watched(self.settings, self.as_of, service.provider) if service.provider else self.spans
        first = span.midnight(service.since or date.min)
        last = span.midnight(service.retired or date.max)
        return span.cut(spans, [Interval(first, last)])

    def narrowed(self, keep: Callable[[Summary], bool], hit: Callable[[Spell], bool]) -> "Scope":
        """The same days and fewer incidents: what a page about one service, model, impact class or cause counts."""
        rows = tuple(each for each in self.rows if keep(each))
        return msgspec.structs.replace(self, rows=rows, spells=tuple(each for each in self.spells if hit(each)))


def scopes(history: History, settings: Settings, as_of: date) -> tuple[Scope, ...]:
    """One for the whole site, or one for each provider where there are several: their numbers do not add up."""
    several = len(settings.providers) > 1
    whose: list[str | None] = [each.id for each in settings.providers] if several else [None]
    return tuple(scope(history, settings, as_of, provider) for provider in whose)


def scope(history: History, settings: Settings, as_of: date, provider: str | None = None) -> Scope:
    """Look at the history as it stands at the end of the as-of day. Withdrawn records and maintenance never count."""
    stated_for = covering(settings, provider)
    stated = bool(settings.coverage)
    counted, left_out = _counted(history, stated_for, as_of, provider, stated=stated)
    spans = span.watched(settings, as_of, provider)
    kept, clipped = _spells(history, settings, as_of, provider)
    return Scope(
        settings=settings,
        as_of=as_of,
        provider=provider,
        spans=spans,
        stated=stated,
        complete=bool(stated_for) and all(each.complete for each in stated_for),
        rows=counted,
        spells=kept,
        clipped=clipped,
        left_out=left_out,
    )


def _standing(history: History, provider: str | None) -> Iterator[Summary]:
    return (row for row in history.rows if provider is None or provider in row.providers)


def _counted(
    history: History, stated_for: list[Coverage], as_of: date, provider: str | None, *, stated: bool
) -> tuple[tuple[Summary, ...], dict[str, int]]:
    counted: list[Summary] = []
    left_out: Counter[str] = Counter()
    for row in _standing(history, provider):
        why = _why_not(row, stated_for, as_of, stated=stated)
        if why is None:
            counted.append(row)
        else:
            left_out[why] += 1
    counted.sort(key=lambda row: (row.first_known, row.id))
    return tuple(counted), dict(sorted(left_out.items()))


def _why_not(row: Summary, stated_for: list[Coverage], as_of: date, *, stated: bool) -> str | None:
    if row.withdrawn:
        return "withdrawn"
    if row.kind == "maintenance":
        return "maintenance"
    if row.day > as_of:
        return "after the as-of day"
    watched = any(covers(each, row.day, row.providers) for each in stated_for)
    return "first known outside coverage" if stated and not watched else None


def _spells(
    history: History, settings: Settings, as_of: date, provider: str | None
) -> tuple[tuple[Spell, ...], frozenset[str]]:
    kept: list[Spell] = []
    clipped: set[str] = set()
    spans: dict[tuple[str, ...], tuple[Interval, ...]] = {}
    for row in _standing(history, provider):
        if row.withdrawn or row.kind == "maintenance":
            continue
        whose = (provider,) if provider is not None else row.providers
        if whose not in spans:
            spans[whose] = union(each for one in whose or (None,) for each in span.watched(settings, as_of, one))
        for each in spells(row, as_of):
            inside = _inside(each, spans[whose])
            kept.extend(inside)
            if not inside or inside[0].possible != each.possible:
                clipped.add(row.id)
    kept.sort(key=lambda each: (each.possible.start, each.incident, each.impact))
    return tuple(kept), frozenset(clipped)


def _inside(spell: Spell, spans: tuple[Interval, ...]) -> list[Spell]:
    """The parts of it that lie on watched days."""
    for each in spans:
        if each.start <= spell.possible.start and spell.possible.end < each.end:
            return [spell]  # nearly all of them
    parts = []
    for each in spans:
        start, end = max(spell.possible.start, each.start), min(spell.possible.end, each.end)
        if start > end or (start == end and (spell.possible.start < spell.possible.end or start == each.end)):
            continue
        sure = spell.sure and Interval(max(spell.sure.start, start), min(spell.sure.end, end))
        sure = sure if sure and sure.start < sure.end else None
        parts.append(msgspec.structs.replace(spell, possible=Interval(start, end), sure=sure))
    return parts
