"""Every number that people see, for machines: `/api/v1/metrics.json`. Figures and settings in, an artifact out; it
computes nothing, and the guide page `numbers.md` says how each is computed. The rows behind a figure lie where its page
has them.
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache, partial

import msgspec

from postmortem.api.head import Head, head
from postmortem.model import figure as known
from postmortem.model.artifact import Artifact
from postmortem.model.figure import Numbers, Unit
from postmortem.model.settings import Settings, address


class Extent(msgspec.Struct, frozen=True, kw_only=True):
    """Which days a figure is about: `asked` days were wanted, `watched` of them count, and the window is `clipped`
    where that is fewer. `complete` is the publisher's word that nothing was missed.
    """

    start: date | None
    end: date | None
    asked: int
    watched: int
    clipped: bool
    complete: bool


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """One number, null where nothing can be said. With `high` it is a range, and both ends are possible."""

    key: str
    label: str
    unit: Unit
    value: float | int | None
    high: float | int | None


class Unknown(msgspec.Struct, frozen=True, kw_only=True):
    """How many things were left out or only bounded, and why."""

    why: str
    count: int


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """One figure. `n` says how many things (`of`) the values rest on, `marked` how many of these rest on a time that is
    called approximate.
    """

    key: str
    title: str
    formula: str
    window: Extent
    n: int
    of: str
    marked: int
    values: tuple[Value, ...]
    unknowns: tuple[Unknown, ...]


class Figure(Counted, frozen=True, kw_only=True):
    """One figure. `n` says how many things (`of`) the values rest on, `marked` how many of these rest on a time that is
    called approximate; `rows` is the address of a CSV of them, with these `columns`.
    """

    columns: tuple[str, ...]
    rows: str


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """Figures that belong together."""

    key: str
    title: str
    figures: tuple[Figure, ...]


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """All figures of the site, or of one of its providers; `notes` are to be read before any of them."""

    provider: str | None
    notes: tuple[str, ...]
    sections: tuple[Section, ...]


class Metrics(Head, frozen=True, kw_only=True):
    """Every figure as of a day: how often, how long and how fast, and what readers were told."""

    as_of: date
    numbers: tuple[Scope, ...]
    transparency: tuple[Scope, ...]


def artifact(numbers: Iterable[Numbers], scorecards: Iterable[Numbers], settings: Settings, as_of: date) -> Artifact:
    """The document."""
    told = Metrics(
        **head(settings, "metrics"),
        as_of=as_of,
        numbers=tuple(_scope(each, settings) for each in numbers),
        transparency=tuple(_scope(each, settings) for each in scorecards),
    )
    return Artifact("api/v1/metrics.json", msgspec.json.encode(told) + b"\n")


def _scope(numbers: Numbers, settings: Settings) -> Scope:
    figure = partial(_figure, provider=numbers.provider, settings=settings)
    sections = (
        Section(key=each.key, title=each.title, figures=tuple(map(figure, each.figures))) for each in numbers.sections
    )
    return Scope(provider=numbers.provider, notes=numbers.notes, sections=tuple(sections))


def _figure(figure: known.Figure, provider: str | None, settings: Settings) -> Figure:
    rows = address(settings, known.rows_path(provider, figure.key))
    return Figure(**msgspec.structs.asdict(counted(figure)), columns=figure.columns, rows=rows)


def counted(figure: known.Figure) -> Counted:
    """A figure without the rows behind it."""
    return Counted(
        key=figure.key,
        title=figure.title,
        formula=figure.formula,
        window=extent(figure.window),
        n=figure.n,
        of=figure.of,
        marked=figure.marked,
        values=tuple(
            [
                Value(key=each.key, label=each.label, unit=each.unit, value=each.value, high=each.high)
                for each in figure.values
            ]
        ),
        unknowns=tuple([Unknown(why=each.why, count=each.count) for each in figure.unknowns]),
    )


@lru_cache(maxsize=256)
def extent(window: known.Extent) -> Extent:
    """The days that a figure is about."""
    return Extent(
        start=window.start,
        end=window.end,
        asked=window.asked,
        watched=window.watched,
        clipped=window.clipped,
        complete=window.complete,
    )
