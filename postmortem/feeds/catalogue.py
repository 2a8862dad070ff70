"""The list of feeds: what each is called, what it tells, where it lies. Settings in, `Listing`s out; knows no history,
since a feed is there before anything stands in it.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from postmortem.feeds import entries, facets
from postmortem.feeds.entries import Feed
from postmortem.feeds.facets import Facet
from postmortem.model.settings import Settings, address, provider_name
from postmortem.model.subscription import Format, Subscription
from postmortem.model.vocabulary import PublisherRole

DOCUMENTED: Final = "guide/api/#you-read-feeds-with-a-program"
"""Where the site says what our own keys in feeds mean."""
_FEW: Final = 3
_RECORDED: Final[dict[PublisherRole, str]] = {
    "provider": "",
    "customer": " Recorded by {name}, a customer of these services.",
    "observer": " Recorded by {name}, who does not run these services.",
}
_FILES: Final[tuple[tuple[str, str, Format, str, str], ...]] = (
    ("calendar", "calendar", "ics", "calendar", "Incidents and maintenance as events."),
    ("opml", "feeds/opml", "opml", "all feeds", "Every feed of this site in one list, for readers that import one."),
)
_SERIES: Final = {
    "incidents": ("incidents", "One entry for each incident"),
    "updates": ("incident updates", "One entry for each thing announced"),
    "postmortems": ("postmortems", "One entry for each finished postmortem"),
}


class Listing(NamedTuple):
    """One feed. `name` is its path below `feeds/`, `series` one of incidents, updates and postmortems; `facet` is None
    for a feed of the whole site.
    """

    name: str
    series: str
    title: str
    description: str
    facet: Facet | None = None

    def feed(self, settings: Settings) -> Feed:
        """The feed without entries, dated by the first day of coverage: never by a clock."""
        return Feed(
            id=entries.tag(settings, f"feed/{self.name}"),
            title=self.title,
            description=self.description,
            home=address(settings, self.facet.page if self.facet else ""),
            address=address(settings, f"feeds/{self.name}"),
            path=f"feeds/{self.name}",
            author=settings.publisher.name,
            updated=entries.beginning(settings),
            about=address(settings, DOCUMENTED),
        )


def of_site(settings: Settings) -> Iterator[Listing]:
    """The feeds of the whole site."""
    subject, recorded = _subject(settings), _recorded(settings)
    for series, (title, told) in _SERIES.items():
        yield Listing(series, series, f"{subject}: {title}", f"{told}.{recorded}")


def of_facets(settings: Settings) -> Iterator[Listing]:
    """Two feeds for each service, model, impact class, severity and provider."""
    subject, recorded = _subject(settings), _recorded(settings)
    for facet in facets.of_site(settings):
        for series in ("incidents", "updates"):
            title, told = _SERIES[series]
            name, about = (
                f"{subject}: {title}, {facet.name}",
                f"{told}, {facet.name} only.{recorded}",
            )
            yield Listing(f"{facet.key}/{series}", series, name, about, facet)


def subscriptions(settings: Settings) -> tuple[Subscription, ...]:
    """Everything a reader can subscribe to, as lists of feeds name it."""
    told = [
        Subscription(
            series=each.series,
            path=f"feeds/{each.name}",
            title=each.title,
            description=each.description,
            facet=each.facet.kind if each.facet else None,
            of=each.facet.id if each.facet else None,
        )
        for each in (*of_site(settings), *of_facets(settings))
    ]
    for series, path, form, title, description in _FILES:
        about = f"{description}{_recorded(settings)}"
        named = f"{_subject(settings)}: {title}"
        told.append(Subscription(series=series, path=path, title=named, description=about, formats=(form,)))
    return tuple(told)


def _subject(settings: Settings) -> str:
    names = [provider_name(settings, each.id) for each in settings.providers]
    return ", ".join(names) if 0 < len(names) <= _FEW else settings.publisher.name


def _recorded(settings: Settings) -> str:
    return _RECORDED[settings.publisher.role].format(name=settings.publisher.name)
