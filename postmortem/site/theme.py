"""Rendering one page through the theme, with every plugin's say, as MkDocs does it for a page of its own.

A `Page` in, HTML out. MkDocs does not list the page: it is in no navigation, sitemap or search, and nothing is
written. Knows no shell.
"""

from collections.abc import Sequence
from typing import Protocol

from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from postmortem.model.page import Page
from postmortem.site import contents, tokens
from postmortem.site.shell import heading_id


class Template(Protocol):
    """What we ask of a template."""

    def render(self, *args: object, **kwargs: object) -> str:
        """Fill it in."""


class Templates(Protocol):
    """What we ask of the theme's environment (Jinja's, as plugins left it)."""

    def get_template(self, name: str) -> Template:
        """One template, by its name."""


class Theme:
    """What MkDocs had gathered when it was about to render its own pages."""

    def __init__(self, config: MkDocsConfig, templates: Templates, nav: Navigation, files: Files) -> None:
        self._config = config
        self._templates = templates
        self._nav = nav
        self._files = files
        self._listed: Sequence[File] = files.documentation_pages()

    def render(self, page: Page) -> str:
        """The page's HTML, finished: the same events in the same order as in MkDocs' own build."""
        config, plugins = self._config, self._config.plugins
        source = f"{page.path}index.md"
        file = File.generated(config, source, content="", inclusion=InclusionLevel.NOT_IN_NAV)
        shown = MkDocsPage(None, file, config)
        config._current_page = shown  # noqa: SLF001 - templates and plugins of MkDocs read it
        try:
            shown = plugins.on_pre_page(shown, config=config, files=self._files)
            shown.markdown = ""
            dress(shown, page)
            shown.markdown = plugins.on_page_markdown("", page=shown, config=config, files=self._files)
            shown.content = plugins.on_page_content(page.body, page=shown, config=config, files=self._files)
            shown.active = True
            template = self._templates.get_template(str(shown.meta.get("template", "main.html")))
            context = get_context(self._nav, self._listed, config, shown)
            context = plugins.on_page_context(context, page=shown, config=config, nav=self._nav)
            return plugins.on_post_page(template.render(context), page=shown, config=config)
        finally:
            shown.active = False
            config._current_page = None  # noqa: SLF001


def dress(shown: MkDocsPage, page: Page) -> None:
    """Give MkDocs' page what ours says of itself: words as HTML, contents as a tree, and no entry in the search by
    heading.
    """
    shown.meta["title"] = tokens.html(page.title)
    shown.meta["search"] = {"exclude": True}
    if page.description.strip():
        shown.meta["description"] = tokens.html(page.description)
    if page.hide:
        shown.meta["hide"] = list(page.hide)
    shown.content = page.body
    shown.toc = _tree(page)


def _tree(page: Page) -> TableOfContents:
    top = AnchorLink(tokens.html(page.title), heading_id(page.body), 1)
    path = [top]
    for line in contents.nested(page.contents):
        del path[line.depth :]
        link = AnchorLink(tokens.html(line.heading.text), line.heading.anchor, line.heading.level)
        path[-1].children.append(link)
        path.append(link)
    items = [top] if top.id else top.children
    for first in items[:1]:
        first.active = True  # type: ignore[attr-defined]  # MkDocs marks the first line so
    return TableOfContents(items)
