"""A whole site, read once: a `Site` in, a `Survey` out, which every requirement asks. Files are read in parallel
processes, each once, and what comes back is small.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import Any, Final, NamedTuple

import msgspec

from postmortem.corpus import work
from postmortem.schema.foreign import Breach, NoSchemaError, compiled
from postmortem.verify import document, feed, page
from postmortem.verify.address import Followed
from postmortem.verify.document import Document
from postmortem.verify.feed import Entry, Feed
from postmortem.verify.page import Page
from postmortem.verify.site import SUMS, Site

INDEX: Final = "api/v1/incidents.json"


class Facts(NamedTuple):
    """One file: its digest, and what it is if that can be told by its name."""

    digest: str
    page: Page | None = None
    feed: Feed | None = None
    document: Document | None = None


@dataclass(frozen=True)
class Survey:
    """What is known of a site. `older` is an earlier copy, `as_of` the day as which it is looked at; `faulty` are the
    schemas that are none, with why.
    """

    site: Site
    facts: Mapping[str, Facts]
    schemas: Mapping[str, Breach]
    faulty: Mapping[str, str]
    as_of: date
    older: "Survey | None" = None

    @cached_property
    def pages(self) -> dict[str, Page]:
        """Every page that could be read."""
        return {path: each.page for path, each in self.facts.items() if each.page is not None}

    @cached_property
    def feeds(self) -> dict[str, Feed]:
        """Every feed, archives among them."""
        return {path: each.feed for path, each in self.facts.items() if each.feed is not None}

    @cached_property
    def documents(self) -> dict[str, Document]:
        """Every document for machines."""
        return {path: each.document for path, each in self.facts.items() if each.document is not None}

    def shown(self, path: str) -> Page | None:
        """The page that people see who follow a link to a file: the one it sends them to, if it does."""
        held = self.pages.get(path)
        return self.pages.get(held.onward, held) if held is not None and held.onward is not None else held

    @cached_property
    def sums(self) -> dict[str, str] | None:
        """What SHA256SUMS says: digests by path; None where there is none."""
        if SUMS not in self.site.paths:
            return None
        lines = self.site.read(SUMS).decode("utf-8", "replace").splitlines()
        return {each[66:]: each[:64] for each in lines if each}

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """The rows of the index of incidents."""
        return self._indexed("incidents")

    @cached_property
    def moved(self) -> dict[str, str]:
        """Where former ids moved."""
        return {str(each.get("id")): str(each.get("moved_to")) for each in self._indexed("moved")}

    @cached_property
    def ids(self) -> set[str]:
        """Every id that an incident has, or had."""
        return {str(each.get("id")) for each in self.rows} | self.moved.keys()

    def json(self, path: str) -> Any:  # noqa: ANN401 - whatever the file holds
        """A document's data; None where it is not there or no JSON."""
        if path not in self.site.paths:
            return None
        try:
            return msgspec.json.decode(self.site.read(path))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return None

    def followed(self, kind: str) -> Iterator[tuple[str, Followed]]:
        """The links of all files of a kind: pages, feeds or documents."""
        if kind == "pages":
            yield from ((path, each.followed) for path, each in self.pages.items())
        elif kind == "documents":
            yield from ((path, each.followed) for path, each in self.documents.items())
        else:
            for path, each in self.feeds.items():
                yield path, each.followed
                yield from ((path, entry.followed) for entry in each.entries)

    def chain(self, name: str, rel: str = "prev-archive") -> list[Feed]:
        """A feed of that path and all that it leads to by a relation, in the order of the walk; it ends where the walk
        would come by a place again.
        """
        found: list[Feed] = []
        path: str | None = name
        while path in self.feeds and path not in {each.path for each in found}:
            found.append(self.feeds[path])
            path = self.target(found[-1], rel)
        return found

    def target(self, held: Feed, rel: str) -> str | None:
        """The file that a relation of a feed leads to."""
        href = held.links.get(rel, "")
        return self.site.has(href.removeprefix(self.site.base)) if href.startswith(self.site.base) else None

    def backfill(self, form: str) -> list[Feed]:
        """The archives of what was old when it came, from the newest back."""
        live = self.feeds.get(f"feeds/updates.{form}")
        newest = self.target(live, "related") if live is not None else None
        return self.chain(newest) if newest is not None else []

    @cached_property
    def announced(self) -> dict[str, Entry]:
        """Everything that was ever announced, by its entry's id: the walk from `updates`, and the backfill."""
        walked = [*self.chain("feeds/updates.atom"), *self.backfill("atom")]
        return {entry.id: entry for each in reversed(walked) for entry in each.entries}

    def _indexed(self, key: str) -> list[dict[str, Any]]:
        told = self.json(INDEX)
        rows = told.get(key) if isinstance(told, dict) else None
        return [each for each in rows if isinstance(each, dict)] if isinstance(rows, list) else []


def survey(site: Site, as_of: date, jobs: int, older: Survey | None = None, *, whole: bool = True) -> Survey:
    """Read the site; of a copy that others are compared with (`whole` is false) only feeds and the index."""
    schemas: dict[str, Breach] = {}
    faulty: dict[str, str] = {}
    for path in sorted(each for each in site.paths if whole and each.startswith("schemas/") and each.endswith(".json")):
        try:
            schemas[path] = compiled(site.read(path))
        except NoSchemaError as error:
            faulty[path] = str(error)
    paths = sorted(each for each in site.paths if whole or feed.is_feed(each))
    facts = dict(zip(paths, work.each(partial(read, site, schemas), paths, jobs), strict=True))
    return Survey(site, facts, schemas, faulty, as_of, older)


def read(site: Site, schemas: Mapping[str, Breach], path: str) -> Facts:
    """One file of the site, as what its name says it is."""
    content = site.read(path)
    digest = hashlib.sha256(content).hexdigest()
    if path.endswith(".html"):
        return Facts(digest, page=page.read(content, path, site))
    if feed.is_feed(path):
        return Facts(digest, feed=feed.read(content, path, site))
    if document.is_document(path):
        return Facts(digest, document=document.read(content, path, site, schemas))
    return Facts(digest)
