"""Judging many files: processes and the cache change nothing that is said."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from postmortem.corpus.files import RecordFile, find
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


QUESTION = Question(settings=settings(), given=b"settings", as_of=AS_OF)


def test_several_processes_say_the_same_as_one(folder: Path) -> None:
    alone = judge(files(folder), QUESTION, jobs=1)
    assert [each.code for each in alone] == ["PM103"] * 10
    assert judge(files(folder), QUESTION, jobs=2) == alone


def test_what_is_kept_says_the_same_and_follows_every_change(folder: Path, tmp_path: Path) -> None:
    kept = msgspec.structs.replace(QUESTION, cache=tmp_path / "cache")
    first = judge(files(folder), kept)
    index = (tmp_path / "cache" / "index").stat()
    assert judge(files(folder), kept) == first
    assert (tmp_path / "cache" / "index").stat() == index
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
    listed = files(folder)
    (folder / "2026-06-23-chat-00.yaml").unlink()
    said = judge(listed, QUESTION)
    assert (said[0].code, said[0].path) == ("PM012", "incidents/2026-06-23-chat-00.yaml")
    assert [each.code for each in said[1:]] == ["PM103"] * 9
