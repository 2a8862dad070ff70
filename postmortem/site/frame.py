"""What we set in MkDocs' configuration and put among its files: the frame around the pages made from records.

Settings and nav pages in; MkDocs' own objects changed. Knows neither records nor the output folder.
"""

from collections.abc import Container, Iterable, Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage

from postmortem.errors import SettingsError
from postmortem.model.page import Page
from postmortem.model.settings import Settings, address
from postmortem.site import theme

PACKAGE = Path(__file__).resolve().parent.parent
ASSETS = PACKAGE / "pages" / "assets"
"""What the pages' bodies need: scripts that every page loads; in `style/` the parts of the one style sheet; in `apart/`
what a page loads by itself.
"""

_STYLE = "assets/postmortem.css"

DOCS = Path(__file__).resolve().parent / "docs"
"""Hand-written pages that every site has unless it brings its own."""


def fit(config: MkDocsConfig, settings: Settings, *, preview: bool) -> None:
    """Make MkDocs agree with the settings. Raises SettingsError where mkdocs.yml says otherwise."""
    name = Path(config.config_file_path or "mkdocs.yml").name
    if not config.use_directory_urls:
        raise SettingsError(f"{name}: use_directory_urls is false; addresses of incidents are folders, so remove it")
    home = address(settings, "")
    host, port = config.dev_addr
    preview = preview or (config.site_url or "").startswith(f"http://{host}:{port}/")  # `mkdocs serve --clean`
    if config.site_url and config.site_url.rstrip("/") + "/" != home and not preview:
        raise SettingsError(
            f"{name}: site_url is {config.site_url}, but site.url in the settings is {settings.site.url};"
            " feeds and the API take addresses from the settings, so remove site_url or make them equal"
        )
    if not preview:
        config.site_url = home
    config.theme.static_templates.discard("sitemap.xml")
    config.extra_css.append(_STYLE)
    config.extra_javascript.extend(f"assets/{asset.name}" for asset in _files(ASSETS))


def furnish(files: Files, config: MkDocsConfig, paths: Iterable[str]) -> None:
    """Add the nav pages (their bodies come later), our assets and pages; leave out overrides and the theme's sitemap.

    Raises SettingsError where a hand-written page stands in the place of a page made from records.
    """
    taken = {file.dest_uri: file for file in files}
    for path in paths:
        other = taken.get(f"{path}index.html")
        if other is not None:
            raise SettingsError(
                f"{other.abs_src_path or other.src_uri}: the page at /{path} is made from the records;"
                " rename or remove this file"
            )
        files.append(File.generated(config, source(path), content=""))
    for uri, content in assets():
        if uri not in taken:
            files.append(File.generated(config, uri, content=content))
    for page_file in sorted(DOCS.rglob("*.md")):
        name = page_file.relative_to(DOCS)
        if f"{name.with_suffix('').as_posix()}/index.html" not in taken:
            text = page_file.read_text(encoding="utf-8")
            files.append(File.generated(config, name.as_posix(), content=text, inclusion=InclusionLevel.NOT_IN_NAV))
    for file in files:
        themes = file.src_uri == "sitemap.xml" and file.src_dir != config.docs_dir
        if themes or file.src_uri.startswith("overrides/"):
            file.inclusion = InclusionLevel.EXCLUDED


def addresses(files: Files) -> tuple[str, ...]:
    """The paths of all pages that MkDocs renders, the root's empty, sorted."""
    return tuple(sorted({file.url.removeprefix("./") for file in files.documentation_pages()}))


def source(path: str) -> str:
    """The name under which MkDocs knows the nav page at this path."""
    return f"{path}index.md"


def refill(files: Files, config: MkDocsConfig, paths: Container[str]) -> None:
    """Ask every plugin again for the contents of the nav pages, which had none when MkDocs asked."""
    for file in files.documentation_pages():
        if file.page is not None and is_nav(file.page, paths):
            file.page.content = config.plugins.on_page_content("", page=file.page, config=config, files=files)


def is_nav(page: MkDocsPage, paths: Container[str]) -> bool:
    """Whether a page of MkDocs is one of our nav pages."""
    return page.file.generated_by == "postmortem" and page.url in paths


def fill(shown: MkDocsPage, page: Page) -> str:
    """Give a nav page its words, contents and body; returns the body."""
    theme.dress(shown, page)
    shown.present_anchor_ids = {heading.anchor for heading in page.contents}
    return page.body


def assets() -> Iterator[tuple[str, bytes]]:
    """What every site publishes beside its pages: address and bytes."""
    yield _STYLE, b"\n".join(part.read_bytes() for part in _files(ASSETS / "style"))
    for asset in (*_files(ASSETS), *_files(ASSETS / "apart")):
        yield f"assets/{asset.name}", asset.read_bytes()


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*") if path.is_file())
