"""What a reader is told, as feedparser sees it: nothing for a harmless change, and one thing for one update.

A reader notifies of an entry whose id it has not seen, and many of one whose date moved: both are compared, in every
feed of the site and in each of its formats.
"""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import feedparser
import pytest

from tests.command import AS_OF, ROOT, run
from tests.verify.sites import SETTINGS, record

Told = dict[str, set[tuple[str, str]]]
"""Of each feed the ids and dates of its entries."""

SECOND = "2025-03-08-chat-unavailable-2"
FIRST = "2025-03-08-chat-slow"
"""What the second was called when it was published."""
NEW = "2025-12-12-chat-unavailable-11"


def told(folder: Path, *arguments: str, **environment: str) -> Told:
    """Build the site, and read every live feed in RSS and Atom as a reader does."""
    run("build", *arguments, "--no-cache", cwd=folder, environment=environment)
    public = folder / "public"
    paths = [path for path in public.rglob("*") if path.suffix in (".rss", ".atom")]
    read: Told = {}
    for path in paths:
        heard = feedparser.parse(path.read_bytes())
        assert not heard.bozo, path
        read[path.relative_to(public).as_posix()] = {(each.id, each.published) for each in heard.entries}
    return read


def ours(folder: Path, id_: str) -> Path:
    """The file of a record."""
    (path,) = (folder / "incidents").rglob(f"{id_}.yaml")
    return path


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Told]:
    folder = tmp_path_factory.mktemp("before")
    (folder / "incidents").mkdir()
    providers = "providers: [{id: example-ai, name: Example AI}]\n"
    settings = SETTINGS.replace("services:\n", f"{providers}services:\n")
    (folder / "postmortem.yml").write_text(settings, encoding="utf-8")
    for number in (1, 2):
        put(folder, number)
    run("lint", "--fix", cwd=folder, check=False)
    return folder, told(folder, "--as-of", AS_OF, "--data-only")


def put(folder: Path, number: int) -> None:
    """One more record."""
    text = record(number).replace("services:", "provider: example-ai\nservices:", 1)
    found = re.search(r"^id: (\S+)", text, flags=re.MULTILINE)
    assert found is not None
    (folder / "incidents" / f"{found[1]}.yaml").write_text(text, encoding="utf-8")


def nothing(folder: Path) -> None:
    """The same again."""
    assert folder.is_dir()


def typo(folder: Path) -> None:
    """A word is corrected, and a silent revision says so."""
    change(ours(folder, SECOND), "Word 3 of it.", "The third word of it.")
    run("revise", SECOND, "--kind", "editorial", "--summary", "A typing error.", cwd=folder)


def title(folder: Path) -> None:
    """The incident is called otherwise."""
    change(ours(folder, SECOND), "title: Chat unavailable", "title: The chat was unavailable")


def moved_file(folder: Path) -> None:
    """The file lies in another folder."""
    path = ours(folder, SECOND)
    (folder / "incidents" / "elsewhere").mkdir()
    path.rename(folder / "incidents" / "elsewhere" / path.name)


def address(folder: Path) -> None:
    """The site has another address."""
    change(folder / "postmortem.yml", "https://status.example.com/", "https://elsewhere.example.net/status/")


def names(folder: Path) -> None:
    """Services and publisher are called otherwise."""
    change(folder / "postmortem.yml", "name: Example AI, role", "name: Another name, role")
    change(folder / "postmortem.yml", "name: Chat on the web", "name: The chat")


def note(folder: Path) -> None:
    """A note comes into the timeline, which is told to nobody."""
    late = '  - {id: n1, at: "2025-03-08T08:03Z", kind: note, text: The router.}\n'
    change(ours(folder, SECOND), "timeline:\n", f"timeline:\n{late}")


HARMLESS: tuple[Callable[[Path], None], ...] = (nothing, typo, title, moved_file, address, names, note)


@pytest.mark.parametrize("harmless", HARMLESS, ids=lambda each: each.__name__)
def test_a_harmless_change_is_told_to_nobody(
    harmless: Callable[[Path], None], before: tuple[Path, Told], tmp_path: Path
) -> None:
    source, expected = before
    folder = shutil.copytree(source, tmp_path / "project")
    harmless(folder)
    assert told(folder, "--as-of", AS_OF, "--data-only") == expected


def test_another_day_zone_and_locale_are_told_to_nobody(before: tuple[Path, Told], tmp_path: Path) -> None:
    source, expected = before
    folder = shutil.copytree(source, tmp_path / "project")
    elsewhere = {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "77"}
    assert told(folder, "--as-of", "2028-02-29", "--data-only", **elsewhere) == expected


def test_another_theme_is_told_to_nobody(before: tuple[Path, Told], tmp_path: Path) -> None:
    source, expected = before
    folder = shutil.copytree(source, tmp_path / "project")
    shutil.rmtree(folder / "public")
    shutil.copytree(ROOT / "site", folder / "site")
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").replace("primary: black", "primary: teal")
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    assert told(folder, "--as-of", AS_OF) == expected


def fresh(before: Told, after: Told) -> Told:
    """What each feed tells that it did not; what it told must still be there, under its date."""
    assert all(entries <= after[path] for path, entries in before.items())
    return {path: after[path] - entries for path, entries in before.items() if after[path] != entries}


def test_an_incident_that_has_nothing_to_do_with_another_is_told_alone(
    before: tuple[Path, Told], tmp_path: Path
) -> None:
    source, expected = before
    folder = shutil.copytree(source, tmp_path / "project")
    put(folder, 11)
    new = fresh(expected, told(folder, "--as-of", AS_OF, "--data-only"))
    assert new
    assert {id_.split(":incident/")[1].split("/")[0] for entries in new.values() for id_, _ in entries} == {NEW}


def test_a_public_update_is_told_once_in_each_feed_it_belongs_to(before: tuple[Path, Told], tmp_path: Path) -> None:
    source, expected = before
    folder = shutil.copytree(source, tmp_path / "project")
    run("update", SECOND, "It is back.", "--status", "investigating", cwd=folder)
    new = fresh(expected, told(folder, "--data-only"))
    id_ = f"tag:status.example.com,2026:incident/{FIRST}/u13"
    facets = ("service/web-app", "service/api", "impact/application_failure", "provider/example-ai")
    severities = ("severity/none", "severity/minor", "severity/major", "severity/critical")
    feeds = ["feed", "feeds/updates", *(f"feeds/{facet}/updates" for facet in (*facets, *severities))]
    assert new.keys() == {f"{feed}.{form}" for feed in feeds for form in ("rss", "atom")}
    assert {tuple(id_ for id_, _ in entries) for entries in new.values()} == {(id_,)}
