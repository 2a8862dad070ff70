"""A theme's files are found faster, and are the same files."""

from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from postmortem.site import unhidden
from tests.site.configurations import PLAIN
from tests.site.fakes import project


def copied(config: MkDocsConfig) -> list[tuple[str, str]]:
    """What MkDocs would copy of the theme, and from which folder."""
    files = Files([])
    files.add_files_from_theme(config.theme.get_env(), config)
    return [(file.src_uri, str(file.src_dir)) for file in files]


@pytest.fixture
def config(tmp_path: Path) -> MkDocsConfig:
    """A project whose own overrides hold something of everything."""
    project(tmp_path / "p", PLAIN.replace("name: material\n", "name: material\n  custom_dir: overrides\n"))
    for name in ("main.css", ".hidden.css", "deep/.hidden/a.css", "deep/er/b.css", ".icons/own.svg", "deep/c.html"):
        place = tmp_path / "p" / "overrides" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(name, encoding="utf-8")
    return load_config(str(tmp_path / "p" / "mkdocs.yml"))


def test_what_is_copied_of_a_theme_is_what_mkdocs_would_copy(config: MkDocsConfig) -> None:
    before = copied(config)
    unhidden.quicken(config.theme)
    assert copied(config) == before
    assert {"main.css", "deep/er/b.css"} <= {name for name, _ in before}


def test_what_is_behind_a_dot_is_not_listed_and_still_found_by_name(config: MkDocsConfig) -> None:
    unhidden.quicken(config.theme)
    environment = config.theme.get_env()
    assert not [name for name in environment.list_templates() if "/." in f"/{name}"]
    for icon in (".icons/own.svg", ".icons/material/pulse.svg"):
        assert environment.get_template(icon).render()
