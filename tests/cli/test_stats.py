"""`postmortem stats`: the same numbers for people and for programs, and never a word more than the records hold."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.commands import RECORD, SETTINGS, corpus, postmortem

AS_OF = ("--as-of", "2026-06-30")
WATCHED = SETTINGS + "coverage: [{from: 2026-06-01, complete: true}]\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    corpus(tmp_path)
    (tmp_path / "postmortem.yml").write_text(WATCHED, encoding="utf-8")
    return tmp_path


def test_a_table_fits_eighty_columns_and_says_what_each_number_means(project: Path) -> None:
    done = postmortem(project, "stats", *AS_OF)
    assert (done.returncode, done.stderr) == (0, "")
    assert max(len(line) for line in done.stdout.splitlines()) <= 80
    assert "Watched: 2026-06-01 to 2026-06-30, 30 days" in done.stdout
    for word in ("Impact time", "Disclosure lag", "Gaps between incidents", "Episodes", "web-app", "not known"):
        assert word in done.stdout
    assert "\x1b" not in done.stdout


def test_json_csv_and_the_rows_behind_a_figure_agree(project: Path) -> None:
    whole = json.loads(postmortem(project, "stats", "--format", "json", *AS_OF).stdout)
    assert (whole["version"], whole["numbers"][0]["as_of"]) == (1, "2026-06-30")
    figures = {each["key"]: each for section in whole["numbers"][0]["sections"] for each in section["figures"]}
    assert figures["counts/30"]["window"] == {
        "start": "2026-06-01", "end": "2026-06-30", "asked": 30, "watched": 30, "complete": True, "provider": None,
        "clipped": False,
    }  # fmt: skip
    lines = list(csv.DictReader(io.StringIO(postmortem(project, "stats", "--format", "csv", *AS_OF).stdout)))
    told = {(each["figure"], each["key"]): each["value"] for each in lines}
    for key, figure in figures.items():
        for value in figure["values"]:
            assert told[key, value["key"]] == ("" if value["value"] is None else str(value["value"]))
    rows = list(csv.DictReader(io.StringIO(postmortem(project, "stats", "--rows", "open_time", *AS_OF).stdout)))
    assert [(each["incident"], each["minutes"], each["first_known"]) for each in rows] == [
        ("2026-06-23-chat-unavailable", "0", "2026-06-23T14:47:00Z")
    ]
    assert figures["open_time"]["rows"][0]["first_known"] == "2026-06-23T14:47:00Z"


def test_the_transparency_of_a_record(project: Path) -> None:
    done = postmortem(project, "stats", "--transparency", *AS_OF)
    assert "What Example AI tells about its own incidents." in done.stdout
    assert "was data at risk   ████████████████          1" in done.stdout


@pytest.mark.parametrize("format_", ["table", "json", "csv"])
def test_no_record_is_no_crash(tmp_path: Path, format_: str) -> None:
    (tmp_path / "postmortem.yml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "incidents").mkdir()
    for more in ((), ("--transparency",)):
        done = postmortem(tmp_path, "stats", "--format", format_, *more, *AS_OF)
        assert (done.returncode, done.stderr) == (0, "")


def test_a_record_that_is_none_is_named_and_left_out(project: Path) -> None:
    corpus_file = project / "incidents" / "2026" / "2026-06-24-broken.yaml"
    corpus_file.write_text(RECORD.replace("severity: major", "severity: huge"), encoding="utf-8")
    done = postmortem(project, "stats", *AS_OF)
    assert done.returncode == 1
    assert "2026-06-24-broken.yaml: left out" in done.stderr
    assert done.stdout == postmortem(project, "stats", "--jobs", "2", *AS_OF).stdout


def test_what_is_not_public_moves_no_number(project: Path) -> None:
    before = postmortem(project, "stats", "--format", "json", *AS_OF).stdout
    draft = project / "incidents" / "2026" / "2026-06-24-draft.yaml"
    secret = RECORD.replace("record: published", "record: draft").replace("2026-06-23-chat", "2026-06-24-draft")
    draft.write_text(secret, encoding="utf-8")
    assert postmortem(project, "stats", "--format", "json", *AS_OF).stdout == before


def test_an_unknown_figure_is_answered_with_the_list(project: Path) -> None:
    done = postmortem(project, "stats", "--rows", "mttr", *AS_OF)
    assert done.returncode == 2
    assert "impact_time" in done.stderr
