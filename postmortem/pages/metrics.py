"""The page of numbers: how often, how long, how fast, how it comes back, uptime; every figure with its formula, its
days, what it rests on, what is not known, and the rows behind it. Numbers in, a `Page` out; computes none.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from postmortem.model.figure import Figure, Numbers, Section
from postmortem.model.history import History
from postmortem.model.page import Page, SearchEntry
from postmortem.model.settings import Settings, provider_name
from postmortem.pages import coverage, figures, spreads, tabled
from postmortem.pages.environment import render
from postmortem.pages.figures import Place
from postmortem.pages.incident import contents
from postmortem.pages.markdown import clean
from postmortem.pages.spreads import Spread

PATH: Final = "metrics/"
_ROOT: Final = "../"
_ABOUT: Final = "How often, how long, how fast, how it comes back, uptime: every number with its formula and its rows."
_LEADS: Final = {
    "frequency": "Counts stand beside minutes: many short incidents and one long one are not the same.",
    "duration": "Impact time is how long something was wrong, open time how long it stood on the status page.",
    "lag": "From one clock of a record to another. A clock that is not known is not guessed.",
    "recurrence": "How long it was quiet between two, which of them were one event, and which causes came back.",
    "uptime": "The thick bar is the range by the formula, the thin line what other weights make of the same records.",
}


class Part(NamedTuple):
    """A section: its tables, charts and distributions, and how its figures are computed."""

    anchor: str
    title: str
    lead: str
    periods: tabled.Table | None
    months: tabled.Months | None
    spreads: list[Spread]
    episodes: tabled.Listing | None
    causes: tabled.Causes | None
    uptimes: list[tabled.Uptimes]
    formulas: list[tuple[str, str]]


class Chapter(NamedTuple):
    """All of one provider, or of the site."""

    anchor: str
    title: str
    notes: tuple[str, ...]
    watched: str
    parts: list[Part]


def page(sets: Sequence[Numbers], history: History, settings: Settings) -> Page:
    """Write the page `metrics/`: one chapter for each set."""
    titles = {row.id: row.title for row in history.rows}
    room = spreads.Room(spreads.LINKS)
    body = render(
        "numbers/metrics.html",
        chapters=[_chapter(each, settings, titles, room) for each in sets],
        beside=tabled.beside(sets, settings) if len(sets) > 1 else None,
        level=3 if len(sets) > 1 else 2,
        stated=bool(settings.coverage),
        any_row=any(figure.n for each in sets for section in each.sections for figure in section.figures),
    )
    return Page(
        path=PATH,
        kind="metrics",
        title="Metrics",
        description=_ABOUT,
        body=body,
        contents=contents(body),
        search=SearchEntry("Metrics", _ABOUT),
        changed=max((each.changed.date() for each in history.rows), default=None),
        hide=("navigation",),
    )


def _chapter(numbers: Numbers, settings: Settings, titles: Mapping[str, str], room: spreads.Room) -> Chapter:
    whose = numbers.provider
    place = Place(_ROOT, whose, f"{whose}-" if whose else "", stated=bool(settings.coverage))
    return Chapter(
        anchor=f"of-{whose}" if whose else "",
        title=clean(provider_name(settings, whose)) if whose else "",
        notes=numbers.notes,
        watched=coverage.watched(settings, whose),
        parts=[_part(each, settings, titles, room, place) for each in numbers.sections],
    )


def _part(section: Section, settings: Settings, titles: Mapping[str, str], room: spreads.Room, place: Place) -> Part:
    by: dict[str, list[Figure]] = {}
    for each in section.figures:
        by.setdefault(_form(each), []).append(each)
    return Part(
        anchor=f"{place.before}{section.key}",
        title=section.title,
        lead=_LEADS.get(section.key, ""),
        periods=tabled.periods(by["counts"], place) if "counts" in by else None,
        months=tabled.months(by["months"][0], place) if "months" in by else None,
        spreads=spreads.spreads(by.get("spread", []), room, titles, place),
        episodes=tabled.episodes(by["episodes"][0], place) if "episodes" in by else None,
        causes=tabled.causes(by["causes"][0], place) if "causes" in by else None,
        uptimes=tabled.uptimes(by.get("uptime", []), settings, place),
        formulas=figures.sentences(section.figures),
    )


def _form(figure: Figure) -> str:
    family = figures.family(figure)
    return family if family in ("counts", "months", "episodes", "causes", "uptime") else "spread"
