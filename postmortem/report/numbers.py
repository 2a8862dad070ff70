"""Figures for programs: one JSON document, or one CSV of every row behind them. Numbers in, text out.

The shape of the JSON is versioned; the guide page `numbers.md` describes it.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

import msgspec

from postmortem.model.artifact import Artifact
from postmortem.model.figure import Cell, Figure, Numbers, rows_path
from postmortem.model.moment import rfc3339

VERSION: Final = 1
_HEAD: Final = ("provider", "figure", "key", "value", "high", "unit")


def document(sets: Sequence[Numbers]) -> str:
    """Everything, in the order of the tables. Fields never go away within a version; new ones may come."""
    whole: dict[str, Any] = {"version": VERSION, "numbers": [_set(each) for each in sets]}
    return msgspec.json.format(msgspec.json.encode(whole), indent=2).decode() + "\n"


def _set(numbers: Numbers) -> dict[str, Any]:
    sections = [
        {"key": each.key, "title": each.title, "figures": [_figure(figure) for figure in each.figures]}
        for each in numbers.sections
    ]
    return {"as_of": numbers.as_of, "provider": numbers.provider, "notes": numbers.notes, "sections": sections}


def _figure(figure: Figure) -> dict[str, Any]:
    whole = {name: getattr(figure, name) for name in figure.__struct_fields__}
    window = {name: getattr(figure.window, name) for name in figure.window.__struct_fields__}
    rows = [dict(zip(figure.columns, row, strict=True)) for row in figure.rows]
    return whole | {"window": window | {"clipped": figure.window.clipped}, "rows": rows}


def values(sets: Sequence[Numbers]) -> str:
    """One CSV (RFC 4180) of all values, a line each: what a spreadsheet or a diff wants."""
    return _csv(_HEAD, (line for each in sets for line in _values(each)))


def _values(numbers: Numbers) -> Iterator[tuple[Cell, ...]]:
    for section in numbers.sections:
        for figure in section.figures:
            yield numbers.provider, figure.key, "n", figure.n, None, figure.of
            for value in figure.values:
                yield numbers.provider, figure.key, value.key, value.value, value.high, value.unit
            for unknown in figure.unknowns:
                yield numbers.provider, figure.key, f"unknown: {unknown.why}", unknown.count, None, "count"


def artifacts(sets: Iterable[Numbers]) -> Iterator[Artifact]:
    """The CSV behind every figure, once for each; pages link to them. Where each provider has its own, the site's holds
    the rows of all, with the provider in a last column: so its address stays when a second provider comes.
    """
    told: dict[str, dict[str | None, Figure]] = {}
    for numbers in sets:
        for section in numbers.sections:
            for figure in section.figures:
                told.setdefault(figure.key, {}).setdefault(numbers.provider, figure)
    for key, each in told.items():
        yield from (Artifact(rows_path(whose, key), rows(figure).encode()) for whose, figure in each.items())
        if None not in each:
            yield Artifact(rows_path(None, key), _all_rows(each).encode())


def _all_rows(figures: dict[str | None, Figure]) -> str:
    columns = next(iter(figures.values())).columns
    return _csv((*columns, "provider"), ((*row, whose) for whose, figure in figures.items() for row in figure.rows))


def rows(figure: Figure) -> str:
    """The CSV (RFC 4180) behind one figure."""
    return _csv(figure.columns, figure.rows)


def _csv(columns: Sequence[str], lines: Iterable[tuple[Cell, ...]]) -> str:
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([[each if type(each) in _PLAIN else _cell(each) for each in line] for line in lines])
    return held.getvalue()


_PLAIN: Final = frozenset({str, int, float, type(None)})
_when = lru_cache(maxsize=16_384)(rfc3339)
"""When an incident was first known stands in a dozen tables."""


def _cell(cell: Cell) -> Cell:
    if isinstance(cell, datetime):
        return _when(cell)
    return ("no", "yes")[cell] if isinstance(cell, bool) else cell
