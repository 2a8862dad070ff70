"""The wheel works where there is no checkout: its schemas, templates and assets travel inside it.

In: the checkout, the locked hatchling. Out: a wheel, built without a network, installed into an empty virtualenv. That
virtualenv sees the package from the wheel alone, and of the running environment only the distributions that the
wheel's own metadata asks for, linked one by one: the tests' tools stay out of sight, so a dependency that
pyproject.toml forgets is an error here. (To install them again from locks/run.txt would prove no more and take a
minute; `make` does that.)
"""

import os
import shutil
import subprocess
import sys
import venv
import zipfile
from importlib.metadata import Distribution, distribution, distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import postmortem

ROOT = Path(__file__).resolve().parents[2]


def run(*command: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=120
    )


def needed(first: Distribution) -> dict[str, Distribution]:
    """Every distribution that `first` asks for on this machine, and what those ask for, by normalised name."""
    found: dict[str, Distribution] = {}
    waiting = [(first, frozenset({""}))]
    while waiting:
        asking, extras = waiting.pop()
        for requirement in map(Requirement, asking.requires or ()):
            marker, key = requirement.marker, canonicalize_name(requirement.name)
            here = marker is None or any(marker.evaluate({"extra": extra}) for extra in extras)
            if here and key not in found:
                found[key] = distribution(key)
                waiting.append((found[key], frozenset({"", *requirement.extras})))
    return found


def link_dependencies(site_packages: Path, folder: Path) -> None:
    """Make what the wheel in `site_packages` asks for, and nothing else, importable from `folder`."""
    folder.mkdir()
    (package,) = distributions(path=[str(site_packages)])
    for dependency in needed(package).values():
        tops = {file.parts[0] for file in dependency.files or ()} - {"..", "__pycache__"}
        for top in (top for top in tops if not (folder / top).exists()):
            (folder / top).symlink_to(Path(str(dependency.locate_file(top))))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, folder=ROOT)
    assert build.returncode == 0, build.stderr
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` folder of an empty virtualenv into which the wheel was installed."""
    room = tmp_path_factory.mktemp("elsewhere")
    venv.create(room / "venv", with_pip=False, symlinks=True)
    bin_folder = room / "venv" / "bin"
    pip = (sys.executable, "-m", "pip", "--python", bin_folder / "python", "install", "--quiet")
    install = run(*pip, "--no-deps", "--no-index", "--no-warn-script-location", wheel, folder=room)
    assert install.returncode == 0, install.stderr
    (site_packages,) = (room / "venv").glob("lib/python*/site-packages")
    link_dependencies(site_packages, room / "dependencies")
    (site_packages / "dependencies.pth").write_text(f"{room / 'dependencies'}\n", encoding="utf-8")
    return bin_folder


def test_the_wheel_carries_the_package_its_types_and_the_schemas(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    data = [path for path in (ROOT / "postmortem").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert {path.relative_to(ROOT).as_posix() for path in data} <= names
    assert {f"postmortem/schemas/{path.name}" for path in (ROOT / "schemas").glob("*.json")} <= names
    assert not [name for name in names if name.startswith(("tests/", "benchmarks/", "tools/"))]


def test_the_same_checkout_gives_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    again = run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path, folder=ROOT)
    assert again.returncode == 0, again.stderr
    assert (tmp_path / wheel.name).read_bytes() == wheel.read_bytes()


def test_the_package_comes_from_the_wheel_and_the_tests_tools_are_out_of_sight(installed: Path) -> None:
    program = "import postmortem, importlib.util as u; print(postmortem.__file__, u.find_spec('pytest'))"
    answer = run(installed / "python", "-c", program, folder=installed.parent)
    assert answer.returncode == 0, answer.stderr
    origin, hidden = answer.stdout.split()
    assert Path(origin).is_relative_to(installed.parent)
    assert hidden == "None"


def test_every_module_can_be_imported_with_the_declared_dependencies(installed: Path) -> None:
    program = (
        "import importlib, pkgutil, postmortem\n"
        "for module in pkgutil.walk_packages(postmortem.__path__, 'postmortem.'):\n"
        "    if not module.name.endswith('__main__'): importlib.import_module(module.name)\n"
    )
    answer = run(installed / "python", "-c", program, folder=installed.parent)
    assert answer.returncode == 0, answer.stderr


def test_the_installed_command_tells_its_version(installed: Path) -> None:
    answer = run(installed / "postmortem", "--version", folder=installed.parent)
    assert answer.returncode == 0, answer.stderr
    assert postmortem.__version__ in answer.stdout


def test_the_installed_command_lints_and_builds_an_example(installed: Path, tmp_path: Path) -> None:
    site = tmp_path / "somewhere else"
    shutil.copytree(ROOT / "examples" / "provider", site, ignore=shutil.ignore_patterns("public", ".postmortem*"))
    for command in (("lint",), ("build", "--as-of", "2026-08-01")):
        answer = run(installed / "postmortem", *command, folder=site)
        assert answer.returncode == 0, answer.stdout + answer.stderr
    assert (site / "public" / "index.html").is_file()
    assert (site / "public" / "feeds" / "incidents.atom").is_file()
    assert list((site / "public" / "schemas").glob("*.json"))
