"""The same records and the same as-of date give the same bytes, whatever the machine says about time, place and
order.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.records import write
from tests.command import AS_OF, ROOT, run, tree

EPOCH_OF_AS_OF = "1795392000"
"""2026-11-23T00:00:00Z in seconds."""


def project(folder: Path, records: int = 80) -> Path:
    """A project large enough that several jobs share it, with hand-written pages beside; an archive says its date."""
    write(folder, records)
    settings = folder / "postmortem.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("live: true", "live: false"), encoding="utf-8")
    shutil.copytree(ROOT / "site", folder / "site")
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    (folder / "mkdocs.yml").write_text(
        "\n".join(line for line in text.splitlines() if not line.startswith("site_url")), encoding="utf-8"
    )
    return folder


def shuffled(source: Path, target: Path) -> Path:
    """The same project, its files created in the opposite order and under other names of folders."""
    for path in sorted((path for path in source.rglob("*") if path.is_file()), reverse=True):
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    return target


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    folder = project(tmp_path_factory.mktemp("first"))
    environment = {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"}
    run("build", "--as-of", AS_OF, "--jobs", "1", cwd=folder, environment=environment)
    return folder, tree(folder / "public")


def test_another_zone_locale_seed_folder_order_and_number_of_jobs_change_no_byte(
    first: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    source, expected = first
    other = shuffled(source, tmp_path / "another" / "place with spaces and ü")
    shutil.rmtree(other / "public")
    environment = {
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "tr_TR.UTF-8",
        "LANGUAGE": "de",
        "PYTHONHASHSEED": "4242",
        "SOURCE_DATE_EPOCH": "1000000000",
    }
    run("build", "--as-of", AS_OF, "--jobs", "3", "--no-cache", cwd=other, environment=environment)
    assert tree(other / "public") == expected
    assert len(expected) > 200


def test_the_as_of_date_may_come_from_source_date_epoch(first: tuple[Path, dict[str, str]], tmp_path: Path) -> None:
    source, expected = first
    run("build", "--out", tmp_path / "out", cwd=source, environment={"SOURCE_DATE_EPOCH": EPOCH_OF_AS_OF})
    assert tree(tmp_path / "out") == expected


def test_a_second_build_changes_no_byte_and_touches_no_file(first: tuple[Path, dict[str, str]]) -> None:
    source, expected = first
    public = source / "public"
    before = {path: path.stat().st_mtime_ns for path in public.rglob("*") if path.is_file()}
    run("build", "--as-of", AS_OF, cwd=source)
    assert tree(public) == expected
    assert {path: path.stat().st_mtime_ns for path in public.rglob("*") if path.is_file()} == before


def test_another_as_of_date_leaves_incident_pages_and_feeds_alone(
    first: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    source, expected = first
    run("build", "--as-of", "2027-03-01", "--out", tmp_path / "out", cwd=source)
    later = tree(tmp_path / "out")
    assert later.keys() == expected.keys()
    changed = {path for path in later if later[path] != expected[path]}
    lists = {"index.html", "services", "models", "impact", "causes", "providers", "metrics", "transparency"}
    files = {"badge", "metrics.prom", "SHA256SUMS", "api"}
    assert {path.split("/")[0] for path in changed} <= lists | files
    assert {path for path in changed if path.startswith("api/v1/")} == {"api/v1/metrics.json", "api/v1/views.json"}
    assert changed


def test_mkdocs_build_gives_the_same_tree(first: tuple[Path, dict[str, str]], tmp_path: Path) -> None:
    source, expected = first
    other = shuffled(source, tmp_path / "other")
    shutil.rmtree(other / "public")
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet"],
        cwd=other,
        env={"PATH": "/usr/bin:/bin", "SOURCE_DATE_EPOCH": EPOCH_OF_AS_OF},
        check=True,
        timeout=300,
    )
    assert tree(other / "public") == expected
