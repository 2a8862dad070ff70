"""A site without records: pages as odd as they come, given to the plugin in place of `postmortem.build`."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import msgspec

from postmortem.model.artifact import Artifact
from postmortem.model.finding import Finding, Span
from postmortem.model.page import Heading, Page, SearchEntry
from postmortem.model.settings import Feeds, Publisher, Settings, Site
from postmortem.site.supply import Leaf, Wish

AS_OF = date(2026, 11, 23)
ADDRESS = "https://status.example.com/"

SETTINGS = Settings(
    schema_version="1.0",
    publisher=Publisher(name="Example AI", role="provider", contact="mailto:a@example.com"),
    site=Site(url=ADDRESS),
    feeds=Feeds(authority="status.example.com,2026"),
)

BROKEN = Finding(path="incidents/broken.yaml", span=Span(3, 1, 3, 9), code="PM201", message="resolved before started")


class Fake(msgspec.Struct, frozen=True, kw_only=True):
    """What a build would prepare."""

    settings: Settings = SETTINGS
    findings: tuple[Finding, ...] = ()
    nav: tuple[Page, ...] = ()
    stamped: tuple[Page, ...] = ()
    files: tuple[Artifact, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """As `Prepared`: none."""
        return ()

    @property
    def nav_paths(self) -> tuple[str, ...]:
        """As `Prepared`."""
        return tuple(page.path for page in self.nav)

    def close(self) -> None:
        """As `Prepared`: nothing works for it."""

    def nav_pages(self) -> tuple[Page, ...]:
        """As `Prepared`."""
        return self.nav

    def pages(self) -> Iterator[Page]:
        """As `Prepared`."""
        return iter(self.stamped)

    def incidents(self) -> tuple[Leaf, ...]:
        """As `Prepared`: none, all pages are in `pages`."""
        return ()

    def from_rows(self) -> tuple[Callable[[], Iterator[Artifact]], ...]:
        """As `Prepared`."""
        return (lambda: iter(self.files[:1]),)

    def from_numbers(self) -> tuple[Callable[[], Iterator[Artifact]], ...]:
        """As `Prepared`."""
        return (lambda: iter(self.files[1:]),)

    def __call__(self, wish: Wish, as_of: date) -> "Fake":  # noqa: ARG002
        """As `Supply`: the same whatever is wished."""
        return self


def incident(name: str, **changes: object) -> Page:
    """An ordinary incident page, with changes."""
    page = Page(
        path=f"incidents/{name}/",
        kind="incident",
        title=f"Errors: {name}",
        description=f"What happened in {name}.",
        body=f'<h1 id="top">Errors: {name}</h1>\n<p>Text.</p>\n<h2 id="impact">Impact</h2>\n<h2 id="log">Log</h2>\n',
        contents=(Heading(2, "impact", "Impact"), Heading(2, "log", "Log")),
        search=SearchEntry(f"Errors: {name}", f"text of {name}"),
        changed=date(2026, 6, 24),
    )
    return msgspec.structs.replace(page, **changes)


HOME = Page(path="", kind="home", title="Now", description="State.", body='<h1 id="now">Now</h1><p>Home & more</p>')
HISTORY = Page(
    path="history/",
    kind="history",
    title="History",
    description="Everything.",
    body='<h1 id="history">History</h1><h2 id="y2026">2026</h2>',
    contents=(Heading(2, "y2026", "2026"),),
    changed=date(2026, 6, 25),
)

SUBSCRIBE = Page(
    path="subscribe/", kind="subscribe", title="Subscribe", description="Feeds.", body="<h1>Subscribe</h1><p>Feeds.</p>"
)


def headings(*levels: int, word: str = "part") -> tuple[Heading, ...]:
    return tuple(Heading(level, f"{word}-{number}", f"{word} {number}") for number, level in enumerate(levels))


ODD = (
    incident("2026-06-01-plain"),
    incident("2026-06-02-quotes", title="""The "quoted" & 'single' <script>alert(1)</script>"""),
    incident("2026-06-03-emoji", title="Störung 🔥 データ — “x”  two  spaces", description="Ünïcode 🔥 & <b>"),
    incident("2026-06-04-no-description", description=""),
    incident("2026-06-05-no-contents", contents=()),
    incident("2026-06-06-h3", contents=headings(2, 3, 3, 2, 3, 2)),
    incident("2026-06-07-deep", contents=headings(2, 3, 4, 4, 3, 2, 3, 4, 2)),
    incident("2026-06-08-deepest", contents=headings(2, 3, 4, 5, 6, 2)),
    incident("2026-06-09-from-h3", contents=headings(3, 2, 4, 3)),
    incident("2026-06-10-odd-headings", contents=(Heading(2, "a", """<i> & "x" 'y'"""), Heading(3, "b", "📈  b"))),
    incident("2026-06-11-hide", hide=("navigation", "toc")),
    incident("2026-06-12-no-id", body="<h1>No id</h1><p>x</p>"),
    incident("2026-06-13-no-id-no-contents", body="<h1>No id</h1><p>x</p>", contents=()),
    incident("2026-06-14-no-h1", body="<p>No heading</p>"),
    incident("2026-06-15-ends-deep", contents=headings(2, 2, 3, 3)),
    incident("2026-06-16-template", body='<h1 id="t">{{ page.title }} {% raw %} zqp</h1>\n\n\n<pre> a\n\n b</pre>\n'),
    incident("x", path="models/opus-4.8/", kind="model", search=None, changed=None),
    incident("x", path="history/2026/", kind="year"),
    incident("x", path="services/api/", kind="service", description=""),
    incident("x", path="feeds/archive/old/", kind="odd"),
    incident("x", path="metrics/", kind="metrics"),
)

SITE = Fake(
    nav=(HOME, HISTORY, SUBSCRIBE),
    stamped=ODD,
    files=(
        Artifact("feeds/incidents.atom", b"<feed/>"),
        Artifact(".well-known/postmortem.json", b"{}"),
        Artifact("incidents/2026-06-01-plain.json", b'{"id": 1}'),
    ),
)


def project(folder: Path, mkdocs: str | None = None) -> Path:
    """A folder with settings, a hand-written page and, if given, a mkdocs.yml; the settings' path."""
    (folder / "site").mkdir(parents=True)
    (folder / "site" / "about.md").write_text("# About\n\nBy hand. [Subscribe](subscribe/index.md)\n", encoding="utf-8")
    if mkdocs is not None:
        (folder / "mkdocs.yml").write_text(mkdocs, encoding="utf-8")
    settings = folder / "postmortem.yml"
    settings.write_text(
        'schema_version: "1.0"\n'
        'publisher: {name: Example AI, role: provider, contact: "mailto:a@example.com"}\n'
        f'site: {{url: "{ADDRESS}"}}\n'
        'feeds: {authority: "status.example.com,2026"}\n'
        "services: [{id: api, name: API}]\n",
        encoding="utf-8",
    )
    return settings
