"""The pages that list all services, models, impact classes, causes and providers: one row for each thing, several
providers side by side. What was counted in, `Page`s out; every number is that of the thing's own page.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from markupsafe import Markup

from postmortem.model.figure import Facet, Figure, View
from postmortem.model.history import History
from postmortem.model.page import Page
from postmortem.model.settings import Settings, provider_name
from postmortem.model.summary import Summary
from postmortem.pages import facets, facets_about, figures, links, messages, strips, times
from postmortem.pages.environment import render
from postmortem.pages.facets_about import FOLDERS, About
from postmortem.pages.links import Links
from postmortem.pages.listing import Frame, finished, whose

_ROOT: Final = "../"
_DASH: Final = Markup('<span class="pm-dash">&ndash;</span>')
Column = tuple[str, Callable[["Thing"], Markup]]


class Thing(NamedTuple):
    """What a row is about: its words, its view, its figures by key, its newest incident."""

    about: About
    view: View
    figures: Mapping[str, Figure]
    newest: Summary | None
    names: Links


class Row(NamedTuple):
    """One row: a link, a word on it, and a cell for each column, with the column's label."""

    name: Markup
    note: str
    cells: list[tuple[str, Markup]]


def pages(history: History, settings: Settings, views: Sequence[View]) -> Iterator[Page]:
    """One for each kind of thing that the site has any of; providers always: whose services these are is a question
    even where the answer is short.
    """
    found, names = facets.deal(history), links.of(settings, _ROOT)
    things: dict[Facet, list[Thing]] = {kind: [] for kind in FOLDERS}
    for (kind, id_), own in facets.grouped(views).items():
        about, newest = facets_about.of(own, settings, names), next(iter(found[kind, id_]), None)
        things[kind] += [Thing(about, each, {one.key: one for one in each.figures}, newest, names) for each in own]
    for kind, rows in things.items():
        if rows or kind == "provider":
            yield _page(kind, rows, history, settings)


def _page(kind: Facet, things: list[Thing], history: History, settings: Settings) -> Page:
    folder, title = FOLDERS[kind]
    lead = _lead(kind, things, settings)
    ordered = sorted(things, key=_recurring) if kind == "cause" else things
    several = len({each.view.provider for each in things}) > 1 and kind != "provider"
    columns = ((("Provider", _whose(settings)),) if several else ()) + COLUMNS[kind]
    body = render(
        "lists/facet-index.html",
        title=title,
        lead=lead,
        columns=[label for label, _ in columns],
        rows=[_row(each, columns) for each in ordered],
        lines=[_line(each) for each in things] if kind == "provider" and settings.coverage else [],
        caption=_caption(kind, things, settings),
        meanings=messages.FACTOR_ROLE_MEANS if kind == "cause" else {},
    )
    return finished(
        Frame(f"{folder}/", "index", title, f"{lead} {whose(settings)}", ("navigation", "toc")), body, history.rows
    )


def _recurring(thing: Thing) -> int:
    return -thing.figures["counts/all"].n


def _lead(kind: Facet, things: Sequence[Thing], settings: Settings) -> str:
    if kind != "provider":
        return LEADS[kind]
    if len(things) > 1:
        return "Side by side, each on the days that were watched for it. Their numbers do not add up."
    if things:
        return f"This site speaks of one provider, {things[0].about.title}: every number of the site is about it."
    return f"This site speaks of one provider, {settings.publisher.name}, which publishes it about itself."


def _caption(kind: Facet, things: Sequence[Thing], settings: Settings) -> str:
    """Which days the columns are about, where these are the same for all; what is not counted."""
    if not settings.coverage:
        return "Which days were watched is not stated: nothing that needs watched days is counted."
    key, name = ("counts/all", "All watched days") if kind == "cause" else ("counts/90", "The last 90 days")
    told = dict.fromkeys(figures.window(each.figures[key].window, stated=True) for each in things)
    days = f"{name}: {next(iter(told))}. " if len(told) == 1 else ""
    if kind == "cause":
        return f"{days}{_silent(things)}"
    return f"{days}Where a number is a range, times are not all known: at least, to at most."


def _silent(things: Sequence[Thing]) -> str:
    """The incidents whose records state no category."""
    found = facets_about.recurrence(things[0].view)
    told = "; ".join(figures.unknowns(found)) if found else ""
    several = len({each.view.provider for each in things}) > 1
    return f"Incidents without a category: {told}." if told and not several else ""


def _row(thing: Thing, columns: Sequence[Column]) -> Row:
    link = Markup('<a href="%s%s">%s</a>') % (thing.names.root, thing.about.path, thing.about.title)
    note = thing.about.text if thing.about.kind in ("cause", "impact") else ""
    return Row(link, note, [(label, cell(thing)) for label, cell in columns])


def _line(thing: Thing) -> strips.Line:
    link = Markup('<a href="%s%s">%s</a>') % (thing.names.root, thing.about.path, thing.about.title)
    return strips.line(thing.view.strip, link, thing.names)


def _whose(settings: Settings) -> Callable[[Thing], Markup]:
    return lambda thing: Markup("%s") % provider_name(settings, thing.view.provider or "")


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
_ALL: Final[tuple[Column, ...]] = (("Incidents, all", _value("counts/all", "incidents")), ("Newest", _newest))
COLUMNS: Final[dict[Facet, tuple[Column, ...]]] = {
    "service": (("Group", _group), *_RECENT, ("Uptime, 90 days", _value("uptime/{}/90", "uptime")), *_ALL),
    "model": (("Family", _group), *_RECENT, *_ALL),
    "impact": (*_RECENT, ("Not known, 90 days", _unknown), *_ALL),
    "cause": (
        ("Incidents, all", _value("counts/all", "incidents")),
        ("Came back", _value("cause/{}", "came_back")),
        ("Median between", _value("cause/{}", "between")),
        ("In which roles", _roles),
        ("Newest", _newest),
    ),
    "provider": (
        ("Watched", _watched),
        *_RECENT,
        ("Incidents, all", _value("counts/all", "incidents")),
        ("Impact time, median", _value("impact_time", "median", n=True)),
        ("First public update after the start, median", _value("lag/disclosure", "median", n=True)),
        ("Between incidents, median", _value("gaps", "median", n=True)),
    ),
}
"""What stands in the columns of each page."""
LEADS: Final[dict[Facet, str]] = {
    "service": "Everything customers use, with what its records say. A service without a record was not named by any.",
    "model": "Models as records name them. Where a record speaks of models nobody named, none of them is counted.",
    "impact": "Four kinds that status pages mix. Every record answers each: affected, not affected or not known.",
    "cause": "Why it happened, by category of the factors that records state. An incident counts in each of its own.",
}
