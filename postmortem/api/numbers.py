"""Every number that people see, for machines: `/api/v1/metrics.json`, and the rows behind each figure as
`/api/v1/metrics/<key>.csv`. Figures and settings in, artifacts out; it computes nothing, and docs/numbers.md says how
each is computed.

A figure of several providers has one CSV, whose first column says whose row it is: so an address is made of the
figure's key alone, and stays when another provider comes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Final

import msgspec

from postmortem.api.head import Head, head
from postmortem.model import figure as known
from postmortem.model.artifact import Artifact
from postmortem.model.figure import Cell, Numbers, Unit
from postmortem.model.moment import rfc3339
from postmortem.model.settings import Settings, address

PATH: Final = "api/v1/metrics"


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


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One figure. `n` says how many things (`of`) the values rest on, `marked` how many of these rest on a time that is
    called approximate; `rows` is the address of a CSV of them, with `columns` after the provider's.
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


class _Written(dict[Cell, str]):
    """Cells as text: an incident's id and time stand in a dozen tables, and are written once. 1, 1.0 and True would be
    one key, so only the first of these may stand in it.
    """

    def __missing__(self, cell: Cell) -> str:
        text = self[cell] = _cell(cell)
        return text


_APART: Final = frozenset({bool, float})


def _cell(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, str):
        quoted = cell.replace('"', '""')
        return f'"{quoted}"' if "," in cell or '"' in cell else cell
    if isinstance(cell, datetime):
        return rfc3339(cell)
    return "" if cell is None else str(cell)


def artifacts(
    numbers: Sequence[Numbers], scorecards: Sequence[Numbers], settings: Settings, as_of: date
) -> Iterator[Artifact]:
    """The document, and a table for each figure in it."""
    told = Metrics(
        **head(settings, "metrics"),
        as_of=as_of,
        numbers=tuple(_scope(each, settings) for each in numbers),
        transparency=tuple(_scope(each, settings) for each in scorecards),
    )
    yield Artifact(f"{PATH}.json", msgspec.json.encode(told) + b"\n")
    written = _Written()
    for key, tables in _tables((*numbers, *scorecards)).items():
        yield Artifact(f"{PATH}/{key}.csv", _csv(tables, written))


def _scope(numbers: Numbers, settings: Settings) -> Scope:
    sections = (
        Section(key=each.key, title=each.title, figures=tuple(_figure(figure, settings) for figure in each.figures))
        for each in numbers.sections
    )
    return Scope(provider=numbers.provider, notes=numbers.notes, sections=tuple(sections))


def _figure(figure: known.Figure, settings: Settings) -> Figure:
    window = figure.window
    return Figure(
        key=figure.key,
        title=figure.title,
        formula=figure.formula,
        window=Extent(
            start=window.start,
            end=window.end,
            asked=window.asked,
            watched=window.watched,
            clipped=window.clipped,
            complete=window.complete,
        ),
        n=figure.n,
        of=figure.of,
        marked=figure.marked,
        values=tuple(
            Value(key=each.key, label=each.label, unit=each.unit, value=each.value, high=each.high)
            for each in figure.values
        ),
        unknowns=tuple(Unknown(why=each.why, count=each.count) for each in figure.unknowns),
        columns=figure.columns,
        rows=address(settings, f"{PATH}/{figure.key}.csv"),
    )


_Tables = dict[str, dict[str | None, known.Figure]]
"""Figures by their keys, each by whose it is."""


def _tables(sets: Iterable[Numbers]) -> _Tables:
    """Every figure once: the scorecard tells some that are numbers, too."""
    found: _Tables = {}
    for numbers in sets:
        for section in numbers.sections:
            for figure in section.figures:
                found.setdefault(figure.key, {}).setdefault(numbers.provider, figure)
    return found


def _csv(tables: Mapping[str | None, known.Figure], written: _Written) -> bytes:
    """RFC 4180. Rows hold ids, times, numbers and our own words: no line break, and no formula."""
    columns = next(iter(tables.values())).columns
    lines = [",".join(("provider", *columns))]
    for provider, figure in tables.items():
        begin = provider or ""
        lines += [
            ",".join([begin, *[_cell(cell) if type(cell) in _APART else written[cell] for cell in row]])
            for row in figure.rows
        ]
    return "".join([f"{line}\r\n" for line in lines]).encode()
