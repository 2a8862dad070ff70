"""What stands in the columns of the pages that list things: a cell for each thing. Figures in, safe HTML out; a number
that cannot be given is a dash.
"""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from markupsafe import Markup

from postmortem.model.figure import Facet, Figure, View
from postmortem.model.summary import Summary
from postmortem.pages import facets_about, figures, messages, times
from postmortem.pages.facets_about import About
from postmortem.pages.links import Links

_DASH: Final = Markup('<span class="pm-dash">&ndash;</span>')
Column = tuple[str, Callable[["Thing"], Markup]]


class Thing(NamedTuple):
    """What a row is about on one provider's days: its words, its view, its figures by key, its newest incident."""

    about: About
    view: View
    figures: Mapping[str, Figure]
    newest: Summary | None
    names: Links

    @property
    def watched(self) -> bool:
        """Whether anything could be counted."""
        return self.figures["counts/all"].values[0].value is not None


def _value(figure: str, value: str, *, n: bool = False) -> Callable[[Thing], Markup]:
    """A cell with one number of one figure; with what it rests on where it is no count."""

    def cell(thing: Thing) -> Markup:
        found = thing.figures.get(figure.format(thing.about.id))
        told = {each.key: each for each in found.values}.get(value) if found else None
        if found is None or told is None or told.value is None or (value == "came_back" and not found.n):
            return _DASH
        rests = Markup(' <span class="pm-note">%s</span>') % figures.rests_on(found) if n else ""
        return Markup("%s%s") % (figures.number(told), rests)

    return cell


def _watched(thing: Thing) -> Markup:
    return Markup("%s") % figures.window(thing.figures["counts/all"].window, stated=True)


def _newest(thing: Thing) -> Markup:
    if thing.newest is None:
        return _DASH
    return Markup('<a href="%sincidents/%s/">%s</a>') % (
        thing.names.root,
        thing.newest.id,
        times.on(thing.newest.day),
    )


def _unknown(thing: Thing) -> Markup:
    return Markup("%d") % thing.view.strip.unknown


def _group(thing: Thing) -> Markup:
    told = dict(thing.about.facts).get("Group") or dict(thing.about.facts).get("Family")
    return Markup("%s") % told if told else _DASH


def _roles(thing: Thing) -> Markup:
    found = facets_about.recurrence(thing.view)
    told = [
        f"{messages.FACTOR_ROLE[each.key].lower()} {figures.number(each)}"
        for each in (found.values if found else ())
        if each.key in messages.FACTOR_ROLE and each.value
    ]
    return Markup("%s") % ", ".join(told) if told else _DASH


_RECENT: Final[tuple[Column, ...]] = (
    ("Incidents, 90 days", _value("counts/90", "incidents")),
    ("Impact, 90 days", _value("counts/90", "minutes")),
)
_ALL: Final[tuple[Column, ...]] = (
    ("Incidents, all watched days", _value("counts/all", "incidents")),
    ("Newest", _newest),
)
COLUMNS: Final[dict[Facet, tuple[Column, ...]]] = {
    "service": (("Group", _group), *_RECENT, ("Uptime, 90 days", _value("uptime/{}/90", "uptime")), *_ALL),
    "model": (("Family", _group), *_RECENT, *_ALL),
    "impact": (*_RECENT, ("Not known, 90 days", _unknown), *_ALL),
    "cause": (
        ("Incidents, all watched days", _value("counts/all", "incidents")),
        ("Came back", _value("cause/{}", "came_back")),
        ("Median between", _value("cause/{}", "between")),
        ("In which roles", _roles),
        ("Newest", _newest),
    ),
    "provider": (
        ("Watched", _watched),
        *_RECENT,
        ("Incidents, all watched days", _value("counts/all", "incidents")),
        ("Impact time, median", _value("impact_time", "median", n=True)),
        ("First public update after the start, median", _value("lag/disclosure", "median", n=True)),
        ("Between incidents, median", _value("gaps", "median", n=True)),
    ),
}
"""What stands in the columns of each page."""
