"""Printing everything made from records: which files there are, shared out among processes.

Prepared pages and artifacts, a press and an output folder in; files in the staging folder, and what became of them,
out. Which shell a page is stamped from is decided in the order of the incidents, whatever the number of processes.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial

import msgspec

from postmortem.corpus.work import WORTH_A_PROCESS, each
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


def printed(prepared: Prepared, press: Press | None, output: Output, jobs: int) -> Iterator[Sheet]:
    """Print pages that grow with the records, incidents, and what is no page; without a press only the last."""
    leaves = prepared.incidents()
    shares: list[Callable[[], Sheet]] = [lambda: _Tray(press, output).files(prepared.artifacts())]
    if press is not None:
        shares.append(lambda: _Tray(press, output).pages(prepared.pages()))
    left: Sequence[int] = range(len(leaves))
    while left or shares:
        if left and press is not None:
            press.learn(leaves[left[0]].read().page)
        parts = (left[start : start + _SHARE] for start in range(0, len(left), _SHARE))
        shares += [partial(_leaves, leaves, part, press, output) for part in parts]
        sheets = list(each(_call, shares, jobs if len(left) >= WORTH_A_PROCESS else 1, worth=2, chunk=1))
        yield from sheets
        left, shares = [index for sheet in sheets for index in sheet.left], []


def _call(share: Callable[[], Sheet]) -> Sheet:
    return share()


def _leaves(leaves: Sequence[Leaf], share: Iterable[int], press: Press | None, output: Output) -> Sheet:
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

    def pages(self, pages: Iterable[Page]) -> Sheet:
        """Print pages and nothing else."""
        for page in pages:
            self.page(page)
        return self.sheet()

    def files(self, artifacts: Iterable[Artifact]) -> Sheet:
        """Write artifacts and nothing else."""
        for artifact in artifacts:
            self.file(artifact)
        return self.sheet()

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
