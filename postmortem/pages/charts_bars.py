"""Counts and shares as bars: months upon one scale, answers as parts of a whole, uptime with how much hangs on the
formula. Figures' rows and values in, HTML out; computes nothing that people are told.

What is known is filled, what nobody said is an outline or a hatch: patterns before colours. Words stand in HTML.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from markupsafe import Markup

from postmortem.model.figure import Figure
from postmortem.model.vocabulary import IMPACT_CLASSES
from postmortem.pages import messages, times

_TALL: Final = 40
_FEW_MONTHS: Final = 14
_YEAR: Final = 12
HATCH: Final = Markup(
    '<svg class="pm-defs" width="0" height="0" aria-hidden="true"><defs><pattern id="pm-hatch" width="5" height="5" '
    'patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="pm-hatched" width="2" height="5"/>'
    "</pattern></defs></svg>"
)
"""What `shares` draws "in part" with; once on a page."""


class Month(NamedTuple):
    """A row of the figure `months`: how many incidents, and by class how many affected it and of how many nobody
    said.
    """

    key: str
    watched: int
    days: int
    incidents: int
    affected: tuple[int, ...]
    silent: tuple[int, ...]

    @property
    def place(self) -> int:
        """Months since the year 0."""
        return int(self.key[:4]) * _YEAR + int(self.key[5:]) - 1

    @property
    def name(self) -> str:
        """`June 2026`."""
        return f"{times.MONTHS[int(self.key[5:]) - 1]} {self.key[:4]}"


def months_of(figure: Figure) -> list[Month]:
    """Its rows as they are drawn."""
    return [_month(row) for row in figure.rows]


def _month(row: Sequence[object]) -> Month:
    watched, days, incidents, *states = [int(str(each)) for each in row[1:]]
    return Month(str(row[0]), watched, days, incidents, tuple(states[::2]), tuple(states[1::2]))


def months(told: Sequence[Month]) -> Markup:
    """A line of bars for all incidents and one for each class, on one scale; the ground is drawn where days were
    watched: whole months as a line, others dashed.
    """
    first, count = told[0].place, told[-1].place - told[0].place + 1
    tallest = max([1, *(each.incidents for each in told), *(sum(two) for each in told for two in _pairs(each))])
    lines = [_line("All incidents", [(each, each.incidents, 0) for each in told], first, count, tallest)]
    lines += [
        _line(
            messages.IMPACT_CLASS[name],
            [(each, each.affected[place], each.silent[place]) for each in told],
            first,
            count,
            tallest,
        )
        for place, name in enumerate(IMPACT_CLASSES)
    ]
    labels = "".join(
        f'<span style="--pm-at:{(place - first) / count * 100:.1f}%">{text}</span>' for place, text in _named(told)
    )
    return Markup(  # noqa: S704  numbers and our own words
        f'<div class="pm-months" style="--pm-count:{count}" aria-hidden="true">{"".join(lines)}'
        f'<div class="pm-month"><span></span><div class="pm-scale">{labels}</div></div></div>'
    )


def _pairs(month: Month) -> Iterable[tuple[int, int]]:
    return zip(month.affected, month.silent, strict=True)


def _line(label: str, bars: Sequence[tuple[Month, int, int]], first: int, count: int, tallest: int) -> str:
    filled, outlined, whole, partly = "", "", "", ""
    for month, hit, silent in bars:
        left = month.place - first
        up, more = (_TALL * each / tallest for each in (hit, silent))
        filled += f"M{left}.1 {_TALL}v-{up:.1f}h.8V{_TALL}z" if hit else ""
        outlined += f"M{left}.14 {_TALL - up:.1f}v-{more:.1f}h.72v{more:.1f}z" if silent else ""
        ground = f"M{left} {_TALL + 2}h1"
        whole, partly = (whole + ground, partly) if month.watched == month.days else (whole, partly + ground)
    most = max(hit for _, hit, _ in bars)
    box = f"0 0 {count} {_TALL + 3}"
    return (
        f'<div class="pm-month"><span><b>{label}</b> most in a month: {most}</span><svg viewBox="{box}" '
        f'preserveAspectRatio="none" height="{_TALL + 3}"><path d="{filled}"/><path class="pm-silent" d="{outlined}"/>'
        f'<path class="pm-ground" d="{whole}"/><path class="pm-ground pm-partly" d="{partly}"/></svg></div>'
    )


def _named(told: Sequence[Month]) -> Iterator[tuple[int, str]]:
    """The months that are named below: each of a few, else the first of a year."""
    first, last = told[0].place, told[-1].place
    few = last - first < _FEW_MONTHS
    step = 1 + (last - first) // (_FEW_MONTHS * _YEAR)
    for place in range(first, last + 1):
        year, month = divmod(place, _YEAR)
        if few:
            yield place, f"{times.MONTHS[month][:3]} {year}" if place == first or not month else times.MONTHS[month][:3]
        elif not month and not (year - first // _YEAR) % step:
            yield place, str(year)


def shares(parts: Sequence[tuple[str, int]], total: int) -> Markup:
    """The parts of a whole side by side, each in the look of its name: `answered`, `partly`, `not_known`."""
    drawn, left = "", 0.0
    for name, count in parts:
        width = 100 * count / total if total else 0
        drawn += (
            f'<rect class="pm-part" data-is="{name}" x="{left:.2f}%" width="{width:.2f}%" height="12" y="1"/>'
            if count
            else ""
        )
        left += width
    return Markup(f'<svg class="pm-shares" height="14" aria-hidden="true">{drawn}</svg>')  # noqa: S704  numbers and ids


def share(count: int, most: int) -> Markup:
    """One bar as long as its share of the longest."""
    return shares([("answered", count)], most)


class Uptime(NamedTuple):
    """A range in percent, and those by the other formulas."""

    own: tuple[float, float]
    others: tuple[tuple[float, float], ...]


def floor(told: Iterable[Uptime]) -> float:
    """Where the axis of uptimes begins: a round number below all of them."""
    least = min((low for each in told for low, _ in (each.own, *each.others)), default=100.0)
    return next(edge for edge in (99.9, 99.5, 99.0, 98.0, 95.0, 90.0, 80.0, 50.0, 0.0) if edge <= least or not edge)


def uptime(told: Uptime, least: float) -> Markup:
    """The range by the formula as a thick bar, all that other formulas would make of it as a thin line."""
    lows, highs = zip(told.own, *told.others, strict=True)
    thin = [(each - least) / (100 - least) * 100 for each in (min(lows), max(highs))]
    thick = [(each - least) / (100 - least) * 100 for each in told.own]
    left = min(thick[0], 99.2)
    bar = f'<rect x="{left:.2f}%" width="{max(thick[1] - left, 0.8):.2f}%" y="2" height="10"/>'
    line = f'<line x1="{thin[0]:.2f}%" x2="{thin[1]:.2f}%" y1="7" y2="7"/>'
    return Markup(f'<svg class="pm-uptime" height="14" aria-hidden="true">{line}{bar}</svg>')  # noqa: S704  numbers
