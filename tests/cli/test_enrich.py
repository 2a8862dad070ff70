"""`postmortem enrich`: what it adds, what it leaves alone, what it tells, and what it writes nothing of."""

import json
from pathlib import Path

import pytest

from postmortem.corpus import ledger
from postmortem.yamldoc.loader import read
from tests.cli.commands import run_in
from tests.cli.feeding import ID, NAME, RECORD, UPDATES, answer, document, incident, project, said, write
from tests.cli.writing import Terminal, files
from tests.sources.loopback import http, serving


def test_what_the_page_said_since_comes_in_and_every_line_of_the_author_stays(tmp_path: Path) -> None:
    path = project(tmp_path)
    before = path.read_text(encoding="utf-8")
    done = run_in(tmp_path, "enrich", "--from", answer(tmp_path, incident(*UPDATES)))
    assert done.returncode == 0, done.stderr
    after = path.read_text(encoding="utf-8")
    kept = [line for line in before.splitlines() if line not in after.splitlines()]
    assert [line.replace("}  # 3 am", "") for line in kept] == [
        '  - {id: u1, at: "2026-06-23T14:47Z", kind: update, status: investigating, text: Chats failed to start.'
    ]
    document, findings = read(path.read_bytes(), NAME)
    assert (document is not None, findings) == (True, ())
    assert document is not None
    timeline = document.data["timeline"]
    assert [(each["id"], each.get("origin", {}).get("key")) for each in timeline] == [
        ("u1", "a"),
        ("n1", None),
        ("u2", "b"),
        ("u3", "c"),
    ]
    assert timeline[2]["text"] == "Word b."
    assert document.data["clocks"]["resolved"]["at"] == "2026-06-23T16:13:59Z"
    assert f"{NAME}: adds 2 entries (monitoring, resolved), 1 recognised" in done.stderr
    assert run_in(tmp_path, "lint").returncode == 0


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    project(tmp_path, state="published")
    capture = answer(tmp_path, incident(*UPDATES))
    run_in(tmp_path, "enrich", "--from", capture)
    there = files(tmp_path)
    again = run_in(tmp_path, "enrich", "--from", capture)
    assert (again.returncode, again.stderr.splitlines()[-1]) == (0, "nothing to add")
    assert files(tmp_path) == there
    assert run_in(tmp_path, "enrich", "--from", capture, "--check").returncode == 0


@pytest.mark.parametrize(("option", "code"), [("--check", 1), ("--dry-run", 0), ("--diff", 0)])
def test_what_only_looks_writes_nothing(tmp_path: Path, option: str, code: int) -> None:
    project(tmp_path, state="published")
    capture = answer(tmp_path, incident(*UPDATES))
    there = files(tmp_path)
    done = run_in(tmp_path, "enrich", "--from", capture, option)
    assert done.returncode == code
    assert files(tmp_path) == there
    assert "1 record would change; nothing was written" in done.stderr
    assert ("text: Word c." in done.stdout) is (option == "--diff")


def test_a_public_record_promises_what_it_was_given(tmp_path: Path) -> None:
    path = project(tmp_path, state="published")
    assert run_in(tmp_path, "lint", "--fix").returncode == 0
    run_in(tmp_path, "enrich", "--from", answer(tmp_path, incident(*UPDATES)))
    entries = ledger.read(tmp_path / "ledger.jsonl")[ID].entries
    assert set(entries) == {"u1", "n1", "u2", "u3"}
    assert 'published: "20' in path.read_text(encoding="utf-8")
    assert entries["u3"] > "2026-06-23T16:13:59Z"
    assert run_in(tmp_path, "lint").returncode == 0


def test_an_id_that_was_promised_once_is_not_given_again(tmp_path: Path) -> None:
    path = project(tmp_path)
    gone = ledger.Promise(id=ID, state="published", entries={"u7": "2026-06-23T15:00:00Z"})
    (tmp_path / "ledger.jsonl").write_bytes(ledger.printed({ID: gone}))
    run_in(tmp_path, "enrich", "--from", answer(tmp_path, incident(*UPDATES[:2])))
    assert "id: u8" in path.read_text(encoding="utf-8")


def test_an_observer_keeps_the_words_at_their_source(tmp_path: Path) -> None:
    path = project(tmp_path, role="observer")
    run_in(tmp_path, "enrich", "--from", answer(tmp_path, incident(*UPDATES)))
    assert "Word" not in path.read_text(encoding="utf-8")
    assert "status: resolved" in path.read_text(encoding="utf-8")


def test_what_changed_upstream_is_told_with_both_values_and_left_alone(tmp_path: Path) -> None:
    path = project(tmp_path)
    run_in(tmp_path, "enrich", "--from", answer(tmp_path, incident(*UPDATES)))
    there = path.read_bytes()
    first, _, last = UPDATES
    edited = said("c", "16:13:59", "resolved", body="It was worse.", updated_at="2026-06-23T18:00:00.000Z")
    changed = incident(first, edited, name="Chat is down", impact="critical")
    assert last["id"] == edited["id"]
    done = run_in(tmp_path, "enrich", "--from", answer(tmp_path, changed))
    assert path.read_bytes() == there
    for line in (
        'renamed: the record says "Elevated errors", page "Chat is down"',
        "impact: the record says minor, page critical",
        'edited: u3 says "Word c.", page since 2026-06-23T18:00Z "It was worse."',
        "deleted: page no longer has u2 (b, 2026-06-23T15:41:05Z); it stays",
    ):
        assert f"{NAME}: {line}\n" in done.stderr


def test_an_incident_that_is_gone_is_told_and_deletes_nothing(tmp_path: Path) -> None:
    path = project(tmp_path)
    there = path.read_bytes()
    old = [
        said("x", "01:00:00", "resolved", display_at="2026-05-01T01:00:00.000Z", created_at="2026-05-01T01:00:00.000Z")
    ]
    new = [said("y", "23:00:00", "resolved")]
    done = run_in(tmp_path, "enrich", "--from", answer(tmp_path, incident(*old, id="i0"), incident(*new, id="i2")))
    assert f"{NAME}: deleted: page no longer has the incident i1; the record stays as it is\n" in done.stderr
    assert path.read_bytes() == there


UNTRACKED = RECORD[: RECORD.index("tracking:")] + RECORD[RECORD.index("internal:") :]


def test_in_a_pipe_a_match_is_only_proposed(tmp_path: Path) -> None:
    path = project(tmp_path, UNTRACKED)
    there = path.read_bytes()
    done = run_in(tmp_path, "enrich", "--from", answer(tmp_path, incident(*UPDATES)))
    assert path.read_bytes() == there
    assert (
        f"may be {NAME} (same service, same time); if so, add tracking: [{{source: page, incident: i1}}]" in done.stderr
    )


def test_the_title_alone_proposes_nothing(tmp_path: Path) -> None:
    project(tmp_path, UNTRACKED)
    same = incident(*UPDATES, name="Chat unavailable after a routing change", components=[])
    done = run_in(tmp_path, "enrich", "--from", answer(tmp_path, same))
    assert "may be" not in done.stderr
    assert "page: 1 incident has no record; postmortem import writes what is missing\n" in done.stderr


@pytest.mark.parametrize(("word", "tracked"), [("y", True), ("n", False)])
def test_on_a_terminal_it_is_asked_about(tmp_path: Path, word: str, *, tracked: bool) -> None:
    path = project(tmp_path, UNTRACKED)
    terminal = Terminal(tmp_path, "enrich", "--from", answer(tmp_path, incident(*UPDATES)))
    terminal.until("[y/N]")
    terminal.type(word)
    assert terminal.end() == 0
    document, _ = read(path.read_bytes(), NAME)
    assert document is not None
    assert ("tracking" in document.data) is tracked
    assert len(document.data["timeline"]) == (4 if tracked else 2)
    assert run_in(tmp_path, "lint").returncode == 0


def test_only_the_records_that_are_named_change(tmp_path: Path) -> None:
    path = project(tmp_path)
    other = write(
        tmp_path,
        RECORD.replace("ID", f"{ID}-2").replace("STATE", "draft").replace("i1", "i2"),
        f"incidents/{ID}-2.yaml",
    )
    there = other.read_bytes()
    capture = answer(tmp_path, incident(*UPDATES), incident(*UPDATES, id="i2"))
    assert run_in(tmp_path, "enrich", ID, "--from", capture).returncode == 0
    assert "u3" in path.read_text(encoding="utf-8")
    assert other.read_bytes() == there
    assert run_in(tmp_path, "enrich", str(other), "--from", capture).returncode == 0
    assert other.read_bytes() != there


def test_a_record_with_mistakes_is_left_alone_and_named(tmp_path: Path) -> None:
    path = project(tmp_path, RECORD.replace("severity: major", "severity: majr"))
    there = path.read_bytes()
    done = run_in(tmp_path, "enrich", "--from", answer(tmp_path, incident(*UPDATES)))
    assert (done.returncode, path.read_bytes()) == (1, there)
    assert f"{NAME}: is no valid record; run postmortem lint on it and mend it\n" in done.stderr


def test_words_that_a_rule_forbids_are_not_let_in(tmp_path: Path) -> None:
    path = project(tmp_path)
    there = path.read_bytes()
    secret = said("b", "15:41:05", "monitoring", body="Use key AKIAIOSFODNN7EXAMPLQ for now.")
    done = run_in(tmp_path, "enrich", "--from", answer(tmp_path, incident(UPDATES[0], secret)))
    assert (done.returncode, path.read_bytes()) == (1, there)
    assert "adding to it would be wrong (PM6" in done.stderr
    assert "AKIAIOSFODNN7EXAMPLQ" not in done.stderr


def test_over_http_the_states_are_shown_and_a_source_that_is_down_is_an_error(tmp_path: Path) -> None:
    path = project(tmp_path)
    with serving({"/api/v2/incidents.json": http(200, document(incident(*UPDATES)))}) as server:
        settings = tmp_path / "postmortem.yml"
        listed = f'sources:\n  - {{id: page, kind: statuspage, url: "{server.at("/")}"}}\n'
        text = settings.read_text(encoding="utf-8")
        settings.write_text(text[: text.index("sources:")] + listed, encoding="utf-8")
        blocked = run_in(tmp_path, "enrich")
        done = run_in(tmp_path, "enrich", "--allow-host", "127.0.0.1")
        server.routes["/api/v2/incidents.json"] = http(503, b"")
        there = path.read_bytes()
        stale = run_in(tmp_path, "enrich", "--allow-host", "127.0.0.1")
        nothing = run_in(tmp_path, "enrich", "--allow-host", "127.0.0.1", "--no-cache")
    assert (blocked.returncode, done.returncode, stale.returncode, nothing.returncode) == (3, 0, 0, 3)
    assert blocked.stderr.startswith("page: blocked, ")
    assert done.stderr.startswith("page: ok, statuspage, 1 incident in 3 updates from http://127.0.0.1")
    assert stale.stderr.startswith("page: stale, statuspage, 1 incident in 3 updates from http://127.0.0.1")
    assert nothing.stderr.startswith("page: down, ")
    assert path.read_bytes() == there


def test_what_is_asked_wrongly_is_said(tmp_path: Path) -> None:
    project(tmp_path)
    assert (
        'there is no record "2026-06-23-chat-unavailabel"'
        in run_in(tmp_path, "enrich", "2026-06-23-chat-unavailabel").stderr
    )
    assert '"pag" is no source of postmortem.yml' in run_in(tmp_path, "enrich", "--source", "pag").stderr
    assert run_in(tmp_path, "enrich", "--from", "nowhere.json").returncode == 3


def test_a_run_that_was_killed_before_it_promised_is_mended_by_the_next(tmp_path: Path) -> None:
    project(tmp_path, state="published")
    run_in(tmp_path, "lint", "--fix")
    promised = (tmp_path / "ledger.jsonl").read_bytes()
    capture = answer(tmp_path, incident(*UPDATES))
    run_in(tmp_path, "enrich", "--from", capture)
    whole = (tmp_path / "ledger.jsonl").read_bytes()
    (tmp_path / "ledger.jsonl").write_bytes(promised)
    assert run_in(tmp_path, "enrich", "--from", capture).returncode == 0
    assert (tmp_path / "ledger.jsonl").read_bytes() == whole


def test_bytes_of_a_file_from_elsewhere_survive(tmp_path: Path) -> None:
    path = project(tmp_path)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert run_in(tmp_path, "enrich", "--from", answer(tmp_path, incident(*UPDATES))).returncode == 0
    after = path.read_bytes()
    assert after.startswith(b"\xef\xbb\xbfschema_version")
    assert after.count(b"\n") == after.count(b"\r\n")


def test_two_jobs_give_what_one_gives(tmp_path: Path) -> None:
    results = []
    for jobs in ("1", "2"):
        folder = tmp_path / jobs
        folder.mkdir()
        project(folder)
        names = [f"i{number}" for number in range(2, 80)]
        for name in names:
            record = RECORD.replace("ID", f"{ID}-{name}").replace("STATE", "draft")
            record = record.replace("incident: i1", f"incident: {name}")
            write(folder, record, f"incidents/{ID}-{name}.yaml")
        capture = answer(folder, incident(*UPDATES), *(incident(*UPDATES, id=name) for name in names))
        done = run_in(folder, "enrich", "--from", capture, "--jobs", jobs)
        told = [line for line in done.stderr.splitlines() if not line.startswith("page:")]
        results.append((told, {name: held for name, held in files(folder).items() if name.startswith("incidents")}))
    assert results[0] == results[1]
    assert json.loads(json.dumps(results[0][0]))[-1].startswith("79 records changed")
