"""`postmortem lint`: which records it looks at, as of which day, and how it says what it found."""

import json
import os
import pty
import subprocess
from pathlib import Path

import pytest

from tests.cli.commands import COMMAND, NAME, RECORD, corpus, enter, environment, run_in

VAGUE = RECORD.replace("title: Chat unavailable after a routing change", "title: Incident")
OTHER = "incidents/2025/2025-01-02-api-errors.yaml"


def add(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def told(done: subprocess.CompletedProcess[str]) -> list[tuple[str, str]]:
    return [(each["path"], each["code"]) for each in json.loads(done.stdout)["findings"]]


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """Two records, each with something to say, of which one names the other."""
    other = VAGUE.replace("2026-06-23-chat-unavailable", "2025-01-02-api-errors")
    add(corpus(tmp_path, VAGUE), OTHER, other)
    enter(tmp_path, other)
    return tmp_path


def test_all_records_are_looked_at_where_none_is_named(two: Path) -> None:
    done = run_in(two, "lint", "--format", "json")
    assert told(done) == [(OTHER, "PM103"), (NAME, "PM103")]
    assert json.loads(done.stdout)["summary"] == {"records": 2, "errors": 0, "warnings": 2, "advice": 0}


@pytest.mark.parametrize("path", [NAME, "incidents/2026", "./incidents/2026/", "incidents/../incidents/2026"])
def test_only_what_is_named_is_told(two: Path, path: str) -> None:
    done = run_in(two, "lint", "--format", "json", path)
    assert told(done) == [(NAME, "PM103")]
    assert json.loads(done.stdout)["summary"]["records"] == 1


def test_what_is_named_is_compared_with_all_the_others(two: Path) -> None:
    add(two, NAME, RECORD + "related: [{relation: same_event, id: 2025-01-02-api-errors}]\n")
    assert told(run_in(two, "lint", "--format", "json", NAME)) == []
    add(
        two, OTHER, RECORD.replace("published", "draft").replace("2026-06-23-chat-unavailable", "2025-01-02-api-errors")
    )
    assert told(run_in(two, "lint", "--format", "json", NAME)) == [(NAME, "PM702")]


def test_a_record_outside_the_folder_of_records_is_judged_too(two: Path) -> None:
    add(two, "drafts/2026-06-23-chat-unavailable.yaml", RECORD)
    done = run_in(two, "lint", "--format", "json", "drafts")
    assert told(done) == [("drafts/2026-06-23-chat-unavailable.yaml", "PM102")]


def test_paths_are_told_as_seen_from_the_current_folder(two: Path) -> None:
    done = run_in(two / "incidents" / "2026", "lint", "--format", "json", ".")
    assert told(done) == [("2026-06-23-chat-unavailable.yaml", "PM103")]
    (two / "elsewhere").mkdir()
    done = run_in(two / "elsewhere", "lint", "--settings", "../postmortem.yml", "--format", "json")
    assert told(done) == [(f"../{OTHER}", "PM103"), (f"../{NAME}", "PM103")]


def test_a_link_among_the_records_is_refused_and_what_it_points_at_is_not_shown(tmp_path: Path) -> None:
    corpus(tmp_path)
    add(tmp_path, "secret.txt", "canary\n")
    (tmp_path / "incidents" / "link.yaml").symlink_to(tmp_path / "secret.txt")
    done = run_in(tmp_path, "lint")
    assert done.returncode == 1
    assert "error[PM011 not-a-file]" in done.stdout
    assert "canary" not in done.stdout + done.stderr


def test_one_broken_file_does_not_hide_the_rest(two: Path) -> None:
    add(two, OTHER, "title: [\n")
    done = run_in(two, "lint", "--format", "json")
    assert told(done) == [(OTHER, "PM002"), (NAME, "PM103")]


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        (("--select", "PM1"), ["PM103"]),
        (("--select", "vague-title,PM2"), ["PM103"]),
        (("--select", "PM2"), []),
        (("--ignore", "vague-title"), []),
    ],
)
def test_rules_are_selected_and_ignored(tmp_path: Path, arguments: tuple[str, ...], codes: list[str]) -> None:
    done = run_in(corpus(tmp_path, VAGUE), "lint", "--format", "json", *arguments)
    assert [code for _, code in told(done)] == codes


def test_a_misspelt_rule_is_suggested(tmp_path: Path) -> None:
    done = run_in(corpus(tmp_path), "lint", "--ignore", "open-windows")
    assert 'there is no rule "open-windows"; did you mean "open-window"?' in done.stderr


def test_the_day_comes_from_the_option_else_from_the_epoch(tmp_path: Path) -> None:
    corpus(tmp_path)
    epoch = "1750000000"  # 15 June 2025
    assert [code for _, code in told(run_in(tmp_path, "lint", "--format", "json", SOURCE_DATE_EPOCH=epoch))] == [
        "PM201"
    ]
    asked = run_in(tmp_path, "lint", "--format", "json", "--as-of", "2026-06-23", SOURCE_DATE_EPOCH=epoch)
    assert told(asked) == []
    assert told(run_in(tmp_path, "lint", "--format", "json", SOURCE_DATE_EPOCH="")) == []


def test_a_second_run_says_the_same_from_what_the_first_kept(two: Path) -> None:
    first = run_in(two, "lint", "--as-of", "2026-11-23")
    assert (two / ".postmortem-cache" / "lint").is_dir()
    assert run_in(two, "lint", "--as-of", "2026-11-23").stdout == first.stdout
    assert run_in(two, "lint", "--as-of", "2026-11-23", "--no-cache", "--jobs", "1").stdout == first.stdout


def test_nothing_is_kept_where_nothing_is_to_be_kept(two: Path) -> None:
    run_in(two, "lint", "--no-cache")
    assert not (two / ".postmortem-cache").exists()


def on_a_terminal(folder: Path, **more: str) -> str:
    leader, follower = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, "lint"], cwd=folder, env=environment(**more), stdin=follower, stdout=follower, stderr=follower
    ) as running:
        os.close(follower)
        said = b""
        while piece := _read(leader):
            said += piece
        running.wait()
    os.close(leader)
    return said.decode()


def _read(leader: int) -> bytes:
    try:
        return os.read(leader, 4096)
    except OSError:  # Linux says so when the other end of a terminal is closed
        return b""


def test_colours_are_for_terminals_that_want_them(two: Path) -> None:
    assert "\x1b[1;33mwarning[PM103 vague-title]\x1b[0m" in on_a_terminal(two, TERM="xterm")
    assert "\x1b" not in on_a_terminal(two, TERM="xterm", NO_COLOR="1")
    assert "\x1b" not in on_a_terminal(two, TERM="dumb")
    assert "\x1b" not in run_in(two, "lint").stdout


def test_a_record_that_is_gone_is_told_in_the_ledger_where_all_records_are_asked_about(two: Path) -> None:
    (two / OTHER).unlink()
    done = run_in(two, "lint", "--as-of", "2026-11-23")
    assert done.returncode == 1
    assert "error[PM705 gone-record]" in done.stdout
    assert "--> ledger.jsonl:1:7" in done.stdout
    assert '1 | {"id":"2025-01-02-api-errors"' in done.stdout
    assert " |       " + "^" * len('"2025-01-02-api-errors"') in done.stdout
    assert told(run_in(two, "lint", "--format", "json", NAME)) == [(NAME, "PM103")]


def test_a_broken_record_is_not_taken_for_gone(two: Path) -> None:
    add(two, OTHER, "title: [\n")
    assert told(run_in(two, "lint", "--format", "json")) == [(OTHER, "PM002"), (NAME, "PM103")]


def test_a_public_record_that_the_ledger_lacks_fails_a_strict_run(tmp_path: Path) -> None:
    corpus(tmp_path)
    (tmp_path / "ledger.jsonl").write_bytes(b"")
    done = run_in(tmp_path, "lint", "--format", "json")
    assert (done.returncode, told(done)) == (0, [(NAME, "PM709")])
    assert run_in(tmp_path, "lint", "--strict").returncode == 1
    (tmp_path / "ledger.jsonl").unlink()
    assert told(run_in(tmp_path, "lint", "--format", "json")) == [("ledger.jsonl", "PM709")]
    assert run_in(tmp_path, "lint", "--fix", "--strict").returncode == 0


def test_a_ledger_that_is_none_is_the_operator_s_to_mend(tmp_path: Path) -> None:
    corpus(tmp_path)
    (tmp_path / "ledger.jsonl").write_bytes(b"<<<<<<< HEAD\n")
    done = run_in(tmp_path, "lint")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("postmortem: ledger.jsonl:1: a mark of a merge stands here")
