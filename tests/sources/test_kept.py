"""What is kept on disk: whole or not believed, and never in the way, even of two runs at once."""

import hashlib
import multiprocessing
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.sources import kept
from postmortem.sources.kept import Kept
from tests.sources.loopback import FEED, NOW, fetch, http, serving

ADDRESS = "https://status.example/api"


def answer(content: bytes = FEED, number: int = 0, asked: str = ADDRESS) -> Kept:
    at = NOW + timedelta(seconds=number)
    return Kept(asked=asked, answered=asked, full=NOW, at=at, etag='"ü"', modified="Mon", content=content)


@pytest.fixture
def only(tmp_path: Path) -> Path:
    """The file that a kept answer lies in."""
    assert kept.save(tmp_path, answer()) == ""
    (path,) = tmp_path.iterdir()
    return path


def test_what_was_kept_comes_back(tmp_path: Path) -> None:
    for each in (answer(), answer(b""), answer(b"\n\0\xff" * 9, 5)):
        assert kept.save(tmp_path / "new" / "folder", each) == ""
        assert kept.load(tmp_path / "new" / "folder", ADDRESS) == (each, "")
    assert kept.load(tmp_path / "new" / "folder", "https://other.example/") == (None, "")
    assert (kept.save(None, answer()), kept.load(None, ADDRESS)) == ("", (None, ""))


def test_a_damaged_file_is_named_not_used_and_mended_by_the_next_answer(only: Path) -> None:
    whole = only.read_bytes()
    damages = [b"", whole[:-1], whole + b"x", whole[1:], whole.replace(b"incidents", b"incidentS"), b"\0" * 99]
    forged = b'{"asked":1}\n'
    damages.append(hashlib.sha256(forged).hexdigest().encode() + b"\n" + forged)
    for damaged in damages:
        only.write_bytes(damaged)
        found, wrong = kept.load(only.parent, ADDRESS)
        assert found is None
        assert wrong.startswith(f"{only}: what was kept is damaged and not used")
    assert kept.save(only.parent, answer()) == ""
    assert kept.load(only.parent, ADDRESS) == (answer(), "")


def test_damage_is_told_even_if_all_else_is_well(tmp_path: Path) -> None:
    with serving({"/x": http(etag='"1"')}) as server:
        fetch(server.at("/x"), tmp_path, ignore_robots=True)
        (path,) = tmp_path.iterdir()
        path.write_bytes(path.read_bytes()[:-3])
        found = fetch(server.at("/x"), tmp_path, ignore_robots=True)
        assert "if-none-match" not in server.asked[-1].headers
        path.write_bytes(b"")
        server.routes["/x"] = http(404)
        gone = fetch(server.at("/x"), tmp_path, ignore_robots=True)
    assert (found.state, found.content) == ("ok", FEED)
    assert "damaged" in found.reason
    assert (gone.state, gone.content) == ("down", None)
    assert "404" in gone.reason
    assert "damaged" in gone.reason


@given(at=st.integers(0, 10**6), to=st.integers(0, 255))
def test_no_changed_byte_is_believed(tmp_path_factory: pytest.TempPathFactory, at: int, to: int) -> None:
    folder = tmp_path_factory.mktemp("kept")
    kept.save(folder, answer())
    (path,) = folder.iterdir()
    held = bytearray(path.read_bytes())
    if held[at % len(held)] == to:
        return
    held[at % len(held)] = to
    path.write_bytes(held)
    found, wrong = kept.load(folder, ADDRESS)
    assert (found, bool(wrong)) == (None, True) or at % len(held) == hashlib.sha256().digest_size * 2


def test_an_answer_of_another_address_is_not_believed(only: Path) -> None:
    other = "https://other.example/"
    kept.save(only.parent, answer(asked=other))
    theirs = next(each for each in only.parent.iterdir() if each != only)
    theirs.write_bytes(only.read_bytes())
    assert kept.load(only.parent, other)[0] is None


def test_a_folder_that_cannot_hold_anything_is_told_and_the_answer_used(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    with serving({"/x": http()}) as server:
        found = fetch(server.at("/x"), blocked, ignore_robots=True)
    assert (found.state, found.content) == ("ok", FEED)
    assert str(blocked) in found.reason
    assert "the answer is used all the same" in found.reason


def test_a_link_in_the_folder_is_not_followed(only: Path) -> None:
    target = only.parent / "precious"
    target.write_bytes(b"mine")
    only.unlink()
    only.symlink_to(target)
    assert "not written" in kept.save(only.parent, answer())
    assert target.read_bytes() == b"mine"


def _write_many(folder: Path, name: int) -> None:
    for number in range(25):
        wrong = kept.save(folder, answer(b"%d" % name * 30_000, number))
        found, damage = kept.load(folder, ADDRESS)
        if wrong or damage or found is None or len(set(found.content)) != 1:
            raise SystemExit(1)


def test_two_processes_with_one_folder_leave_a_whole_answer(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_write_many, args=(tmp_path, name)) for name in (1, 2)]
    for each in processes:
        each.start()
    for each in processes:
        each.join(60)
    assert [each.exitcode for each in processes] == [0, 0]
    assert len(list(tmp_path.iterdir())) == 1
