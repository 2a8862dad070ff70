"""The front page: the present in words, ninety days as strips, how often, the newest incidents, how to subscribe.
History, settings, the as-of day and what was counted in, a `Page` out. An archive never says that all is well.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from markupsafe import Markup

from postmortem.model.figure import Numbers, View
from postmortem.model.history import History
from postmortem.model.page import Page
from postmortem.model.settings import Settings, provider_name
from postmortem.pages import board, coverage, figures, head, links, messages, rows, strips, times
from postmortem.pages.environment import render
from postmortem.pages.links import Links
from postmortem.pages.listing import Frame, finished, whose

_NEWEST: Final = 10
_COUNTS: Final = ("counts/30", "counts/90", "counts/365")


def page(history: History, settings: Settings, as_of: date, views: Sequence[View], numbers: Sequence[Numbers]) -> Page:
    """State the present in words, draw and count what was watched, show the newest, say how to subscribe."""
    names = links.of(settings, "")
    current = [each for each in history.open() if each.kind == "incident"]
    planned = [each for each in history.open() if each.kind == "maintenance"]
    is_watched = settings.site.live and coverage.is_watched(settings, as_of)
    body = render(
        "lists/home.html",
        settings=settings,
        notice=head.voice(settings, names, tuple(names.providers)),
        provider=names.provider(tuple(names.providers)) if names.providers else settings.publisher.name,
        statement=statement(len(current), settings, as_of),
        look="open" if current else "closed" if is_watched and history.rows else "unknown",
        is_watched=is_watched,
        open_rows=rows.rows(current, names),
        planned_rows=rows.rows(planned, names),
        newest=rows.rows(history.rows[:_NEWEST], names),
        blocks=board.blocks(views, settings, names, as_of) if settings.coverage else [],
        days=_days(views, history, names),
        counts=[each for each in (_count(one, settings) for one in numbers) if each is not None],
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


def _days(views: Sequence[View], history: History, links: Links) -> list[strips.Row]:
    shown = [each.strip for each in views if each.kind in ("impact", "service")]
    names = {**messages.IMPACT_CLASS, **links.services}
    known = {each.id: each for each in history.rows}
    return strips.table([(names.get(each.id, each.id), each) for each in shown], known, links)


class Count(NamedTuple):
    """The counts of one provider, or of the site (no title); `unwatched` names the windows in which nobody watched."""

    title: str
    tiles: Markup
    unwatched: str


def _count(numbers: Numbers, settings: Settings) -> Count | None:
    """The counts beside their minutes, of the windows in which anybody watched; None where nobody ever did."""
    known = {one.key: one for section in numbers.sections for one in section.figures}
    asked = [known[key] for key in _COUNTS]
    watched = [each for each in asked if each.window.watched] or [known["counts/all"]]
    if not watched[0].window.watched:
        return None
    blind = [str(each.window.asked) for each in asked if not each.window.watched]
    name = provider_name(settings, numbers.provider) if numbers.provider else ""
    return Count(name, figures.brief(watched, stated=True, root=""), links.joined(blind))
