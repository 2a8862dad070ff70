"""The same pages and the same as-of date give the same files, whatever the machine says about time, place and order;
`mkdocs build` gives them, too.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import ROOT, tree
from tests.site.configurations import RICH, beside
from tests.site.fakes import project

HERE = Path(__file__).resolve().parent
EPOCH = "1795435506"
"""Some second of 2026-11-23."""

MKDOCS = RICH + f"\nplugins: [search, postmortem]\nhooks: [{HERE / 'supplied.py'}]\n"


def build(folder: Path, command: list[str], environment: dict[str, str]) -> dict[str, str]:
    bare = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=bare | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return tree(folder / "public")


def made(folder: Path) -> Path:
    project(folder, MKDOCS)
    beside(folder)
    return folder


BUILD = ["-m", "mkdocs", "build", "--quiet"]
OURS = ["-m", "tests.site.killed", ".", "OLD"]


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = made(tmp_path_factory.mktemp("expected") / "p")
    return build(folder, BUILD, {"SOURCE_DATE_EPOCH": EPOCH, "PYTHONHASHSEED": "0", "TZ": "UTC"})


def test_another_zone_locale_seed_folder_and_order_change_no_byte(expected: dict[str, str], tmp_path: Path) -> None:
    first, other = made(tmp_path / "first"), tmp_path / "another place" / "ü"
    for path in sorted((path for path in first.rglob("*") if path.is_file()), reverse=True):
        copy = other / path.relative_to(first)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    strange = {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "de", "PYTHONHASHSEED": "4242"}
    assert build(other, BUILD, {"SOURCE_DATE_EPOCH": "1795392000", **strange}) == expected


def test_our_own_command_gives_what_mkdocs_gives(expected: dict[str, str], tmp_path: Path) -> None:
    assert build(made(tmp_path / "p"), OURS, {}) == expected


def test_a_second_build_touches_no_file(tmp_path: Path) -> None:
    folder = made(tmp_path / "p")
    build(folder, BUILD, {"SOURCE_DATE_EPOCH": EPOCH})
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("public/**/*")}
    build(folder, BUILD, {"SOURCE_DATE_EPOCH": EPOCH})
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("public/**/*")} == before
