"""A stamped page is byte for byte the page that MkDocs itself renders from the same title, words, contents and body."""

import shutil
from pathlib import Path

import pytest
from mkdocs.commands import build as mkdocs_build
from mkdocs.config import load_config

from postmortem.site import asof, run
from postmortem.site.frame import DOCS
from postmortem.site.supply import Wish
from tests.site import configurations
from tests.site.fakes import ADDRESS, AS_OF, SITE, project

HERE = Path(__file__).resolve().parent
PLUGINS = "\nplugins: [search, postmortem]\n"


def stamped(folder: Path, mkdocs: str) -> run.Outcome:
    settings = project(folder, mkdocs + PLUGINS)
    configurations.beside(folder)
    return run.build(Wish(settings=settings), AS_OF, supply=SITE)


def rendered(folder: Path, mkdocs: str) -> Path:
    """The same site, every page a page of MkDocs' own."""
    hooks = f"\nplugins: [search]\nsite_url: {ADDRESS}\nhooks: [{HERE / 'reference.py'}]\n"
    project(folder, mkdocs + hooks)
    configurations.beside(folder)
    shutil.copyfile(DOCS / "subscribe.md", folder / "site" / "subscribe.md")
    config = load_config(str(folder / "mkdocs.yml"))
    with asof.fixed(AS_OF):
        mkdocs_build.build(config)
    return folder / "public"


@pytest.mark.parametrize(
    ("mkdocs", "one_by_one"),
    [
        pytest.param(configurations.PLAIN, 1, id="plain"),
        pytest.param(configurations.RICH, 1, id="rich"),
        pytest.param(configurations.INTEGRATED, 0, id="contents-in-the-navigation"),
        pytest.param(configurations.ANOTHER_THEME, 0, id="another-theme"),
    ],
)
def test_every_page_is_what_mkdocs_renders(tmp_path: Path, mkdocs: str, one_by_one: int) -> None:
    outcome = stamped(tmp_path / "stamped", mkdocs)
    expected = rendered(tmp_path / "rendered", mkdocs)
    assert outcome.printed is not None
    assert outcome.warnings == ()
    assert (outcome.printed.stamped, outcome.printed.rendered) == (len(SITE.stamped) - one_by_one, one_by_one)
    for page in (*SITE.nav, *SITE.stamped):
        path = f"{page.path}index.html"
        assert (outcome.out / path).read_text("utf-8") == (expected / path).read_text("utf-8"), page.path
    for path in ("about/index.html", "404.html"):
        assert (outcome.out / path).read_bytes() == (expected / path).read_bytes(), path
