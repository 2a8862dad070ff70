"""`postmortem update`: what it changes, what it refuses, and several at once."""

import subprocess
from pathlib import Path

import msgspec
import pytest

from postmortem.corpus import ledger
from tests.cli.commands import COMMAND, environment, run_in
from tests.cli.writing import Terminal, files, project, published


def test_an_update_is_one_splice_that_shows_itself(tmp_path: Path) -> None:
    path = published(project(tmp_path))
    before = path.read_text(encoding="utf-8")
    done = run_in(tmp_path, "update", path.stem, "A change was at fault.", "--status", "identified")
    assert done.returncode == 0
    added = [line[1:] for line in done.stdout.splitlines()[2:] if line.startswith("+")]
    taken = [line for line in done.stdout.splitlines()[2:] if line.startswith("-")]
    assert [line for line in path.read_text(encoding="utf-8").splitlines() if line not in before.splitlines()] == [
        line for line in added if line not in before.splitlines()
    ]
    assert taken == []
    name = path.relative_to(tmp_path).as_posix()
    assert done.stderr == f"{name}: u2 (identified); next: git add {name} ledger.jsonl\n"
    assert set(ledger.read(tmp_path / "ledger.jsonl")[path.stem].entries) == {"u1", "u2", "r1"}


def test_the_whole_line_of_the_manual_works(tmp_path: Path) -> None:
    path = published(project(tmp_path))
    first = run_in(
        tmp_path, "update", path.stem, "Sign-in fails, too.", "--affected", "authentication=degraded:web-app"
    )
    assert first.returncode == 0
    options = ("--affected", "application_failure=partial_outage:web-app,opus-4.8", "--restored", "authentication")
    done = run_in(tmp_path, "update", str(path), "A change was at fault.", "--status", "identified", *options)
    assert done.returncode == 0
    assert "r3 notes that the record now concerns impact/application_failure, model/opus-4.8\n" in done.stderr
    assert run_in(tmp_path, "lint", "--strict").returncode == 0


def test_what_was_wrong_before_does_not_keep_it_back(tmp_path: Path) -> None:
    path = published(project(tmp_path))
    broken = path.read_text(encoding="utf-8").replace("severity: major  ", "severity: majr   ")
    path.write_text(f"{broken}acktions: []\n", encoding="utf-8")
    done = run_in(tmp_path, "update", path.stem, "News.", "--status", "monitoring")
    assert done.returncode == 0
    assert "status: monitoring" in path.read_text(encoding="utf-8")
    assert "error[PM" in done.stderr
    assert done.stderr.endswith("next: mend it, then postmortem lint\n")


def test_what_it_would_make_wrong_itself_is_refused(tmp_path: Path) -> None:
    path = published(project(tmp_path))
    before = files(tmp_path)
    done = run_in(tmp_path, "update", path.stem, "Ask jane.doe@customer-bank.com.")
    assert done.returncode == 1
    assert "Nothing was written" in done.stderr
    assert done.stdout == ""
    assert files(tmp_path) == before


def test_where_a_later_entry_was_promised_it_says_that_the_ledger_is_left_as_it_is(tmp_path: Path) -> None:
    path = published(project(tmp_path))
    promised = ledger.read(tmp_path / "ledger.jsonl")[path.stem]
    ahead = msgspec.structs.replace(promised, entries=promised.entries | {"u2": "2062-01-01T00:00:00Z"})
    ledger.extend(tmp_path / "ledger.jsonl", ahead)
    done = run_in(tmp_path, "update", path.stem, "A change was at fault.")
    assert done.returncode == 0
    assert "ledger.jsonl is left as it is, since it holds later entries of this record" in done.stderr
    assert done.stderr.endswith("next: mend it, then postmortem lint\n")
    assert "u3" not in ledger.read(tmp_path / "ledger.jsonl")[path.stem].entries


def test_where_there_is_no_record_at_all_it_says_how_to_begin_one(tmp_path: Path) -> None:
    done = run_in(project(tmp_path), "update", "2026-06-23-chat", "News.")
    assert (done.returncode, "begin one with postmortem new" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("x", "--affected", "web=degraded"), '"web" is none of model_degradation'),
        (("x", "--affected", "authentication=bad"), '"bad" is none of degraded'),
        (("x", "--affected", "authentication"), "write CLASS=LEVEL:IDS"),
        (("x", "--affected", "authentication=degraded:web-ap"), 'did you mean "web-app"?'),
        (("x", "--at", "14:21"), "needs its zone"),
        (("x", "--at", "2062-01-01 00:00Z"), "has not come yet"),
        (("x", "--at", "+17m"), "has not come yet"),
        (("x", "--status", "fixed"), "'resolved'"),
    ],
)
def test_a_wish_that_means_nothing_is_a_usage_error(tmp_path: Path, arguments: tuple[str, ...], told: str) -> None:
    path = published(project(tmp_path))
    before = files(tmp_path)
    done = run_in(tmp_path, "update", path.stem, *arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert files(tmp_path) == before


def test_an_unknown_record_is_answered_with_the_nearest(tmp_path: Path) -> None:
    path = published(project(tmp_path))
    done = run_in(tmp_path, "update", path.stem[:-1], "x")
    assert done.returncode == 2
    assert f'did you mean "{path.stem}"?' in done.stderr


def test_a_file_that_is_no_yaml_is_left_alone(tmp_path: Path) -> None:
    path = published(project(tmp_path))
    path.write_text("id: [", encoding="utf-8")
    done = run_in(tmp_path, "update", path.stem, "x")
    assert done.returncode == 3
    assert path.read_text(encoding="utf-8") == "id: ["


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    path = published(project(tmp_path))
    before = files(tmp_path)
    done = run_in(tmp_path, "update", path.stem, "News.", "--dry-run")
    assert (done.returncode, "+    text: News." in done.stdout) == (0, True)
    assert files(tmp_path) == before


def test_several_at_once_lose_none(tmp_path: Path) -> None:
    path = published(project(tmp_path))
    started = [
        subprocess.Popen(
            [*COMMAND, "update", path.stem, f"News {number}."],
            cwd=tmp_path,
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for number in range(4)
    ]
    assert [each.wait(120) for each in started] == [0, 0, 0, 0]
    text = path.read_text(encoding="utf-8")
    assert all(f"text: News {number}.\n" in text for number in range(4))
    assert [f"id: u{number}\n" in text for number in range(1, 7)] == [True] * 5 + [False]
    assert set(ledger.read(tmp_path / "ledger.jsonl")[path.stem].entries) == {"r1", "u1", "u2", "u3", "u4", "u5"}


def test_a_terminal_sees_the_difference_in_colours(tmp_path: Path) -> None:
    path = published(project(tmp_path))
    terminal = Terminal(tmp_path, "update", path.stem, "News.")
    assert terminal.end() == 0
    assert "\x1b[1;32m+  - id: u2\x1b[0m" in terminal.said
