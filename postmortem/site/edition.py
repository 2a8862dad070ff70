"""One build of a site, from judged records to a folder: what waits between MkDocs' events.

Pages and artifacts in, stamped and written; sitemap and search last.
"""

from datetime import date

import msgspec
from mkdocs.structure.nav import Navigation

from postmortem.model.page import SearchEntry
from postmortem.site import asof, search, sitemap
from postmortem.site.output import Output, Tally
from postmortem.site.press import Press
from postmortem.site.supply import Prepared
from postmortem.site.theme import Theme


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

    def __init__(self, prepared: Prepared, output: Output, as_of: date) -> None:
        self.prepared = prepared
        self.output = output
        self.nav = {page.path: page for page in prepared.nav_pages()}
        self._before = asof.fix(as_of)

    def print(self, address: str) -> Printed:
        """Write everything: MkDocs' own files are in the staging folder already."""
        press, output = Press(self.theme.render), self.output
        output.adopt()
        changed: dict[str, date | None] = dict.fromkeys(self.by_hand)
        entries = [(path, page.search) for path, page in self.nav.items()]
        changed |= {path: page.changed for path, page in self.nav.items()}
        for page in self.prepared.pages():
            output.put(f"{page.path}index.html", press.print(page))
            changed[page.path] = page.changed
            entries.append((page.path, page.search))
        artifacts = write_artifacts(self.prepared, output)
        output.put("sitemap.xml", sitemap.write(address, changed))
        self._index([(path, entry) for path, entry in entries if entry is not None])
        return Printed(
            files=output.commit(),
            stamped=press.stamped,
            rendered=press.rendered,
            artifacts=artifacts,
            doubts=tuple(press.doubts),
        )

    def close(self) -> None:
        """Let go of the output folder and of the as-of date."""
        self.output.close()
        asof.restore(self._before)

    def _index(self, entries: list[tuple[str, SearchEntry]]) -> None:
        index = self.output.read(search.PATH)
        if index is not None:
            self.output.replace(search.PATH, search.extend(index, entries))


def write_artifacts(prepared: Prepared, output: Output) -> int:
    """Every artifact; how many there were."""
    count = 0
    for artifact in prepared.artifacts():
        output.put(artifact.path, artifact.body)
        count += 1
    return count
