"""The output folder: what is refused, what is touched, what is left alone."""

import errno
import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from postmortem.errors import OutputRefusedError
from postmortem.site.output import MARKER, Output, Tally
from tests.command import tree


def write(folder: Path, files: dict[str, bytes]) -> Tally:
    output = Output(folder)
    try:
        for path, body in files.items():
            output.put(path, body)
        return output.commit()
    finally:
        output.close()


def held(folder: Path) -> dict[str, bytes]:
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in files.items() if name != MARKER}


FIRST = {"index.html": b"home", "incidents/a/index.html": b"a", "incidents/b/index.html": b"b", ".well-known/x": b"{}"}


def test_writes_every_file_also_below_names_that_begin_with_a_dot(tmp_path: Path) -> None:
    tally = write(tmp_path / "public", FIRST)
    assert held(tmp_path / "public") == FIRST
    assert tally == Tally(written=5, unchanged=0, deleted=0)
    assert [path.name for path in tmp_path.iterdir()] == ["public"]


def test_leaves_unchanged_files_alone_and_deletes_what_is_gone(tmp_path: Path) -> None:
    public = tmp_path / "public"
    write(public, FIRST)
    for path in public.rglob("*"):
        os.utime(path, ns=(1, 1))
    second = {**FIRST, "incidents/b/index.html": b"B", "incidents/c/index.html": b"c"}
    del second["incidents/a/index.html"]
    tally = write(public, second)
    assert tally == Tally(written=2, unchanged=3, deleted=1)
    assert held(public) == second
    assert not (public / "incidents" / "a").exists()
    kept = ("index.html", ".well-known/x", MARKER)
    assert {(public / path).stat().st_mtime_ns for path in kept} == {1}
    assert (public / "incidents/b/index.html").stat().st_mtime_ns != 1


def test_a_file_may_become_a_folder_and_a_folder_a_file(tmp_path: Path) -> None:
    public = tmp_path / "public"
    write(public, {"a": b"file", "b/c/d": b"deep", "b/c/e": b"deep", "f": b"x"})
    write(public, {"a/b/c": b"now a folder", "b": b"now a file", "f": b"x"})
    assert held(public) == {"a/b/c": b"now a folder", "b": b"now a file", "f": b"x"}


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "public").mkdir()
    write(tmp_path / "public", FIRST)
    assert held(tmp_path / "public") == FIRST


def test_a_folder_of_somebody_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    public = tmp_path / "public"
    (public / "sub").mkdir(parents=True)
    (public / "sub" / "thesis.txt").write_text("years of work", encoding="utf-8")
    (public / "notes.txt").write_text("mine", encoding="utf-8")
    before = tree(public)
    with pytest.raises(OutputRefusedError, match=r"public: the output folder holds notes\.txt and 1 more.*--out"):
        write(public, FIRST)
    assert tree(public) == before
    assert [path.name for path in tmp_path.iterdir()] == ["public"]


@pytest.mark.parametrize("target", ["elsewhere", "missing"])
def test_a_symbolic_link_as_output_folder_is_refused(tmp_path: Path, target: str) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "public").symlink_to(tmp_path / target)
    with pytest.raises(OutputRefusedError, match="symbolic link"):
        write(tmp_path / "public", FIRST)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_file_as_output_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "public").write_bytes(b"file")
    with pytest.raises(OutputRefusedError, match="is a file"):
        write(tmp_path / "public", FIRST)


def test_a_marker_that_is_a_link_is_no_marker(tmp_path: Path) -> None:
    (tmp_path / "public").mkdir()
    (tmp_path / "real").write_bytes(b"")
    (tmp_path / "public" / MARKER).symlink_to(tmp_path / "real")
    with pytest.raises(OutputRefusedError):
        write(tmp_path / "public", FIRST)


def test_links_inside_the_output_are_replaced_never_followed(tmp_path: Path) -> None:
    public, outside = tmp_path / "public", tmp_path / "outside"
    write(public, FIRST)
    (outside / "a").mkdir(parents=True)
    (outside / "a" / "index.html").write_bytes(b"a")
    (outside / "precious").write_bytes(b"p")
    (public / "incidents" / "a" / "index.html").unlink()
    (public / "incidents" / "a" / "index.html").symlink_to(outside / "a" / "index.html")
    (public / "incidents" / "b" / "index.html").unlink()
    (public / "incidents" / "b").rmdir()
    (public / "incidents" / "b").symlink_to(outside)
    (public / "stale").symlink_to(outside)
    before = tree(outside)
    write(public, FIRST)
    assert held(public) == FIRST
    assert not [path for path in public.rglob("*") if path.is_symlink()]
    assert tree(outside) == before


@pytest.mark.parametrize("path", ["../x", "/etc/x", "a/../../x", "a//b", "./a", "a\\b", "a\0b", "", "a/"])
def test_a_path_that_leaves_the_folder_or_has_another_spelling_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(OutputRefusedError, match="not a path below the output folder"):
        write(tmp_path / "public", {path: b"x"})
    assert list(tmp_path.iterdir()) == []


def test_two_files_for_one_path_are_refused(tmp_path: Path) -> None:
    output = Output(tmp_path / "public")
    output.put("a", b"1")
    with pytest.raises(OutputRefusedError, match="a: two files"):
        output.put("a", b"1")
    output.close()


def test_a_run_beside_another_is_refused_and_a_dead_one_leaves_no_lock(tmp_path: Path) -> None:
    public = tmp_path / "public"
    first = Output(public)
    first.put("a", b"1")
    with pytest.raises(OutputRefusedError, match="another build"):
        Output(public)
    first.put("b", b"2")
    first.commit()
    assert held(public) == {"a": b"1", "b": b"2"}
    staging = tmp_path / ".postmortem-staging-public"
    (staging / "left").mkdir(parents=True)
    (staging / "left" / "behind").write_bytes(b"x")
    write(public, FIRST)
    assert held(public) == FIRST
    assert not staging.exists()


def test_nothing_is_touched_before_everything_is_there(tmp_path: Path) -> None:
    public = tmp_path / "public"
    write(public, FIRST)
    before = tree(public)
    output = Output(public)
    output.put("index.html", b"new")
    output.put("incidents/c/index.html", b"c")
    assert tree(public) == before
    output.close()
    assert tree(public) == before
    assert [path.name for path in tmp_path.iterdir()] == ["public"]


def test_files_come_before_what_lists_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    public = tmp_path / "public"
    write(public, dict.fromkeys(("incidents/a/index.html", "feeds/x", "sitemap.xml", "search/i", "assets/a.css"), b"1"))
    moved: list[str] = []
    replace = Path.replace

    def seen(self: Path, target: Path) -> Path:
        moved.append(target.relative_to(public).as_posix())
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", seen)
    write(public, dict.fromkeys(("feeds/x", "sitemap.xml", "search/i", "assets/a.css", "incidents/a/index.html"), b"2"))
    assert moved == ["assets/a.css", "incidents/a/index.html", "feeds/x", "search/i", "sitemap.xml"]


def test_the_marker_comes_first_so_that_a_stopped_first_run_can_be_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    public = tmp_path / "public"
    public.mkdir()

    def full(self: Path, target: Path) -> Path:
        if target.name == ".a":
            raise OSError(errno.ENOSPC, "No space left on device", str(target))
        return move(self, target)

    move = Path.replace
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OutputRefusedError, match="No space left"):
        write(public, {"index.html": b"1", ".a": b"2", "404.html": b"3"})
    monkeypatch.undo()
    assert {path.name for path in public.iterdir()} == {MARKER}
    write(public, FIRST)
    assert held(public) == FIRST


def test_a_folder_that_cannot_be_written_is_the_operators_to_mend(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputRefusedError, match=r"staging.*cannot be made"):
        Output(tmp_path / "file" / "public")


def test_the_lock_is_held_on_the_staging_folder_itself(tmp_path: Path) -> None:
    staging = tmp_path / ".postmortem-staging-public"
    staging.mkdir()
    lock = os.open(staging, os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_EX)
    with pytest.raises(OutputRefusedError, match="another build"):
        Output(tmp_path / "public")
    os.close(lock)
    write(tmp_path / "public", FIRST)


def test_an_output_folder_that_is_a_mount_of_its_own_is_filled_by_copies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    public = tmp_path / "public"
    write(public, FIRST)

    def across(move: Callable[[Path, Path], Path]) -> Callable[[Path, Path], Path]:
        def refused(self: Path, target: Path) -> Path:
            if self.is_relative_to(public) != target.is_relative_to(public):
                raise OSError(errno.EXDEV, "Invalid cross-device link")
            return move(self, target)

        return refused

    monkeypatch.setattr(Path, "replace", across(Path.replace))
    monkeypatch.setattr(Path, "rename", across(Path.rename))
    second = {"index.html": b"new", "a/b/c": b"deep"}
    write(public, second)
    assert held(public) == second
