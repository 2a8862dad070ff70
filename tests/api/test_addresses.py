"""Every address that a document tells has a file behind it: the whole site of the example, built by the command."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.command import ROOT, run

SITE = "https://status.example.com/"


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    settings = ROOT / "examples" / "provider" / "postmortem.yml"
    run("build", "--settings", settings, "--as-of", "2026-07-15", "--no-cache", "--out", folder / "public", cwd=folder)
    return folder / "public"


def addresses(shape: Any) -> set[str]:  # noqa: ANN401 - JSON
    """Every address of the site in a document, as a path below it."""
    if isinstance(shape, str):
        return {shape.removeprefix(SITE)} if shape.startswith(SITE) and not re.search(r"\s", shape) else set()
    inside = shape.values() if isinstance(shape, dict) else shape if isinstance(shape, list) else ()
    return {each for held in inside for each in addresses(held)}


def missing(public: Path, paths: set[str]) -> set[str]:
    files = {path: public / path.partition("#")[0] for path in paths}
    return {path for path, file in files.items() if not (file / "index.html" if file.is_dir() else file).is_file()}


@pytest.mark.parametrize(
    "path",
    [
        ".well-known/postmortem.json",
        "api/v1/incidents.json",
        "api/v1/services.json",
        "api/v1/models.json",
        "api/v1/feeds.json",
        "api/v2/incidents.json",
    ],
)
def test_nothing_is_told_that_is_not_there(public: Path, path: str) -> None:
    told = addresses(json.loads((public / path).read_bytes()))
    assert told
    assert missing(public, told) == set()


def test_index_and_changes_name_files(public: Path) -> None:
    paths = set((public / "index.txt").read_text(encoding="utf-8").splitlines())
    assert paths == {f"incidents/{path.name}" for path in (public / "incidents").glob("*.json")}
    assert missing(public, paths) == set()


def test_the_page_that_shows_the_api_links_what_is_there(public: Path) -> None:
    page = (public / "guide" / "api" / "index.html").read_text(encoding="utf-8")
    links = set(re.findall(r'href="\.\./\.\./([^"]+\.(?:json|jsonl|csv|prom))"', page))
    assert len(links) >= 9
    assert missing(public, links) == set()
