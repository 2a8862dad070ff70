"""What stands in a feed, before anybody writes it as XML or JSON.

Rows, incidents and settings in; `FeedItem` and `Feed` out. Knows no file format, no clock and no HTML: bodies and
titles come as functions (`Words`). What an announcement said is `Told` when its record is read; what the record says
now is added only where a feed is live, so that what an archive holds does not change with it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, NamedTuple

import msgspec

from postmortem.feeds.categories import Categories, Category
from postmortem.model.announcement import CLOSED, Announcement, AnnouncementKind, announce
from postmortem.model.incident import Incident
from postmortem.model.settings import Settings, address
from postmortem.model.summary import Summary
from postmortem.model.vocabulary import ComponentState, ImpactClass, ImpactState, Kind, Severity, Status

LARGEST_BODY: Final = 64_000
"""Bytes of HTML in one entry. Escaping makes them five times as many at worst, so that one entry always fits a feed."""
EXCERPT: Final = 500
NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without entries and without a day of coverage was updated: Atom demands a time, and a build has none."""
_ANCHORS: Final = {CLOSED: "response"}
"""Where on its page an entry is that has no anchor of its own."""


@dataclass(frozen=True)
class Words:
    """What people read, as functions of public values: HTML bodies with absolute links, and a plain-text title. `body`
    rests on what was announced alone, `whole` tells how the incident stands now, too.
    """

    overview: Callable[[Incident], str]
    body: Callable[[Incident, Announcement], str]
    whole: Callable[[Incident, Announcement], str]
    title: Callable[[Incident, Announcement], str]


class Site(NamedTuple):
    """What all entries of a site share."""

    settings: Settings
    words: Words
    categories: Categories


class Said(msgspec.Struct, frozen=True):
    """What an update itself said for machines. `components` maps services to what the page showed."""

    status: Status | None = None
    reopens: bool = False
    components: dict[str, ComponentState] = msgspec.field(default_factory=dict)


class Told(msgspec.Struct, frozen=True, array_like=True):
    """One announcement in words: made when its record is read, used by every feed and archive."""

    entry: str
    title: str
    html: str
    summary: str
    said: Said | None = None


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How the record stands now."""

    kind: Kind
    severity: Severity
    status: Status
    withdrawn: bool
    impact: dict[ImpactClass, ImpactState]
    providers: tuple[str, ...]
    services: tuple[str, ...]
    models: tuple[str, ...]


class About(msgspec.Struct, frozen=True, kw_only=True):
    """An entry's facts for machines. `incident` is the id under which it was first published; `entry` and
    `announcement` are None for a whole incident, `record` in archives.
    """

    incident: str
    entry: str | None = None
    announcement: AnnouncementKind | None = None
    said: Said | None = None
    record: Standing | None = None


class FeedItem(msgspec.Struct, frozen=True, kw_only=True):
    """One entry. `id` and `published` never change; `html` is the whole text, `summary` the beginning of it, plain."""

    id: str
    title: str
    url: str
    published: datetime
    updated: datetime
    html: str
    summary: str
    categories: tuple[Category, ...]
    about: About


class Archive(msgspec.Struct, frozen=True):
    """What tells an archive from a live feed: its number, and whether it is full, so that it never changes."""

    number: int
    full: bool


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """A feed without its entries, in no format yet. `address` lacks the ending that tells the format; `path` is the
    same below the site. `links` are relations of RFC 5005 and addresses without ending, too; `about` leads to what our
    own keys mean.
    """

    id: str
    title: str
    description: str
    home: str
    address: str
    path: str
    author: str
    updated: datetime
    about: str
    links: tuple[tuple[str, str], ...] = ()
    archive: Archive | None = None


def tell(incident: Incident, words: Words) -> tuple[Told, ...]:
    """Put all that was announced of an incident into words. Their links lead to its first address, where it is or what
    leads on: a rename changes none of them.
    """
    texts = {entry.id: entry.text for entry in incident.timeline}
    texts |= {f"r{each.number}": each.summary for each in incident.revisions}
    texts |= {action.id: action.text for action in incident.actions}
    said = {
        entry.id: Said(entry.status, entry.reopens, {each.service: each.state for each in entry.components})
        for entry in incident.timeline
    }
    told = []
    early = msgspec.structs.replace(incident, id=incident.first_id)
    for each in announce(incident):
        title, html = words.title(incident, each), words.body(early, each)
        update = said.get(each.entry) if each.kind == "update" else None
        told.append(Told(each.entry, title, html, _excerpt(texts.get(each.entry) or title), update))
    return tuple(told)


def incident_item(row: Summary, incident: Incident, site: Site, published: datetime | None = None) -> FeedItem:
    """The incident's one entry: dated when it was first announced, or came into the feed; updated with what was told
    last.
    """
    settings = site.settings
    url = address(settings, f"incidents/{row.id}/")
    withdrawn = incident.withdrawn
    since = max(row.published, published or row.published)
    return FeedItem(
        id=tag(settings, f"incident/{row.first_id}"),
        title=incident.title,
        url=url,
        published=since,
        updated=max(since, *(each.published for each in live(row))),
        html=_bounded(site.words.overview(incident), url),
        summary=_excerpt(withdrawn.reason if withdrawn else row.text or row.title),
        categories=site.categories.of(row, row.status),
        about=About(incident=row.first_id, record=_standing(row)),
    )


def archived_item(announcement: Announcement, told: Told, site: Site) -> FeedItem:
    """One announcement's entry as it was announced: nothing that is told later changes it, nor does a new address. Both
    dates are when it was published.
    """
    settings, said = site.settings, told.said
    url = _url(settings, announcement.incident, told.entry)
    return FeedItem(
        id=tag(settings, f"incident/{announcement.incident}/{told.entry}"),
        title=told.title,
        url=url,
        published=announcement.published,
        updated=announcement.published,
        html=_bounded(told.html, url),
        summary=told.summary,
        categories=site.categories.told(said.status, said.components) if said else (),
        about=About(incident=announcement.incident, entry=told.entry, announcement=announcement.kind, said=said),
    )


def live_item(row: Summary, archived: FeedItem, site: Site, now: str | None = None) -> FeedItem:
    """The same as live feeds have it: with the record's address and facts of now, and its body of now where that is
    another.
    """
    said = archived.about.said
    url = _url(site.settings, row.id, archived.about.entry or "") if row.id != row.first_id else archived.url
    return msgspec.structs.replace(
        archived,
        url=url,
        html=_bounded(now, url) if now is not None else archived.html,
        categories=site.categories.of(row, said.status if said and said.status else row.status),
        about=msgspec.structs.replace(archived.about, record=_standing(row)),
    )


def _url(settings: Settings, incident: str, entry: str) -> str:
    return address(settings, f"incidents/{incident}/#{_ANCHORS.get(entry, entry)}")


def linked(item: FeedItem) -> FeedItem:
    """The entry with a link in the place of its body, for where that is too large."""
    return msgspec.structs.replace(item, html=_link(item.url))


def live(row: Summary) -> list[Announcement]:
    """What was announced while it was news; the rest is backfill."""
    return [each for each in row.announcements if not each.backfill]


def tag(settings: Settings, name: str) -> str:
    """A `tag:` URI (RFC 4151) of the frozen authority: it outlives every change of address."""
    return f"tag:{settings.feeds.authority}:{name}"


def beginning(settings: Settings) -> datetime:
    """When a feed without any entry was updated: the first day of coverage, else `NEVER`."""
    days = [each.from_ for each in settings.coverage]
    return datetime.combine(min(days), NEVER.timetz()) if days else NEVER


def _bounded(html: str, url: str) -> str:
    """A body too large for any reader becomes a link to the page that holds it."""
    return html if len(html.encode("utf-8", "replace")) <= LARGEST_BODY else _link(url)


def _link(url: str) -> str:
    return f'<p><a href="{url}">{url}</a></p>'


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else f"{line[: EXCERPT - 1]}…"


def _standing(row: Summary) -> Standing:
    return Standing(
        kind=row.kind,
        severity=row.severity,
        status=row.status,
        withdrawn=row.withdrawn,
        impact={name: each.state for name, each in row.impact.items()},
        providers=row.providers,
        services=row.services,
        models=row.models,
    )
