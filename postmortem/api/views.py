"""What the pages about one service, model, kind of impact, cause or provider show, for machines: `/api/v1/views.json`.
Views and settings in, an artifact out; it computes nothing.

A day is told only where a record speaks of it. Of the days of a window that are neither told nor `not_watched`, no
record speaks, which is not “all was well”.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

import msgspec

from postmortem.api.head import Head, head
from postmortem.api.numbers import Counted, Extent, counted, extent
from postmortem.model import figure as known
from postmortem.model.artifact import Artifact
from postmortem.model.figure import Facet
from postmortem.model.settings import Settings, address
from postmortem.model.vocabulary import Level

PATH: Final = "api/v1/views.json"
_FOLDERS: Final[dict[Facet, str]] = {
    "impact": "impact",
    "service": "services",
    "model": "models",
    "cause": "causes",
    "provider": "providers",
}


class Affected(msgspec.Struct, frozen=True, kw_only=True):
    """A day that records speak of: the worst `level` that any states, and for how many minutes: at least `minutes`, at
    most `most`. It is not `certain` where only windows with an unknown end or start touch it.
    """

    day: date
    level: Level | None
    minutes: int
    most: int
    certain: bool
    incidents: tuple[str, ...]


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """Days, both ends among them."""

    start: date
    end: date


class Days(msgspec.Struct, frozen=True, kw_only=True):
    """The strip of a page, from `start` to `end`. `unknown` counts the incidents first known on these days of which
    nobody said whether they affected the class.
    """

    start: date | None
    end: date | None
    window: Extent
    not_watched: tuple[Span, ...]
    affected: tuple[Affected, ...]
    unknown: int


class View(msgspec.Struct, frozen=True, kw_only=True):
    """One thing on the watched days of one provider, or of the whole site (null): its days, its figures."""

    kind: Facet
    id: str
    provider: str | None
    url: str
    days: Days
    figures: tuple[Counted, ...]


class Views(Head, frozen=True, kw_only=True):
    """Every service, model, kind of impact, cause and provider by itself, as of a day."""

    as_of: date
    views: tuple[View, ...]


def artifact(views: Iterable[known.View], settings: Settings, as_of: date) -> Artifact:
    """The document."""
    told = Views(**head(settings, "views"), as_of=as_of, views=tuple(_view(each, settings) for each in views))
    return Artifact(PATH, msgspec.json.encode(told) + b"\n")


def _view(view: known.View, settings: Settings) -> View:
    return View(
        kind=view.kind,
        id=view.id,
        provider=view.provider,
        url=address(settings, f"{_FOLDERS[view.kind]}/{view.id}/"),
        days=_days(view.strip),
        figures=tuple(map(counted, view.figures)),
    )


def _days(strip: known.Strip) -> Days:
    return Days(
        start=strip.days[0].day if strip.days else None,
        end=strip.days[-1].day if strip.days else None,
        window=extent(strip.window),
        not_watched=tuple(_spans([each.day for each in strip.days if each.state == "not_watched"])),
        affected=tuple(
            Affected(
                day=each.day,
                level=each.level,
                minutes=each.minutes,
                most=each.most,
                certain=each.certain,
                incidents=each.incidents,
            )
            for each in strip.days
            if each.state == "affected"
        ),
        unknown=strip.unknown,
    )


def _spans(days: list[date]) -> Iterator[Span]:
    """Days in order, as few spans."""
    ends = [day for day, after in pairwise([*days, date.max]) if after - day > timedelta(days=1)]
    starts = [day for before, day in pairwise([date.min, *days]) if day - before > timedelta(days=1)]
    return (Span(start=start, end=end) for start, end in zip(starts, ends, strict=True))
