"""Judging many files: processes and the cache change nothing that is said."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from postmortem.corpus.decode import decode
from postmortem.corpus.files import RecordFile, find
from postmortem.corpus.ledger import printed, promise
from postmortem.lint.folder import Question, judge
from tests.lint.corpora import AS_OF, FIXTURES, SMALLEST, settings


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A hundred records, every tenth with something to say: enough for work in several processes."""
    place = tmp_path / "incidents"
    place.mkdir()
    for number in range(100):
        title = "Incident" if number % 10 == 0 else "Chat failed"
        text = SMALLEST.replace("chat-unavailable", f"chat-{number:02}").replace(
            "title: Chat unavailable after a routing change", f"title: {title}"
        )
        (place / f"2026-06-23-chat-{number:02}.yaml").write_text(text, encoding="utf-8")
    return place


def files(folder: Path) -> Sequence[RecordFile]:
    return find(folder, folder.parent)[0]


QUESTION = Question(settings=settings(), given=b"settings", as_of=AS_OF, ledger=())


def entered(folder: Path) -> Question:
    """The question, with what all the records promise in the ledger."""
    read = [decode(file.read(), file.name).record for file in files(folder)]
    promises = [promise(record, AS_OF) for record in read if record is not None]
    lines = printed({each.id: each for each in promises if each is not None}).splitlines()
    return msgspec.structs.replace(QUESTION, ledger=tuple(lines))


def test_several_processes_say_the_same_as_one(folder: Path) -> None:
    alone = judge(files(folder), entered(folder), jobs=1)
    assert [each.code for each in alone] == ["PM103"] * 10
    assert judge(files(folder), entered(folder), jobs=2) == alone


def test_what_is_kept_says_the_same_and_follows_every_change(folder: Path, tmp_path: Path) -> None:
    kept = msgspec.structs.replace(entered(folder), cache=tmp_path / "cache")
    first = judge(files(folder), kept)
    index = (tmp_path / "cache" / "index").stat()
    assert judge(files(folder), kept) == first
    assert (tmp_path / "cache" / "index").stat().st_ino == index.st_ino
    changed = folder / "2026-06-23-chat-01.yaml"
    changed.write_text(changed.read_text().replace("severity: major", "severity: huge"), encoding="utf-8")
    assert [each.code for each in judge(files(folder), kept)].count("PM023") == 1
    observer = settings(FIXTURES / "PM304" / "postmortem.yml")
    later = msgspec.structs.replace(kept, settings=observer, given=b"other settings")
    assert [each.code for each in judge(files(folder), later)].count("PM304") == 99


def test_a_cache_that_cannot_be_written_is_done_without(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be", encoding="utf-8")
    assert judge(files(folder), msgspec.structs.replace(QUESTION, cache=tmp_path / "cache")) == judge(
        files(folder), QUESTION
    )


def test_a_file_that_vanished_is_a_finding_on_that_file(folder: Path) -> None:
    listed, question = files(folder), entered(folder)
    (folder / "2026-06-23-chat-00.yaml").unlink()
    said = judge(listed, question)
    assert (said[0].code, said[0].path) == ("PM012", "incidents/2026-06-23-chat-00.yaml")
    assert [each.code for each in said[1:]] == ["PM103"] * 9


def test_what_is_kept_does_not_depend_on_the_ledger(folder: Path, tmp_path: Path) -> None:
    question = msgspec.structs.replace(entered(folder), cache=tmp_path / "cache")
    judge(files(folder), question)
    assert question.ledger is not None
    shorter = msgspec.structs.replace(question, ledger=question.ledger[1:])
    said = judge(files(folder), shorter)
    assert [(each.path, each.code) for each in said if each.code != "PM103"] == [
        ("incidents/2026-06-23-chat-00.yaml", "PM709")
    ]
    judge(files(folder), question)
    other = question.ledger[0].replace(b"chat-00", b"chat-xx")
    changed = msgspec.structs.replace(question, ledger=(other, *question.ledger[1:]))
    assert sorted(each.code for each in judge(files(folder), changed) if each.code != "PM103") == ["PM705", "PM709"]


def test_a_project_without_a_ledger_is_told_so_once(folder: Path) -> None:
    said = judge(files(folder), msgspec.structs.replace(QUESTION, ledger=None))
    assert [(each.path, each.code) for each in said if each.code != "PM103"] == [("ledger.jsonl", "PM709")]


def test_a_file_from_elsewhere_promises_nothing(folder: Path) -> None:
    elsewhere = folder.parent / "drafts"
    folder.rename(elsewhere)
    assert [each.code for each in judge(find(elsewhere, elsewhere.parent)[0], QUESTION)] == ["PM103"] * 10


def test_what_is_wrong_among_records_is_said_by_every_run_until_it_is_mended(folder: Path, tmp_path: Path) -> None:
    kept = msgspec.structs.replace(entered(folder), cache=tmp_path / "cache")
    alone = judge(files(folder), kept)
    twin = folder / "twin.yaml"
    twin.write_text((folder / "2026-06-23-chat-01.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    for _ in range(2):
        assert {"PM101", "PM102"} <= {each.code for each in judge(files(folder), kept)}
    twin.unlink()
    assert judge(files(folder), kept) == judge(files(folder), kept) == alone


def test_a_broken_record_that_goes_is_missed_although_no_other_changed(folder: Path, tmp_path: Path) -> None:
    kept = msgspec.structs.replace(entered(folder), cache=tmp_path / "cache")
    broken = folder / "2026-06-23-chat-01.yaml"
    broken.write_text("severity: huge", encoding="utf-8")
    assert "PM705" not in {each.code for each in judge(files(folder), kept)}
    broken.unlink()
    assert [each.code for each in judge(files(folder), kept)].count("PM705") == 1


def test_a_comment_that_ignores_nothing_among_records_is_told_by_every_run(folder: Path, tmp_path: Path) -> None:
    kept = msgspec.structs.replace(entered(folder), cache=tmp_path / "cache")
    judge(files(folder), kept)
    path = folder / "2026-06-23-chat-01.yaml"
    text = path.read_text(encoding="utf-8").replace("severity: major", "severity: major  # postmortem: ignore[PM701] x")
    path.write_text(text, encoding="utf-8")
    for _ in range(2):
        assert [each.code for each in judge(files(folder), kept)].count("PM081") == 1
