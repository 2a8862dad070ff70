"""The pages about one thing: a service, a model, an impact class, a cause, a provider. What it is, its ninety days, its
own numbers, its newest incidents, its feeds. History, settings, the as-of day and what was counted in, `Page`s out.

A page stays small however long the history is: older incidents are a filter of the history away.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from markupsafe import Markup

from postmortem.model.figure import Facet, Figure, View
from postmortem.model.history import History
from postmortem.model.page import Page, SearchEntry
from postmortem.model.settings import Settings, provider_name
from postmortem.model.summary import Summary
from postmortem.pages import board, coverage, facets_about, figures, links, rows, strips, times
from postmortem.pages.environment import render
from postmortem.pages.facets_about import About
from postmortem.pages.links import Links
from postmortem.pages.listing import Frame, finished, whose

NEWEST: Final = 50
_ROOT: Final = "../../"
_NOTHING: Final = Markup("<p>Nobody watched: nothing is counted.</p>")
Key = tuple[Facet, str]


class Part(NamedTuple):
    """What was counted for one provider, or for the site: `title` is empty where there is only one."""

    title: str
    lines: list[strips.Line]
    said: str
    numbers: Markup


def pages(history: History, settings: Settings, as_of: date, views: Sequence[View]) -> Iterator[Page]:
    """One for each service, model, impact class, cause and provider."""
    found, by_id, names = deal(history), {row.id: row for row in history.rows}, links.of(settings, _ROOT)
    for key, own in grouped(views).items():
        about = facets_about.of(own, settings, names)
        beside = [each for each in views if each.kind == "impact" and each.provider == own[0].provider]
        shown = beside if about.kind == "provider" else []
        yield _page(about, own, _Given(found[key], by_id, shown, settings, as_of, names))


class _Given(NamedTuple):
    found: list[Summary]
    by_id: Mapping[str, Summary]
    beside: list[View]
    settings: Settings
    as_of: date
    names: Links


def grouped(views: Sequence[View]) -> dict[Key, list[View]]:
    """The views of each thing, one for each provider that has one."""
    found: dict[Key, list[View]] = {}
    for each in views:
        found.setdefault((each.kind, each.id), []).append(each)
    return found


def deal(history: History) -> defaultdict[Key, list[Summary]]:
    """Every row under each thing that its record names, in one pass; newest first."""
    found: defaultdict[Key, list[Summary]] = defaultdict(list)
    for row in history.rows:
        for key in dict.fromkeys(_keys(row)):
            found[key].append(row)
    return found


def _keys(row: Summary) -> Iterator[Key]:
    for service in row.services:
        yield "service", service
    for model in row.models:
        yield "model", model
    for name, impact in row.impact.items():
        if impact.state == "affected":
            yield "impact", name
    for category, _ in row.causes:
        yield "cause", category
    for provider in row.providers:
        yield "provider", provider


def _page(about: About, views: Sequence[View], given: _Given) -> Page:
    found, names = given.found, given.names
    body = render(
        "lists/facet.html",
        about=about,
        facts=about.facts,
        counted=rows.counted(found),
        open=sum(each.is_open and each.kind == "incident" for each in found),
        as_of=times.day(given.as_of),
        watched=coverage.watched(given.settings, views[0].provider if len(views) == 1 else None),
        parts=[_part(about, each, given) for each in views],
        past=views[0].strip.days[-1].day < given.as_of,
        days=_days(views, given),
        newest=rows.rows(found[:NEWEST], names),
        total=len(found),
        stated=bool(given.settings.coverage),
        links=names,
    )
    told = f"{about.title}: {rows.counted(found)} on record. {whose(given.settings)}"
    search = SearchEntry(about.title, about.text)
    frame = Frame(about.path, about.kind, about.title, told, ("navigation", "toc"), search)
    return finished(frame, body, found)


def _part(about: About, view: View, given: _Given) -> Part:
    name = provider_name(given.settings, view.provider) if view.provider else about.title
    shown = [each for each in view.figures if _says(each)]
    beside = [strips.line(each.strip, board.named(each.strip, given.names), given.names) for each in given.beside]
    stated = bool(given.settings.coverage)
    return Part(
        title=name if view.provider and about.kind != "provider" else "",
        lines=[strips.line(view.strip, name, given.names), *beside],
        said=strips.said(view.strip),
        numbers=figures.brief(shown, stated=stated, root=_ROOT) if shown else _NOTHING,
    )


def _says(figure: Figure) -> bool:
    """Whether there is anything to be told: a number, or what kept one from being known."""
    told = any(each.value is not None for each in figure.values) or bool(figure.unknowns)
    return told and figures.family(figure) != "cause"


def _days(views: Sequence[View], given: _Given) -> list[strips.Row]:
    several = len(views) > 1
    told = [
        (provider_name(given.settings, each.provider) if several and each.provider else "", each.strip)
        for each in views
    ]
    return strips.table(told, given.by_id, given.names)
