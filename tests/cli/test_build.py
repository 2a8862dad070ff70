"""What `postmortem build` does with good and bad projects, from outside: exit codes, words, what it leaves alone."""

import os
import shutil
from pathlib import Path

import pytest

from tests.command import AS_OF, ROOT, run, tree

MISTAKE = "  authentication: {state: maybe}"
RIGHT = "  authentication: {state: not_affected, confidence: confirmed}"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "examples" / "provider", tmp_path / "project")
    return tmp_path / "project"


def record(project: Path) -> Path:
    return project / "incidents/2026/2026-07-15-api-errors.yaml"


def break_it(project: Path) -> None:
    text = record(project).read_text(encoding="utf-8")
    assert RIGHT in text
    record(project).write_text(text.replace(RIGHT, MISTAKE), encoding="utf-8")


def test_a_broken_record_leaves_the_last_good_site_as_it_was(project: Path) -> None:
    run("build", "--as-of", AS_OF, cwd=project)
    before = tree(project / "public")
    break_it(project)
    (project / "incidents/2026/another.yaml").write_text("- - -\n", encoding="utf-8")
    refused = run("build", "--as-of", AS_OF, cwd=project, check=False)
    assert refused.returncode == 1
    assert "2026-07-15-api-errors.yaml:18:27" in refused.stderr
    assert "another.yaml:1:1" in refused.stderr
    assert "Nothing was written" in refused.stderr
    assert tree(project / "public") == before


def test_keep_going_leaves_out_what_is_broken_and_says_so(project: Path) -> None:
    break_it(project)
    done = run("build", "--as-of", AS_OF, "--keep-going", cwd=project)
    assert "LEFT OUT: incidents/2026/2026-07-15-api-errors.yaml" in done.stderr
    published = tree(project / "public")
    assert "incidents/2026-06-16-chat-errors/index.html" in published
    assert "incidents/2026-07-15-api-errors/index.html" not in published


def test_a_record_that_was_promised_does_not_vanish(project: Path) -> None:
    run("build", "--as-of", AS_OF, cwd=project)
    before = tree(project / "public")
    record(project).unlink()
    refused = run("build", "--as-of", AS_OF, cwd=project, check=False)
    assert refused.returncode == 1
    assert "error[PM705 gone-record]" in refused.stderr
    assert "ledger.jsonl:6:7" in refused.stderr
    assert tree(project / "public") == before


def test_a_deleted_record_that_nobody_was_promised_loses_its_page(project: Path) -> None:
    run("build", "--as-of", AS_OF, cwd=project)
    record(project).unlink()
    (project / "ledger.jsonl").unlink()
    run("build", "--as-of", AS_OF, cwd=project)
    assert not [path for path in tree(project / "public") if "2026-07-15" in path]


def test_no_record_at_all_makes_a_useful_empty_site(project: Path) -> None:
    shutil.rmtree(project / "incidents")
    (project / "incidents").mkdir()
    (project / "ledger.jsonl").unlink()
    run("build", "--as-of", AS_OF, cwd=project)
    home = (project / "public/index.html").read_text(encoding="utf-8")
    assert "schema_version" in home
    assert (project / "public/feeds/incidents.atom").is_file()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda folder: shutil.rmtree(folder / "incidents"), "incidents: does not exist"),
        (lambda folder: (folder / "postmortem.yml").unlink(), "no postmortem.yml here or in any folder above"),
        (lambda folder: (folder / "postmortem.yml").write_text("a: 1\n"), "postmortem.yml:1:1"),
        (lambda folder: (folder / "ledger.jsonl").write_text("{}\n"), "ledger.jsonl:1: this is no line of a ledger"),
    ],
)
def test_what_the_operator_must_mend_is_one_line_and_exit_3(project: Path, spoil: object, words: str) -> None:
    assert callable(spoil)
    spoil(project)
    done = run("build", "--as-of", AS_OF, cwd=project, check=False)
    assert done.returncode == 3
    assert words in done.stderr
    assert not (project / "public").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may list every folder")
def test_a_folder_that_may_not_be_listed_is_named(project: Path) -> None:
    (project / "incidents").chmod(0)
    done = run("build", "--as-of", AS_OF, cwd=project, check=False)
    (project / "incidents").chmod(0o755)
    assert done.returncode == 3
    assert "cannot be listed" in done.stderr


def test_a_folder_with_somebody_s_files_is_left_alone(project: Path) -> None:
    (project / "out").mkdir()
    (project / "out/mine.txt").write_text("mine", encoding="utf-8")
    done = run("build", "--as-of", AS_OF, "--out", "out", cwd=project, check=False)
    assert done.returncode == 3
    assert "mine.txt" in done.stderr
    assert tree(project / "out").keys() == {"mine.txt"}


def test_data_only_writes_feeds_and_json_and_no_theme(project: Path) -> None:
    run("build", "--as-of", AS_OF, "--data-only", cwd=project)
    published = tree(project / "public")
    assert "feeds/updates.json" in published
    assert "incidents/2026-06-16-chat-errors.json" in published
    assert not [path for path in published if path.endswith((".html", ".css"))]


def test_the_cache_changes_no_byte_and_survives_damage(project: Path) -> None:
    run("build", "--as-of", AS_OF, "--no-cache", cwd=project)
    expected = tree(project / "public")
    run("build", "--as-of", AS_OF, cwd=project)
    for out, names in (("a", "*"), ("b", "*.blobs"), ("c", "index")):
        damaged = [path for path in (project / ".postmortem-cache").rglob(names) if path.is_file()]
        assert damaged
        for path in damaged:
            path.write_bytes(path.read_bytes()[:-9])
        run("build", "--as-of", AS_OF, "--out", out, cwd=project)
        assert tree(project / out) == expected
