"""What git says changed, asked of real repositories; and clear words where it cannot say."""

import os
import subprocess
from pathlib import Path

import pytest

from postmortem.corpus.git import changed
from postmortem.errors import UnreadableError


def git(folder: Path, *arguments: str) -> None:
    names = {f"GIT_{role}_{part}": "x@example.com" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    command = ["git", "-C", str(folder), *arguments]
    subprocess.run(command, check=True, capture_output=True, env=os.environ | names | quiet)


def put(folder: Path, *files: str, text: str = "x") -> None:
    for name in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Main with two files and one more commit; a branch that left it before that."""
    folder = tmp_path.resolve() / "project"
    put(folder, "incidents/a.yaml", "incidents/b.yaml")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "one")
    git(folder, "branch", "work")
    put(folder, "incidents/on-main.yaml")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "two")
    git(folder, "checkout", "-q", "work")
    return folder


def names(project: Path, since: str = "main", folder: str = ".") -> set[str]:
    return {path.relative_to(project).as_posix() for path in changed(project / folder, since)}


def test_nothing_changed_where_nothing_did(project: Path) -> None:
    assert names(project) == set()


def test_committed_staged_edited_and_new_files_count_and_what_main_did_does_not(project: Path) -> None:
    put(project, "incidents/committed ünd.yaml", "incidents/staged.yaml")
    git(project, "add", "incidents/committed ünd.yaml")
    git(project, "commit", "-qm", "three")
    git(project, "add", "incidents/staged.yaml")
    put(project, "incidents/a.yaml", text="edited")
    put(project, "incidents/new\nline.yaml")
    put(project, ".gitignore", text="*.tmp")
    put(project, "left.tmp")
    assert names(project, folder="incidents") == {
        "incidents/committed ünd.yaml",
        "incidents/staged.yaml",
        "incidents/a.yaml",
        "incidents/new\nline.yaml",
        ".gitignore",
    }


def test_a_renamed_file_counts_under_its_new_name(project: Path) -> None:
    git(project, "mv", "incidents/a.yaml", "incidents/c.yaml")
    assert "incidents/c.yaml" in names(project)


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", "", "main..work"])
def test_an_unknown_revision_is_named(project: Path, revision: str) -> None:
    with pytest.raises(UnreadableError, match="git knows no revision"):
        changed(project, revision)
    assert not (project / "x").exists()


def test_a_folder_outside_any_repository_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="this folder is in no git repository"):
        changed(tmp_path, "main")


def test_histories_with_nothing_in_common_are_told_what_to_fetch(project: Path) -> None:
    git(project, "checkout", "-q", "--orphan", "other")
    git(project, "commit", "-qm", "alone")
    with pytest.raises(UnreadableError, match="fetch-depth: 0"):
        changed(project, "main")
