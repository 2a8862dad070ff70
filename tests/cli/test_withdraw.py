"""`postmortem withdraw`: a tombstone, and what must never have been public."""

from pathlib import Path

from postmortem.corpus import ledger
from tests.cli.commands import run_in
from tests.cli.writing import files, project, published


def test_a_duplicate_points_to_the_record_that_stays(tmp_path: Path) -> None:
    stays, goes = published(project(tmp_path)), published(tmp_path)
    done = run_in(tmp_path, "withdraw", goes.stem, "--reason", "A duplicate.", "--replaced-by", stays.stem)
    assert done.returncode == 0
    assert f"replaced_by: {stays.stem}" in goes.read_text(encoding="utf-8")
    assert ledger.read(tmp_path / "ledger.jsonl")[goes.stem].state == "withdrawn"
    assert run_in(tmp_path, "lint", "--strict").returncode == 0


def test_redaction_leaves_no_word_and_says_where_words_are_left(tmp_path: Path) -> None:
    path = published(project(tmp_path))
    done = run_in(tmp_path, "withdraw", path.stem, "--reason", "It named a customer.", "--redact")
    assert done.returncode == 0
    text = path.read_text(encoding="utf-8")
    assert "Chats fail" not in text
    assert "Chat fails" not in text
    assert "git still holds the old text" in done.stderr
    assert "comments were never public" in done.stderr
    assert set(ledger.read(tmp_path / "ledger.jsonl")[path.stem].entries) == {"u1", "r1", "r2"}
    assert run_in(tmp_path, "lint").returncode == 0


def test_readers_are_not_sent_to_what_they_cannot_see(tmp_path: Path) -> None:
    path = published(project(tmp_path))
    run_in(tmp_path, "new", "A draft of it")
    (draft,) = tmp_path.glob("incidents/*/*a-draft-of-it.yaml")
    before = files(tmp_path)
    for other, told in (
        (draft.stem, "not public"),
        (path.stem, "names the record itself"),
        ("2026-01-01-x", "no record"),
    ):
        done = run_in(tmp_path, "withdraw", path.stem, "--reason", "x", "--replaced-by", other)
        assert done.returncode == 2
        assert told in done.stderr
    assert files(tmp_path) == before
