"""What stands in a feed and in which order, before anybody writes it as XML or JSON.

History, incidents and settings in; `Feed` and `FeedItem` out. Knows no file format, no clock and no HTML: bodies and
titles come as functions (`Words`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, TypeVar

import msgspec

from postmortem.model.announcement import Announcement, AnnouncementKind
from postmortem.model.history import History
from postmortem.model.incident import Incident
from postmortem.model.settings import Settings, model_name, provider_name, service_name
from postmortem.model.summary import Summary
from postmortem.model.vocabulary import ImpactClass, ImpactState, Kind, Severity, Status

NEWEST: Final = 50
RECENT: Final = timedelta(days=30)
LARGEST_BODY: Final = 64_000
"""Bytes of HTML in one entry. Escaping makes them five times as many at worst, so that one entry always fits a feed."""
EXCERPT: Final = 500
NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without entries and without a day of coverage was updated: Atom demands a time, and a build has none."""

T = TypeVar("T")


@dataclass(frozen=True)
class Words:
    """What people read, as functions of public values: HTML bodies with absolute links, and a plain-text title."""

    overview: Callable[[Incident], str]
    body: Callable[[Incident, Announcement], str]
    title: Callable[[Incident, Announcement], str]


class Category(msgspec.Struct, frozen=True):
    """One category as Atom has it (RFC 4287, section 4.2.2): a scheme that never changes, a term, a word for people."""

    scheme: str
    term: str
    label: str


class About(msgspec.Struct, frozen=True, kw_only=True):
    """An entry's facts for machines, as the record has them now. `entry` and `announcement` are None in `incidents`."""

    incident: str
    entry: str | None
    announcement: AnnouncementKind | None
    kind: Kind
    severity: Severity
    status: Status
    withdrawn: bool
    impact: dict[ImpactClass, ImpactState]
    providers: tuple[str, ...]
    services: tuple[str, ...]
    models: tuple[str, ...]


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


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """A feed in no format yet. `address` lacks the ending that tells the format; `path` is the same below the site."""

    id: str
    title: str
    description: str
    home: str
    address: str
    path: str
    author: str
    updated: datetime
    items: tuple[FeedItem, ...]


def incidents(history: History) -> tuple[Summary, ...]:
    """The rows of the feed `incidents`, newest first by (first announced, id).

    An incident of which nothing was announced yet (a record with neither an update nor a first revision) has no date
    that could never move, so it has no entry.
    """
    rows = [row for row in history.rows if _live(row)]
    return _recent(rows, [row.published for row in rows], lambda row: (row.published, row.id))


def updates(history: History) -> tuple[Announcement, ...]:
    """The announcements of the feed `updates`, newest first by (date, incident, entry id), backfill left out."""
    rows = [each for row in history.rows for each in _live(row)]
    return _recent(rows, [each.published for each in rows], lambda each: (each.published, each.incident, each.entry))


def _live(row: Summary) -> list[Announcement]:
    return [each for each in row.announcements if not each.backfill]


def _recent(rows: list[T], dates: list[datetime], order: Callable[[T], Any]) -> tuple[T, ...]:
    """The newest rows. Only those are put in order: a history has ten thousand, a feed fifty."""
    if not rows:
        return ()
    newest = sorted(dates, reverse=True)
    count = max(NEWEST, sum(date >= newest[0] - RECENT for date in newest))
    since = newest[min(count, len(newest)) - 1]
    kept = [row for row, date in zip(rows, dates, strict=True) if date >= since]
    return tuple(sorted(kept, key=order, reverse=True)[:count])


def incident_item(row: Summary, incident: Incident, settings: Settings, words: Words) -> FeedItem:
    """The incident's one entry: dated when it was first announced, updated when something was announced last."""
    url = address(settings, f"incidents/{row.id}/")
    withdrawn = incident.withdrawn
    return FeedItem(
        id=tag(settings, f"incident/{row.id}"),
        title=incident.title,
        url=url,
        published=row.published,
        updated=max(each.published for each in _live(row)),
        html=_bounded(words.overview(incident), url),
        summary=_excerpt(withdrawn.reason if withdrawn else row.text or row.title),
        categories=_categories(row, settings),
        about=_about(row, None),
    )


def update_item(
    row: Summary, incident: Incident, announcement: Announcement, settings: Settings, words: Words
) -> FeedItem:
    """One announcement's entry; both its dates are when it was published."""
    url = address(settings, f"incidents/{row.id}/#{announcement.entry}")
    title = words.title(incident, announcement)
    return FeedItem(
        id=tag(settings, f"incident/{row.id}/{announcement.entry}"),
        title=title,
        url=url,
        published=announcement.published,
        updated=announcement.published,
        html=_bounded(words.body(incident, announcement), url),
        summary=_excerpt(_said(incident, announcement) or title),
        categories=_categories(row, settings),
        about=_about(row, announcement),
    )


def feed(name: str, settings: Settings, title: str, description: str, items: Iterable[FeedItem]) -> Feed:
    """Put entries under a head. `updated` is the newest entry's, else the day on which coverage began, else `NEVER`."""
    kept = tuple(items)
    return Feed(
        id=tag(settings, f"feed/{name}"),
        title=title,
        description=description,
        home=address(settings, ""),
        address=address(settings, f"feeds/{name}"),
        path=f"feeds/{name}",
        author=settings.publisher.name,
        updated=max((item.updated for item in kept), default=_beginning(settings)),
        items=kept,
    )


def shortened(whole: Feed, count: int, settings: Settings) -> Feed:
    """The same feed with its newest `count` entries only."""
    items = whole.items[:count]
    updated = max((item.updated for item in items), default=_beginning(settings))
    return msgspec.structs.replace(whole, items=items, updated=updated)


def address(settings: Settings, path: str) -> str:
    """The absolute address of a path of the site: from `site.url` and nothing else."""
    return f"{settings.site.url.rstrip('/')}/{path}"


def tag(settings: Settings, name: str) -> str:
    """A `tag:` URI (RFC 4151) of the frozen authority: it outlives every change of address."""
    return f"tag:{settings.feeds.authority}:{name}"


def _beginning(settings: Settings) -> datetime:
    days = [each.from_ for each in settings.coverage]
    return datetime.combine(min(days), NEVER.timetz()) if days else NEVER


def _bounded(html: str, url: str) -> str:
    """A body too large for any reader becomes a link to the page that holds it."""
    if len(html.encode("utf-8", "replace")) <= LARGEST_BODY:
        return html
    return f'<p><a href="{url}">{url}</a></p>'


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else f"{line[: EXCERPT - 1]}…"


def _said(incident: Incident, announcement: Announcement) -> str | None:
    texts = {entry.id: entry.text for entry in incident.timeline}
    texts |= {f"r{each.number}": each.summary for each in incident.revisions}
    texts |= {action.id: action.text for action in incident.actions}
    return texts.get(announcement.entry)


def _about(row: Summary, announcement: Announcement | None) -> About:
    return About(
        incident=row.id,
        entry=announcement.entry if announcement else None,
        announcement=announcement.kind if announcement else None,
        kind=row.kind,
        severity=row.severity,
        status=row.status,
        withdrawn=row.withdrawn,
        impact={name: each.state for name, each in row.impact.items()},
        providers=row.providers,
        services=row.services,
        models=row.models,
    )


def _categories(row: Summary, settings: Settings) -> tuple[Category, ...]:
    affected = [name for name, each in row.impact.items() if each.state == "affected"]
    named = [
        ("kind", row.kind, row.kind),
        ("severity", row.severity, row.severity),
        *(("impact", name, name.replace("_", " ")) for name in affected),
        *(("provider", each, provider_name(settings, each)) for each in row.providers),
        *(("service", each, service_name(settings, each)) for each in row.services),
        *(("model", each, model_name(settings, each)) for each in row.models),
    ]
    return tuple(Category(tag(settings, f"category/{scheme}"), term, label) for scheme, term, label in named)
