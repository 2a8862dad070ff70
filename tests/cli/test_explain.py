"""`postmortem explain`: the page of each code, the list of all, and help for those who misspell one."""

import json
from pathlib import Path

from postmortem.lint.guide import guides
from tests.cli.commands import run_in


def test_a_page_shows_demand_reason_and_both_examples(tmp_path: Path) -> None:
    done = run_in(tmp_path, "explain", "pm204")
    assert done.returncode == 0
    assert done.stdout.startswith(
        "PM204 open-window · error\n\nA window without an end stands only on an incident that is"
    )
    assert "\nBad\n\n    status: resolved\n    impact:\n" in done.stdout
    assert "\nGood\n\n" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 100


def test_a_name_is_as_good_as_a_code(tmp_path: Path) -> None:
    assert run_in(tmp_path, "explain", "open-window").stdout == run_in(tmp_path, "explain", "PM204").stdout


def test_codes_of_reader_and_schema_have_pages_too(tmp_path: Path) -> None:
    assert run_in(tmp_path, "explain", "PM003").stdout.startswith("PM003 duplicate-key · error\n")
    assert run_in(tmp_path, "explain", "PM021").stdout.startswith("PM021 missing-key · error\n")


def test_the_list_has_every_code_once(tmp_path: Path) -> None:
    listed = run_in(tmp_path, "explain", "--list").stdout
    assert [line.split()[0] for line in listed.splitlines()] == list(guides())
    assert run_in(tmp_path, "explain").stdout == listed


def test_the_list_for_programs_holds_whole_pages(tmp_path: Path) -> None:
    document = json.loads(run_in(tmp_path, "explain", "--list", "--format", "json").stdout)
    assert document["version"] == 1
    assert [each["code"] for each in document["rules"]] == list(guides())
    one = json.loads(run_in(tmp_path, "explain", "PM103", "--format", "json").stdout)["rules"]
    assert [each["slug"] for each in one] == ["vague-title"]
    assert one[0]["bad"] == [{"text": "title: Service incident\n", "file": ""}]


def test_a_misspelt_code_is_suggested(tmp_path: Path) -> None:
    done = run_in(tmp_path, "explain", "open-windw")
    assert done.returncode == 2
    assert 'did you mean "open-window"?' in done.stderr
