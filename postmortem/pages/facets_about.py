"""What a service, a model, an impact class, a cause or a provider is, in words: title, lead, facts. Settings and views
in, `About`s out; counts nothing and lists no incident.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from markupsafe import Markup

from postmortem.model.figure import Facet, Figure, View
from postmortem.model.settings import Model, Service, Settings, provider_name
from postmortem.pages import figures, links, messages, times
from postmortem.pages.links import Links

Fact = tuple[str, str | Markup | None]


class About(NamedTuple):
    """One page's subject. `folder` is where its kind lives, `query` the history's key for it, `feeds` the folder of its
    feeds below `feeds/`, empty where it has none.
    """

    kind: Facet
    id: str
    folder: str
    plural: str
    query: str
    feeds: str
    title: str
    text: str
    facts: tuple[Fact, ...]

    @property
    def path(self) -> str:
        """Its address below the site."""
        return f"{self.folder}/{self.id}/"


def of(views: Sequence[View], settings: Settings, names: Links) -> About:
    """Of one thing, which several providers may have a view of."""
    kind, id_ = views[0].kind, views[0].id
    title, text, facts = _ABOUT[kind](id_, views, settings, names)
    folder, plural = FOLDERS[kind]
    feeds = "" if kind == "cause" else f"{kind}/{id_}"
    return About(kind, id_, folder, plural, kind, feeds, title, text, tuple(each for each in facts if each[1]))


FOLDERS: Final[dict[Facet, tuple[str, str]]] = {
    "service": ("services", "Services"),
    "model": ("models", "Models"),
    "impact": ("impact", "Kinds of impact"),
    "cause": ("causes", "Causes"),
    "provider": ("providers", "Providers"),
}
"""Where the pages of a kind live, and what the page that lists them is called."""

_Told = tuple[str, str, Sequence[Fact]]


def _service(id_: str, _: Sequence[View], settings: Settings, names: Links) -> _Told:
    known = next(each for each in settings.services if each.id == id_)
    environment = names.place(known.environment) if known.environment else None
    facts = (
        ("Group", known.group),
        ("Environment", environment),
        ("Provider", _provider_link(known.provider, settings, names)),
        ("Offered", _lifetime(known)),
    )
    return known.name, known.description or "", facts


def _model(id_: str, _: Sequence[View], settings: Settings, names: Links) -> _Told:
    known = next(each for each in settings.models if each.id == id_)
    text = "Incidents in which this model is named. Where a record speaks of models nobody named, it is not listed."
    facts = (
        ("Family", known.family),
        ("Provider", _provider_link(known.provider, settings, names)),
        ("Names in the API", ", ".join(known.api_ids)),
        ("Offered", _lifetime(known)),
    )
    return known.name, text, facts


def _impact(id_: str, views: Sequence[View], _: Settings, __: Links) -> _Told:
    unknown = sum(each.strip.unknown for each in views)
    days = len(views[0].strip.days)
    many = f"{unknown} incident{'' if unknown == 1 else 's'}"
    facts = (("Nobody said", f"whether it was affected in {many} of these {days} days" if unknown else None),)
    return messages.IMPACT_CLASS[id_], messages.IMPACT_CLASS_MEANS[id_], facts


def _cause(id_: str, views: Sequence[View], settings: Settings, _: Links) -> _Told:
    facts = [fact for view in views for fact in _recurrence(view, settings)]
    return messages.CAUSE_CATEGORY[id_], messages.CAUSE_CATEGORY_MEANS[id_], facts


def _recurrence(view: View, settings: Settings) -> Iterator[Fact]:
    """In which roles, how often it came back and after how long: for each provider by itself."""
    found = recurrence(view)
    if found is None or not found.n:
        return
    whose = f", {provider_name(settings, view.provider)}" if view.provider else ""
    values = {each.key: each for each in found.values}
    roles = (
        f"{messages.FACTOR_ROLE[key].lower()} {figures.number(values[key])}"
        for key in messages.FACTOR_ROLE
        if values[key].value
    )
    yield f"As{whose}", ", ".join(roles)
    again = values["came_back"].value
    between = values["between"].value
    after = f", {figures.number(values['between'])} apart in the median" if between is not None else ""
    yield (
        f"Came back{whose}",
        f"{again} time{'' if again == 1 else 's'}{after}" if again else "no",
    )


def recurrence(view: View) -> Figure | None:
    """The figure that says how often a cause came back."""
    return next((each for each in view.figures if figures.family(each) == "cause"), None)


def _provider(id_: str, _: Sequence[View], settings: Settings, __: Links) -> _Told:
    known = next(each for each in settings.providers if each.id == id_)
    site = links.outside(known.url, known.url) if known.url else None
    status = links.outside(known.status_page, known.status_page) if known.status_page else None
    text = f"What {settings.publisher.name} recorded of {known.name}, on the days that were watched for it."
    return known.name, text, (("Site", site), ("Status page", status))


_ABOUT: Final[dict[Facet, Callable[[str, Sequence[View], Settings, Links], _Told]]] = {
    "service": _service,
    "model": _model,
    "impact": _impact,
    "cause": _cause,
    "provider": _provider,
}


def _provider_link(provider: str | None, settings: Settings, names: Links) -> Markup | None:
    if provider is None or provider not in names.providers:
        return None
    return Markup('<a href="%sproviders/%s/">%s</a>') % (names.root, provider, provider_name(settings, provider))


def _lifetime(known: Service | Model) -> str | None:
    since = f"since {times.day(known.since)}" if known.since else ""
    until = f"until {times.day(known.retired)}" if known.retired else ""
    return " ".join(part for part in (since, until) if part) or None
