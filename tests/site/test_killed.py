"""A build that is killed leaves every file whole, old or new, and the next run mends what is left."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from tests.command import ROOT, tree
from tests.site import killed
from tests.site.configurations import PLAIN
from tests.site.fakes import project

POINTS = 250
"""How many points a soak run kills at, in each of two kinds of builds."""

PLUGINS = "\nplugins: [search, postmortem]\n"


def child(folder: Path, which: str, at: int = 0) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.site.killed", str(folder), which, str(at)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)


class Sites(msgspec.Struct, frozen=True):
    """A project with its old site, the trees of old and new, and where between them the output folder changes."""

    folder: Path
    old: dict[str, str]
    new: dict[str, str]
    first: int
    last: int
    total: int


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    folder = tmp_path_factory.mktemp("killed") / "old"
    project(folder, PLAIN + PLUGINS)
    killed.build(folder, killed.OLD)
    other = folder.with_name("new")
    shutil.copytree(folder, other)
    done = child(other, "NEW")
    assert done.returncode == 0, done.stderr
    return Sites(folder, tree(folder / "public"), tree(other / "public"), *map(int, done.stdout.split()))


def die(sites: Sites, folder: Path, at: int) -> dict[str, str]:
    """Kill a build at one point, check what it left, and let the next one mend it; what it left."""
    shutil.copytree(sites.folder, folder)
    assert child(folder, "NEW", at).returncode == -signal.SIGKILL
    left = tree(folder / "public")
    for path, digest in left.items():
        assert digest in {sites.old.get(path), sites.new.get(path)}, f"{path} is neither old nor new"
    killed.build(folder, killed.NEW)
    assert tree(folder / "public") == sites.new
    assert not list(folder.glob(".postmortem-staging*"))
    shutil.rmtree(folder)
    return left


def test_a_build_killed_before_it_touches_the_output_leaves_the_old_site(sites: Sites, tmp_path: Path) -> None:
    assert die(sites, tmp_path / "p", sites.first // 2) == sites.old


def test_a_build_killed_while_files_move_tears_none_and_the_next_mends(sites: Sites, tmp_path: Path) -> None:
    left = die(sites, tmp_path / "p", (sites.first + sites.last) // 2)
    assert left not in (sites.old, sites.new)


def test_a_build_killed_at_its_last_deletion_has_every_new_file(sites: Sites, tmp_path: Path) -> None:
    left = die(sites, tmp_path / "p", sites.last)
    assert left.items() >= sites.new.items()


@pytest.mark.soak
def test_a_build_killed_anywhere_tears_no_file_and_the_next_mends(sites: Sites, tmp_path: Path) -> None:
    for at in range(1, sites.total, max(1, sites.total // POINTS)):
        die(sites, tmp_path / f"p{at}", at)


@pytest.mark.soak
def test_a_first_build_killed_anywhere_leaves_no_folder_or_a_whole_one(sites: Sites, tmp_path: Path) -> None:
    folder = tmp_path / "p"
    shutil.copytree(sites.folder, folder)
    shutil.rmtree(folder / "public")
    total = int(child(folder, "NEW").stdout.split()[2])
    for at in range(1, total, max(1, total // POINTS)):
        shutil.rmtree(folder / "public", ignore_errors=True)
        assert child(folder, "NEW", at).returncode == -signal.SIGKILL
        assert not (folder / "public").exists() or tree(folder / "public") == sites.new
    killed.build(folder, killed.NEW)
    assert tree(folder / "public") == sites.new
