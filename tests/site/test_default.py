"""The configuration that we ship for projects without an mkdocs.yml, and that of this repository, are one."""

from pathlib import Path

from postmortem.site import run
from postmortem.site.supply import Wish
from postmortem.yamldoc.loader import read
from tests.command import ROOT, tree
from tests.site.fakes import AS_OF, SITE, project

OWN = ("site_name", "site_description", "copyright", "nav")
"""What this repository's mkdocs.yml says about itself alone."""


def loaded(path: Path) -> dict[str, object]:
    document, findings = read(path.read_bytes(), path.name)
    assert document is not None
    assert findings == ()
    assert isinstance(document.data, dict)
    return document.data


def test_the_repositorys_mkdocs_yml_is_the_default_and_a_name_and_a_navigation() -> None:
    own = loaded(ROOT / "mkdocs.yml")
    assert {key: value for key, value in own.items() if key not in OWN} == loaded(run.DEFAULT)
    assert set(OWN) <= own.keys()


def test_a_project_that_writes_the_default_down_gets_the_same_site(tmp_path: Path) -> None:
    without = project(tmp_path / "without", None)
    written = project(tmp_path / "written", 'site_name: "Example AI: incidents"\n' + run.DEFAULT.read_text("utf-8"))
    first, second = (run.build(Wish(settings=each), AS_OF, supply=SITE) for each in (without, written))
    assert tree(first.out) == tree(second.out)


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
