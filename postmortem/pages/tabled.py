"""Figures that are read in rows and columns: counts by period, months, episodes, causes, uptime, and providers side by
side. Figures in, values for a template out; computes nothing that people are told.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Final, NamedTuple

from markupsafe import Markup

from postmortem.model.figure import Figure, Numbers, Value
from postmortem.model.settings import Settings, provider_name, service_name
from postmortem.model.vocabulary import IMPACT_CLASSES
from postmortem.pages import charts_bars, figures, messages, times

_MONTHS: Final = 12  # that the table has; each is eight elements, and the CSV has all
_SCHEMES: Final = ("uptime", "uptime_degraded_third", "uptime_degraded_down", "uptime_partial_third")
_BESIDE: Final = (
    ("counts/90", "incidents", "Incidents, 90 days"),
    ("counts/90", "minutes", "Impact, 90 days"),
    ("counts/all", "incidents", "Incidents, all watched days"),
    ("impact_time", "median", "Impact time, median"),
    ("open_time", "median", "Open time, median"),
    ("lag/disclosure", "median", "Disclosure lag, median"),
    ("gaps", "median", "Gap between incidents, median"),
)
"""What stands side by side where there are several providers."""


class Line(NamedTuple):
    """A row of a table: its head and its cells, None where nothing can be said, and a note below each."""

    head: str
    cells: Sequence[str | None]
    notes: Sequence[str | None] = ()


class Table(NamedTuple):
    """Columns and rows, and a foot for each figure that is in it."""

    anchor: str
    title: str
    columns: list[str]
    lines: list[Line]
    feet: list[Markup]


class Months(NamedTuple):
    """The chart of the months and its table: the newest, and how many `more` there are."""

    anchor: str
    title: str
    picture: Markup | None
    columns: list[str]
    lines: list[Line]
    more: int
    foot: Markup


class Listing(NamedTuple):
    """A figure whose numbers are all there is to show."""

    anchor: str
    title: str
    numbers: list[tuple[str, str]]
    foot: Markup


class Cause(NamedTuple):
    """One category of cause."""

    address: str
    label: str
    bar: Markup
    incidents: int
    came_back: int
    between: str | None
    last: str


class Causes(NamedTuple):
    """Which causes came back."""

    anchor: str
    title: str
    numbers: list[tuple[str, str]]
    rows: list[Cause]
    foot: Markup


class Up(NamedTuple):
    """A service's uptime: by the formula, by the others, and as a line."""

    address: str
    label: str
    cells: list[str | None]
    picture: Markup | None
    foot: Markup


class Uptimes(NamedTuple):
    """All services over one window, on one axis that begins at `floor` percent; empty where no day was watched."""

    anchor: str
    title: str
    floor: str
    rows: list[Up]


def periods(told: Sequence[Figure], page: figures.Place) -> Table:
    """Counts beside minutes: a column for each period."""
    columns = [f"{figures.period(each)}" for each in told]
    watched = [_watched(each) for each in told]
    lines = [Line("Days watched", watched)]
    for counts, minutes in zip(*[zip(*(each.values for each in told), strict=True)] * 2, strict=True):
        label = messages.IMPACT_CLASS.get(counts[0].key, "Incidents")
        lines.append(Line(label, [_cell(each) for each in counts], [_cell(each) for each in minutes]))
    feet = [figures.foot(each, page, column) for column, each in zip(columns, told, strict=True)]
    return Table(
        page.anchor(told[0]),
        "Incidents, and how long they had impact: as a range where a start or end is not known",
        columns,
        lines,
        feet,
    )


def months(figure: Figure, page: figures.Place) -> Months:
    """The chart, and every month in a table."""
    told = charts_bars.months_of(figure)
    lines = [
        Line(
            each.name,
            [
                _part(each.watched, each.days),
                str(each.incidents),
                *(_silent(*two) for two in zip(each.affected, each.silent, strict=True)),
            ],
        )
        for each in reversed(told[-_MONTHS:])
    ]
    columns = ["Days watched", "Incidents", *(messages.IMPACT_CLASS[name] for name in IMPACT_CLASSES)]
    picture = charts_bars.months(told) if told else None
    more, foot = len(told) - len(lines), figures.foot(figure, page)
    return Months(page.anchor(figure), figures.title(figure), picture, columns, lines, more, foot)


def episodes(figure: Figure, page: figures.Place) -> Listing:
    """How many incidents were one event."""
    return Listing(page.anchor(figure), figures.title(figure), figures.pairs(figure), figures.foot(figure, page))


def causes(figure: Figure, page: figures.Place) -> Causes:
    """Every category that is stated, most frequent first."""
    rows = [dict(zip(figure.columns, row, strict=True)) for row in figure.rows]
    most = max((int(str(row["incidents"])) for row in rows), default=0)
    found = []
    for row in rows:
        count, between = int(str(row["incidents"])), row["median_minutes_between"]
        found.append(
            Cause(
                address=f"{page.root}causes/{row['category']}/",
                label=messages.CAUSE_CATEGORY[str(row["category"])],
                bar=charts_bars.share(count, most),
                incidents=count,
                came_back=int(str(row["came_back"])),
                between=times.duration(int(between)) if isinstance(between, int | float) else None,
                last=times.day(row["last"]) if isinstance(row["last"], datetime) else "",
            )
        )
    return Causes(page.anchor(figure), figures.title(figure), figures.pairs(figure), found, figures.foot(figure, page))


def uptimes(told: Iterable[Figure], settings: Settings, page: figures.Place) -> list[Uptimes]:
    """One table for each window."""
    found = []
    for period, group in groupby(told, key=lambda figure: figure.key.rpartition("/")[2]):
        services = list(group)
        drawn = [_drawn(each) for each in services]
        floor = charts_bars.floor(each for each in drawn if each is not None)
        rows = [_up(each, line, floor, settings, page) for each, line in zip(services, drawn, strict=True)]
        title = "All watched days" if period == "all" else f"The last {period} days"
        edge = f"{floor:g}" if any(drawn) else ""
        found.append(Uptimes(f"{page.before}uptime-{period}", title, edge, rows))
    return found


def _up(figure: Figure, drawn: charts_bars.Uptime | None, floor: float, settings: Settings, page: figures.Place) -> Up:
    id_, own = figure.key.split("/")[1], {each.key: each for each in figure.values}
    return Up(
        address=f"{page.root}services/{id_}/",
        label=service_name(settings, id_),
        cells=[_cell(own[key]) for key in _SCHEMES],
        picture=charts_bars.uptime(drawn, floor) if drawn is not None else None,
        foot=figures.foot(figure, page, service_name(settings, id_)),
    )


def _drawn(figure: Figure) -> charts_bars.Uptime | None:
    own = {each.key: each for each in figure.values}
    ranges = [(own[key].value, own[key].high) for key in _SCHEMES]
    told = [(low, high if high is not None else low) for low, high in ranges if low is not None]
    return charts_bars.Uptime(told[0], tuple(told[1:])) if told else None


def beside(sets: Sequence[Numbers], settings: Settings) -> Table:
    """The same few numbers of every provider."""
    known = [{each.key: each for section in one.sections for each in section.figures} for one in sets]
    columns = [provider_name(settings, one.provider or "") for one in sets]
    lines = (
        [Line("Watched", [figures.window(one["counts/all"].window, stated=True) for one in known])]
        if settings.coverage
        else []
    )
    for key, value, label in _BESIDE:
        lines.append(Line(label, [_cell(next(each for each in one[key].values if each.key == value)) for one in known]))
    return Table("beside", "Side by side", columns, lines, [])


def _watched(figure: Figure) -> str:
    return _part(figure.window.watched, figure.window.asked)


def _part(watched: int, days: int) -> str:
    return f"{watched:,}" if watched == days else f"{watched:,} of {days:,}"


def _silent(hit: int, silent: int) -> str:
    return f"{hit} (not known: {silent})" if silent else str(hit)


def _cell(value: Value) -> str | None:
    return None if value.value is None else figures.number(value)
