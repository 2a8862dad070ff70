"""Compiled templates are kept for the next process, and only what was made from the same text by the same code is
believed.
"""

import stat
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from postmortem.pages.compiled import Kept


@pytest.fixture(autouse=True)
def _allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the machine that tests has chosen."""
    monkeypatch.setattr("sys.dont_write_bytecode", False)


@pytest.fixture
def generator(tmp_path: Path) -> Path:
    path = tmp_path / "environment.py"
    path.write_text("first", encoding="utf-8")
    return path


def _render(folder: Path, generator: Path, text: str) -> str:
    environment = Environment(
        loader=DictLoader({"a/page.html": text}), bytecode_cache=Kept(folder, generator.read_bytes()), autoescape=True
    )
    return environment.get_template("a/page.html").render(name="<x>")


def _kept(folder: Path) -> list[Path]:
    return sorted((folder / "__pycache__").glob("*"))


def test_what_was_compiled_is_found_again_and_gives_the_same(tmp_path: Path, generator: Path) -> None:
    first = _render(tmp_path, generator, "a {{ name }}")
    [kept] = _kept(tmp_path)
    before = kept.stat().st_mtime_ns, kept.read_bytes()
    assert _render(tmp_path, generator, "a {{ name }}") == first == "a &lt;x&gt;"
    assert (kept.stat().st_mtime_ns, kept.read_bytes()) == before


def test_a_changed_template_is_compiled_anew(tmp_path: Path, generator: Path) -> None:
    _render(tmp_path, generator, "a")
    assert _render(tmp_path, generator, "b") == "b"
    assert len(_kept(tmp_path)) == 1


def test_what_another_generator_wrote_is_not_believed(tmp_path: Path, generator: Path) -> None:
    _render(tmp_path, generator, "a {{ name }}")
    [kept] = _kept(tmp_path)
    before = kept.read_bytes()
    generator.write_text("second", encoding="utf-8")
    _render(tmp_path, generator, "a {{ name }}")
    assert kept.read_bytes() != before


@pytest.mark.parametrize("damage", [b"", b"x", b"\0" * 500])
def test_a_damaged_file_is_written_anew(tmp_path: Path, generator: Path, damage: bytes) -> None:
    _render(tmp_path, generator, "a {{ name }}")
    [kept] = _kept(tmp_path)
    whole = kept.read_bytes()
    for broken in (damage, whole[:32] + damage, whole[:-7]):
        kept.write_bytes(broken)
        assert _render(tmp_path, generator, "a {{ name }}") == "a &lt;x&gt;"
        assert kept.read_bytes() == whole


def test_a_folder_that_is_none_changes_nothing(tmp_path: Path, generator: Path) -> None:
    (tmp_path / "__pycache__").write_text("a file", encoding="utf-8")
    assert _render(tmp_path, generator, "a {{ name }}") == "a &lt;x&gt;"


def test_python_without_bytecode_keeps_none(tmp_path: Path, generator: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    _render(tmp_path, generator, "a")
    assert _kept(tmp_path) == []


def test_only_its_owner_may_write_what_is_kept(tmp_path: Path, generator: Path) -> None:
    _render(tmp_path, generator, "a")
    [kept] = _kept(tmp_path)
    assert not kept.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH)
