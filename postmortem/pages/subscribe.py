"""The page `/subscribe/`: every feed with what it is for and how to take it into the tools people have. The list of
feeds and the settings in, a Page out; knows no record, since an address is good before anything stands behind it.

What chats and readers ask for is from their makers' help pages: Slack ("Add RSS feeds to Slack"), Microsoft (the RSS
connector of Power Automate, which Teams' Workflows use), Thunderbird ("How to Subscribe to News Feeds and Blogs").
"""

from collections.abc import Iterator, Sequence
from types import SimpleNamespace
from typing import Final, NamedTuple

from postmortem.model.page import Page, SearchEntry
from postmortem.model.settings import Settings, address
from postmortem.model.subscription import Facet, Subscription
from postmortem.model.vocabulary import SEVERITIES
from postmortem.pages import links, messages
from postmortem.pages.environment import render
from postmortem.pages.incident import contents

PATH: Final = "subscribe/"
_ROOT: Final = "../"
_ABOUT: Final = (
    "Every feed of this site, what it is for, and how to take it into a chat, a reader, a calendar or a program."
)
_FORMATS: Final = {"atom": "Atom", "rss": "RSS", "json": "JSON"}
_KINDS: Final[dict[Facet, tuple[str, str]]] = {
    "service": ("Service", "One service"),
    "model": ("Model", "One model"),
    "impact": ("Kind of impact", "One kind of impact"),
    "severity": ("Severity", "From a severity upwards"),
    "provider": ("Provider", "One provider"),
}


class File(NamedTuple):
    """One file of a feed: the name of its format, its address below the site, its whole address."""

    form: str
    here: str
    whole: str


class Part(NamedTuple):
    """The two feeds of one service, model, kind of impact, severity or provider."""

    name: str
    incidents: tuple[File, ...]
    updates: tuple[File, ...]


class Shelf(NamedTuple):
    """All parts of one kind."""

    noun: str
    title: str
    parts: tuple[Part, ...]


def page(feeds: Sequence[Subscription], settings: Settings) -> Page:
    """Every feed of the list, those of the whole site first."""
    site = {each.series: _files(each, settings) for each in feeds if each.facet is None}
    body = render(
        "subscribe/page.html",
        about=_ABOUT,
        site=SimpleNamespace(**site),
        shelves=list(_shelves(feeds, settings)),
        several=len(settings.providers) > 1,
        live=settings.site.live,
        home=address(settings, ""),
    )
    return Page(
        path=PATH,
        kind="subscribe",
        title="Subscribe",
        description=_ABOUT,
        body=body,
        contents=contents(body),
        search=SearchEntry("Subscribe", "Feeds: RSS, Atom, JSON Feed, OPML, calendar, Slack, Teams, mail, API."),
        hide=("navigation",),
    )


def _shelves(feeds: Sequence[Subscription], settings: Settings) -> Iterator[Shelf]:
    for kind, (noun, title) in _KINDS.items():
        found: dict[str, dict[str, tuple[File, ...]]] = {}
        for each in feeds:
            if each.facet == kind and each.of is not None:
                found.setdefault(each.of, {})[each.series] = _files(each, settings)
        names = _names(kind, settings)
        parts = [Part(names[of], files["incidents"], files["updates"]) for of, files in found.items()]
        if parts and not (kind == "provider" and len(parts) == 1):  # a site's only provider is the whole site
            yield Shelf(noun, title, tuple(parts))


def _files(feed: Subscription, settings: Settings) -> tuple[File, ...]:
    return tuple(
        File(_FORMATS.get(each, each), f"{_ROOT}{feed.file(each)}", address(settings, feed.file(each)))
        for each in feed.formats
    )


def _names(kind: Facet, settings: Settings) -> dict[str, str]:
    names = links.of(settings, _ROOT)
    if kind == "impact":
        return dict(messages.IMPACT_CLASS)
    if kind == "severity":
        return {each: _upwards(each) for each in SEVERITIES}
    return {"service": names.services, "model": names.models, "provider": names.providers}[kind]


def _upwards(severity: str) -> str:
    if severity == SEVERITIES[0]:
        return "Any severity"
    word = messages.SEVERITY[severity]
    return word if severity == SEVERITIES[-1] else f"{word} or worse"
