"""An MkDocs hook that makes every page of the fake site an ordinary page of MkDocs: what a stamp is held against.

It knows no shell, and nests headings with Python-Markdown's own function.
"""

from typing import Any

from markdown.extensions.toc import nest_toc_tokens
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import TableOfContents, get_toc

from postmortem.model.page import Page
from postmortem.site import head, mended
from postmortem.site.frame import ASSETS, assets
from tests.site.fakes import SITE

PAGES = {f"{page.path}index.md": page for page in (*SITE.nav, *SITE.stamped)}


def html(text: str) -> str:
    return str(escape(" ".join(text.split())))


def contents(page: Page) -> TableOfContents:
    tokens: list[Any] = [{"level": each.level, "id": each.anchor, "name": html(each.text)} for each in page.contents]
    if ' id="' in page.body.partition(">")[0]:
        tokens.insert(0, {"level": 1, "id": page.body.split('"')[1], "name": html(page.title)})
    return get_toc(nest_toc_tokens(tokens))


def on_config(config: MkDocsConfig) -> None:
    config.extra_css.append("assets/postmortem.css")
    config.extra_javascript.extend(f"assets/{path.name}" for path in sorted(ASSETS.glob("*.js")))


def on_files(files: Files, config: MkDocsConfig) -> None:
    for name, content in assets():
        files.append(File.generated(config, name, content=content))
    for source in PAGES:
        files.append(File.generated(config, source, content="", inclusion=InclusionLevel.NOT_IN_NAV))


def on_page_markdown(markdown: str, page: MkDocsPage, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG001 - MkDocs names the arguments
    ours = PAGES.get(page.file.src_uri)
    if ours is not None:
        page.meta = {"title": html(ours.title), "description": html(ours.description), "hide": list(ours.hide)}


def on_page_content(content: str, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001 - MkDocs names the arguments
    ours = PAGES.get(page.file.src_uri)
    if ours is None:
        return content
    page.toc = contents(ours)
    return ours.body


def on_post_page(output: str, page: MkDocsPage, config: MkDocsConfig) -> str:
    return mended.mend(head.add(output, page.url, head.card(page, config)))


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:  # noqa: ARG001 - as above
    return mended.mend(output_content)
