"""The schemas are found where they lie, once, and are published byte for byte."""

import json
from pathlib import Path

import pytest

from postmortem.errors import MissingPieceError
from postmortem.schema import breach, registry

ROOT = Path(__file__).resolve().parents[2]


def test_the_published_files_are_those_of_the_source_tree() -> None:
    assert dict(registry.published()) == {path.name: path.read_bytes() for path in (ROOT / "schemas").glob("*.json")}


def test_validators_are_compiled_once() -> None:
    assert registry.deciding("incident") is registry.deciding("incident")
    assert breach.explaining("settings") is breach.explaining("settings")


def test_the_tree_is_what_the_file_says() -> None:
    assert registry.tree("settings") == json.loads(registry.source("settings"))


def test_an_installation_without_its_schemas_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(registry, "_FOLDERS", (tmp_path,))
    registry.source.cache_clear()
    with pytest.raises(MissingPieceError, match="install postmortem again"):
        registry.source("incident")
