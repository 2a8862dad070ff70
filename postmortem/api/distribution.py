"""What a mirror needs, as security advisories are distributed (CSAF 2.0, section 7.1): `/index.txt`, `/changes.csv`
and `/.well-known/postmortem.json`. History, settings and the site's feeds in, artifacts out.

A mirror reads changes.csv from the top until it meets what it knows. `/SHA256SUMS`, over everything, is written by
whoever writes the files.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final, Literal

import msgspec

from postmortem.api.catalogue import Watched, coverage
from postmortem.api.feeds import Listing, listing
from postmortem.api.head import Head, head
from postmortem.model.artifact import Artifact
from postmortem.model.history import History
from postmortem.model.moment import rfc3339
from postmortem.model.settings import Provider, Settings, address
from postmortem.model.subscription import Subscription

Place = Literal[
    "incidents", "incidents_lines", "incidents_table", "services", "models", "feeds", "statuspage", "metrics",
    "numbers", "views", "index", "changes", "checksums", "documentation",
]  # fmt: skip
ADDRESSES: Final[dict[Place, str]] = {
    "incidents": "api/v1/incidents.json",
    "incidents_lines": "api/v1/incidents.jsonl",
    "incidents_table": "api/v1/incidents.csv",
    "services": "api/v1/services.json",
    "models": "api/v1/models.json",
    "feeds": "api/v1/feeds.json",
    "statuspage": "api/v2/summary.json",
    "metrics": "metrics.prom",
    "numbers": "api/v1/metrics.json",
    "views": "api/v1/views.json",
    "index": "index.txt",
    "changes": "changes.csv",
    "checksums": "SHA256SUMS",
    "documentation": "guide/api/",
}
"""Where everything is, by names that stay."""


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """Whose services the record is about."""

    id: str
    name: str
    url: str | None
    status_page: str | None


class Metadata(Head, frozen=True, kw_only=True):
    """`/.well-known/postmortem.json`: who publishes, about whom, and where everything is; of the feeds those of the
    whole site.
    """

    canonical_url: str
    site: str
    live: bool
    providers: tuple[Subject, ...]
    contact: str
    coverage: tuple[Watched, ...]
    addresses: dict[Place, str]
    feeds: tuple[Listing, ...]
    schemas: tuple[str, ...]


def artifacts(
    history: History, settings: Settings, feeds: Iterable[Subscription], schemas: Iterable[str]
) -> Iterator[Artifact]:
    """The three files. `schemas` are the names under which schemas are published at `/schemas/`."""
    documents = sorted(_documents(history), key=lambda each: (each[1], each[0]), reverse=True)
    paths = sorted(path for path, _ in documents)
    yield Artifact("index.txt", "".join(f"{path}\n" for path in paths).encode())
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerows(documents)
    yield Artifact("changes.csv", text.getvalue().encode())
    yield Artifact(".well-known/postmortem.json", _metadata(settings, feeds, schemas))


def _documents(history: History) -> Iterator[tuple[str, str]]:
    """Every incident's document with the date of its last revision; what it left at former addresses has the same."""
    for row in history.rows:
        for id_ in sorted({row.id, *row.former_ids}):
            yield f"incidents/{id_}.json", rfc3339(row.changed)


def _metadata(settings: Settings, feeds: Iterable[Subscription], schemas: Iterable[str]) -> bytes:
    told = Metadata(
        **head(settings, "publisher"),
        canonical_url=address(settings, ".well-known/postmortem.json"),
        site=address(settings, ""),
        live=settings.site.live,
        providers=tuple(map(_subject, settings.providers)),
        contact=settings.publisher.contact,
        coverage=coverage(settings),
        addresses={name: address(settings, path) for name, path in ADDRESSES.items()},
        feeds=listing(settings, (each for each in feeds if each.facet is None)),
        schemas=tuple(address(settings, f"schemas/{name}") for name in sorted(schemas)),
    )
    return msgspec.json.encode(told) + b"\n"


def _subject(each: Provider) -> Subject:
    return Subject(id=each.id, name=each.name, url=each.url, status_page=each.status_page)
