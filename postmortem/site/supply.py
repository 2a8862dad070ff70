"""Where a site's pages and artifacts come from: the one function through which the plugin knows `postmortem.build`."""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

import msgspec

from postmortem.build import Options, prepare
from postmortem.model.artifact import Artifact
from postmortem.model.finding import Finding
from postmortem.model.page import Page
from postmortem.model.settings import Settings


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """How to build: the settings file, a number of processes, a folder for what the next run may use again (or
    None), and whether broken records are left out instead of ending the build.
    """

    settings: Path
    jobs: int = 1
    cache: Path | None = None
    keep_going: bool = False


class Product(Protocol):
    """An incident's own files."""

    @property
    def page(self) -> Page:
        """Its page."""

    @property
    def artifacts(self) -> tuple[Artifact, ...]:
        """Its files that are no page."""


class Leaf(Protocol):
    """An incident's own files, not read yet."""

    @property
    def read(self) -> Callable[[], Product]:
        """Read them."""


class Prepared(Protocol):
    """A corpus that is read and judged: what `postmortem.build.prepare` gives, and tests give in its place. Settings
    and paths are known at once; whoever asks for more waits until all is judged.
    """

    @property
    def settings(self) -> Settings:
        """Who publishes, and where."""

    @property
    def names(self) -> Collection[str]:
        """The names of all records, whatever is wrong with them."""

    @property
    def nav_paths(self) -> tuple[str, ...]:
        """The paths of the nav pages."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the records, sorted."""

    def nav_pages(self) -> tuple[Page, ...]:
        """The pages that are in the theme's navigation."""

    def pages(self) -> Iterator[Page]:
        """The pages that are not, other than incidents."""

    def incidents(self) -> Sequence[Leaf]:
        """The incidents' pages and files."""

    def from_rows(self) -> Sequence[Callable[[], Iterator[Artifact]]]:
        """The files that are no page and follow from the rows alone, in parts that may be made side by side, those that
        take longest first.
        """

    def from_numbers(self) -> Sequence[Callable[[], Iterator[Artifact]]]:
        """Every other file that is no page, in such parts."""

    def close(self) -> None:
        """Stop what still works for it."""


class Supply(Protocol):
    """Gives what is published as of a day; raises PostmortemError for what the operator must mend."""

    def __call__(self, wish: Wish, as_of: date) -> Prepared:
        """Load, and begin to judge."""


def from_records(wish: Wish, as_of: date) -> Prepared:
    """The records that the settings name."""
    options = Options(as_of=as_of, jobs=wish.jobs, cache=wish.cache, keep_going=wish.keep_going)
    return prepare(wish.settings, options)
