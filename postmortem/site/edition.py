"""One build of a site, from judged records to a folder: what waits between MkDocs' events.

Pages and artifacts in, stamped and written; sitemap, search and checksums last.
"""

from collections.abc import Iterable
from datetime import date
from functools import cached_property

import msgspec
from mkdocs.structure.nav import Navigation

from postmortem.corpus.work import Working
from postmortem.model.page import Page, SearchEntry
from postmortem.site import asof, checksums, search, sitemap
from postmortem.site.output import Output, Tally
from postmortem.site.press import Press
from postmortem.site.sheets import Printing, Sheet, begun
from postmortem.site.shell import Kind, blank
from postmortem.site.supply import Prepared
from postmortem.site.theme import Theme

USUAL = Kind(folder="incidents/", described=True, titled=True, linked=False, listed=True, hide=())
"""The shell of nearly every incident."""


class Printed(msgspec.Struct, frozen=True, kw_only=True):
    """What a build did: files by what became of them, pages stamped, pages the theme had to render one by one, and
    why.
    """

    files: Tally
    stamped: int
    rendered: int
    artifacts: int
    doubts: tuple[str, ...] = ()


class Edition:
    """The state of one build; `close` undoes what is not finished."""

    navigation: Navigation
    theme: Theme
    by_hand: tuple[str, ...]
    judged = False

    def __init__(self, prepared: Prepared, output: Output, as_of: date, jobs: int = 1) -> None:
        self.prepared = prepared
        self.output = output
        self.jobs = jobs
        self._begun: Working[Sheet] | None = None
        self._printing: Printing | None = None
        self._before = asof.fix(as_of)

    @cached_property
    def nav(self) -> dict[str, Page]:
        """The nav pages by path; only to be asked for when the records are judged."""
        return {page.path: page for page in self.prepared.nav_pages()}

    def warm(self) -> None:
        """Let the theme compile its templates while other processes judge records."""
        self.theme.render(blank(USUAL))

    def begin(self) -> None:
        """Let other processes write what needs neither a theme nor numbers; only when the records are judged."""
        self._begun = begun(self.prepared, self.output, self.jobs)

    def print(self, address: str) -> Printed:
        """Write everything: MkDocs' own files are in the staging folder already."""
        output = self.output
        self._printing = Printing(self.prepared, Press(self.theme.render), output, self.jobs)
        output.adopt()
        changed: dict[str, date | None] = dict.fromkeys(self.by_hand)
        entries = [(path, page.search) for path, page in self.nav.items()]
        changed |= {path: page.changed for path, page in self.nav.items()}
        sheets = account((*(self._begun or ()), *self._printing.sheets()), output)
        for page in (page for sheet in sheets for page in sheet.pages):
            changed[page.path] = page.changed
            entries.append((page.path, page.search))
        output.put("sitemap.xml", sitemap.write(address, changed))
        self._index([(path, entry) for path, entry in entries if entry is not None])
        output.put(checksums.PATH, checksums.write(output.digests))
        return tallied(sheets, output.commit())

    def close(self) -> None:
        """Let go of the output folder, of those who work for us and of the as-of date."""
        for each in (self.prepared, self._begun, self._printing):
            if each is not None:
                each.close()
        self.output.close()
        asof.restore(self._before)

    def _index(self, entries: list[tuple[str, SearchEntry]]) -> None:
        index = self.output.read(search.PATH)
        if index is not None:
            self.output.replace(search.PATH, search.extend(index, entries))


def account(sheets: Iterable[Sheet], output: Output) -> list[Sheet]:
    """Make part of the output what other processes may have written. Raises OutputRefusedError as `Output.put`."""
    done = list(sheets)
    for path, written, digest in (file for sheet in done for file in sheet.files):
        output.account(path, written=written, digest=digest)
    return done


def tallied(sheets: Iterable[Sheet], files: Tally) -> Printed:
    """The sum of all shares."""
    done = list(sheets)
    return Printed(
        files=files,
        stamped=sum(sheet.stamped for sheet in done),
        rendered=sum(sheet.rendered for sheet in done),
        artifacts=sum(sheet.artifacts for sheet in done),
        doubts=tuple(dict.fromkeys(doubt for sheet in done for doubt in sheet.doubts)),
    )
