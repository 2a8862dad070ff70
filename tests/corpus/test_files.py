"""Which files are records, and what is refused instead of followed."""

import os
from pathlib import Path

import pytest

from postmortem.corpus.files import find
from postmortem.errors import UnreadableError


def test_records_are_found_below_and_sorted_by_name(tmp_path: Path) -> None:
    for name in ("2026/b.yaml", "2025/z.yml", "2026/a.yaml"):
        (tmp_path / "incidents" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "incidents" / name).write_text("x: 1\n")
    files, findings = find(tmp_path / "incidents", tmp_path)
    assert [file.name for file in files] == ["incidents/2025/z.yml", "incidents/2026/a.yaml", "incidents/2026/b.yaml"]
    assert findings == ()
    assert files[0].read() == b"x: 1\n"


def test_other_files_and_dot_files_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("about\n")
    (tmp_path / ".#draft.yaml").symlink_to("nowhere")
    assert find(tmp_path, tmp_path) == ((), ())


@pytest.mark.parametrize("target", ["record.yaml", "/etc/passwd", "missing", "folder"])
def test_a_link_is_refused_and_not_followed(tmp_path: Path, target: str) -> None:
    (tmp_path / "record.yaml").write_text("x: 1\n")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "inside.txt").write_text("no record\n")
    (tmp_path / "link.yaml").symlink_to(target)
    files, findings = find(tmp_path, tmp_path)
    assert [file.name for file in files] == ["record.yaml"]
    assert [(finding.code, finding.path) for finding in findings] == [("PM011", "link.yaml")]


def test_a_linked_folder_is_not_entered(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "secret.yaml").write_text("x: 1\n")
    (tmp_path / "incidents").mkdir()
    (tmp_path / "incidents" / "2026").symlink_to(tmp_path / "elsewhere")
    files, findings = find(tmp_path / "incidents", tmp_path)
    assert files == ()
    assert [finding.path for finding in findings] == ["incidents/2026"]


def test_a_pipe_is_refused_and_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "record.yaml")
    files, findings = find(tmp_path, tmp_path)
    assert files == ()
    assert [finding.code for finding in findings] == ["PM011"]


def test_a_name_that_is_no_text_is_refused_and_can_be_told(tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.yaml")).write_text("x: 1\n")
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xfe")).mkdir()
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xfd.txt")).touch()
    except OSError:
        pytest.skip("this file system takes UTF-8 names alone")
    files, findings = find(tmp_path, tmp_path)
    assert files == ()
    assert [(each.code, each.path) for each in findings] == [("PM011", "\ufffd"), ("PM011", "\ufffd.yaml")]


def test_a_missing_folder_is_named_with_the_next_step(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"incidents: does not exist; .* `incidents:` in the settings"):
        find(tmp_path / "incidents", tmp_path)


def test_a_file_in_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "incidents").write_text("")
    with pytest.raises(UnreadableError, match="is not a folder"):
        find(tmp_path / "incidents", tmp_path)
