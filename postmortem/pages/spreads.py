"""Distributions as they are shown: their numbers in words, their dots or columns, and the same for those who do not see
a picture. Figures in, values for a template out.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from heapq import nlargest, nsmallest
from typing import Final, NamedTuple

from markupsafe import Markup

from postmortem.model.figure import Figure
from postmortem.pages import charts, figures, times
from postmortem.pages.charts import Axis, Length

LINKS: Final = 120
"""How many dots of a page may be links: each is three elements and a hundred bytes, where all others are one path."""
_MOST: Final = 1_500  # dots in one figure; beyond that they are one block
_EACH: Final = 40  # lengths that are named one by one, and whose dots are links
_SOME: Final = 5  # that are named of more
_NUMBERS: Final = ("median", "p90", "least", "most", "since_last")
_AT_LEAST: Final = "lower bound"


class Room:
    """What is left of a page's links: whoever comes first gets them."""

    def __init__(self, left: int) -> None:
        self._left = left

    def take(self, count: int) -> bool:
        """Take so many if there are."""
        if count > self._left:
            return False
        self._left -= count
        return True


class Named(NamedTuple):
    """One length in the table: its incident, its day, how long."""

    address: str
    title: str
    day: str
    length: str


class Spread(NamedTuple):
    """A distribution. Without `picture` there is nothing to measure. `note` says how the picture was drawn. In words it
    is either `each` length by name, or how many lie in each of the `brackets`, the `longest` and the `newest`.
    """

    anchor: str
    title: str
    numbers: list[tuple[str, str]]
    foot: Markup
    picture: Markup | None
    note: str
    each: list[Named]
    brackets: list[tuple[str, int]]
    longest: list[Named]
    newest: list[Named]


def lengths(figure: Figure) -> list[Length]:
    """Its known lengths."""
    return [
        Length(str(incident), at, minutes, str(note).startswith(_AT_LEAST))
        for incident, at, minutes, _, note in figure.rows
        if isinstance(minutes, int) and isinstance(at, datetime)
    ]


def spreads(shown: Sequence[Figure], room: Room, titles: Mapping[str, str], page: figures.Place) -> list[Spread]:
    """Figures that stand above each other, on one axis, so that they can be compared."""
    told = [lengths(each) for each in shown]
    on = charts.axis(each.minutes for one in told for each in one)
    return [_spread(figure, one, on, room, titles, page) for figure, one in zip(shown, told, strict=True)]


def _spread(  # noqa: PLR0913, PLR0917 - what it shows, and where
    figure: Figure, told: Sequence[Length], on: Axis, room: Room, titles: Mapping[str, str], page: figures.Place
) -> Spread:
    picture, note = _drawn(told, on, room, figure, page.root) if told else (None, "")
    is_small = len(told) <= _EACH
    longest = nsmallest(_EACH if is_small else _SOME, told, key=lambda each: (-each.minutes, each.incident))
    newest = [] if is_small else nlargest(_SOME, told, key=lambda each: (each.at, each.incident))
    names, others = ([_named(each, titles, page.root) for each in some] for some in (longest, newest))
    return Spread(
        anchor=page.anchor(figure),
        title=figures.title(figure),
        numbers=_numbers(figure),
        foot=figures.foot(figure, page),
        picture=picture,
        note=note,
        each=names if is_small else [],
        brackets=[] if is_small else list(charts.brackets(told, on)),
        longest=[] if is_small else names,
        newest=others,
    )


def _numbers(figure: Figure) -> list[tuple[str, str]]:
    own = {each.key: each for each in figure.values}
    return [
        (figures.short(own[key]), figures.number(own[key]))
        for key in _NUMBERS
        if key in own and own[key].value is not None
    ]


def _drawn(told: Sequence[Length], on: Axis, room: Room, figure: Figure, root: str) -> tuple[Markup, str]:
    """The picture, and what it takes to read it."""
    marks = [
        (each.key, each.value) for each in figure.values if each.key in ("median", "p90") and each.value is not None
    ]
    if len(told) > _MOST:
        return charts.columns(told, on, marks), (
            f"{len(told):,} {figure.of} are too many for a dot each: columns show how many lie in each sixtieth of the "
            "axis. The longest and the newest are named below, the CSV has all."
        )
    one = figure.of.removesuffix("s")
    least = any(each.at_least for each in told)
    ring = " A ring is a lower bound: another window has no known start or end." if least else ""
    if len(told) <= _EACH and room.take(len(told)):
        return charts.dots(told, on, marks, root), f"Each dot is one {one} and leads to it.{ring}"
    words = "" if len(told) <= _EACH else " The longest and the newest are named below, the CSV has all."
    return charts.plain(told, on, marks), f"Each dot is one {one}.{ring}{words}"


def _named(each: Length, titles: Mapping[str, str], root: str) -> Named:
    length = f"{'at least ' if each.at_least else ''}{times.duration(each.minutes)}"
    title = titles.get(each.incident, each.incident)
    return Named(f"{root}incidents/{each.incident}/", title, times.day(each.at), length)
