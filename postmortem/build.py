"""The one list of everything that is published. Settings, a folder of records and an as-of date in; pages and
artifacts out.

It knows what a site consists of and nothing of how any item is made: rooms below make them, `site` puts them into a
theme and on disk.
A whole Incident lives only in the worker that read it; what is made of it waits in a store on disk, and only its row
comes back.
"""

import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import NamedTuple

import msgspec

from postmortem.api import tree
from postmortem.corpus import ledger
from postmortem.corpus import settings as settings_file
from postmortem.corpus.cache import Store
from postmortem.corpus.files import RecordFile, find, unreadable
from postmortem.corpus.recall import Known, Method, Recalling
from postmortem.errors import UnreadableError
from postmortem.feeds import live
from postmortem.feeds.catalogue import subscriptions
from postmortem.feeds.categories import Categories
from postmortem.feeds.entries import Site, Words
from postmortem.feeds.pieces import Kept, Source, keep
from postmortem.lint.ignores import Word
from postmortem.lint.promises import Promised
from postmortem.lint.run import Examined, across, examine_all, in_order
from postmortem.metrics import numbers, views
from postmortem.metrics.scope import Scope, scopes
from postmortem.model import packed
from postmortem.model.artifact import Artifact
from postmortem.model.figure import Numbers, View
from postmortem.model.finding import Finding
from postmortem.model.header import Header
from postmortem.model.history import History, order
from postmortem.model.incident import Incident, publish
from postmortem.model.page import Page, SearchEntry
from postmortem.model.settings import Settings
from postmortem.model.summary import Summary, summarise
from postmortem.pages import (
    entry,
    facets,
    facets_index,
    history,
    history_rows,
    home,
    reference,
    rules,
    subscribe,
    transparency,
)
from postmortem.pages import incident as incident_page
from postmortem.pages import metrics as metrics_page
from postmortem.report import numbers as number_report
from postmortem.schema import registry

Every = tuple[Numbers, ...]
Part = Callable[[], Iterator[Artifact]]
"""Some artifacts, made when they are asked for."""


class Product(msgspec.Struct, frozen=True):
    """What is made of one public incident and of nothing else. `told` is for feeds and archives; `incident` is encoded,
    since only a few feeds ask for it again.
    """

    page: Page
    artifacts: tuple[Artifact, ...]
    told: tuple[Kept, ...]
    incident: bytes


class Voice(msgspec.Struct, frozen=True):
    """The part of a Product that feeds need of every incident."""

    told: tuple[Kept, ...]


class Listed(msgspec.Struct, frozen=True):
    """What lists need of an incident's page: its row, its address, its day for the sitemap, its search entry."""

    summary: Summary
    path: str
    changed: date | None
    search: SearchEntry | None


class Row(msgspec.Struct, frozen=True):
    """One file after its work: its findings, its header if it is a record, its rows if anything of it is public."""

    findings: tuple[Finding, ...]
    header: Header | None = None
    pending: tuple[Word, ...] = ()
    listed: Listed | None = None


class Leaf(msgspec.Struct, frozen=True):
    """An incident's own files, not read yet. Those of equal keys are equal."""

    key: bytes
    path: str
    changed: date | None
    search: SearchEntry | None
    read: Callable[[], Product]


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """How to build: `cache` is a folder that survives the run, or None; `keep_going` leaves broken records out
    instead of refusing.
    """

    as_of: date
    jobs: int = 1
    cache: Path | None = None
    keep_going: bool = False


class Prepared:
    """A corpus that is read and judged, ready to be asked for pages and artifacts. Nothing is made before somebody
    asks, and whoever asks first waits until all records are judged; meanwhile other processes work.
    """

    def __init__(self, work: "_Work", reading: "_Reading") -> None:
        self.settings = work.settings
        self.as_of = work.as_of
        self._work = work
        self._reading = reading

    def close(self) -> None:
        """Stop what still works for us."""
        self._reading.recalling.close()

    @cached_property
    def _judged(self) -> "_Judged":
        return self._reading.finish(self.settings)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that is wrong, in the order of reports."""
        return self._judged.findings

    @property
    def names(self) -> Collection[str]:
        """The names of all records, whatever is wrong with them."""
        return self._reading.files.keys()

    @cached_property
    def history(self) -> History:
        """The rows of all public incidents."""
        return order(row.summary for _, row in self._listed)

    @cached_property
    def scopes(self) -> tuple[Scope, ...]:
        """What is counted: one for the site, or one for each provider where settings list several."""
        return scopes(self.history, self.settings, self.as_of)

    @cached_property
    def numbers(self) -> tuple[Numbers, ...]:
        """Every figure of each scope."""
        return numbers.of(self.scopes)

    @cached_property
    def views(self) -> tuple[View, ...]:
        """Every service, model, impact class, cause and provider by itself, for each scope."""
        return views.views(self.scopes, self.numbers)

    @cached_property
    def scorecards(self) -> tuple[Numbers, ...]:
        """What readers were told, for each scope."""
        return numbers.scorecards_of(self.scopes)

    @cached_property
    def _listed(self) -> list[tuple[Known[Row], Listed]]:
        return [(each, each.row.listed) for each in self._judged.known if each.row.listed is not None]

    @cached_property
    def _known(self) -> dict[str, tuple[Known[Row], Listed]]:
        return {listed.summary.id: (each, listed) for each, listed in self._listed}

    @property
    def nav_paths(self) -> tuple[str, ...]:
        """The paths of the nav pages, which depend on no record."""
        return "", "history/", metrics_page.PATH, transparency.PATH, subscribe.PATH

    def nav_pages(self) -> tuple[Page, ...]:
        """The few pages a theme's navigation names."""
        return (
            home.page(self.history, self.settings, self.as_of, self.views, self.numbers),
            history.page(self.history, self.settings),
            metrics_page.page(self.numbers, self.history, self.settings),
            transparency.page(self.scorecards, self.history, self.settings),
            subscribe.page(subscriptions(self.settings), self.settings),
        )

    def pages(self) -> Iterator[Page]:
        """The pages that grow with the records and the catalogue."""
        yield from history.years(self.history, self.settings)
        yield from facets.pages(self.history, self.settings, self.as_of, self.views)
        yield from facets_index.pages(self.history, self.settings, self.views)
        yield reference.page(registry.tree("incident"))
        yield from rules.pages()

    def incidents(self) -> tuple[Leaf, ...]:
        """One leaf for each incident, newest first: its page and its artifacts."""
        return tuple(self._leaf(row) for row in self.history.rows)

    def artifacts(self) -> Iterator[Artifact]:
        """Everything that is neither a page of the theme nor one incident's own."""
        for part in (*self.from_rows(), *self.from_numbers()):
            yield from part()

    def from_rows(self) -> tuple[Part, ...]:
        """Those that follow from the rows alone, in parts that may be made side by side, the longest first."""
        return partial(self._feeds, self.history), self._tree

    def from_numbers(self) -> tuple[Part, ...]:
        """All others, in such parts."""
        return (partial(self._figures, self.numbers, self.scorecards, self.views),)

    def _feeds(self, history: History) -> Iterator[Artifact]:
        source = Source(self._incident, lambda id_: _VOICE.decode(self._held(id_)).told)
        yield from live.artifacts(history, self._work.site, source)

    def _tree(self) -> Iterator[Artifact]:
        yield history_rows.artifact(self.history, self.settings)
        schemas = registry.published()
        yield from (Artifact(f"schemas/{name}", text) for name, text in schemas)
        yield from tree.artifacts(self.history, self.settings, self._incident, self.as_of)
        yield from tree.directory(
            self.history, self.settings, subscriptions(self.settings), [name for name, _ in schemas]
        )

    def _figures(self, every: Every, scorecards: Every, apart: tuple[View, ...]) -> Iterator[Artifact]:
        yield from number_report.artifacts((*every, *scorecards))
        yield from tree.figures(every, scorecards, apart, self.settings, self.as_of)

    def _leaf(self, row: Summary) -> Leaf:
        known, listed = self._known[row.id]
        return Leaf(known.key, listed.path, listed.changed, listed.search, partial(self._product, row.id))

    def _product(self, id_: str) -> Product:
        return _PRODUCT.decode(self._held(id_))

    def _held(self, id_: str) -> bytes:
        """What waits in the store; made again if it was damaged there."""
        known, _ = self._known[id_]
        held = self._reading.store.get(known.key)
        if held is None:
            file = self._reading.files[known.name]
            source = file.read()
            if hashlib.sha256(source).digest() != known.content:
                raise UnreadableError(f"{file.name}: changed while the site was built; run the command again")
            [(_, held)] = self._work.make([(source, file.name)])
        if held is None:
            raise LookupError(id_)
        return held

    def _incident(self, id_: str) -> Incident:
        return _INCIDENT.decode(self._product(id_).incident)


class _Work(msgspec.Struct, frozen=True):
    """What a record's row and product depend on beside the record."""

    settings: Settings
    as_of: date
    site: Site

    def make(self, files: Sequence[tuple[bytes, str]]) -> list[tuple[Row, bytes | None]]:
        """Judge some records, and make everything of each that depends on nothing else."""
        examined = examine_all(files, self.settings, self.as_of)
        incidents = [self._public(each) for each in examined]
        made = iter(self._products([each for each in incidents if each is not None]))
        found = [next(made) if each is not None else (None, None) for each in incidents]
        return [
            (Row(each.findings, each.header, each.pending, listed), product)
            for each, (listed, product) in zip(examined, found, strict=True)
        ]

    def _public(self, examined: Examined) -> Incident | None:
        broken = any(finding.weight == "error" for finding in examined.findings)
        return publish(examined.record, self.as_of) if examined.record is not None and not broken else None

    def _products(self, incidents: list[Incident]) -> Iterator[tuple[Listed, bytes]]:
        """One step for all incidents before the next (`corpus.recall.HANDFUL` says why)."""
        pages = [incident_page.page(each, self.settings) for each in incidents]
        own = [tree.own(each, self.settings) for each in incidents]
        told = [keep(each, self.site) for each in incidents]
        for each, page, files, pieces in zip(incidents, pages, own, told, strict=True):
            product = Product(page, files, pieces, packed.encode(each))
            yield Listed(summarise(each), page.path, page.changed, page.search), packed.encode(product)


class _Judged(NamedTuple):
    """What is known of every record, and what is wrong with them."""

    known: list[Known[Row]]
    findings: tuple[Finding, ...]


class _Reading(NamedTuple):
    """Records that are being read."""

    recalling: Recalling[Row]
    files: dict[str, RecordFile]
    refused: tuple[Finding, ...]
    store: Store
    promised: Promised
    keep_going: bool

    def finish(self, settings: Settings) -> _Judged:
        known = self.recalling.finish()
        findings = in_order((*self.refused, *_findings(known, self.files, settings, self.promised)))
        if self.keep_going:
            broken = {finding.path for finding in findings if finding.weight == "error"}
            known = [each for each in known if each.name not in broken]
        return _Judged(known, findings)


def prepare(settings_path: Path, options: Options) -> Prepared:
    """Begin to read, judge and reduce every record; one bad file never hides the rest.

    Raises UnreadableError for a missing or unreadable folder or ledger, SettingsError for settings that cannot be used.
    """
    settings = settings_file.load(settings_path)
    base = settings_path.resolve().parent
    files, refused = find(base / settings.incidents, base)
    promised = Promised(ledger.lines(base / ledger.FILE_NAME), [file.name for file in files], options.as_of)
    work, store = _Work(settings, options.as_of, _site(settings)), Store(options.cache)
    given = settings_file.identity(settings_path, settings) + options.as_of.isoformat().encode()
    method = Method(given, work.make, lambda file, error: Row((unreadable(file, error),)), _KNOWN)
    recalling = Recalling(files, method, store, options.jobs)
    reading = _Reading(recalling, {file.name: file for file in files}, refused, store, promised, options.keep_going)
    return Prepared(work, reading)


def _site(settings: Settings) -> Site:
    """What all entries of feeds share; their words come from the room that writes pages."""
    words = Words(
        overview=partial(entry.overview, settings=settings),
        body=partial(entry.body, settings=settings, whole=False),
        whole=partial(entry.body, settings=settings),
        title=entry.title,
    )
    return Site(settings, words, Categories(settings))


def _findings(
    known: list[Known[Row]], files: dict[str, RecordFile], settings: Settings, promised: Promised
) -> Iterator[Finding]:
    headers = [each.row.header for each in known if each.row.header is not None]
    pending = [(each.name, word) for each in known for word in each.row.pending]
    yield from across(headers, settings, lambda name: files[name].read(), pending, promised)
    for each in known:
        yield from each.row.findings


_KNOWN = msgspec.msgpack.Decoder(list[Known[Row]])
_PRODUCT = msgspec.msgpack.Decoder(Product)
_VOICE = msgspec.msgpack.Decoder(Voice)
_INCIDENT = packed.decoder(Incident)
