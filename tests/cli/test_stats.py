"""`postmortem stats`: the same numbers for people and for programs, and never a word more than the records hold."""

import csv
import html
import io
import json
import re
from datetime import date
from pathlib import Path

import pytest

from postmortem.build import Options, prepare
from tests.cli.commands import NAME, RECORD, SETTINGS, corpus, postmortem

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


def test_a_record_with_errors_is_left_out_as_a_build_leaves_it_out(project: Path) -> None:
    before = postmortem(project, "stats", *AS_OF).stdout
    wrong = RECORD.replace("2026-06-23-chat", "2026-06-24-other").replace("services: [web-app]", "services: [nobody]")
    (project / "incidents/2026/2026-06-24-other-unavailable.yaml").write_text(wrong, encoding="utf-8")
    done = postmortem(project, "stats", *AS_OF)
    assert done.returncode == 1
    assert "2026-06-24-other-unavailable.yaml: left out, 1 error; run postmortem lint" in done.stderr
    assert done.stdout == before
    built = postmortem(project, "build", "--data-only", "--keep-going", *AS_OF)
    assert "LEFT OUT: incidents/2026/2026-06-24-other-unavailable.yaml" in built.stderr


def test_a_ledger_that_is_not_kept_is_an_error(project: Path) -> None:
    (project / NAME).unlink()
    done = postmortem(project, "stats", *AS_OF)
    assert done.returncode == 1
    assert "ledger.jsonl: not as promised" in done.stderr


def test_the_rows_are_the_files_that_the_site_publishes(project: Path) -> None:
    """All but the ends of lines, which the tests read as text."""
    prepared = prepare(project / "postmortem.yml", Options(as_of=date(2026, 6, 30)))
    published = {
        each.path: each.body.decode().replace("\r\n", "\n")
        for each in prepared.artifacts()
        if each.path.startswith("metrics/")
    }
    prepared.close()
    assert len(published) > 20
    for path in ("impact_time", "lag/disclosure", "uptime/web-app/all", "months"):
        assert postmortem(project, "stats", "--rows", path, *AS_OF).stdout == published[f"metrics/{path}.csv"]
    answers = postmortem(project, "stats", "--transparency", "--rows", "answers", *AS_OF).stdout
    assert answers == published["metrics/answers.csv"]


def test_the_page_and_the_command_tell_the_same(project: Path) -> None:
    prepared = prepare(project / "postmortem.yml", Options(as_of=date(2026, 6, 30)))
    pages = {each.path: html.unescape(re.sub(r"<[^>]+>", " ", each.body)) for each in prepared.nav_pages()}
    prepared.close()
    for path, more in (("metrics/", ()), ("transparency/", ("--transparency",))):
        page = " ".join(pages[path].split())
        whole = json.loads(postmortem(project, "stats", *more, "--format", "json", *AS_OF).stdout)["numbers"][0]
        assert all(" ".join(each.split()) in page for each in whole["notes"])
        for section in whole["sections"]:
            for figure in section["figures"]:
                of = figure["of"][:-1] if figure["n"] == 1 else figure["of"]
                assert f"n = {figure['n']} {of}" in page
                for value in figure["values"]:
                    if value["unit"] == "percent" and value["value"] is not None:
                        assert f"{value['value']:g} %" in page
    card = json.loads(postmortem(project, "stats", "--transparency", "--format", "json", *AS_OF).stdout)
    values = {each["key"]: each["value"] for each in card["numbers"][0]["sections"][0]["figures"][0]["values"]}
    for question in ("what_failed", "was_data_at_risk", "what_now"):
        counts = values[f"{question}/answered"], values[f"{question}/partly"]
        asked = f"{question.replace('_', ' ').capitalize()}?"
        assert re.search(
            rf"{re.escape(asked)} .*? {counts[0]} +{counts[1]} +{1 - sum(counts)} ", pages["transparency/"]
        )


def test_of_several_providers_one_at_a_time(project: Path) -> None:
    several = "providers: [{id: one, name: One}, {id: two, name: Two}]\n"
    (project / "postmortem.yml").write_text(
        WATCHED.replace("role: provider", "role: observer").replace("id: web-app", "provider: one, id: web-app")
        + several,
        encoding="utf-8",
    )
    (project / NAME).write_text(RECORD + "provider: one\n", encoding="utf-8")
    done = postmortem(project, "stats", "--rows", "open_time", *AS_OF)
    assert done.returncode == 2
    assert "say --provider: there are one, two" in done.stderr
    rows = postmortem(project, "stats", "--rows", "open_time", "--provider", "one", *AS_OF).stdout
    assert [line.split(",")[0] for line in rows.splitlines()] == ["incident", "2026-06-23-chat-unavailable"]
    assert "Numbers, two" not in postmortem(project, "stats", "--provider", "one", *AS_OF).stdout
    assert postmortem(project, "stats", "--provider", "three", *AS_OF).returncode == 2
