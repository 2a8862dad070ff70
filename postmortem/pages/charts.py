"""Many lengths of time as dots on one axis: every incident where it lies, linked, with the median and the 90th
percentile marked. Lengths in, HTML out; computes nothing that people are told.

The axis is logarithmic, since lengths reach from minutes to weeks. Places are shares of the width, so that the picture
fits a telephone; words stand in HTML beside it and keep their size. Where there are too many for a dot each, columns
say how many lie in each part of the axis, and the picture says so.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from math import log
from typing import Final, NamedTuple

from markupsafe import Markup

from postmortem.pages import times

SLOTS: Final = 60
"""Parts of the axis: dots of one part stand upon each other, and a column is one part wide."""
_TICKS: Final = (
    *(1, 2, 5, 10, 20, 30, 60, 120, 240, 480),
    *(days * 1440 for days in (1, 2, 4, 7, 14, 30, 60, 120, 365, 730, 1460, 3650, 7300)),
)
_NARROWEST: Final = 17.0  # between two words on the axis, in percent of the width
_FINER: Final = 120
"""Parts for dots that are many: these stand in the middle of their part."""
_TALLEST: Final = 140.0  # what dots may take in height, in pixels
_LEAST: Final = 24.0
_STEP: Final = 7.0
_RADIUS: Final = 3.0
_MIDDLE: Final = 50.0


class Length(NamedTuple):
    """One length: whose it is, when that was, how long, and whether it is only the least it was."""

    incident: str
    at: datetime
    minutes: int
    at_least: bool


class Axis(NamedTuple):
    """From one tick to another, in minutes."""

    low: int
    high: int

    def share(self, minutes: float) -> float:
        """Where a length lies, in percent of the width."""
        return log(min(max(minutes, self.low), self.high) / self.low) / log(self.high / self.low) * 100

    def slot(self, minutes: float, slots: int = SLOTS) -> int:
        """In which of so many parts of the axis it lies."""
        return min(int(self.share(minutes) * slots / 100), slots - 1)


def axis(minutes: Iterable[int]) -> Axis:
    """The ticks between which all of them lie; at least three, so that one length stands somewhere."""
    told = [max(each, 1) for each in minutes] or [1]
    low = max(place for place, tick in enumerate(_TICKS) if tick <= min(told))
    high = next((place for place, tick in enumerate(_TICKS) if tick >= max(told)), len(_TICKS) - 1)
    low, high = (max(low - 1, 0), min(high + 1, len(_TICKS) - 1)) if high - low < 2 else (low, high)  # noqa: PLR2004  three ticks
    return Axis(_TICKS[low], _TICKS[high])


def dots(told: Sequence[Length], on: Axis, marks: Sequence[tuple[str, float]], root: str) -> Markup:
    """One dot for each, upon each other where they are close; each leads to its incident for who can point. `marks`
    are the values to draw a line at, by their names.
    """
    stacked, height, step = _laid(told, on)
    drawn = [
        f'<a href="{root}incidents/{each.incident}/" tabindex="-1"><circle{" class=pm-least" if each.at_least else ""} '
        f'cx="{on.share(each.minutes):.1f}%" cy="{height - _RADIUS - 1 - level * step:.0f}" r="3"/>'
        f"<title>{each.at:%Y-%m-%d}, {'at least ' if each.at_least else ''}{times.duration(each.minutes)}</title></a>"
        for each, level in stacked
    ]
    return _framed("\n".join(drawn), f'height="{height:.0f}"', on, marks)


def plain(told: Sequence[Length], on: Axis, marks: Sequence[tuple[str, float]]) -> Markup:
    """The same dots in a tenth of the bytes, without links: lines of no length with round ends."""
    stacked, height, step = _laid(told, on, _FINER)
    paths = {True: "", False: ""}
    for each, level in stacked:
        middle = (on.slot(each.minutes, _FINER) + 0.5) / _FINER * 100
        paths[each.at_least] += f"M{middle:.1f} {height - _RADIUS - 1 - level * step:.0f}h0"
    drawn = f'<path class="pm-dot" d="{paths[False]}"/>'
    if paths[True]:
        drawn += "".join(f'<path class="pm-dot {name}" d="{paths[True]}"/>' for name in ("pm-least", "pm-hollow"))
    box = f'<svg viewBox="0 0 100 {height:.0f}" preserveAspectRatio="none" height="{height:.0f}">{drawn}</svg>'
    return _framed(box, f'height="{height:.0f}"', on, marks)


def _laid(told: Sequence[Length], on: Axis, slots: int = SLOTS) -> tuple[list[tuple[Length, int]], float, float]:
    """Every dot with its level, the height of all, and of a level."""
    stacked = list(_stacked(told, on, slots))
    tallest = max(level for _, level in stacked) + 1
    step = min(_STEP, _TALLEST / tallest)
    return stacked, max(tallest * step + 2 * _RADIUS, _LEAST), step


def columns(told: Sequence[Length], on: Axis, marks: Sequence[tuple[str, float]]) -> Markup:
    """How many lie in each part of the axis, as columns."""
    counts = counted(told, on)
    tallest = max(counts)
    drawn = "".join(
        f"M{place} 100v-{100 * count / tallest:.1f}h.86V100z" for place, count in enumerate(counts) if count
    )
    box = f'<svg viewBox="0 0 {SLOTS} 100" preserveAspectRatio="none" height="110"><path d="{drawn}"/></svg>'
    return _framed(box, 'height="110"', on, marks)


def counted(told: Iterable[Length], on: Axis) -> list[int]:
    """How many lie in each part of the axis."""
    counts = [0] * SLOTS
    for each in told:
        counts[on.slot(each.minutes)] += 1
    return counts


def brackets(told: Sequence[Length], on: Axis) -> Iterator[tuple[str, int]]:
    """The same in words: how many lie between two words of the axis."""
    edges = [tick for tick, _ in _labels(on)]
    ordered = sorted([each.minutes for each in told])
    places = [0, *(bisect_left(ordered, edge) for edge in edges), len(ordered)]
    for low, high, (first, last) in zip([0, *edges], [*edges, None], pairwise(places), strict=True):
        count = last - first
        if count:
            before = f"less than {times.duration(high)}" if high is not None and not low else ""
            after = f"{times.duration(low)} or more" if high is None else ""
            both = f"{times.duration(low)} to {times.duration(high)}" if low and high is not None else ""
            yield before or after or both, count


def _stacked(told: Sequence[Length], on: Axis, slots: int) -> Iterator[tuple[Length, int]]:
    levels = [0] * slots
    for each in sorted(told, key=lambda each: (each.minutes, each.at, each.incident)):
        slot = on.slot(each.minutes, slots)
        yield each, levels[slot]
        levels[slot] += 1


def _framed(drawn: str, size: str, on: Axis, marks: Sequence[tuple[str, float]]) -> Markup:
    """The picture between its words: the marks above, the axis below. Those who do not see it are told in a table."""
    labels = list(_labels(on))
    edges = "".join(f"M{share:.1f} 0v1" for _, share in labels)
    grid = (
        f'<svg viewBox="0 0 100 1" preserveAspectRatio="none" height="100%"><path class="pm-grid" d="{edges}"/></svg>'
    )
    lines = "".join(_line(f"pm-{name}", on.share(value)) for name, value in marks)
    above = "".join(_word(f"pm-{name}", on.share(value), f"{name} {length(value)}") for name, value in marks)
    least = f"&le; {length(on.low)}" if on.low == _TICKS[0] else length(on.low)
    words = [least, *(length(tick) for tick, _ in labels[1:])]
    below = "".join(
        f'<span style="--pm-at:{share:.1f}%">{word}</span>' for word, (_, share) in zip(words, labels, strict=True)
    )
    return Markup(  # noqa: S704  numbers, ids and our own words
        f'<div class="pm-plot" aria-hidden="true"><div class="pm-marked">{above}</div>'
        f'<svg {size}>{grid}{drawn}{lines}</svg><div class="pm-scale">{below}</div></div>'
    )


def _line(name: str, share: float) -> str:
    return f'<line class="{name}" x1="{share:.1f}%" x2="{share:.1f}%" y1="0" y2="100%"/>'


def _word(name: str, share: float, text: str) -> str:
    side = "left" if share <= _MIDDLE else "right"
    return f'<span class="{name}" data-side="{side}" style="--pm-at:{share:.1f}%">{text}</span>'


def _labels(on: Axis) -> Iterator[tuple[int, float]]:
    """The ticks that have room for their words, and where they stand: both ends, and what fits between."""
    free = 0.0
    yield on.low, free
    for tick in _TICKS:
        if on.low < tick < on.high and free + _NARROWEST <= (share := on.share(tick)) <= 100 - _NARROWEST:
            free = share
            yield tick, share
    yield on.high, 100.0


def length(minutes: float) -> str:
    """`43.5 min`, `1 h 52 min`."""
    return f"{minutes:g} min" if minutes < 60 else times.duration(int(minutes))  # noqa: PLR2004  an hour
