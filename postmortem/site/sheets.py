"""Printing everything made from records: which files there are, shared out among processes.

Prepared pages and artifacts, a press and an output folder in; files beside the output folder, and what became of them,
out. What no theme is needed for begins first, while this process has numbers to compute and MkDocs to wait for. Which
shell a page is stamped from is decided in the order of the incidents, whatever the number of processes.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial

import msgspec

from postmortem.corpus.work import WORTH_A_PROCESS, Working, beside, each
from postmortem.model.artifact import Artifact
from postmortem.model.page import Page, SearchEntry
from postmortem.site import checksums
from postmortem.site.output import Output
from postmortem.site.press import Press
from postmortem.site.supply import Leaf, Prepared

_SHARE = 32


class Listed(msgspec.Struct, frozen=True):
    """A page as the sitemap and the search know it."""

    path: str
    changed: date | None
    search: SearchEntry | None


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """What one share of the work did: its files, whether each was written and its digest, its pages, and how they were
    printed. `left` are incidents for whose kind of page there was no shell yet.
    """

    files: tuple[tuple[str, bool, bytes], ...]
    pages: tuple[Listed, ...]
    artifacts: int
    stamped: int
    rendered: int
    doubts: tuple[str, ...]
    left: tuple[int, ...]


def begun(prepared: Prepared, output: Output, jobs: int) -> Working[Sheet]:
    """Begin to write what follows from the rows alone. Whoever does not ask for all of it must `close`."""
    shares = [partial(_files, part, output) for part in prepared.from_rows()]
    return beside(_call, shares, _jobs(jobs, prepared.incidents()))


class Printing:
    """Pages that grow with the records, incidents, and what numbers are needed for, being printed from the moment this
    is made; without a press what is no page alone. Whoever does not ask for all sheets must `close`.
    """

    def __init__(self, prepared: Prepared, press: Press | None, output: Output, jobs: int) -> None:
        self._leaves = prepared.incidents()
        self._press, self._output, self._jobs = press, output, jobs
        shares = [partial(_pages, prepared.pages, press, output)] if press is not None else []
        shares += [partial(_files, part, output) for part in prepared.from_numbers()]
        self._working = self._round(range(len(self._leaves)), shares)

    def sheets(self) -> Iterator[Sheet]:
        """What each share of the work did, once."""
        while True:
            left: list[int] = []
            for sheet in self._working:
                yield sheet
                left += sheet.left
            if not left:
                return
            self._working = self._round(left, [])

    def close(self) -> None:
        """Stop printing."""
        self._working.close()

    def _round(self, left: Sequence[int], shares: list[partial[Sheet]]) -> Working[Sheet]:
        """Print all incidents for whose kind of page there is a shell, the first one's included."""
        if left and self._press is not None:
            self._press.learn(self._leaves[left[0]].read().page)
        parts = (left[start : start + _SHARE] for start in range(0, len(left), _SHARE))
        every = [*shares, *(partial(_incidents, self._leaves, part, self._press, self._output) for part in parts)]
        return each(_call, every, _jobs(self._jobs, left), worth=2, chunk=1)


def _jobs(jobs: int, incidents: Sequence[object]) -> int:
    return jobs if len(incidents) >= WORTH_A_PROCESS else 1


def _call(share: Callable[[], Sheet]) -> Sheet:
    return share()


def _files(artifacts: Callable[[], Iterable[Artifact]], output: Output) -> Sheet:
    tray = _Tray(None, output)
    for artifact in artifacts():
        tray.file(artifact)
    return tray.sheet()


def _pages(pages: Callable[[], Iterable[Page]], press: Press, output: Output) -> Sheet:
    tray = _Tray(press, output)
    for page in pages():
        tray.page(page)
    return tray.sheet()


def _incidents(leaves: Sequence[Leaf], share: Iterable[int], press: Press | None, output: Output) -> Sheet:
    tray, left = _Tray(press, output), []
    for index in share:
        product = leaves[index].read()
        if press is not None and not press.knows(product.page):
            left.append(index)
            continue
        if press is not None:
            tray.page(product.page)
        tray.file(*product.artifacts)
    return tray.sheet(left)


class _Tray:
    """Where one share of the work collects what it has done."""

    def __init__(self, press: Press | None, output: Output) -> None:
        self._press = press
        self._output = output
        self._files: list[tuple[str, bool, bytes]] = []
        self._pages: list[Listed] = []
        self._artifacts = 0
        self._before = _counts(press)

    def page(self, page: Page) -> None:
        """Print one page."""
        if self._press is not None:
            self._write(f"{page.path}index.html", self._press.print(page))
            self._pages.append(Listed(page.path, page.changed, page.search))

    def file(self, *artifacts: Artifact) -> None:
        """Write artifacts."""
        for artifact in artifacts:
            self._write(artifact.path, artifact.body)
        self._artifacts += len(artifacts)

    def sheet(self, left: Sequence[int] = ()) -> Sheet:
        """The sum."""
        stamped, rendered, doubts = _counts(self._press)
        return Sheet(
            files=tuple(self._files),
            pages=tuple(self._pages),
            artifacts=self._artifacts,
            stamped=stamped - self._before[0],
            rendered=rendered - self._before[1],
            doubts=doubts[len(self._before[2]) :],
            left=tuple(left),
        )

    def _write(self, path: str, body: bytes) -> None:
        self._files.append((path, self._output.write(path, body), checksums.digest(body)))


def _counts(press: Press | None) -> tuple[int, int, tuple[str, ...]]:
    return (0, 0, ()) if press is None else (press.stamped, press.rendered, tuple(press.doubts))
