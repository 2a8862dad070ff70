"""Where settings are found, and how each mistake in them is told."""

from pathlib import Path

import pytest

from postmortem.corpus import settings
from postmortem.errors import SettingsError
from postmortem.model.settings import Denied

SMALL = """\
schema_version: "1.0"
publisher: {name: Example AI, role: provider, contact: "mailto:reliability@example.com"}
site: {url: "https://status.example.com/"}
feeds: {authority: "status.example.com,2026"}
services:
  - {id: api, name: API}
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "postmortem.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_nearest_settings_are_found_from_the_folder_upwards(tmp_path: Path) -> None:
    outer = written(tmp_path, SMALL)
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert settings.find(tmp_path / "a" / "b") == outer.resolve()
    inner = written(tmp_path / "a", SMALL)
    assert settings.find(tmp_path / "a" / "b") == inner.resolve()


def test_no_settings_anywhere_names_the_next_step(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"no postmortem.yml here or in any folder above; name one with --settings"):
        settings.find(tmp_path)


def test_small_settings_load(tmp_path: Path) -> None:
    loaded = settings.load(written(tmp_path, SMALL))
    assert loaded.publisher.name == "Example AI"
    assert loaded.site.live is True
    assert loaded.incidents == "incidents"


def test_an_unknown_key_is_named_with_its_place(tmp_path: Path) -> None:
    path = written(tmp_path, SMALL + "sevices: []\n")
    with pytest.raises(SettingsError, match=r"postmortem.yml:7:1: .*sevices"):
        settings.load(path)


def test_every_problem_is_told_in_one_line_each(tmp_path: Path) -> None:
    path = written(tmp_path, SMALL.replace("role: provider", "role: boss") + "sevices: []\n")
    with pytest.raises(SettingsError) as caught:
        settings.load(path)
    assert [line.split(":")[1] for line in str(caught.value).splitlines()] == ["2", "7"]


def test_an_id_that_stands_twice_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, SMALL + "  - {id: api, name: Another}\n")
    with pytest.raises(SettingsError, match="services: the id 'api' stands 2 times"):
        settings.load(path)


def test_a_provider_that_nobody_lists_is_refused(tmp_path: Path) -> None:
    path = written(
        tmp_path, SMALL + "  - {id: chat, name: Chat, provider: acme}\nproviders:\n  - {id: other, name: O}\n"
    )
    with pytest.raises(SettingsError, match=r"chat: the provider 'acme' is not listed under providers \(other\)"):
        settings.load(path)


def test_missing_settings_are_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        settings.load(tmp_path / "postmortem.yml")


def test_names_of_the_deny_list_are_read_from_beside_the_settings(tmp_path: Path) -> None:
    path = written(tmp_path, f"{SMALL}deny: {{path: private/names.txt}}\n")
    (tmp_path / "private").mkdir()
    text = "# one a line\nAnn Example\n\n Contoso \nAnn Example\n"
    (tmp_path / "private" / "names.txt").write_text(text, encoding="utf-8")
    assert settings.load(path).deny == Denied(path="private/names.txt", names=("Ann Example", "Contoso"))


def test_a_deny_list_that_is_not_there_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, f"{SMALL}deny: {{path: private/names.txt}}\n")
    with pytest.raises(SettingsError, match=r"deny\.path names private/names\.txt, which cannot be read"):
        settings.load(path)


def test_an_edited_deny_list_changes_what_caches_are_keyed_by(tmp_path: Path) -> None:
    path = written(tmp_path, SMALL + "deny: {path: names.txt}\n")
    (tmp_path / "names.txt").write_text("Maria Example\n", encoding="utf-8")
    before = settings.identity(path, settings.load(path))
    (tmp_path / "names.txt").write_text("Maria Example\nJohn Example\n", encoding="utf-8")
    assert settings.identity(path, settings.load(path)) != before
