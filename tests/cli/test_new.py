"""`postmortem new`: a draft, or a public record in one line."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from postmortem.corpus import ledger
from tests.cli.commands import run_in
from tests.cli.writing import PUBLISH, Terminal, files, project, published

TODAY = datetime.now(UTC).date().isoformat


def test_one_line_at_3_am_publishes_a_record(tmp_path: Path) -> None:
    done = run_in(project(tmp_path), "new", "Chat fails to load", *PUBLISH)
    assert (done.returncode, done.stderr.count("\n")) == (0, 1)
    (path,) = tmp_path.glob("incidents/*/*.yaml")
    name = path.relative_to(tmp_path).as_posix()
    assert re.fullmatch(r"incidents/(\d{4})/\1-\d\d-\d\d-chat-fails-to-load\.yaml", name)
    assert done.stdout == f"--- /dev/null\n+++ b/{name}\n" + done.stdout.split("\n", 2)[2]
    assert "".join(f"{line[1:]}\n" for line in done.stdout.splitlines()[3:]) == path.read_text(encoding="utf-8")
    assert done.stderr == f"{name}: published (u1); next: git add {name} ledger.jsonl\n"
    assert run_in(tmp_path, "lint", "--strict").returncode == 0
    assert set(ledger.read(tmp_path / "ledger.jsonl")[path.stem].entries) == {"u1", "r1"}


def test_a_draft_takes_what_is_safe_in_a_pipe_and_promises_nothing(tmp_path: Path) -> None:
    done = run_in(project(tmp_path), "new", "Chat fails to load")
    assert done.returncode == 0
    assert done.stderr.endswith(": a draft; next: answer what is marked TODO, then postmortem lint\n")
    (path,) = tmp_path.glob("incidents/*/*.yaml")
    assert "record: draft" in path.read_text(encoding="utf-8")
    assert not (tmp_path / "ledger.jsonl").exists()
    assert run_in(tmp_path, "lint", "--strict").returncode == 0


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ((), "--severity and --service and --text"),
        (("--severity", "major", "--text", "Chats fail."), "needs --service:"),
        (("--severity", "major", "--service", "web-app", "--text", " "), "needs --text:"),
    ],
)
def test_in_a_pipe_publishing_names_the_flags_it_needs(tmp_path: Path, given: tuple[str, ...], told: str) -> None:
    done = run_in(project(tmp_path), "new", "Chat fails", "--publish", *given)
    assert done.returncode == 2
    assert told in done.stderr
    assert list(files(tmp_path)) == ["postmortem.yml"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("--service", "web-ap"), 'did you mean "web-app"?'),
        (("--model", "opus"), "opus-4.8"),
        (("--started", "14:21"), "needs its zone"),
        (("--started", "+17m"), "no start is known"),
        (("--provider", "other"), "no provider"),
        (("--severity", "huge"), "'critical'"),
        (("--into", "elsewhere"), "--into elsewhere: records are read from incidents; name a folder in there"),
        ((*PUBLISH, "--into", "incidents/../elsewhere"), "name a folder in there"),
    ],
)
def test_what_the_catalogue_or_the_clock_does_not_know_is_a_usage_error(
    tmp_path: Path, given: tuple[str, ...], told: str
) -> None:
    done = run_in(project(tmp_path), "new", "Chat fails", *given)
    assert done.returncode == 2
    assert told in done.stderr
    assert list(files(tmp_path)) == ["postmortem.yml"]


def test_an_error_that_it_would_bring_in_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    done = run_in(project(tmp_path), "new", "Chat fails", *PUBLISH[:-1], "Write to jane.doe@customer-bank.com at once.")
    assert done.returncode == 1
    assert "PM601" in done.stderr
    assert "jane.doe@" not in done.stdout + done.stderr
    assert list(files(tmp_path)) == ["postmortem.yml"]


def test_a_dry_run_shows_the_file_and_writes_nothing(tmp_path: Path) -> None:
    done = run_in(project(tmp_path), "new", "Chat fails", *PUBLISH, "--dry-run")
    assert done.returncode == 0
    assert "+record: published" in done.stdout
    assert "nothing was written" in done.stderr
    assert list(files(tmp_path)) == ["postmortem.yml"]


def test_no_file_and_no_id_is_ever_taken_twice(tmp_path: Path) -> None:
    first, second = published(project(tmp_path)), published(tmp_path)
    assert second.stem == f"{first.stem}-2"
    second.unlink()
    assert published(tmp_path).stem == f"{first.stem}-3"


def test_the_editor_finds_the_projects_schema(tmp_path: Path) -> None:
    done = run_in(project(tmp_path), "new", "Chat fails", "--dry-run")
    assert "$schema=https://status.example.com/schemas/incident-1.0.schema.json" in done.stdout
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas" / "incident-1.0.schema.json").touch()
    done = run_in(tmp_path, "new", "Chat fails", "--dry-run")
    assert "$schema=../../schemas/incident-1.0.schema.json\n" in done.stdout
    done = run_in(tmp_path, "new", "Chat fails", "--into", "incidents/drafts/june", "--dry-run")
    assert "$schema=../../../schemas/incident-1.0.schema.json\n" in done.stdout


def test_whose_it_is_follows_from_the_service(tmp_path: Path) -> None:
    project(tmp_path, "providers: [{id: other, name: Other}, {id: example-ai, name: Example AI}]\n")
    text = (
        (tmp_path / "postmortem.yml").read_text(encoding="utf-8").replace("the web}", "the web, provider: example-ai}")
    )
    (tmp_path / "postmortem.yml").write_text(text, encoding="utf-8")
    done = run_in(tmp_path, "new", "Chat fails", *PUBLISH)
    assert done.returncode == 0
    assert "+provider: example-ai\n" in done.stdout


def test_a_terminal_is_asked_for_what_is_missing(tmp_path: Path) -> None:
    terminal = Terminal(project(tmp_path), "new", "Chat fails to load", "--publish")
    terminal.until("How bad is it")
    terminal.type("major")
    assert "mobile-app" in terminal.until("Which services")
    terminal.type("web-ap")
    terminal.until('did you mean "web-app"?')
    terminal.until("Which services")
    terminal.type("web-app, mobile-app")
    terminal.until("When did it start")
    terminal.type("14:21")
    terminal.until("needs its zone")
    terminal.until("When did it start")
    terminal.type("5m ago")
    terminal.until("What users see")
    terminal.type("Chats fail to load.")
    assert terminal.end() == 0
    assert "\x1b[1;32m+record: published" in terminal.said
    (path,) = tmp_path.glob("incidents/*/*.yaml")
    text = path.read_text(encoding="utf-8")
    assert "services: [web-app, mobile-app]\n" in text
    assert "\n  started: 20" in text
    assert "text: Chats fail to load.\n" in text


def test_a_terminal_is_asked_nothing_that_was_said(tmp_path: Path) -> None:
    terminal = Terminal(project(tmp_path), "new", "Chat fails", *PUBLISH, "--started", "5m ago", NO_COLOR="1")
    assert terminal.end() == 0
    assert "?" not in terminal.said
    assert "\x1b" not in terminal.said


def test_questions_have_colours_only_where_they_are_wanted(tmp_path: Path) -> None:
    for wanted, more in ((True, {}), (False, {"NO_COLOR": "1"})):
        folder = tmp_path / str(wanted)
        folder.mkdir()
        terminal = Terminal(project(folder), "new", "Chat fails", "--severity", "major", **more)
        assert ("\x1b" in terminal.until("Which services")) is wanted
        terminal.interrupt()
        assert terminal.end() == 130


@pytest.mark.parametrize("questions", [1, 2, 3])
def test_an_interrupt_at_any_question_writes_nothing(tmp_path: Path, questions: int) -> None:
    terminal = Terminal(project(tmp_path), "new", "Chat fails")
    for question, answer in (("How bad", "major"), ("Which services", "web-app"), ("When did", "not known"))[
        :questions
    ]:
        terminal.until(question)
        if question != ("How bad", "Which services", "When did")[questions - 1]:
            terminal.type(answer)
    terminal.interrupt()
    assert terminal.end() == 130
    assert list(files(tmp_path)) == ["postmortem.yml"]
