"""`postmortem reconcile`: every disagreement with both values and their places, for people and for programs."""

import json
from pathlib import Path

from tests.cli.commands import run_in
from tests.cli.feeding import NAME, RECORD, UPDATES, answer, incident, project, said


def test_both_values_and_both_places(tmp_path: Path) -> None:
    path = project(tmp_path)
    there = path.read_bytes()
    capture = answer(tmp_path, incident(*UPDATES, impact="critical"))
    done = run_in(tmp_path, "reconcile", "--from", capture)
    assert done.returncode == 0
    page = "https://status.example.com/incidents/i1"
    assert done.stdout.splitlines() == [
        f"{NAME}:16:18: end: the record says nothing, page 2026-06-23T16:13:59Z ({page})",
        f"{NAME}:16:18: status: the record says investigating, page resolved ({page})",
        f"{NAME}:5:11: severity: the record says major, page critical ({page})",
        f"{NAME}:16:3: updates: the record says 1, page 3 ({page})",
        "4 disagreements in 1 comparison of 1 record",
    ]
    assert path.read_bytes() == there


def test_the_same_for_programs_with_the_state_of_each_source(tmp_path: Path) -> None:
    project(tmp_path)
    capture = answer(tmp_path, incident(*UPDATES, impact="major"))
    done = run_in(tmp_path, "reconcile", "--from", capture, "--format", "json")
    found = json.loads(done.stdout)
    assert found["version"] == 1
    assert found["summary"] == {"records": 1, "compared": 1, "missing": 0, "disagreements": 3}
    (source,) = found["sources"]
    assert (source["id"], source["kind"], source["state"], source["incidents"]) == ("page", "statuspage", "ok", 1)
    assert len(source["sha256"]) == 64
    end = found["disagreements"][0]
    assert (end["what"], end["record"], end["source_says"]) == ("end", None, "2026-06-23T16:13:59Z")
    assert (end["path"], end["line"], end["column"]) == (NAME, 16, 18)
    assert (end["pointer"], end["source"], end["incident"]) == (["timeline", 0, "at"], "page", "i1")


def test_strict_fails_where_they_disagree_and_only_there(tmp_path: Path) -> None:
    project(tmp_path)
    capture = answer(tmp_path, incident(*UPDATES, impact="major"))
    assert run_in(tmp_path, "reconcile", "--from", capture, "--strict").returncode == 1
    run_in(tmp_path, "enrich", "--from", capture)
    done = run_in(tmp_path, "reconcile", "--from", capture, "--strict")
    assert (done.returncode, done.stdout) == (0, "0 disagreements in 1 comparison of 1 record\n")


def test_an_incident_that_the_answer_lacks_is_counted_not_compared(tmp_path: Path) -> None:
    project(tmp_path)
    done = run_in(
        tmp_path, "reconcile", "--from", answer(tmp_path, incident(said("z", "10:00:00", "resolved"), id="i9"))
    )
    assert (done.returncode, done.stdout) == (0, "0 disagreements in 0 comparisons of 1 record, 1 not in the answers\n")


def test_a_source_that_says_nothing_is_no_agreement(tmp_path: Path) -> None:
    project(tmp_path)
    (tmp_path / "page.html").write_text("<html>Sorry</html>", encoding="utf-8")
    done = run_in(tmp_path, "reconcile", "--from", "page.html", "--format", "json")
    assert done.returncode == 3
    assert json.loads(done.stdout)["sources"][0]["state"] == "unreadable"


def test_a_record_with_mistakes_is_named(tmp_path: Path) -> None:
    project(tmp_path, RECORD.replace("severity: major", "severity: majr"))
    done = run_in(tmp_path, "reconcile", "--from", answer(tmp_path, incident(*UPDATES)))
    assert done.returncode == 1
    assert f"{NAME}: is no valid record; run postmortem lint on it\n" in done.stderr
