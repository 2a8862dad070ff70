"""`postmortem.yml` as a value: who publishes, what can break, where to listen. Plain data (already held against the
schema) in, `Settings` out.
"""

from collections.abc import Collection
from datetime import date
from typing import Literal

import msgspec

from postmortem.model.claims import Claim
from postmortem.model.vocabulary import PublisherRole, Severity, SourceKind, SourceTexts


class Publisher(Claim, frozen=True, kw_only=True):
    """Who runs the site, and in which role: it decides whether pages speak as the provider or about one."""

    name: str
    role: PublisherRole
    contact: str
    url: str | None = None


class Site(Claim, frozen=True, kw_only=True):
    """Where the site lives. `live: false` is an archive: it never says that all is well. `edit_url` is off unless
    asked for.
    """

    url: str
    live: bool = True
    edit_url: str | None = None


class Feeds(Claim, frozen=True, kw_only=True):
    """`authority` ("host,year") goes into every entry id (RFC 4151); frozen for ever."""

    authority: str


class Provider(Claim, frozen=True, kw_only=True):
    """Whose services a site speaks about; a provider's own site needs none."""

    id: str
    name: str
    url: str | None = None
    status_page: str | None = None


class Service(Claim, frozen=True, kw_only=True):
    """One thing customers use. `since` and `retired` bound the days on which it existed."""

    id: str
    name: str
    group: str | None = None
    provider: str | None = None
    environment: str | None = None
    aliases: tuple[str, ...] = ()
    since: date | None = None
    retired: date | None = None
    description: str | None = None


class Model(Claim, frozen=True, kw_only=True):
    """One model, with its family and the names it has in an API."""

    id: str
    name: str
    family: str | None = None
    provider: str | None = None
    api_ids: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    since: date | None = None
    retired: date | None = None


class Place(Claim, frozen=True, kw_only=True):
    """A region or an environment."""

    id: str
    name: str


class Source(Claim, frozen=True, kw_only=True):
    """A status feed to listen to; an observer's default is not to copy its texts."""

    id: str
    kind: SourceKind | None = None
    url: str | None = None
    provider: str | None = None
    texts: SourceTexts | None = None


class Coverage(Claim, frozen=True, kw_only=True):
    """Which days were watched: nothing is counted outside them. No `until`: still watching."""

    provider: str | None = None
    from_: date = msgspec.field(name="from")
    until: date | None = None
    complete: bool = False
    note: str | None = None


class Policy(Claim, frozen=True, kw_only=True):
    """Which records owe a postmortem, and how soon."""

    postmortem_from: Severity | None = None
    postmortem_within: str | None = None
    holidays: tuple[date, ...] = ()


class DenyList(Claim, frozen=True, kw_only=True):
    """Names that must not be published: a file outside git, or their SHA-256 hashes."""

    path: str | None = None
    hashes: tuple[str, ...] = ()


class Denied(DenyList, frozen=True, kw_only=True):
    """A deny list with the names that its file holds: made when settings are loaded, never written down."""

    names: tuple[str, ...] = ()


class Privacy(Claim, frozen=True, kw_only=True):
    """What is inside, besides what is so everywhere: hosts and links as globs."""

    internal_hosts: tuple[str, ...] = ()
    ticket_links: tuple[str, ...] = ()


class Settings(Claim, frozen=True, kw_only=True):
    """The settings, whole."""

    schema_version: Literal["1.0"]
    publisher: Publisher
    site: Site
    feeds: Feeds
    incidents: str = "incidents"
    providers: tuple[Provider, ...] = ()
    services: tuple[Service, ...] = ()
    models: tuple[Model, ...] = ()
    regions: tuple[Place, ...] = ()
    environments: tuple[Place, ...] = ()
    sources: tuple[Source, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    policy: Policy = Policy()
    deny: DenyList = DenyList()
    privacy: Privacy = Privacy()


def read(data: object) -> Settings:
    """Turn data that the schema accepts into Settings. Raises ValueError where model and schema disagree."""
    return msgspec.convert(data, Settings)


def address(settings: Settings, path: str) -> str:
    """The absolute address of a path of the site: from `site.url` and nothing else."""
    return f"{settings.site.url.rstrip('/')}/{path}"


def covering(settings: Settings, provider: str | None) -> list[Coverage]:
    """The statements of coverage that hold for a provider, or all."""
    return [each for each in settings.coverage if provider is None or each.provider in (None, provider)]


def covers(span: Coverage, day: date, providers: Collection[str] = ()) -> bool:
    """Whether a statement of coverage is about that day, and about one of the providers if there are any."""
    whose = span.provider is None or not providers or span.provider in providers
    return whose and span.from_ <= day and (span.until is None or day <= span.until)


def is_watched(settings: Settings, day: date, provider: str | None = None) -> bool:
    """Whether anybody would know on that day that something is wrong: the site is live, and somebody says that they
    watch; without a provider, for every one there is. Where no coverage is stated, nobody says so.
    """
    whose: list[str | None] = [each.id for each in settings.providers if provider in (None, each.id)] or [provider]
    return settings.site.live and all(any(covers(span, day) for span in covering(settings, each)) for each in whose)


def unwatched(settings: Settings) -> str:
    """Why what is told of no open record means nothing, where it does."""
    return "nobody says that they watch" if settings.site.live else "an archive: nobody watches"


def service_name(settings: Settings, service: str) -> str:
    """What people call the service; its id where the catalogue does not know it."""
    return next((each.name for each in settings.services if each.id == service), service)


def model_name(settings: Settings, model: str) -> str:
    """What people call the model; its id where the catalogue does not know it."""
    return next((each.name for each in settings.models if each.id == model), model)


def provider_name(settings: Settings, provider: str) -> str:
    """What people call the provider; its id where settings do not list it."""
    return next((each.name for each in settings.providers if each.id == provider), provider)
