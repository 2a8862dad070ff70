"""`postmortem lint` in the life of a project: what it mends, what it counts, what a pull request is told."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.cli.commands import NAME, RECORD, corpus, enter, run_in
from tests.cli.test_lint import OTHER, VAGUE, add, told
from tests.corpus.test_git import git

LOCAL = RECORD.replace("2026-06-23T14:47Z", "2026-06-23T16:47+02:00")
HUGE = RECORD.replace("severity: major", "severity: huge")
OLD = VAGUE.replace("2026-06-23-chat-unavailable", "2025-01-02-api-errors")
DAY = ("--as-of", "2026-11-23")


@pytest.fixture
def two(tmp_path: Path) -> Path:
    add(corpus(tmp_path, VAGUE), OTHER, OLD)
    enter(tmp_path, OLD)
    return tmp_path


def test_fix_writes_what_is_safe_and_reports_what_is_left(tmp_path: Path) -> None:
    corpus(tmp_path, LOCAL.replace("title: Chat unavailable after a routing change", "title: Incident  # vague"))
    (tmp_path / "ledger.jsonl").unlink()
    done = run_in(tmp_path, "lint", "--fix", "--format", "json", *DAY)
    assert told(done) == [(NAME, "PM103")]
    assert done.stderr == f"mended {NAME}\nmended ledger.jsonl\n"
    text = (tmp_path / NAME).read_text(encoding="utf-8")
    assert "2026-06-23T14:47Z" in text
    assert "# vague" in text
    assert text.startswith("# yaml-language-server: $schema=")
    assert json.loads((tmp_path / "ledger.jsonl").read_text())["entries"] == {"u1": "2026-06-23T14:47:00Z"}
    again = run_in(tmp_path, "lint", "--fix", *DAY)
    assert (again.stderr, (tmp_path / NAME).read_text(encoding="utf-8")) == ("", text)


def test_diff_shows_the_same_and_writes_nothing(tmp_path: Path) -> None:
    corpus(tmp_path, LOCAL)
    (tmp_path / "ledger.jsonl").unlink()
    before = (tmp_path / NAME).read_bytes()
    done = run_in(tmp_path, "lint", "--diff", *DAY)
    assert done.returncode == 1
    assert f"--- a/{NAME}\n+++ b/{NAME}\n" in done.stdout
    assert '+  - {id: u1, at: "2026-06-23T14:47Z"' in done.stdout
    assert (tmp_path / NAME).read_bytes() == before
    assert not (tmp_path / "ledger.jsonl").exists()
    subprocess.run(["git", "apply"], input=done.stdout, text=True, check=True, cwd=tmp_path)  # noqa: S607 - the one on the path
    fine = run_in(tmp_path, "lint", "--diff", *DAY)
    assert (fine.returncode, fine.stdout) == (0, "")


def test_a_broken_file_is_not_mended_and_a_refused_record_promises_nothing(two: Path) -> None:
    add(two, NAME, LOCAL + "title: Twice\n")
    add(two, OTHER, HUGE)
    (two / "ledger.jsonl").unlink()
    before = (two / NAME).read_bytes()
    done = run_in(two, "lint", "--fix", "--format", "json", *DAY)
    assert [code for _, code in told(done)] == ["PM023", "PM003"]
    assert (two / NAME).read_bytes() == before
    assert not (two / "ledger.jsonl").exists()


def test_only_what_is_named_is_mended(two: Path) -> None:
    run_in(two, "lint", "--fix", NAME, *DAY)
    assert (two / OTHER).read_text(encoding="utf-8") == OLD


def test_the_ledger_is_left_alone_where_its_rule_is_or_the_record_lies_elsewhere(tmp_path: Path) -> None:
    corpus(tmp_path, RECORD)
    (tmp_path / "ledger.jsonl").unlink()
    run_in(tmp_path, "lint", "--fix", "--ignore", "unpromised", *DAY)
    (tmp_path / "incidents").rename(tmp_path / "drafts")
    (tmp_path / "incidents").mkdir()
    assert run_in(tmp_path, "lint", "--fix", "--strict", "drafts", *DAY).returncode == 0
    assert not (tmp_path / "ledger.jsonl").exists()


def test_what_is_gone_is_told_to_whoever_takes_it_away_and_may_be_known(repository: Path) -> None:
    (repository / OTHER).unlink()
    changed = run_in(repository, "lint", "--changed-since", "main", "--format", "json", *DAY)
    assert told(changed) == [("ledger.jsonl", "PM705")]
    run_in(repository, "lint", "--write-baseline", "known.json", *DAY)
    done = run_in(repository, "lint", "--baseline", "known.json", *DAY)
    assert (done.returncode, done.stderr) == (0, "")


def test_what_a_baseline_knows_does_not_count(two: Path) -> None:
    kept = run_in(two, "lint", "--write-baseline", "known.json", "--strict", *DAY)
    assert (kept.returncode, kept.stderr) == (0, "known.json: 2 findings are known from now on\n")
    assert kept.stdout == "2 records, no findings\n"
    add(two, NAME, "# moved\n\n" + VAGUE)
    done = run_in(two, "lint", "--baseline", "known.json", "--strict", *DAY)
    assert (done.returncode, done.stdout, done.stderr) == (0, "2 records, no findings\n", "")
    add(two, NAME, VAGUE.replace("title: Incident", "title: Outage"))
    done = run_in(two, "lint", "--baseline", "known.json", "--format", "json", *DAY)
    assert told(done) == [(NAME, "PM103")]
    assert done.stderr.startswith(f"known.json: stale: {NAME} PM103 title;")


def test_what_a_run_did_not_look_for_is_not_stale(two: Path) -> None:
    run_in(two, "lint", "--write-baseline", "known.json", *DAY)
    add(two, OTHER, RECORD.replace("2026-06-23-chat-unavailable", "2025-01-02-api-errors"))
    assert run_in(two, "lint", "--baseline", "known.json", NAME, *DAY).stderr == ""
    assert run_in(two, "lint", "--baseline", "known.json", "--select", "PM5", *DAY).stderr == ""
    assert "stale" in run_in(two, "lint", "--baseline", "known.json", *DAY).stderr
    (two / OTHER).unlink()
    assert "stale" in run_in(two, "lint", "--baseline", "known.json", *DAY).stderr


def test_a_file_that_is_no_record_counts_whatever_is_known(tmp_path: Path) -> None:
    corpus(tmp_path, HUGE)
    assert run_in(tmp_path, "lint", "--write-baseline", "known.json", *DAY).returncode == 1
    assert run_in(tmp_path, "lint", "--baseline", "known.json", *DAY).returncode == 1


@pytest.mark.parametrize("content", [None, "[]", '{"version": 2, "findings": []}', "\x00"])
def test_a_file_that_is_no_baseline_is_the_operator_s_to_mend(tmp_path: Path, content: str | None) -> None:
    corpus(tmp_path)
    if content is not None:
        (tmp_path / "known.json").write_text(content, encoding="utf-8")
    done = run_in(tmp_path, "lint", "--baseline", "known.json")
    assert (done.returncode, done.stdout) == (3, "")
    assert "--write-baseline known.json" in done.stderr


def test_both_baseline_options_at_once_are_refused(tmp_path: Path) -> None:
    assert run_in(corpus(tmp_path), "lint", "--baseline", "a", "--write-baseline", "a").returncode == 2


@pytest.fixture
def repository(two: Path) -> Path:
    git(two, "init", "-q", "-b", "main")
    git(two, "add", ".")
    git(two, "commit", "-qm", "one")
    return two


def test_a_pull_request_is_told_about_what_it_changed_alone(repository: Path) -> None:
    changed = ("lint", "--changed-since", "main", "--format", "json", "--no-cache", *DAY)
    assert told(run_in(repository, *changed)) == []
    git(repository, "checkout", "-qb", "work")
    add(repository, NAME, VAGUE.replace("severity: major", "severity: minor"))
    done = run_in(repository, *changed)
    assert told(done) == [(NAME, "PM103")]
    assert json.loads(done.stdout)["summary"]["records"] == 1
    assert done.stderr == ""


def test_what_changed_is_compared_with_all_the_others_and_their_errors_are_counted(repository: Path) -> None:
    add(repository, NAME, RECORD + "related: [{relation: same_event, id: 2025-01-02-api-error}]\n")
    changed = ("lint", "--changed-since", "main", "--format", "json", *DAY)
    assert told(run_in(repository, *changed)) == [(NAME, "PM701")]
    add(repository, OTHER, HUGE)
    git(repository, "commit", "-qam", "two")
    add(repository, NAME, RECORD)
    done = run_in(repository, "lint", "--changed-since", "HEAD", *DAY)
    assert done.stdout == "1 record, no findings\n"
    assert done.stderr == "1 error stands in records that did not change since HEAD; they are not told here\n"


def test_an_unknown_revision_is_the_operator_s_to_mend(repository: Path) -> None:
    done = run_in(repository, "lint", "--changed-since", "nowhere")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("postmortem: git knows no revision 'nowhere'")


@pytest.mark.parametrize("format_", ["sarif", "github", "junit"])
def test_every_format_says_where(two: Path, format_: str) -> None:
    done = run_in(two, "lint", "--format", format_, *DAY)
    assert NAME in done.stdout
    assert "PM103" in done.stdout
