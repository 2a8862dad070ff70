"""What is kept between runs, and what is not believed when it is damaged or still being written."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postmortem.corpus.cache import Store

NAMES = st.sampled_from([bytes([number]) * 32 for number in range(6)])
BLOBS = st.binary(min_size=1, max_size=300)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), NAMES, BLOBS),
        st.tuples(st.just("commit"), st.frozensets(NAMES), st.just(b"")),
        st.tuples(st.just("die"), NAMES, st.just(b"")),
        st.tuples(st.just("damage"), st.integers(0, 10_000), st.integers(0, 255)),
    ),
    max_size=25,
)


def kept(folder: Path, blobs: dict[bytes, bytes], note: bytes = b"") -> None:
    store = Store(folder)
    for name, blob in blobs.items():
        store.put(name, blob)
    store.commit(blobs, note)


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_was_put_is_got_in_this_run_and_the_next(tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    assert store.get(b"a") is None
    store.put(b"a", b"blob")
    store.put(b"b", b"")
    assert store.get(b"a") == b"blob"
    store.commit([b"a", b"b", b"never put"], b"a note")
    assert (store.get(b"a"), store.get(b"b")) == (b"blob", b"")
    again = Store(tmp_path / "cache")
    assert (again.get(b"a"), again.get(b"b"), again.note) == (b"blob", b"", b"a note")


def test_what_a_run_did_not_need_is_forgotten(tmp_path: Path) -> None:
    kept(tmp_path, {b"1": b"one", b"2": b"two"})
    Store(tmp_path).commit([b"2"])
    store = Store(tmp_path)
    assert (store.get(b"1"), store.get(b"2")) == (None, b"two")
    store.commit([])
    assert files(tmp_path) == ["index", "lock"]


def test_a_run_that_dies_before_its_end_changes_nothing(tmp_path: Path) -> None:
    kept(tmp_path, {b"1": b"one"}, b"first")
    dying = Store(tmp_path)
    dying.put(b"1", b"another")
    dying.put(b"2", b"two")
    (tmp_path / "index.new").write_bytes(b"half of an ind")
    del dying
    store = Store(tmp_path)
    assert (store.get(b"1"), store.get(b"2"), store.note) == (b"one", None, b"first")
    store.put(b"3", b"three")
    store.commit([b"1", b"3"])
    assert len([name for name in files(tmp_path) if name.endswith(".blobs")]) == 2
    assert Store(tmp_path).get(b"3") == b"three"


@pytest.mark.parametrize("damage", [lambda _: b"", lambda held: held[:-1], lambda held: held[:20] + b"\0" + held[21:]])
def test_a_damaged_index_is_an_empty_store_and_a_damaged_segment_loses_its_blob(tmp_path: Path, damage: object) -> None:
    assert callable(damage)
    for name in ("index", "000001.blobs"):
        folder = tmp_path / name[:5]
        kept(folder, {b"x": b"a blob of some length, well above twenty"}, b"note")
        held = (folder / name).read_bytes()
        (folder / name).write_bytes(damage(held))
        store = Store(folder)
        assert store.get(b"x") is None
        assert store.note == (b"" if name == "index" else b"note")


def test_a_second_run_beside_the_first_keeps_nothing_and_disturbs_nothing(tmp_path: Path) -> None:
    kept(tmp_path, {b"1": b"one"})
    first, second = Store(tmp_path), Store(tmp_path)
    assert second.folder != str(tmp_path)
    assert (first.began > 0, second.began) == (True, 0)
    second.put(b"2", b"two")
    second.commit([b"2"], b"lost")
    assert (second.get(b"2"), first.get(b"1")) == (b"two", b"one")
    first.commit([b"1"], b"kept")
    third = Store(tmp_path)
    assert (third.get(b"1"), third.get(b"2"), third.note) == (b"one", None, b"kept")


def test_what_an_earlier_run_still_reads_outlives_the_next_one(tmp_path: Path) -> None:
    kept(tmp_path, {b"1": b"one"})
    reading = Store(tmp_path)
    reading.commit([b"1"])
    Store(tmp_path).commit([])
    assert reading.get(b"1") == b"one"


def test_a_spool_is_gone_with_its_run(tmp_path: Path) -> None:
    store = Store(None)
    store.put(b"1", b"one")
    store.commit([b"1"])
    assert store.get(b"1") == b"one"
    folder = Path(store.folder)
    del store
    assert not folder.exists()
    assert files(tmp_path) == []


def test_what_was_cut_short_in_a_spool_is_not_there() -> None:
    store = Store(None)
    store.put(b"1", b"one")
    store.put(b"2", b"two")
    [segment] = Path(store.folder).iterdir()
    os.truncate(segment, 5)
    assert (store.get(b"1"), store.get(b"2")) == (b"one", None)


def test_a_folder_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "cache").write_bytes(b"a file where the folder should be")
    store = Store(tmp_path / "cache")
    store.put(b"1", b"one")
    store.commit([b"1"])
    assert store.get(b"1") == b"one"
    assert (tmp_path / "cache").read_bytes() == b"a file where the folder should be"


def test_what_forked_processes_put_is_got_where_they_tell(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(b"1", b"ours")
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        place = store.put(b"2", b"theirs")
        os.write(writer, bytes([place.segment]))
        os._exit(0)
    os.waitpid(child, 0)
    segment = os.read(reader, 1)[0]
    os.close(reader)
    os.close(writer)
    assert store.get(b"2") is None
    assert segment != store.put(b"3", b"ours, too").segment
    assert (tmp_path / f"{segment:06}.blobs").read_bytes() == b"theirs"


def test_waste_never_outweighs_what_is_kept_for_long(tmp_path: Path) -> None:
    names = [bytes([number]) for number in range(100)]
    kept(tmp_path, dict.fromkeys(names, b"x" * 1000))
    Store(tmp_path).commit(names[:40])
    store = Store(tmp_path)
    assert [store.get(name) for name in names[:40]] == [b"x" * 1000] * 40
    assert sum(path.stat().st_size for path in tmp_path.glob("*.blobs")) == 40_000


def test_many_small_runs_leave_few_segments(tmp_path: Path) -> None:
    blobs: dict[bytes, bytes] = {}
    for number in range(40):
        name = bytes([number])
        store = Store(tmp_path)
        store.put(name, blobs.setdefault(name, name * (number + 1)))
        store.commit(blobs)
    assert len(list(tmp_path.glob("*.blobs"))) <= 17
    store = Store(tmp_path)
    assert {name: store.get(name) for name in blobs} == blobs


@settings(max_examples=60, deadline=None)
@given(steps=STEPS)
def test_nothing_is_ever_got_that_was_not_put(tmp_path_factory: pytest.TempPathFactory, steps: list[object]) -> None:
    """Puts, ends of runs, deaths and flipped bytes in any order: a name gives what was last put under it, what an
    earlier run had put there, or nothing; without damage it gives what is promised.
    """
    folder = tmp_path_factory.mktemp("store")
    store, damaged = Store(folder), False
    now: dict[bytes, bytes] = {}
    safe: dict[bytes, bytes] = {}
    ever: set[tuple[bytes, bytes]] = set()
    for step in steps:
        match step:
            case ("put", bytes(name), bytes(blob)):
                store.put(name, blob)
                now[name] = blob
                ever.add((name, blob))
            case ("commit", frozenset(names), _):
                store.commit(sorted(names), b"")
                safe = {name: blob for name, blob in now.items() if name in names}
                del store
                store, now = Store(folder), dict(safe)
            case ("die", _, _):
                del store
                store, now = Store(folder), dict(safe)
            case ("damage", int(at), int(byte)):
                damaged = flip(folder, at, byte) or damaged
        for name in {each for each, _ in ever}:
            held = store.get(name)
            assert held is None or (name, held) in ever
            assert damaged or held == now.get(name)


def flip(folder: Path, at: int, byte: int) -> bool:
    """Overwrite one byte of one file; whether there was any."""
    found = [path for path in sorted(folder.iterdir()) if path.stat().st_size]
    if not found:
        return False
    path = found[at % len(found)]
    held = bytearray(path.read_bytes())
    held[at % len(held)] = byte
    with path.open("r+b") as file:
        file.write(held)
    return True
