"""Writing a file: whole or not at all, never over somebody else's change, never through a link."""

import os
import resource
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from postmortem.corpus.write import create, create_several, settle, write, write_several
from postmortem.errors import OutputRefusedError


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "record.yaml"
    path.write_bytes(b"old\r\n")
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_new_bytes_are_written_and_nothing_is_left_beside_them(record: Path) -> None:
    write(record, b"new\r\n\xff", b"old\r\n")
    assert record.read_bytes() == b"new\r\n\xff"
    assert names(record.parent) == ["record.yaml"]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o755])
def test_mode_bits_stay(record: Path, mode: int) -> None:
    record.chmod(mode)
    write(record, b"new", b"old\r\n")
    assert stat.S_IMODE(record.stat().st_mode) == mode


def test_who_has_the_old_file_open_keeps_the_old_bytes(record: Path) -> None:
    with record.open("rb") as reader:
        write(record, b"new", b"old\r\n")
        assert reader.read() == b"old\r\n"


def test_a_file_that_changed_since_it_was_read_is_left_alone(record: Path) -> None:
    with pytest.raises(
        OutputRefusedError, match=r"record\.yaml: not written: it was changed .*; run the command again"
    ):
        write(record, b"new", b"older")
    assert record.read_bytes() == b"old\r\n"
    assert names(record.parent) == ["record.yaml"]


def test_a_link_is_not_followed(record: Path) -> None:
    link = record.with_name("link.yaml")
    link.symlink_to(record)
    with pytest.raises(OutputRefusedError, match="symbolic link"):
        write(link, b"new", b"old\r\n")
    assert link.is_symlink()
    assert record.read_bytes() == b"old\r\n"


def test_a_device_or_folder_is_refused(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo.yaml"
    os.mkfifo(fifo)
    for path in (fifo, tmp_path):
        with pytest.raises(OutputRefusedError, match="no plain file"):
            write(path, b"new", b"")


def test_a_file_that_is_gone_stays_gone(record: Path) -> None:
    record.unlink()
    with pytest.raises(OutputRefusedError, match="cannot be read any more"):
        write(record, b"new", b"old\r\n")
    assert names(record.parent) == []


def test_a_read_only_file_is_respected(record: Path) -> None:
    record.chmod(0o444)
    with pytest.raises(OutputRefusedError, match="read-only"):
        write(record, b"new", b"old\r\n")
    assert record.read_bytes() == b"old\r\n"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_leaves_the_old_file(record: Path) -> None:
    record.parent.chmod(0o555)
    try:
        with pytest.raises(OutputRefusedError, match="folder cannot be written"):
            write(record, b"new", b"old\r\n")
    finally:
        record.parent.chmod(0o755)
    assert record.read_bytes() == b"old\r\n"


PROGRAM = """
import resource, sys
from pathlib import Path
from postmortem.corpus.write import create, settle, write
from postmortem.errors import OutputRefusedError
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
path = Path(sys.argv[1])
for attempt in (lambda: write(path, b"x" * 10_000, b"old\\r\\n"), lambda: create(path.with_name("n"), b"x" * 10_000)):
    try:
        attempt()
    except OutputRefusedError as error:
        print(error)
"""


def test_a_full_disk_leaves_the_old_file_and_no_half_of_the_new_one(record: Path) -> None:
    """A limit on the size of files fails in the same place as a disk without room."""
    assert resource.RLIMIT_FSIZE
    done = subprocess.run([sys.executable, "-c", PROGRAM, str(record)], capture_output=True, text=True, check=True)
    assert done.stdout.count("cannot be written") == 2
    assert record.read_bytes() == b"old\r\n"
    assert names(record.parent) == ["record.yaml"]


def test_what_a_killed_run_left_behind_does_not_matter(record: Path) -> None:
    left = record.with_name(f".record.yaml.{os.getpid()}-0.tmp")
    left.write_bytes(b"half")
    write(record, b"new", b"old\r\n")
    assert record.read_bytes() == b"new"
    assert left.read_bytes() == b"half"


def test_a_new_file_has_the_mode_that_the_umask_leaves(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        create(tmp_path / "2026" / "new.yaml", b"new")
    finally:
        os.umask(before)
    path = tmp_path / "2026" / "new.yaml"
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert path.stat().st_nlink == 1
    assert names(path.parent) == ["new.yaml"]


def test_a_new_file_never_takes_the_place_of_another(record: Path) -> None:
    dangling = record.with_name("dangling.yaml")
    dangling.symlink_to(record.with_name("nowhere.yaml"))
    for path in (record, dangling):
        with pytest.raises(OutputRefusedError, match=r"there is a file of this name already; choose another name"):
            create(path, b"new")
    assert record.read_bytes() == b"old\r\n"
    assert names(record.parent) == ["dangling.yaml", "record.yaml"]


def test_a_folder_that_cannot_be_made_is_told(record: Path) -> None:
    with pytest.raises(OutputRefusedError, match="folder cannot be made"):
        create(record / "new.yaml", b"new")


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The inodes of what is made to last, in order."""
    seen: list[int] = []

    def fsync(descriptor: int, really: Callable[[int], None] = os.fsync) -> None:
        seen.append(os.fstat(descriptor).st_ino)
        really(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    return seen


def test_a_file_lasts_before_its_name_does(record: Path, synced: list[int]) -> None:
    write(record, b"new", b"old\r\n")
    create(record.with_name("other.yaml"), b"other")
    other, folder = record.with_name("other.yaml").stat().st_ino, record.parent.stat().st_ino
    assert synced == [record.stat().st_ino, folder, other, folder]


def test_the_folder_of_many_files_is_settled_once(record: Path, synced: list[int]) -> None:
    other = record.with_name("other.yaml")
    write_several([(record, b"new", b"old\r\n")])
    create_several([(other, b"other")])
    assert synced == [record.stat().st_ino, other.stat().st_ino]
    settle([record.parent, other.parent, record.with_name("gone")])
    assert synced[2:] == [record.parent.stat().st_ino]


def test_of_several_files_each_is_written_or_refused_by_itself(record: Path) -> None:
    others = [record.with_name(f"{number}.yaml") for number in range(20)]
    for each in others:
        each.write_bytes(b"old")
    others[3].write_bytes(b"changed since")
    others[4].unlink()
    said = write_several([(each, b"new", b"old") for each in others])
    refused = {at: str(each) for at, each in enumerate(said) if each is not None}
    assert refused.keys() == {3, 4}
    assert "it was changed since it was read" in refused[3]
    assert "it cannot be read any more" in refused[4]
    assert {each.read_bytes() for each in others if each not in others[3:5]} == {b"new"}
    assert others[3].read_bytes() == b"changed since"
    assert names(record.parent) == sorted(["record.yaml", *(each.name for each in others if each != others[4])])


def test_of_several_new_files_none_takes_the_place_of_another(record: Path) -> None:
    new = [record.with_name(f"{number}.yaml") for number in range(20)]
    said = create_several([(each, b"new") for each in [*new, record, new[0]]])
    assert [at for at, each in enumerate(said) if each is not None] == [20, 21]
    assert {each.read_bytes() for each in new} == {b"new"}
    assert record.read_bytes() == b"old\r\n"
    assert names(record.parent) == sorted(["record.yaml", *(each.name for each in new)])


def test_of_several_files_all_are_durable_before_any_has_its_name(
    record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = [record.with_name(f"{number}.yaml") for number in range(20)]
    for each in others:
        each.write_bytes(b"old")
    lasting: list[int] = []
    named: list[int] = []

    def fsync(descriptor: int, really: Callable[[int], None] = os.fsync) -> None:
        really(descriptor)
        lasting.append(os.fstat(descriptor).st_ino)

    def replace(source: str, target: Path, really: Callable[[str, Path], None] = os.replace) -> None:
        named.append(Path(source).stat().st_ino)
        assert named[-1] in lasting
        really(source, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", replace)
    assert write_several([(each, b"new", b"old") for each in others]) == [None] * len(others)
    assert sorted(named) == sorted(lasting) == sorted(each.stat().st_ino for each in others)


def test_a_file_that_cannot_be_made_durable_is_refused_and_the_others_are_not(
    record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = record.with_name("other.yaml")
    other.write_bytes(b"old")

    def fsync(descriptor: int, really: Callable[[int], None] = os.fsync) -> None:
        if os.pread(descriptor, 9, 0) == b"bad":
            raise OSError(5, "Input/output error")
        really(descriptor)

    monkeypatch.setattr(os, "open", lambda path, flags, *mode, really=os.open: really(path, _readable(flags), *mode))
    monkeypatch.setattr(os, "fsync", fsync)
    good, bad = write_several([(other, b"good", b"old"), (record, b"bad", b"old\r\n")])
    assert good is None
    assert "it cannot be written (Input/output error)" in str(bad)
    assert (other.read_bytes(), record.read_bytes()) == (b"good", b"old\r\n")
    assert names(record.parent) == ["other.yaml", "record.yaml"]


def _readable(flags: int) -> int:
    return (flags & ~os.O_WRONLY) | os.O_RDWR if flags & os.O_WRONLY else flags
