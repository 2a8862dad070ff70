"""The configuration that we ship for projects without an mkdocs.yml, and that of this repository, are one."""

import re
from pathlib import Path
from typing import Any

import msgspec

from postmortem.site import run
from postmortem.site.supply import Wish
from postmortem.yamldoc.loader import read
from tests.command import ROOT, tree
from tests.site.fakes import AS_OF, ODD, SITE, incident, project

OWN = ("site_name", "site_description", "copyright", "nav")
"""What this repository's mkdocs.yml says about itself alone."""

NUMBERS = tuple(incident("x", path=path, title=path, kind="metrics") for path in ("metrics/", "transparency/"))
WHOLE = msgspec.structs.replace(
    SITE, nav=(*SITE.nav, *NUMBERS), stamped=tuple(each for each in ODD if each.path != "metrics/")
)
"""A site with every page that the shipped navigation names."""


def loaded(path: Path) -> dict[str, object]:
    document, findings = read(path.read_bytes(), path.name)
    assert document is not None
    assert findings == ()
    assert isinstance(document.data, dict)
    return document.data


def test_the_repositorys_mkdocs_yml_is_the_default_and_a_name_and_more_pages_of_the_guide() -> None:
    own, default = loaded(ROOT / "mkdocs.yml"), loaded(run.DEFAULT)
    assert {key: value for key, value in own.items() if key not in OWN} == {
        key: value for key, value in default.items() if key != "nav"
    }
    assert set(OWN) <= own.keys()
    sections = [[pair for each in listed(nav) for pair in each.items()] for nav in (own["nav"], default["nav"])]
    for (title, mine), (other, shipped) in zip(*sections, strict=True):
        assert title == other
        assert mine == shipped or mine[-len(shipped) :] == shipped


def test_a_project_that_writes_the_default_down_gets_the_same_site(tmp_path: Path) -> None:
    without = project(tmp_path / "without", None)
    written = project(tmp_path / "written", 'site_name: "Example AI: incidents"\n' + run.DEFAULT.read_text("utf-8"))
    first, second = (run.build(Wish(settings=each), AS_OF, supply=WHOLE) for each in (without, written))
    assert tree(first.out) == tree(second.out)


def listed(nav: object) -> list[dict[str, Any]]:
    assert isinstance(nav, list)
    return nav


def tabs(public: Path) -> list[str]:
    page = (public / "index.html").read_text("utf-8")
    (row,) = re.findall(r'<ul class="md-tabs__list">(.*?)</ul>', page, re.DOTALL)
    return re.sub(r"<[^>]+>", "", row).split()


def test_a_project_without_a_mkdocs_yml_has_our_tabs_in_our_order(tmp_path: Path) -> None:
    settings = project(tmp_path / "p", None)
    built = run.build(Wish(settings=settings), AS_OF, supply=WHOLE)
    assert tabs(built.out) == ["Now", "History", "Numbers", "Guide", "Subscribe", "About"]
    assert built.warnings == ()


def test_a_page_that_nobody_wrote_has_no_tab_and_one_that_somebody_wrote_has(tmp_path: Path) -> None:
    settings = project(tmp_path / "p", None)
    (settings.parent / "site" / "about.md").unlink()
    (settings.parent / "site" / "contact.md").write_text("# Contact\n\n[Guide](guide/ours.md)\n", "utf-8")
    (settings.parent / "site" / "guide").mkdir()
    (settings.parent / "site" / "guide" / "ours.md").write_text("# Ours\n", "utf-8")
    built = run.build(Wish(settings=settings), AS_OF, supply=SITE)
    assert tabs(built.out) == ["Now", "History", "Guide", "Contact", "Subscribe"]
    assert built.warnings == ()
    assert "Ours" in (built.out / "guide" / "api" / "index.html").read_text("utf-8")


def test_no_page_of_the_default_site_asks_another_server_for_anything(tmp_path: Path) -> None:
    public = run.build(Wish(settings=project(tmp_path / "p", None)), AS_OF, supply=SITE).out
    for path in public.rglob("*.html"):
        text = path.read_text("utf-8")
        for needle in ("fonts.g", "googleapis", 'src="http', 'src="//', "@import", "preconnect"):
            assert needle not in text, f"{path}: {needle}"
        for line in text.splitlines():
            if "<link" in line and "http" in line:
                assert 'rel="canonical"' in line, line


def test_a_publishers_name_is_words_and_no_markup_where_the_theme_prints_it(tmp_path: Path) -> None:
    settings = project(tmp_path / "p", None)
    text = settings.read_text("utf-8")
    assert "name: Example AI" in text
    settings.write_text(text.replace("name: Example AI", 'name: "A&B <i>C</i>"', 1), "utf-8")
    page = (run.build(Wish(settings=settings), AS_OF, supply=SITE).out / "index.html").read_text("utf-8")
    assert "A&amp;B &lt;i&gt;C&lt;/i&gt;: incidents</title>" in page
    assert "<i>C" not in page
