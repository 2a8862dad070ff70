"""The MkDocs plugin: MkDocs renders the hand-written pages and the navigation, we add everything made from records.

`plugins: [search, postmortem]` in mkdocs.yml is all a site needs; `mkdocs build` and `postmortem build` give the same
bytes. Judging begins first and goes on in other processes while MkDocs reads its own pages; nothing is written if a
record is broken. Stamping and writing come last, after every other plugin.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from postmortem.corpus import ledger
from postmortem.errors import PostmortemError
from postmortem.model.finding import Finding
from postmortem.site import asof, frame, head, mended, precompiled, tabs, unhidden
from postmortem.site.edition import Edition, Printed
from postmortem.site.output import Output, check
from postmortem.site.refusal import refuse_broken, refuse_links, refuse_warnings
from postmortem.site.supply import Supply, Wish, from_records
from postmortem.site.theme import Theme

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

Environment = TypeVar("Environment", bound=precompiled.Environment)

log = get_plugin_logger("postmortem")

CACHE = ".postmortem-cache/build"
"""The folder beside the settings in which results wait for the next run."""


class PostmortemConfig(Config):  # type: ignore[no-untyped-call]  # MkDocs leaves a hook of it untyped
    """The plugin's options in mkdocs.yml. `jobs` is a number of processes, by default one for each core."""

    settings = config_options.Type(str, default="postmortem.yml")
    jobs = config_options.Optional(config_options.Type(int))
    cache = config_options.Type(bool, default=True)
    keep_going = config_options.Type(bool, default=False)


@contextmanager
def _operator() -> Iterator[None]:
    """What the operator must mend ends the build as MkDocs ends it: one line, exit code 1."""
    try:
        yield
    except PostmortemError as error:
        raise PluginError(str(error)) from error


class PostmortemPlugin(BasePlugin[PostmortemConfig]):  # type: ignore[no-untyped-call]  # as above
    """MkDocs calls it; one instance lives through many builds of a process, an `Edition` through one build."""

    def __init__(self) -> None:
        self.supply: Supply = from_records
        self.wish: Wish | None = None
        self.findings: tuple[Finding, ...] = ()
        self.printed: Printed | None = None
        self.records = "incidents"
        self._preview = False
        self._edition: Edition | None = None

    def on_startup(self, *, command: str, dirty: bool) -> None:  # noqa: ARG002 - MkDocs names the arguments
        """Remember whether this is a preview."""
        self._preview = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the clock, load and judge the records, and send MkDocs' output aside."""
        as_of = asof.read()
        self._end()
        self.findings, self.printed = (), None
        with _operator():
            for folder in (config.docs_dir, config.theme.custom_dir):
                refuse_links(folder)
            check(Path(config.site_dir))
            wish = self._wish(config)
            prepared = self.supply(wish, as_of)
            try:
                frame.fit(config, prepared.settings, preview=self._preview)
                self._edition = Edition(prepared, Output(Path(config.site_dir)), as_of, wish.jobs)
            except PostmortemError:
                prepared.close()
                raise
            self.records = prepared.settings.incidents
        config.site_dir = str(self._edition.output.staging)
        unhidden.quicken(config.theme)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages of the navigation."""
        with _operator():
            frame.furnish(files, config, self._current.prepared.nav_paths)
        if Path(config.config_file_path or "") == self._wish(config).settings.absolute():  # no mkdocs.yml: ours is used
            config.nav = tabs.fit(config.nav or [], {each.src_uri for each in files.documentation_pages()})
        return files

    @event_priority(-100)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Keep the navigation for rendering, and which pages there are without us."""
        self._current.navigation = nav
        self._current.by_hand = frame.addresses(files)
        del config
        return nav

    @event_priority(-100)
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Keep the templates, as other plugins left them, for rendering; wait for the records, and refuse broken ones
        before a byte is written.
        """
        edition = self._current
        precompiled.keep(env)
        edition.theme = Theme(config, env, edition.navigation, files)
        edition.warm()
        with _operator():
            self.findings = edition.prepared.findings
            refuse_broken(self.findings, go_on=self._wish(config).keep_going)
            edition.judged = True
            edition.begin()
            frame.refill(files, config, edition.nav)
        return env

    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Put the body of a nav page where MkDocs has rendered an empty file, once the records are judged."""
        edition = self._current
        if edition.judged and frame.is_nav(page, edition.nav):
            return frame.fill(page, edition.nav[page.url])
        return html

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Announce the feeds on every page, and mend what the theme leaves without a name."""
        return mended.mend(head.add(output, page.url, head.card(page, config)))

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:  # noqa: ARG002
        """Mend the page that says that there is no such page, too."""
        return mended.mend(output_content) if template_name == "404.html" else output_content

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Stamp and write everything made from records, then move the whole site into place."""
        with _operator():
            refuse_warnings(config)
            self.printed = self._current.print(config.site_url or "")
        config.site_dir = str(self._current.output.folder)
        for doubt in self.printed.doubts:
            log.info(doubt)  # no warning: a strict build would fail with the site in place
        log.info("%s: %s", config.site_dir, self.printed.files)
        self._end()

    def on_build_error(self, *, error: Exception) -> None:  # noqa: ARG002
        """Leave the output folder as it was."""
        self._end()

    def on_shutdown(self) -> None:
        """Leave nothing behind when a run is interrupted."""
        self._end()

    def on_serve(
        self,
        server: "LiveReloadServer",
        *,
        config: MkDocsConfig,
        builder: Callable[..., object],  # noqa: ARG002
    ) -> "LiveReloadServer":
        """Build again when a record, the settings or the ledger change."""
        settings = self._wish(config).settings
        server.watch(str(settings))
        records = settings.parent / self.records
        promises = settings.parent / ledger.FILE_NAME
        for each in (records, promises):
            if each.exists():
                server.watch(str(each))
        return server

    @property
    def _current(self) -> Edition:
        if self._edition is None:
            raise PluginError("postmortem: MkDocs called its events out of order")
        return self._edition

    def _wish(self, config: MkDocsConfig) -> Wish:
        """What `postmortem` asked for, else what mkdocs.yml says; a preview leaves broken records out."""
        if self.wish is not None:
            return self.wish
        settings = Path(config.config_file_path or "mkdocs.yml").absolute().parent / self.config.settings
        return Wish(
            settings=settings,
            jobs=1 if self._preview else self.config.jobs or len(os.sched_getaffinity(0)),
            cache=settings.parent / CACHE if self.config.cache else None,
            keep_going=self.config.keep_going or self._preview,
        )

    def _end(self) -> None:
        if self._edition is not None:
            self._edition.close()
        self._edition = None
