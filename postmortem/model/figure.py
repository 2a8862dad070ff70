"""A number as people may see it: never without its formula, its window, how many things it counts, how many it could
not, and the rows behind it. Plain values: metrics makes them; pages, feeds, API and reports are given them.
"""

from datetime import date, datetime
from typing import Final, Literal

import msgspec

from postmortem.model.vocabulary import Level

Unit = Literal["count", "minutes", "percent", "days"]
Cell = str | int | float | bool | datetime | None
DayState = Literal["not_watched", "no_record", "affected"]
Facet = Literal["impact", "service", "model", "cause", "provider"]
"""What a page may be about."""


class Extent(msgspec.Struct, frozen=True, kw_only=True):
    """Which days a figure is about. `asked` days were wanted, `watched` of them count; the window is `clipped` where
    that is fewer. `complete` is the publisher's word that nothing was missed. Both dates are None where no day counts.
    """

    start: date | None
    end: date | None
    asked: int
    watched: int
    complete: bool
    provider: str | None = None

    @property
    def clipped(self) -> bool:
        """Whether days that were asked for lie outside coverage."""
        return self.watched < self.asked


class Value(msgspec.Struct, frozen=True):
    """One number: None where nothing can be said. With `high` it is a range, whose ends are both possible."""

    key: str
    label: str
    unit: Unit
    value: float | int | None
    high: float | int | None = None


class Unknown(msgspec.Struct, frozen=True):
    """How many things were left out or only bounded, and why."""

    why: str
    count: int


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """`n` is how many things the values rest on; `rows` are those and the ones that were left out, under `columns`:
    what the CSV holds, and what a table shows where the figure is `tabular`. `marked` says how many of `n` rest on a
    time that the record calls approximate.
    """

    key: str
    title: str
    formula: str
    window: Extent
    n: int
    of: str
    values: tuple[Value, ...]
    unknowns: tuple[Unknown, ...] = ()
    marked: int = 0
    tabular: bool = False
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """One day of a strip: the worst level that any record states, and for how many minutes: at least `minutes`, at most
    `most`. `certain` is False where only windows with an unknown end or start touch the day. A day that is not watched
    says nothing; one with no record says that no record speaks of it, which is not "all was well".
    """

    day: date
    state: DayState
    level: Level | None = None
    minutes: int = 0
    most: int = 0
    certain: bool = True
    incidents: tuple[str, ...] = ()


class Strip(msgspec.Struct, frozen=True, kw_only=True):
    """The days of one impact class, service or other thing, oldest first. `unknown` counts the incidents first known on
    these days of which nobody said whether they affected the class.
    """

    kind: Facet
    id: str
    window: Extent
    days: tuple[Day, ...]
    unknown: int = 0


class View(msgspec.Struct, frozen=True, kw_only=True):
    """One thing on the watched days of one provider, or of the whole site (None): its days, its figures."""

    kind: Facet
    id: str
    provider: str | None
    strip: Strip
    figures: tuple[Figure, ...]


class Section(msgspec.Struct, frozen=True):
    """Figures that belong together."""

    key: str
    title: str
    figures: tuple[Figure, ...]


class Numbers(msgspec.Struct, frozen=True, kw_only=True):
    """All figures of one site, or of one of its providers."""

    as_of: date
    provider: str | None
    notes: tuple[str, ...]
    sections: tuple[Section, ...]


ROWS: Final = "metrics/"
"""The folder in which the rows behind figures are published."""


def rows_path(provider: str | None, key: str) -> str:
    """Where the rows behind a figure are published: `metrics/lag/disclosure.csv`; with several providers each has a
    folder of its own besides, and the first holds the rows of all.
    """
    return f"{ROWS}{provider}/{key}.csv" if provider else f"{ROWS}{key}.csv"
