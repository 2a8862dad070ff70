"""The pages that list all services, models, impact classes, causes and providers: one row for each thing, several
providers side by side. What was counted in, `Page`s out; every number is that of the thing's own page.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from markupsafe import Markup

from postmortem.model.figure import Facet, View
from postmortem.model.history import History
from postmortem.model.page import Page
from postmortem.model.settings import Settings, provider_name
from postmortem.pages import facets, facets_about, figures, links, messages, strips
from postmortem.pages.environment import render
from postmortem.pages.facets_about import FOLDERS
from postmortem.pages.facets_columns import COLUMNS, Column, Thing
from postmortem.pages.listing import Frame, finished, whose

_ROOT: Final = "../"


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
    things: dict[Facet, list[list[Thing]]] = {kind: [] for kind in FOLDERS}
    for (kind, id_), own in facets.grouped(views).items():
        about, newest = facets_about.of(own, settings, names), next(iter(found[kind, id_]), None)
        told = [Thing(about, each, {one.key: one for one in each.figures}, newest, names) for each in own]
        things[kind].append([each for each in told if each.watched] or told)
    for kind, rows in things.items():
        if rows or kind == "provider":
            yield _page(kind, rows, history, settings)


def _page(kind: Facet, things: list[list[Thing]], history: History, settings: Settings) -> Page:
    folder, title = FOLDERS[kind]
    lead, every = _lead(kind, things, settings), [one for each in things for one in each]
    ordered = sorted(things, key=_recurring) if kind == "cause" else things
    body = render(
        "lists/facet-index.html",
        title=title,
        lead=lead,
        columns=[label for label, _ in COLUMNS[kind]],
        rows=[_row(each, COLUMNS[kind], settings) for each in ordered],
        lines=[_line(each) for each in every] if kind == "provider" and settings.coverage else [],
        caption=_caption(kind, every, settings),
        meanings=messages.FACTOR_ROLE_MEANS if kind == "cause" else {},
    )
    told = f"{lead} {whose(settings)}"
    return finished(Frame(f"{folder}/", "index", title, told, ("navigation", "toc")), body, history.rows)


def _recurring(things: Sequence[Thing]) -> int:
    return -sum(each.figures["counts/all"].n for each in things)


def _lead(kind: Facet, things: Sequence[Sequence[Thing]], settings: Settings) -> str:
    if kind != "provider":
        return LEADS[kind]
    if len(things) > 1:
        return "Side by side, each on the days that were watched for it. Their numbers do not add up."
    if things:
        return f"This site speaks of one provider, {things[0][0].about.title}: every number of the site is about it."
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


def _row(things: Sequence[Thing], columns: Sequence[Column], settings: Settings) -> Row:
    about = things[0].about
    note = about.text if about.kind in ("cause", "impact") else ""
    cells = [(label, _cell([cell(each) for each in things], things, settings)) for label, cell in columns]
    return Row(_link(things[0]), note, cells)


def _cell(told: Sequence[Markup], things: Sequence[Thing], settings: Settings) -> Markup:
    """What all providers have in common, or a line for each."""
    if len(set(told)) == 1:
        return told[0]
    names = (provider_name(settings, each.view.provider or "") for each in things)
    line = Markup('<span class="pm-window"><span class="pm-what">%s</span> %s</span>')
    return Markup().join(line % each for each in zip(names, told, strict=True))


def _line(thing: Thing) -> strips.Line:
    return strips.line(thing.view.strip, _link(thing), thing.names, f"{thing.names.root}{thing.about.path}")


def _link(thing: Thing) -> Markup:
    return Markup('<a href="%s%s">%s</a>') % (thing.names.root, thing.about.path, thing.about.title)


LEADS: Final[dict[Facet, str]] = {
    "service": "Everything customers use, with what its records say. A service without a record was not named by any.",
    "model": "Models as records name them. Where a record speaks of models nobody named, none of them is counted.",
    "impact": "Four kinds that status pages mix. Every record answers each: affected, not affected or not known.",
    "cause": "Why it happened, by category of the factors that records state. An incident counts in each of its own.",
}
