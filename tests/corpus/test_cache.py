"""What is kept between runs, and what is not believed when it is damaged."""

from pathlib import Path

from postmortem.corpus.cache import Store, key


def test_what_was_put_is_got(tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    name = key(b"a", b"b")
    assert store.get(name) is None
    store.put(name, b"blob")
    assert store.get(name) == b"blob"


def test_keys_depend_on_where_one_part_ends() -> None:
    assert key(b"ab", b"c") != key(b"a", b"bc")
    assert key(b"ab") == key(b"ab")


def test_a_damaged_blob_is_not_there(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(key(b"x"), b"blob of some length")
    kept = next(path for path in tmp_path.rglob("*") if path.is_file())
    for damaged in (b"", kept.read_bytes()[:-1], kept.read_bytes()[:20], b"\0" * 60):
        kept.write_bytes(damaged)
        assert store.get(key(b"x")) is None


def test_what_a_run_did_not_need_is_forgotten(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for part in (b"1", b"2", b"3"):
        store.put(key(part), part)
    store.keep_only([key(b"2")])
    assert [store.get(key(part)) for part in (b"1", b"2", b"3")] == [None, b"2", None]
