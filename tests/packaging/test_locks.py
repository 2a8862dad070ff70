"""The lock files hold what a repeatable installation needs, and nothing about where it comes from."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted((ROOT / "locks").glob("*.txt"))
PINNED = re.compile(r"^(?P<name>[a-z0-9][a-z0-9.-]*)==(?P<version>[^ ]+)( ; [^\\]+)? \\$")


def pins(path: Path) -> dict[str, str]:
    found = map(PINNED.match, path.read_text(encoding="utf-8").splitlines())
    return {match["name"]: match["version"] for match in found if match}


def wanted(requirements: list[str]) -> set[str]:
    return {
        re.split(r"[<>=!~ ;\[]", requirement, maxsplit=1)[0].lower().replace("_", "-") for requirement in requirements
    }


def test_there_is_one_lock_per_step_of_the_set_up() -> None:
    assert [path.name for path in LOCKS] == ["build.txt", "dev.txt", "run.txt"]


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_every_line_is_a_pin_or_a_hash_and_never_a_place(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        hashed = re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line)
        assert line.lstrip().startswith("#") or hashed or PINNED.match(line), line
        assert "://" not in line
        assert "index" not in line


def test_every_declared_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    assert wanted(project["project"]["dependencies"]) <= pins(ROOT / "locks" / "run.txt").keys()
    assert wanted(groups["build"]) <= pins(ROOT / "locks" / "build.txt").keys()
    assert wanted(groups["dev"]) <= pins(ROOT / "locks" / "dev.txt").keys()


def test_the_locks_agree_with_one_another() -> None:
    everything = pins(ROOT / "locks" / "dev.txt")
    for name in ("build.txt", "run.txt"):
        assert pins(ROOT / "locks" / name).items() <= everything.items()
