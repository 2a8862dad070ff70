"""The one list of everything that is published. Settings, a folder of records and an as-of date in; pages and
artifacts out.

It knows what a site consists of and nothing of how any item is made: rooms below make them, `site` puts them into a
theme and on disk.
A whole Incident lives only in the worker that read it; what is made of it waits in a store on disk, and only its row
comes back.
"""

import tempfile
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import msgspec

from postmortem.api import v1
from postmortem.corpus import settings as settings_file
from postmortem.corpus.cache import Store, key
from postmortem.corpus.decode import decode
from postmortem.corpus.files import RecordFile, find, unreadable
from postmortem.corpus.work import each
from postmortem.feeds import live
from postmortem.feeds.entries import Words
from postmortem.lint.run import across, examine, in_order
from postmortem.model.artifact import Artifact
from postmortem.model.finding import Finding
from postmortem.model.header import Header
from postmortem.model.history import History, order
from postmortem.model.incident import Incident, publish
from postmortem.model.page import Page
from postmortem.model.settings import Settings
from postmortem.model.summary import Summary, summarise
from postmortem.model.vocabulary import IMPACT_CLASSES
from postmortem.pages import entry, lists, rules
from postmortem.pages import incident as incident_page
from postmortem.schema import registry


class Product(msgspec.Struct, frozen=True):
    """What is made of one public incident and of nothing else."""

    summary: Summary
    page: Page
    artifacts: tuple[Artifact, ...]


class Made(msgspec.Struct, frozen=True):
    """What came of one file: its findings, its header if it is a record, its product if anything of it is public."""

    findings: tuple[Finding, ...]
    header: Header | None = None
    product: Product | None = None


class Item(msgspec.Struct, frozen=True):
    """One file after its work: what the whole needs of it, and the key under which its product waits."""

    file: RecordFile
    findings: tuple[Finding, ...]
    header: Header | None
    summary: Summary | None
    key: str


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """How to build: `cache` is a folder that survives the run, or None; `keep_going` leaves broken records out
    instead of refusing.
    """

    as_of: date
    jobs: int = 1
    cache: Path | None = None
    keep_going: bool = False


class Prepared:
    """A corpus that was read and judged, ready to be asked for pages and artifacts. Nothing is made before somebody
    asks.
    """

    def __init__(
        self, settings: Settings, options: Options, items: tuple[Item, ...], findings: tuple[Finding, ...], store: Store
    ) -> None:
        self.settings = settings
        self.as_of = options.as_of
        self.findings = findings
        self.history: History = order(item.summary for item in items if item.summary is not None)
        self.records = len(items)
        self._items = {item.summary.id: item for item in items if item.summary is not None}
        self._store = store

    @property
    def refused(self) -> bool:
        """Whether an error stands in the way of publishing."""
        return any(finding.weight == "error" for finding in self.findings)

    def nav_pages(self) -> tuple[Page, ...]:
        """The few pages a theme's navigation names."""
        return (
            lists.home(self.history, self.settings, self.as_of),
            lists.history(self.history, self.settings, self.as_of),
        )

    def pages(self) -> Iterator[Page]:
        """The pages that grow with the records and the catalogue."""
        for year in self.history.years():
            yield lists.year(self.history, year, self.settings)
        for service in self.settings.services:
            yield lists.service(self.history, service.id, self.settings, self.as_of)
        for model in self.settings.models:
            yield lists.model(self.history, model.id, self.settings, self.as_of)
        for name in IMPACT_CLASSES:
            yield lists.impact_class(self.history, name, self.settings, self.as_of)
        yield from rules.pages()
        for product in self._products():
            yield product.page

    def artifacts(self) -> Iterator[Artifact]:
        """Everything that is not a page of the theme."""
        for product in self._products():
            yield from product.artifacts
        words = Words(
            overview=partial(entry.overview, settings=self.settings),
            body=partial(entry.body, settings=self.settings),
            title=entry.title,
        )
        yield from live.artifacts(self.history, self.settings, self._incident, words)
        for name, text in registry.published():
            yield Artifact(f"schemas/{name}", text)

    def _products(self) -> Iterator[Product]:
        for row in self.history.rows:
            yield _kept(self._store, self._items[row.id].key)

    def _incident(self, id_: str) -> Incident:
        record = decode(self._items[id_].file.read(), self._items[id_].file.name).record
        incident = publish(record, self.as_of) if record is not None else None
        if incident is None:
            raise LookupError(id_)
        return incident


def prepare(settings_path: Path, options: Options) -> Prepared:
    """Read, judge and reduce every record; one bad file never hides the rest.

    Raises UnreadableError for a missing or unreadable folder, SettingsError for settings that cannot be used.
    """
    settings = settings_file.load(settings_path)
    base = settings_path.resolve().parent
    files, refused = find(base / settings.incidents, base)
    store = _Spool() if options.cache is None else Store(options.cache)
    work = partial(_item, settings=settings, given=settings_path.read_bytes(), as_of=options.as_of, folder=store.folder)
    items = tuple(each(work, files, options.jobs))
    if options.cache is not None:
        store.keep_only(item.key for item in items)
    findings = [*refused, *(finding for item in items for finding in item.findings)]
    headers = [item.header for item in items if item.header is not None]
    sources = {file.name: file for file in files}
    findings += across(headers, settings, lambda name: sources[name].read())
    if options.keep_going:
        broken = {finding.path for finding in findings if finding.weight == "error"}
        items = tuple(item for item in items if item.file.name not in broken)
    return Prepared(settings, options, items, in_order(findings), store)


class _Spool(Store):
    """A store that is gone when nobody needs it any more: the run keeps nothing."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="postmortem-")
        super().__init__(Path(self._folder.name))


def _item(file: RecordFile, *, settings: Settings, given: bytes, as_of: date, folder: Path) -> Item:
    try:
        source = file.read()
    except OSError as error:
        return Item(file, (unreadable(file, error),), None, None, "")
    name = key(given, as_of.isoformat().encode(), file.name.encode(), source)
    store = Store(folder)
    held = store.get(name)
    if held is None:
        made = _make(source, file.name, settings, as_of)
        store.put(name, _ENCODER.encode(made))
    else:
        made = _DECODER.decode(held)
    return Item(file, made.findings, made.header, made.product.summary if made.product else None, name)


def _make(source: bytes, path: str, settings: Settings, as_of: date) -> Made:
    examined = examine(source, path, settings, as_of)
    broken = any(finding.weight == "error" for finding in examined.findings)
    incident = publish(examined.record, as_of) if examined.record is not None and not broken else None
    return Made(examined.findings, examined.header, None if incident is None else _product(incident, settings))


def _product(incident: Incident, settings: Settings) -> Product:
    return Product(
        summary=summarise(incident),
        page=incident_page.page(incident, settings),
        artifacts=(v1.document(incident, settings),),
    )


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Made)


def _kept(store: Store, name: str) -> Product:
    held = store.get(name)
    product = _DECODER.decode(held).product if held is not None else None
    if product is None:
        raise LookupError(name)
    return product
