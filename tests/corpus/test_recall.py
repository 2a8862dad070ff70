"""What is remembered of files, and that no change to one is ever overlooked."""

import builtins
import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import msgspec
import pytest

from postmortem.corpus.cache import Store
from postmortem.corpus.files import RecordFile, find
from postmortem.corpus.recall import Known, Method, recall

KNOWN = msgspec.msgpack.Decoder(list[Known[str]])
LONG_AGO = 1_600_000_000_000_000_000
QUESTION = 32
"""With so many bytes a note says how it was asked; the rows follow."""


class Run:
    """One run over a folder: what it gave, which files were opened to be worked on, and what was known of each."""

    def __init__(self, folder: Path, *, given: bytes = b"", jobs: int = 1, began: int | None = None) -> None:
        self.made: list[str] = []
        files, _ = find(folder / "in", folder)
        method = Method(given, self._make, lambda file, error: f"{file.name}: {error.strerror}", KNOWN)
        self.store = Store(folder / "cache")
        if began is not None:
            self.store.began = began
        self.known = recall(files, method, self.store, jobs)
        self.rows = {each.name: each.row for each in self.known}

    def _make(self, files: Sequence[tuple[bytes, str]]) -> list[tuple[str, bytes | None]]:
        self.made.extend(name for _, name in files)
        return [(source.decode(), source * 2) for source, _ in files]


def later(path: Path) -> int:
    """A time of beginning at which the file had lain still for long enough."""
    return path.stat().st_ctime_ns + 3_000_000_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    for name in ("a", "b", "c"):
        (tmp_path / "in" / f"{name}.yaml").write_text(f"text {name}", encoding="utf-8")
    return tmp_path


def test_a_second_run_works_on_nothing(folder: Path) -> None:
    first, second = Run(folder), Run(folder)
    assert first.made == ["in/a.yaml", "in/b.yaml", "in/c.yaml"]
    assert second.made == []
    assert second.rows == first.rows == {f"in/{name}.yaml": f"text {name}" for name in "abc"}
    assert [second.store.get(each.key) for each in second.known] == [
        f"text {name}text {name}".encode() for name in "abc"
    ]


def test_only_what_changed_is_worked_on_again(folder: Path) -> None:
    Run(folder)
    (folder / "in/b.yaml").write_text("text B", encoding="utf-8")
    (folder / "in/c.yaml").unlink()
    (folder / "in/d.yaml").write_text("text a", encoding="utf-8")
    second = Run(folder)
    assert second.made == ["in/b.yaml", "in/d.yaml"]
    assert second.rows == {"in/a.yaml": "text a", "in/b.yaml": "text B", "in/d.yaml": "text a"}


def test_another_question_is_answered_anew(folder: Path) -> None:
    Run(folder, given=b"settings")
    assert len(Run(folder, given=b"other settings").made) == 3


def test_an_unchanged_stamp_answers_no_other_question(folder: Path) -> None:
    Run(folder, given=b"settings", began=later(folder / "in/c.yaml"))
    assert len(Run(folder, given=b"other settings").made) == 3
    assert len(Run(folder, given=b"settings").made) == 3


@pytest.mark.parametrize("jobs", [1, 2])
def test_workers_give_the_same_rows_and_blobs(folder: Path, jobs: int) -> None:
    for number in range(100):
        (folder / "in" / f"{number}.yaml").write_text(f"number {number}", encoding="utf-8")
    run = Run(folder, jobs=jobs)
    assert run.rows["in/99.yaml"] == "number 99"
    assert [run.store.get(each.key) for each in run.known] == [each.row.encode() * 2 for each in run.known]
    again = Run(folder, jobs=jobs)
    assert again.made == []
    assert again.rows == run.rows


def rewrite(path: Path) -> None:
    path.write_text("TEXT a", encoding="utf-8")


def replace(path: Path) -> None:
    """As editors do: another file takes the name."""
    aside = path.with_name("aside")
    aside.write_text("TEXT a", encoding="utf-8")
    aside.replace(path)


@pytest.mark.parametrize("edit", [rewrite, replace])
def test_an_edit_of_the_same_size_with_its_time_put_back_is_seen(folder: Path, edit: Callable[[Path], None]) -> None:
    path = folder / "in/a.yaml"
    os.utime(path, ns=(LONG_AGO, LONG_AGO))
    assert Run(folder, began=later(path)).known[0].stamp is not None
    edit(path)
    os.utime(path, ns=(LONG_AGO, LONG_AGO))
    assert Run(folder).rows["in/a.yaml"] == "TEXT a"


def test_a_file_touched_shortly_before_the_run_is_opened_again_by_the_next(folder: Path) -> None:
    """Another edit within one tick of the file system's clock would show no other stamp."""
    path = folder / "in/a.yaml"
    assert [each.stamp for each in Run(folder).known] == [None] * 3
    assert [each.stamp for each in Run(folder, began=path.stat().st_ctime_ns + 2_000_000_000).known] == [None] * 3


def test_an_unchanged_stamp_is_believed_without_opening_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Run(folder, began=later(folder / "in/c.yaml"))
    opened: list[object] = []
    really = builtins.open

    def seen(path: object, *arguments: object, **options: object) -> object:
        opened.append(path)
        return really(path, *arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(builtins, "open", seen)
    second = Run(folder)
    assert [path for path in opened if str(path).endswith(".yaml")] == []
    assert second.rows == first.rows


def _watch(opened: list[str], files: Sequence[tuple[bytes, str]]) -> list[tuple[str, bytes | None]]:
    opened.extend(name for _, name in files)
    return [(source.decode(), None) for source, _ in files]


def test_what_is_known_of_a_file_stays_its_own_whatever_is_worked_on_beside_it(folder: Path) -> None:
    Run(folder)
    (folder / "in/b.yaml").write_text("text B", encoding="utf-8")
    files, _ = find(folder / "in", folder)
    gone = RecordFile("in/gone.yaml", str(folder / "in/gone.yaml"))
    opened: list[str] = []
    method = Method(b"", partial(_watch, opened), lambda file, _: file.name, KNOWN)
    known = recall([files[1], gone, *files], method, Store(folder / "cache"), 1)
    assert [each.row for each in known] == ["text B", "in/gone.yaml", "text a", "text B", "text c"]
    assert opened == ["in/b.yaml", "in/b.yaml"]


def test_a_file_that_cannot_be_read_is_told_and_not_remembered(folder: Path) -> None:
    files = [RecordFile("in/gone.yaml", str(folder / "in/gone.yaml"))]
    method = Method(b"", partial(_watch, []), lambda file, error: f"{file.name}: {error.strerror}", KNOWN)
    known = recall(files, method, Store(folder / "cache"), 1)
    assert [each.row for each in known] == ["in/gone.yaml: No such file or directory"]
    assert KNOWN.decode(Store(folder / "cache").note[QUESTION:]) == []


@pytest.mark.parametrize("rows", [b"", b"\xc1", b"\x91\x01"])
def test_a_note_of_another_shape_is_no_note(folder: Path, rows: bytes) -> None:
    Run(folder)
    asked = Store(folder / "cache").note[:QUESTION]
    Store(folder / "cache").commit([], asked + rows)
    assert len(Run(folder).made) == 3
    assert Run(folder).made == []
