"""An enriching that is killed leaves every file whole, old or new, and the next run mends what is left."""

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from tests.cli.commands import run_in
from tests.cli.feeding import ID, RECORD, UPDATES, answer, incident, project, write
from tests.cli.writing import files
from tests.command import ROOT

RECORDS, POINTS = 30, 200
"""As many records, and as many points at which a soak run kills."""


def child(folder: Path, at: int = 0) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.cli.killed", str(folder), str(at)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120)


class Project(msgspec.Struct, frozen=True):
    """A project with public records that were promised, what it is after a run, and how many changes that takes."""

    folder: Path
    old: dict[str, bytes]
    new: dict[str, bytes]
    total: int


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = tmp_path_factory.mktemp("killed") / "old"
    folder.mkdir()
    project(folder, state="published")
    names = [f"i{number}" for number in range(2, RECORDS + 1)]
    for name in names:
        record = (
            RECORD.replace("ID", f"{ID}-{name}")
            .replace("STATE", "published")
            .replace("incident: i1", f"incident: {name}")
        )
        write(folder, record, f"incidents/{ID}-{name}.yaml")
    answer(folder, incident(*UPDATES), *(incident(*UPDATES, id=name) for name in names))
    assert run_in(folder, "lint", "--fix").returncode == 0
    other = folder.with_name("new")
    shutil.copytree(folder, other)
    done = child(other)
    assert done.returncode == 0, done.stderr
    return Project(folder, state(folder), state(other), int(done.stdout.split()[-1]))


def state(folder: Path) -> dict[str, bytes]:
    """Every file but the ledger, with the day and time of the run taken out. What a killed process left beside a file
    begins with a dot and is no record.
    """
    held = {name: each for name, each in files(folder).items() if not Path(name).name.startswith(".")}
    return {
        name: re.sub(rb'(published: "|accessed: )[0-9T:Z-]+', rb"\1NOW", each)
        for name, each in held.items()
        if name != "ledger.jsonl"
    }


def die(before: Project, folder: Path, at: int) -> dict[str, bytes]:
    """Kill a run at one point, check what it left, and let the next one mend it; what it left."""
    shutil.copytree(before.folder, folder)
    assert child(folder, at).returncode == -signal.SIGKILL
    left = state(folder)
    assert left.keys() == before.old.keys()
    for name, content in left.items():
        assert content in (before.old[name], before.new[name]), f"{name} is neither old nor new"
    done = run_in(folder, "enrich", "--from", "capture.json", "--jobs", "1")
    assert done.returncode == 0, done.stderr
    assert state(folder) == before.new
    judged = run_in(folder, "lint")
    assert (judged.returncode, judged.stdout) == (0, f"{RECORDS} records, no findings\n")
    shutil.rmtree(folder)
    return left


def test_a_run_killed_before_its_first_change_leaves_everything_old(before: Project, tmp_path: Path) -> None:
    assert die(before, tmp_path / "p", 1) == before.old


def test_a_run_killed_in_the_middle_tears_no_file_and_the_next_mends(before: Project, tmp_path: Path) -> None:
    names = die(before, tmp_path / "p", before.total // 2).keys()
    assert names == before.old.keys()  # beside most files lies a new one
    left = die(before, tmp_path / "q", before.total * 3 // 4)
    assert left not in (before.old, before.new)


def test_a_run_killed_before_it_promised_is_mended_by_the_next(before: Project, tmp_path: Path) -> None:
    assert die(before, tmp_path / "p", before.total - 1) == before.new


@pytest.mark.soak
def test_a_run_killed_anywhere_tears_no_file_and_the_next_mends(before: Project, tmp_path: Path) -> None:
    points = sorted({1 + number * (before.total - 1) // POINTS for number in range(POINTS)})
    for at in points:
        die(before, tmp_path / f"p{at}", at)
