"""A stamped page is byte for byte the page that MkDocs itself renders from the same title, words, contents and body."""

from pathlib import Path

import pytest
from mkdocs.commands import build as mkdocs_build
from mkdocs.config import load_config

from postmortem.site import asof, run
from postmortem.site.supply import Wish
from tests.site import configurations
from tests.site.fakes import ADDRESS, AS_OF, SITE, project

HERE = Path(__file__).resolve().parent
PLUGINS = "\nplugins: [search, postmortem]\n"


def stamped(folder: Path, mkdocs: str, override: str = configurations.OVERRIDE) -> run.Outcome:
    settings = project(folder, mkdocs + PLUGINS)
    configurations.beside(folder, override)
    return run.build(Wish(settings=settings), AS_OF, supply=SITE)


def rendered(folder: Path, mkdocs: str, override: str = configurations.OVERRIDE) -> Path:
    """The same site, every page a page of MkDocs' own."""
    reference = f"\nplugins: [search]\nsite_url: {ADDRESS}\n"
    hooks = mkdocs if "hooks:" in mkdocs else mkdocs + "\nhooks:\n"
    project(folder, hooks.replace("hooks:\n", f"hooks:\n  - {HERE / 'reference.py'}\n") + reference)
    configurations.beside(folder, override)
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


@pytest.mark.parametrize(
    ("what", "hook"),
    [
        pytest.param("{{ page.title | upper }}", None, id="a-token-spelt-otherwise"),
        pytest.param("{{ page.title | length }}", None, id="a-number-from-the-title"),
        pytest.param("{{ page.content | length }}", None, id="a-number-from-the-body"),
        pytest.param("{% if 'plain' in page.url %}plain{% endif %}", None, id="a-condition-on-the-first-page"),
        pytest.param("{% if '%' in page.title %}x{% endif %}", None, id="a-condition-on-what-no-page-has"),
        pytest.param("{{ page.toc.items | length }}", None, id="a-number-from-the-contents"),
        pytest.param("", "squeeze.py", id="a-plugin-that-rewrites-the-page"),
    ],
)
def test_what_a_shell_cannot_carry_is_noticed_and_rendered_by_the_theme(
    tmp_path: Path, what: str, hook: str | None
) -> None:
    override = f'{{% extends "base.html" %}}{{% block extrahead %}}{{% if page %}}{what}{{% endif %}}{{% endblock %}}'
    custom = configurations.PLAIN.replace("name: material\n", "name: material\n  custom_dir: overrides\n")
    mkdocs = custom + (f"\nhooks:\n  - {HERE / hook}\n" if hook else "")
    outcome = stamped(tmp_path / "stamped", mkdocs, override)
    expected = rendered(tmp_path / "rendered", mkdocs, override)
    assert outcome.printed is not None
    assert outcome.printed.rendered > 1
    assert any("pages in incidents/ are rendered one by one" in warning for warning in outcome.warnings)
    for page in SITE.stamped:
        path = f"{page.path}index.html"
        assert (outcome.out / path).read_text("utf-8") == (expected / path).read_text("utf-8"), page.path


def test_a_theme_that_spells_a_token_otherwise_is_told_by_name(tmp_path: Path) -> None:
    override = (
        '{% extends "base.html" %}{% block extrahead %}{% if page %}{{ page.title | upper }}{% endif %}{% endblock %}'
    )
    custom = configurations.PLAIN.replace("name: material\n", "name: material\n  custom_dir: overrides\n")
    warnings = stamped(tmp_path / "p", custom, override).warnings
    assert "the theme changes what it is given: 'ZQPMTITLE" in warnings[0]
