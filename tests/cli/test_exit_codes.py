"""Every exit code, from outside, and that nothing but its own line goes with it."""

import os
import signal
import subprocess
import threading
from pathlib import Path

import click
import pytest

from postmortem.cli.boundary import guarded
from tests.cli.commands import COMMAND, RECORD, corpus, environment, postmortem


def test_0_where_all_is_well(tmp_path: Path) -> None:
    done = postmortem(corpus(tmp_path), "lint", "--as-of", "2026-11-23")
    assert (done.returncode, done.stdout, done.stderr) == (0, "1 record, no findings\n", "")


def test_1_where_there_are_errors(tmp_path: Path) -> None:
    done = postmortem(corpus(tmp_path, RECORD.replace("severity: major", "severity: huge")), "lint")
    assert done.returncode == 1
    assert done.stdout.startswith("error[PM023 not-in-the-list]")
    assert done.stderr == ""


def test_warnings_fail_a_strict_run_only(tmp_path: Path) -> None:
    corpus(tmp_path, RECORD.replace("title: Chat unavailable after a routing change", "title: Incident"))
    assert postmortem(tmp_path, "lint").returncode == 0
    assert postmortem(tmp_path, "lint", "--strict").returncode == 1


def test_what_only_time_brought_about_never_fails_a_run(tmp_path: Path) -> None:
    corpus(tmp_path, RECORD + "postmortem: {state: promised, due: 2026-06-30}\n")
    done = postmortem(tmp_path, "lint", "--strict", "--as-of", "2027-01-01")
    assert "[PM404 overdue]" in done.stdout
    assert done.returncode == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("nothing",),
        ("lint", "--nothing"),
        ("lint", "--format", "xml"),
        ("lint", "--as-of", "today"),
        ("lint", "--jobs", "0"),
        ("lint", "--select", "PM999"),
        ("explain", "PM999"),
    ],
)
def test_2_where_the_command_is_used_wrongly(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = postmortem(corpus(tmp_path), *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Error: " in done.stderr


@pytest.mark.parametrize(
    ("spoil", "arguments", "said"),
    [
        ("postmortem.yml", ("lint",), "no postmortem.yml here or in any folder above"),
        ("", ("lint", "--settings", "other.yml"), "other.yml: the settings cannot be read"),
        ("", ("lint", "nowhere"), "nowhere: does not exist"),
        ("", ("lint", "postmortem.txt"), "postmortem.txt: is not a record"),
        ("", ("lint", "postmortem.yml"), "postmortem.yml: holds the settings"),
        ("", ("lint", "link.yaml"), "link.yaml: a symbolic link is not followed"),
    ],
)
def test_3_where_the_operator_has_something_to_mend(
    tmp_path: Path, spoil: str, arguments: tuple[str, ...], said: str
) -> None:
    corpus(tmp_path)
    (tmp_path / "postmortem.txt").touch()
    (tmp_path / "link.yaml").symlink_to("postmortem.yml")
    if spoil:
        (tmp_path / spoil).unlink()
    done = postmortem(tmp_path, *arguments)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("postmortem: ")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_3_where_the_folder_of_records_is_missing(tmp_path: Path) -> None:
    (corpus(tmp_path) / "incidents").rename(tmp_path / "records")
    done = postmortem(tmp_path, "lint")
    assert done.returncode == 3
    assert "incidents" in done.stderr
    assert "mend" in done.stderr


def test_3_where_the_output_cannot_be_written(tmp_path: Path) -> None:
    corpus(tmp_path)
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [*COMMAND, "lint"], cwd=tmp_path, env=environment(), stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 3
    assert done.stderr.startswith(b"postmortem: the output cannot be written (No space left on device); ")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_streams_that_are_closed_change_no_exit_code(tmp_path: Path, closed: str) -> None:
    corpus(tmp_path)
    for arguments, code in (("lint", 0), ("new Chat", 0), ("nothing", 2)):
        line = f'"$@" {arguments} {closed}'
        done = subprocess.run(
            ["/bin/sh", "-c", line, "sh", *COMMAND], cwd=tmp_path, env=environment(), capture_output=True, check=False
        )
        assert (done.returncode, b"bug of ours" in done.stderr) == (code, False)


def test_3_where_the_epoch_is_no_number(tmp_path: Path) -> None:
    done = postmortem(corpus(tmp_path), "lint", SOURCE_DATE_EPOCH="yesterday")
    assert done.returncode == 3
    assert "SOURCE_DATE_EPOCH is 'yesterday'" in done.stderr


def test_3_names_every_thing_that_is_wrong_with_the_settings(tmp_path: Path) -> None:
    (corpus(tmp_path) / "postmortem.yml").write_text("schema_version: '1.0'\n", encoding="utf-8")
    done = postmortem(tmp_path, "lint")
    assert done.returncode == 3
    assert len(done.stderr.splitlines()) == 3
    assert all(line.startswith("postmortem: postmortem.yml:1:1") for line in done.stderr.splitlines())


def test_70_where_the_bug_is_ours(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        error = ZeroDivisionError("by zero")
        error.add_note("rule PM204 open-window, looking at incidents/x.yaml")
        raise error

    monkeypatch.delenv("POSTMORTEM_DEBUG", raising=False)
    assert guarded(broken) == 70
    said = capsys.readouterr().err
    assert said.startswith("postmortem: this is a bug of ours, not of your records: ZeroDivisionError: by zero")
    assert "rule PM204 open-window, looking at incidents/x.yaml" in said
    assert "POSTMORTEM_DEBUG=1" in said
    assert "Traceback" not in said
    monkeypatch.setenv("POSTMORTEM_DEBUG", "1")
    assert guarded(broken) == 70
    assert "Traceback" in capsys.readouterr().err


def test_the_boundary_lets_results_and_exits_through() -> None:
    def leave() -> None:
        raise click.exceptions.Exit(5)

    assert guarded(lambda: 1) == 1
    assert guarded(lambda: None) == 0
    assert guarded(leave) == 5


def test_130_where_somebody_interrupts(tmp_path: Path) -> None:
    """The command reads its settings from a pipe that nobody fills, so it is surely at work when the signal comes."""
    corpus(tmp_path)
    pipe = tmp_path / "settings.pipe"
    os.mkfifo(pipe)
    running = subprocess.Popen(
        [*COMMAND, "lint", "--settings", str(pipe)],
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    threading.Thread(target=_open_once_it_ended, args=(running, pipe), daemon=True).start()
    with pipe.open("w"):
        running.send_signal(signal.SIGINT)
        output, said = running.communicate(timeout=60)
    assert (running.returncode, output, said.strip()) == (130, "", "postmortem: interrupted")


def _open_once_it_ended(running: subprocess.Popen[str], pipe: Path) -> None:
    """Lets the test go on where the command ended before it asked for the pipe."""
    running.wait()
    os.close(os.open(pipe, os.O_RDONLY | os.O_NONBLOCK))


def test_a_reader_that_stops_reading_changes_nothing(tmp_path: Path) -> None:
    corpus(tmp_path)
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as closed:
        done = subprocess.run(
            [*COMMAND, "lint"], cwd=tmp_path, env=environment(), stdout=closed, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr) == (0, b"")


def test_version_and_help_need_no_settings(tmp_path: Path) -> None:
    shown = postmortem(tmp_path, "--version")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert shown.stdout.startswith("postmortem, version ")
    assert "say what is wrong with the records" in postmortem(tmp_path, "--help").stdout
    assert "--as-of DATE" in postmortem(tmp_path, "lint", "--help").stdout
