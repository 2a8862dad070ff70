"""Figures for people, as tables that fit a terminal of 80 columns. Numbers in, text out."""

import io
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Final

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from postmortem.model.figure import Cell, Extent, Figure, Numbers, Section, Value
from postmortem.report.style import safe

NARROW: Final = 80
_HOUR, _DAY = 60, 1440
_DASH: Final = "\N{EN DASH}"
_SHORT: Final = {
    "model_degradation": "models",
    "application_failure": "apps",
    "authentication": "sign-in",
    "data_access": "data",
}
_BAR: Final = 16
_MONTHS: Final = 13
_WHOLE: Final = ("counts/all", "answers")
"""Figures whose window is all of coverage."""


def text(sets: Sequence[Numbers], *, colour: bool, width: int = NARROW) -> str:
    """All sets one after another; the same bytes for the same numbers, colour and width."""
    held = io.StringIO()
    console = Console(
        file=held,
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        highlight=False,
        legacy_windows=False,
        _environ={},
    )
    for numbers in sets:
        told: set[str] = set()
        console.print(_head(numbers))
        for section in numbers.sections:
            console.print(*_section(section, told), sep="\n")
    return "\n".join(line.rstrip() for line in held.getvalue().splitlines()) + "\n"


def _head(numbers: Numbers) -> RenderableType:
    whose = f"{safe(numbers.provider)}, " if numbers.provider else ""
    windows = [figure.window for section in numbers.sections for figure in section.figures if figure.key in _WHOLE]
    watched = [Text(_span(each)) for each in windows]
    notes = [Text(safe(each), style="dim") for each in numbers.notes]
    return Group(Text(f"Numbers, {whose}as of {numbers.as_of}", style="bold"), *watched, *notes)


def _span(window: Extent) -> str:
    if window.start is None:
        return "No day was watched."
    days = "1 day" if window.watched == 1 else f"{window.watched} days"
    whole = "every incident on them is claimed" if window.complete else "with gaps"
    return f"Watched: {window.start} to {window.end}, {days}, {whole}"


def _section(section: Section, told: set[str]) -> Iterator[RenderableType]:
    yield Text()
    yield Rule(Text(section.title, style="bold blue"), align="left", style="blue")
    for form, figures in _forms(section.figures):
        yield Padding(form(figures), (0, 0, 1, 1))
    for figure in section.figures:
        said = [each for each in figure.formula.split(". ") if each.rstrip(".") not in told]
        told.update(each.rstrip(".") for each in said)
        if said:
            title = "Counts" if figure.key.startswith("counts/") else figure.title.partition(":")[0]
            words = safe(". ".join(said)).removesuffix(".")
            yield Padding(Text.assemble((f"{title}: ", "bold dim"), (f"{words}.", "dim")), (0, 0, 0, 1))


Form = Callable[[Sequence[Figure]], RenderableType]


def _forms(figures: Sequence[Figure]) -> Iterator[tuple[Form, Sequence[Figure]]]:
    """Neighbours of one family in one table."""
    for family, found in groupby(figures, key=lambda figure: figure.key.partition("/")[0]):
        yield _FORMS.get(family, _lengths), list(found)


def _periods(figures: Sequence[Figure]) -> RenderableType:
    """A column for each period, a line for each number."""
    names = (each.key.partition("/")[2] for each in figures)
    table = _table("", *("all watched" if name == "all" else f"{name} days" for name in names))
    table.add_row("days watched", *(_watched(each.window) for each in figures))
    for lines in zip(*(each.values for each in figures), strict=True):
        table.add_row(_label(lines[0]), *(_wrapped(each) for each in lines))
    return table


def _label(value: Value) -> str:
    name = value.key.removesuffix("_minutes")
    if value.unit == "minutes":
        return "  impact" if name == value.key else "    impact"
    return f"  {_SHORT[name]}" if name in _SHORT else value.label


def _months(figures: Sequence[Figure]) -> RenderableType:
    (figure,) = figures
    table = _table("month", "watched", "incidents", *_SHORT.values())
    for row in figure.rows[-_MONTHS:]:
        month, watched, days, count, *states = row
        cells = [f"{hit} +{silent}?" if silent else str(hit) for hit, silent in zip(*[iter(states)] * 2, strict=True)]
        table.add_row(str(month), f"{watched} of {days}", str(count), *cells)
    table.caption = "+n?: in n more, nobody said whether it was affected"
    if len(figure.rows) > _MONTHS:
        table.caption += f"; the {len(figure.rows) - _MONTHS} months before: --rows months"
    return table


def _lengths(figures: Sequence[Figure]) -> RenderableType:
    """Distributions: a line each; below, what could not be counted."""
    table = _table("", "n", "median", "p90", f"least {_DASH} most")
    below: list[RenderableType] = []
    for figure in figures:
        own = {each.key: each for each in figure.values}
        ends = f"{number(own['least'])} {_DASH} {number(own['most'])}" if figure.n else _DASH
        name = figure.title.rpartition(": ")[2]
        table.add_row(_SHORT.get(name, name), str(figure.n), number(own["median"]), number(own["p90"]), ends)
        said = _beside(figure)
        if said:
            below.append(Text(f"{_SHORT.get(name, name)}: {safe(said)}", style="yellow"))
    return Group(table, *below)


_FIVE: Final = ("median", "p90", "least", "most")


def _beside(figure: Figure) -> str:
    """What is not in the distribution, in words."""
    more = [f"{each.label}: {number(each)}" for each in figure.values if each.key not in _FIVE]
    marked = [f"{figure.marked} by approximate times"] if figure.marked else []
    return "; ".join([*(f"{each.count} {each.why}" for each in figure.unknowns), *marked, *more])


def _lines(figures: Sequence[Figure]) -> RenderableType:
    """A line for each number of a figure, and its rows where they are the point."""
    parts: list[RenderableType] = []
    for figure in figures:
        table = _table(figure.title, "")
        for value in figure.values:
            table.add_row(value.label, number(value))
        for unknown in figure.unknowns:
            table.add_row(Text(safe(unknown.why), style="dim"), Text(str(unknown.count), style="dim"))
        parts += [table, *([_causes(figure)] if figure.tabular and figure.rows else [])]
    return Group(*parts)


def _causes(figure: Figure) -> RenderableType:
    table = _table("category", "incidents", "came back", "median between")
    for row in figure.rows:
        own = dict(zip(figure.columns, row, strict=True))
        between = own["median_minutes_between"]
        table.add_row(str(own["category"]), str(own["incidents"]), str(own["came_back"]), _duration(between))
    return table


def _uptimes(figures: Sequence[Figure]) -> RenderableType:
    """A table for each window: the services, and what degraded time may count."""
    parts: list[RenderableType] = []
    for period, found in groupby(figures, key=lambda figure: figure.key.rpartition("/")[2]):
        title = "all watched days" if period == "all" else f"{period} days"
        table = _table(title, "watched", "uptime %", "degraded 0.3", "degraded 1", "partial 0.3")
        for each in found:
            shares = [_wrapped(value) for value in each.values[:4]]
            table.add_row(safe(each.key.split("/")[1]), _watched(each.window), *shares)
        parts.append(table)
    return Group(*parts)


def _answers(figures: Sequence[Figure]) -> RenderableType:
    """A bar for each question: answered, in part, not known."""
    (figure,) = figures
    own = {each.key: each for each in figure.values}
    table = _table(f"of {figure.n} records", "", "answered", "partly", "not known")
    for question in dict.fromkeys(key.partition("/")[0] for key in own if "/" in key):
        yes, partly = (int(own[f"{question}/{how}"].value or 0) for how in ("answered", "partly"))
        counts = (yes, partly, figure.n - yes - partly)
        table.add_row(question.replace("_", " "), _bar(counts), *map(str, counts))
    whole = int(own["all"].value or 0)
    table.add_row("all six answered", _bar((whole, 0, figure.n - whole)), number(own["all"]))
    return table


def _classes(figures: Sequence[Figure]) -> RenderableType:
    (figure,) = figures
    table = _table(f"of {figure.n} records", "", "answered", "not known")
    for value in figure.values:
        yes = int(value.value or 0)
        table.add_row(value.label.replace("_", " "), _bar((yes, 0, figure.n - yes)), str(yes), str(figure.n - yes))
    return table


def _bar(counts: tuple[int, int, int]) -> Text:
    total = sum(counts) or 1
    yes = _BAR * counts[0] // total
    partly = _BAR * (counts[0] + counts[1]) // total - yes
    return Text.assemble(("█" * yes, "green"), ("▒" * partly, "yellow"), ("·" * (_BAR - yes - partly), "dim"))


_FORMS: Final[dict[str, Form]] = {
    "counts": _periods,
    "months": _months,
    "episodes": _lines,
    "causes": _lines,
    "uptime": _uptimes,
    "answers": _answers,
    "classes": _classes,
    "promises": _lines,
}


def _table(*columns: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1), pad_edge=False, caption_justify="left")
    for index, each in enumerate(columns):
        table.add_column(Text(safe(each)), justify="right" if index else "left", no_wrap=bool(index), overflow="fold")
    return table


def _watched(window: Extent) -> str:
    return f"{window.watched} of {window.asked}" if window.clipped else str(window.watched)


def number(value: Value) -> str:
    """A number as people read it; a dash where nothing can be said."""
    if value.value is None:
        return _DASH
    form = _duration if value.unit == "minutes" else _percent if value.unit == "percent" else str
    low = form(value.value)
    return low if value.high is None else f"{low} {_DASH} {form(value.high)}"


def _wrapped(value: Value) -> str:
    """A range on two lines, so that four fit side by side."""
    return number(value).replace(f" {_DASH} ", f"\n{_DASH} ")


def _percent(share: float) -> str:
    return f"{share:.3f}"


def _duration(minutes: Cell) -> str:
    """`45 min`, `2 h 3 min`, `4 d 2 h`."""
    if not isinstance(minutes, int | float):
        return _DASH
    whole = int(minutes)
    if whole >= _DAY:
        return f"{whole // _DAY} d {whole % _DAY // _HOUR} h"
    if whole >= _HOUR:
        return f"{whole // _HOUR} h {whole % _HOUR} min"
    return f"{minutes:g} min"
