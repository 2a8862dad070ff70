"""The pages that list incidents: home, services, models, impact classes. History, settings and the
as-of day in, `Page`s out. A list says what it covers; an archive never says that all is well.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from postmortem.model.history import History
from postmortem.model.page import Page
from postmortem.model.settings import Model, Service, Settings
from postmortem.model.summary import Summary
from postmortem.model.vocabulary import IMPACT_CLASSES, ImpactClass
from postmortem.pages import coverage, head, links, messages, rows, times
from postmortem.pages.environment import render
from postmortem.pages.listing import Frame, finished, whose

_NEWEST = 10


def home(history: History, settings: Settings, as_of: date) -> Page:
    """State the present in words, count what is covered, show the newest, say how to subscribe."""
    names = links.of(settings, "")
    covered = coverage.inside(history.rows, settings)
    current = [each for each in history.open() if each.kind == "incident"]
    planned = [each for each in history.open() if each.kind == "maintenance"]
    body = render(
        "lists/home.html",
        settings=settings,
        notice=head.voice(settings, names.provider(tuple(names.providers))),
        provider=names.provider(tuple(names.providers)) if names.providers else settings.publisher.name,
        statement=statement(len(current), settings, as_of),
        look="open" if current else "closed" if settings.site.live and history.rows else "unknown",
        open_rows=rows.rows(current, names),
        planned_rows=rows.rows(planned, names),
        newest=rows.rows(history.rows[:_NEWEST], names),
        classes=[_class_tile(name, covered) for name in IMPACT_CLASSES],
        counted=rows.counted(covered),
        watched=coverage.watched(settings),
        notes=coverage.notes(settings),
        any_row=bool(history.rows),
        links=names,
    )
    frame = Frame("", "home", "Incident record", whose(settings), ("navigation", "toc"))
    return finished(frame, body, history.rows)


def statement(current: int, settings: Settings, as_of: date) -> str:
    """The sentence at the top. "No open record" is all an archive knows."""
    day = times.day(as_of)
    if not settings.site.live:
        if not current:
            return f"No open record as of {day}"
        return f"{current} record{'' if current == 1 else 's'} still open as of {day}"
    return f"{current} open incident{'' if current == 1 else 's'}" if current else "No open incident"


def service(history: History, service: str, settings: Settings, as_of: date) -> Page:
    """One service: what it is, and every incident that touched it."""
    known = next((each for each in settings.services if each.id == service), None) or Service(id=service, name=service)
    places = {each.id: each.name for each in settings.environments}
    facts = (
        ("Group", known.group),
        ("Environment", places.get(known.environment, known.environment) if known.environment else None),
        ("Provider", _provider(settings, known.provider)),
        ("Offered", _lifetime(known)),
    )
    about = _Facet(f"services/{service}/", "service", known.name, known.description or "", facts, known.provider)
    return _facet(about, history.of_service(service), settings, as_of)


def model(history: History, model: str, settings: Settings, as_of: date) -> Page:
    """One model: what it is, and every incident that names it."""
    known = next((each for each in settings.models if each.id == model), None) or Model(id=model, name=model)
    facts = (
        ("Family", known.family),
        ("Provider", _provider(settings, known.provider)),
        ("Names in the API", ", ".join(known.api_ids)),
        ("Offered", _lifetime(known)),
    )
    text = "Incidents in which this model is named. Where a record speaks of models nobody named, it is not listed."
    about = _Facet(f"models/{model}/", "model", known.name, text, facts, known.provider)
    return _facet(about, history.of_model(model), settings, as_of)


def impact_class(history: History, name: ImpactClass, settings: Settings, as_of: date) -> Page:
    """One impact class: what it means, every incident that affected it, and how often nobody said."""
    unknown = sum(each.impact[name].state == "unknown" and not each.withdrawn for each in history.rows)
    facts = (("Nobody said", f"whether it was affected in {rows.records(unknown)}" if unknown else None),)
    means = messages.IMPACT_CLASS_MEANS[name]
    about = _Facet(f"impact/{name}/", "impact_class", messages.IMPACT_CLASS[name], means, facts)
    return _facet(about, history.of_class(name), settings, as_of)


class _Facet(NamedTuple):
    path: str
    kind: str
    title: str
    text: str
    facts: tuple[tuple[str, str | None], ...]
    provider: str | None = None


def _facet(about: _Facet, found: Sequence[Summary], settings: Settings, as_of: date) -> Page:
    names = links.of(settings, "../../")
    body = render(
        "lists/facet.html",
        about=about,
        facts=[(label, value) for label, value in about.facts if value],
        groups=rows.by_year(found, names),
        counted=rows.counted(coverage.inside(found, settings, about.provider)),
        open=sum(each.is_open and each.kind == "incident" for each in found),
        watched=coverage.watched(settings, about.provider),
        as_of=times.day(as_of),
        links=names,
    )
    told = f"{about.title}: {rows.counted(found)} on record. {whose(settings)}"
    return finished(Frame(about.path, about.kind, about.title, told), body, found)


def _class_tile(name: ImpactClass, covered: list[Summary]) -> tuple[str, str, int, int, Summary | None]:
    standing = [each for each in covered if not each.withdrawn]
    hit = [each for each in standing if each.impact[name].state == "affected"]
    unknown = sum(each.impact[name].state == "unknown" for each in standing)
    return name, messages.IMPACT_CLASS[name], len(hit), unknown, hit[0] if hit else None


def _provider(settings: Settings, provider: str | None) -> str | None:
    return next((each.name for each in settings.providers if each.id == provider), provider)


def _lifetime(known: Service | Model) -> str | None:
    since = f"since {times.day(known.since)}" if known.since else ""
    until = f"until {times.day(known.retired)}" if known.retired else ""
    return " ".join(part for part in (since, until) if part) or None
