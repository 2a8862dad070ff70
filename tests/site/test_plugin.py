"""What the plugin does to an MkDocs build, and what it refuses."""

import json
import logging
import os
import resource
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest
from mkdocs.commands import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from postmortem.errors import OutputRefusedError, SettingsError, UnreadableError
from postmortem.model.artifact import Artifact
from postmortem.model.page import SearchEntry
from postmortem.site import asof, run
from postmortem.site.mkdocs_plugin import PostmortemPlugin
from postmortem.site.supply import Wish
from tests.command import tree
from tests.site import configurations
from tests.site.fakes import ADDRESS, AS_OF, BROKEN, HISTORY, SITE, Fake, incident, project

PLUGINS = "\nplugins: [search, postmortem]\n"
PLAIN = configurations.PLAIN + PLUGINS


def build(folder: Path, mkdocs: str | None = PLAIN, site: Fake = SITE, out: Path | None = None) -> run.Outcome:
    settings = folder / "postmortem.yml"
    if not settings.exists():
        project(folder, mkdocs)
    return run.build(Wish(settings=settings), AS_OF, out, supply=site)


def test_pages_and_artifacts_are_all_there_and_nothing_of_the_machinery(tmp_path: Path) -> None:
    public = build(tmp_path / "p").out
    for page in (*SITE.nav, *SITE.stamped):
        assert page.body in (public / page.path / "index.html").read_text("utf-8")
    for artifact in SITE.files:
        assert (public / artifact.path).read_bytes() == artifact.body
    everything = "".join(path.read_text("utf-8", "replace") for path in public.rglob("*") if path.is_file())
    assert "zqpm" not in everything
    assert "a-probe" not in everything
    assert not list(public.rglob("*.gz"))


def test_the_sitemap_lists_every_page_once_in_order_with_its_revision_day_or_none(tmp_path: Path) -> None:
    public = build(tmp_path / "p").out
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    listed = {
        str(url.findtext(f"{space}loc")): url.findtext(f"{space}lastmod")
        for url in ET.fromstring((public / "sitemap.xml").read_bytes())  # noqa: S314 - our own
    }
    pages = {ADDRESS + page.path: page.changed and page.changed.isoformat() for page in (*SITE.nav, *SITE.stamped)}
    assert listed == pages | dict.fromkeys(
        (f"{ADDRESS}about/", f"{ADDRESS}subscribe/", f"{ADDRESS}guide/api/", f"{ADDRESS}guide/numbers/")
    )
    assert list(listed) == sorted(listed)


def test_search_knows_each_incident_once_and_hand_written_pages_by_heading(tmp_path: Path) -> None:
    odd = incident("odd", search=SearchEntry("<b> & co", "1 < 2"))
    public = build(tmp_path / "p", site=msgspec.structs.replace(SITE, stamped=(odd, *SITE.stamped))).out
    documents = json.loads((public / "search/search_index.json").read_bytes())["docs"]
    by_place = {each["location"]: each for each in documents}
    assert len(by_place) == len(documents)
    assert by_place["incidents/odd/"] == {
        "location": "incidents/odd/",
        "title": "&lt;b&gt; &amp; co",
        "text": "1 &lt; 2",
    }
    assert {page.path for page in SITE.stamped if page.search is not None} <= by_place.keys()
    assert "about/" in by_place
    assert not {"", "history/", "history/#y2026", "models/opus-4.8/"} & by_place.keys()
    added = [each["location"] for each in documents if each["location"].startswith("incidents/")]
    assert added == sorted(added, reverse=True)


def test_a_site_without_search_is_built_without_it(tmp_path: Path) -> None:
    outcome = build(tmp_path / "p", configurations.PLAIN + "\nplugins: [postmortem]\n")
    assert outcome.printed is not None
    assert not (outcome.out / "search").exists()


def test_every_page_announces_the_feeds_relative_to_itself(tmp_path: Path) -> None:
    public = build(tmp_path / "p").out
    for path, up in (
        ("index.html", ""),
        ("about/index.html", "../"),
        ("incidents/2026-06-01-plain/index.html", "../../"),
    ):
        text = (public / path).read_text("utf-8")
        for feed in ("updates", "incidents"):
            assert f'type="application/atom+xml" title="{feed.title()} (Atom)" href="{up}feeds/{feed}.atom">' in text
            assert f'type="application/feed+json" title="{feed.title()} (JSON)" href="{up}feeds/{feed}.json">' in text


def test_broken_records_end_the_build_and_leave_the_last_site_whole(tmp_path: Path) -> None:
    folder = tmp_path / "p"
    public = build(folder).out
    before = tree(public)
    outcome = build(folder, site=msgspec.structs.replace(SITE, findings=(BROKEN,), stamped=()))
    assert outcome.printed is None
    assert outcome.findings == (BROKEN,)
    assert tree(public) == before
    assert {path.name for path in folder.iterdir()} == {"site", "postmortem.yml", "mkdocs.yml", "public"}


def test_warnings_about_records_do_not_end_the_build(tmp_path: Path) -> None:
    warning = msgspec.structs.replace(BROKEN, weight="warning")
    outcome = build(tmp_path / "p", site=msgspec.structs.replace(SITE, findings=(warning,)))
    assert outcome.printed is not None
    assert outcome.findings == (warning,)


def test_broken_records_may_be_left_out(tmp_path: Path) -> None:
    settings = project(tmp_path / "p", PLAIN)
    site = msgspec.structs.replace(SITE, findings=(BROKEN,))
    assert run.build(Wish(settings=settings, keep_going=True), AS_OF, supply=site).printed is not None


def test_under_mkdocs_itself_broken_records_are_told_line_by_line_and_exit_with_1(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    project(tmp_path / "p", PLAIN)
    config = load_config(str(tmp_path / "p" / "mkdocs.yml"))
    plugin = config.plugins["postmortem"]
    assert isinstance(plugin, PostmortemPlugin)
    plugin.supply = msgspec.structs.replace(SITE, findings=(BROKEN,))
    with asof.fixed(AS_OF), caplog.at_level(logging.ERROR), pytest.raises(Abort) as stopped:
        mkdocs_build.build(config)
    assert stopped.value.code == 1
    assert "incidents/broken.yaml:3:1: PM201 resolved before started" in caplog.messages
    assert not (tmp_path / "p" / "public").exists()


class Failing(Fake, frozen=True, kw_only=True):
    """A site that fails in the middle of what begins first, or when its pages are made already."""

    early: bool

    def _fail(self) -> Iterator[Artifact]:
        yield from self.files
        raise RuntimeError("a bug of ours")

    def from_rows(self) -> tuple[Callable[[], Iterator[Artifact]], ...]:
        """As `Prepared`, but for the end."""
        return (self._fail,) if self.early else ()

    def from_numbers(self) -> tuple[Callable[[], Iterator[Artifact]], ...]:
        """As above."""
        return () if self.early else (self._fail,)


@pytest.mark.parametrize("early", [True, False])
def test_a_failure_in_the_middle_leaves_the_last_site_whole(tmp_path: Path, *, early: bool) -> None:
    folder = tmp_path / "p"
    public = build(folder).out
    before = tree(public)
    failing = Failing(nav=SITE.nav, stamped=SITE.stamped[:3], files=(Artifact("new", b"new"),), early=early)
    with pytest.raises(RuntimeError, match="a bug of ours"):
        build(folder, site=failing)
    assert tree(public) == before
    assert not list(folder.glob(".postmortem-staging*"))
    assert build(folder).printed is not None


def test_a_strict_build_with_warnings_leaves_the_last_site_whole(tmp_path: Path) -> None:
    folder = tmp_path / "p"
    public = build(folder, PLAIN + "strict: true\n").out
    before = tree(public)
    (folder / "site" / "about.md").write_text("# About\n[gone](gone.md)\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"strict.*gone\.md"):
        build(folder)
    assert tree(public) == before


def test_warnings_of_mkdocs_are_in_the_outcome(tmp_path: Path) -> None:
    project(tmp_path / "p", PLAIN)
    (tmp_path / "p" / "site" / "about.md").write_text("# About\n[gone](gone.md)\n", encoding="utf-8")
    assert any("gone.md" in warning for warning in build(tmp_path / "p").warnings)


@pytest.mark.parametrize("place", ["site/leak.txt", "site/sub/folder", "overrides/leak.css"])
def test_links_among_hand_written_files_are_refused(tmp_path: Path, place: str) -> None:
    folder = tmp_path / "p"
    project(folder, PLAIN.replace("name: material\n", "name: material\n  custom_dir: overrides\n"))
    secret = tmp_path / "secret"
    secret.mkdir()
    (folder / "overrides").mkdir()
    (folder / place).parent.mkdir(exist_ok=True)
    (folder / place).symlink_to(secret)
    with pytest.raises(UnreadableError, match=f"{place}: a symbolic link to"):
        build(folder)
    assert not (folder / "public").exists()


def test_template_overrides_below_the_docs_are_not_published(tmp_path: Path) -> None:
    folder = tmp_path / "p"
    project(folder, PLAIN.replace("name: material\n", "name: material\n  custom_dir: site/overrides\n"))
    (folder / "site" / "overrides").mkdir()
    (folder / "site" / "overrides" / "main.html").write_text('{% extends "base.html" %}', encoding="utf-8")
    assert not (build(folder).out / "overrides").exists()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("site_url: https://other.example.com/", r"mkdocs\.yml: site_url is https://other\.example\.com/.*site\.url"),
        ("use_directory_urls: false", "use_directory_urls is false"),
        ("nonsense: [", r"mkdocs\.yml"),
        ("docs_dir: missing", "docs_dir"),
    ],
)
def test_an_mkdocs_yml_that_contradicts_the_settings_is_refused(tmp_path: Path, line: str, message: str) -> None:
    kept = [old for old in PLAIN.splitlines() if not old.startswith(line.partition(":")[0])]
    with pytest.raises(SettingsError, match=message):
        build(tmp_path / "p", "\n".join((*kept, line)))
    assert not (tmp_path / "p" / "public").exists()


def test_the_same_site_url_with_or_without_a_slash_is_accepted(tmp_path: Path) -> None:
    assert build(tmp_path / "p", PLAIN + f"site_url: {ADDRESS.rstrip('/')}\n").printed is not None


def test_the_address_of_a_preview_is_accepted(tmp_path: Path) -> None:
    outcome = build(tmp_path / "p", PLAIN + "site_url: http://127.0.0.1:8000/\n")
    assert "http://127.0.0.1:8000/about/" in (outcome.out / "about" / "index.html").read_text("utf-8")


def test_an_mkdocs_yml_without_the_plugin_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="add `- postmortem` under `plugins:`"):
        build(tmp_path / "p", configurations.PLAIN)


def test_a_hand_written_page_in_the_place_of_a_generated_one_is_refused(tmp_path: Path) -> None:
    project(tmp_path / "p", PLAIN)
    (tmp_path / "p" / "site" / "history.md").write_text("# Mine\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"history\.md: the page at /history/ is made from the records"):
        build(tmp_path / "p")


def test_a_hand_written_file_in_the_place_of_an_artifact_is_refused(tmp_path: Path) -> None:
    project(tmp_path / "p", PLAIN)
    (tmp_path / "p" / "site" / "feeds").mkdir()
    (tmp_path / "p" / "site" / "feeds" / "incidents.atom").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputRefusedError, match=r"feeds/incidents\.atom: two files"):
        build(tmp_path / "p")


def test_a_hand_written_page_takes_the_place_of_ours(tmp_path: Path) -> None:
    project(tmp_path / "p", PLAIN)
    (tmp_path / "p" / "site" / "guide").mkdir()
    (tmp_path / "p" / "site" / "guide" / "api.md").write_text("# Our own words\n", encoding="utf-8")
    text = (build(tmp_path / "p").out / "guide" / "api" / "index.html").read_text("utf-8")
    assert "Our own words" in text
    assert "SHA256SUMS" not in text


def test_the_output_folder_of_the_command_is_relative_to_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project(tmp_path / "p", PLAIN)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    outcome = build(tmp_path / "p", out=Path("out"))
    assert outcome.out == tmp_path / "here" / "out"
    assert (tmp_path / "here" / "out" / "index.html").is_file()


def test_a_foreign_output_folder_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    project(tmp_path / "p", PLAIN)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").write_text("x", encoding="utf-8")
    with pytest.raises(OutputRefusedError, match=r"out: the output folder holds thesis\.txt"):
        build(tmp_path / "p", out=tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["thesis.txt"]


def test_the_as_of_date_comes_from_the_environment_and_goes_back_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project(tmp_path / "p", PLAIN)
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    time.tzset()
    seen: list[date] = []

    def supply(wish: Wish, as_of: date) -> Fake:
        del wish
        seen.append(as_of)
        return SITE

    for given, expected in (("1795478399", date(2026, 11, 23)), ("1795478400", date(2026, 11, 24))):
        monkeypatch.setenv(asof.VARIABLE, given)
        config = load_config(str(tmp_path / "p" / "mkdocs.yml"))
        plugin = config.plugins["postmortem"]
        assert isinstance(plugin, PostmortemPlugin)
        plugin.supply = supply
        mkdocs_build.build(config)
        assert seen[-1] == expected
        assert os.environ[asof.VARIABLE] == given
    run.build(Wish(settings=tmp_path / "p" / "postmortem.yml"), AS_OF, supply=supply)
    assert seen[-1] == AS_OF
    assert os.environ[asof.VARIABLE] == "1795478400"
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("given", ["yesterday", "99999999999999999999"])
def test_a_source_date_that_is_no_date_is_the_operators_to_mend(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv(asof.VARIABLE, given)
    with pytest.raises(SettingsError, match=f"{asof.VARIABLE}={given}"):
        asof.read()


def test_data_only_writes_the_artifacts_and_nothing_else(tmp_path: Path) -> None:
    settings = project(tmp_path / "p", None)
    outcome = run.data_only(Wish(settings=settings), AS_OF, supply=SITE)
    assert outcome.out == tmp_path / "p" / "public"
    found = {path.relative_to(outcome.out).as_posix() for path in outcome.out.rglob("*") if path.is_file()}
    assert found == {".postmortem", "SHA256SUMS", *(artifact.path for artifact in SITE.files)}


def test_data_only_refuses_broken_records(tmp_path: Path) -> None:
    settings = project(tmp_path / "p", None)
    site = msgspec.structs.replace(SITE, findings=(BROKEN,))
    assert run.data_only(Wish(settings=settings), AS_OF, supply=site).printed is None
    assert not (tmp_path / "p" / "public").exists()


def test_a_project_without_mkdocs_yml_and_without_pages_of_its_own_gets_ours(tmp_path: Path) -> None:
    settings = project(tmp_path / "p", None)
    (tmp_path / "p" / "site" / "about.md").unlink()
    (tmp_path / "p" / "site").rmdir()
    public = run.build(Wish(settings=settings), AS_OF, supply=SITE).out
    text = (public / "index.html").read_text("utf-8")
    assert "Example AI: incidents" in text
    assert HISTORY.title in text
    assert (public / "subscribe" / "index.html").is_file()


def test_a_template_that_cannot_be_rendered_is_the_operators_to_mend(tmp_path: Path) -> None:
    folder = tmp_path / "p"
    project(folder, PLAIN.replace("name: material\n", "name: material\n  custom_dir: overrides\n"))
    (folder / "overrides").mkdir()
    (folder / "overrides" / "main.html").write_text('{% extends "base.html" %}\n{% block x %}', encoding="utf-8")
    with pytest.raises(SettingsError, match=r"main\.html:2: this template of the theme cannot be rendered"):
        build(folder)


def test_a_full_disk_leaves_the_last_site_whole(tmp_path: Path) -> None:
    folder = tmp_path / "p"
    public = build(folder).out
    before = tree(public)
    page = incident("large", body="<h1>Large</h1>" + "x" * 4_000_000)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, limits[1]))
    try:
        with pytest.raises(OutputRefusedError, match=r"staging-public: cannot be written \(File too large\)"):
            build(folder, site=msgspec.structs.replace(SITE, stamped=(*SITE.stamped[3:], page)))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert tree(public) == before
    assert not list(folder.glob(".postmortem-staging*"))
