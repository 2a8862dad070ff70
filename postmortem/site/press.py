"""The press: which page is stamped from which shell, and when the theme itself has to render a page.

A shell is made when the first page of its kind comes, proved on an odd page, and kept. Knows neither MkDocs nor disk:
how to render is an argument.
"""

from collections.abc import Callable

from postmortem.model.page import Page
from postmortem.site import shell


class Press:
    """Prints pages. `render` is the theme, about a millisecond a page; `doubts` are sentences for the operator, one
    for each kind of page that cannot be stamped.
    """

    def __init__(self, render: Callable[[Page], str]) -> None:
        self._render = render
        self._shells: dict[shell.Kind, shell.Shell | None] = {}
        self.doubts: list[str] = []
        self.stamped = 0
        self.rendered = 0

    def knows(self, page: Page) -> bool:
        """Whether a page of this kind has been met."""
        return shell.kind(page) in self._shells

    def learn(self, page: Page) -> shell.Shell | None:
        """The shell of this page's kind, made if there is none yet; None where it cannot be stamped."""
        kind = shell.kind(page)
        if kind not in self._shells:
            self._shells[kind] = self._proved(kind, page)
        return self._shells[kind]

    def print(self, page: Page) -> bytes:
        """The page's finished bytes."""
        known = self.learn(page)
        if known is not None:
            try:
                stamped = shell.stamp(known, page)
            except KeyError:
                pass
            else:
                self.stamped += 1
                return stamped
        self.rendered += 1
        return shell.encoded(self._render(page))

    def _proved(self, kind: shell.Kind, first: Page) -> shell.Shell | None:
        """A shell that does for an odd page and for the first real one what the theme does."""
        try:
            known = shell.learn(kind, self._render(shell.blank(kind)))
        except ValueError as error:
            self._doubt(kind, str(error))
            return None
        for page in (shell.probe(kind), first):
            try:
                stamped = shell.stamp(known, page)
            except KeyError:
                continue
            if stamped != shell.encoded(self._render(page)):
                self._doubt(kind, "a page stamped on trial differs from the same page rendered by the theme")
                return None
        return known

    def _doubt(self, kind: shell.Kind, reason: str) -> None:
        where = kind.folder or "the top folder"
        self.doubts.append(f"pages in {where} are rendered one by one, which is slower: {reason}")
