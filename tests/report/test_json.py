"""The report for programs: version 1 of its shape, key by key."""

import json as parser

from postmortem.model.finding import Finding, Span
from postmortem.report import json, write
from postmortem.report.outcome import Outcome


def test_version_1_has_exactly_these_keys() -> None:
    finding = Finding(
        path="incidents/日本.yaml",
        span=Span(41, 12, 41, 33),
        code="PM204",
        message="this window goes on",
        weight="error",
        hint="say when it ended",
        pointer=("impact", "application_failure", "windows", 0),
    )
    assert parser.loads(json.write(Outcome((finding,), 17, lambda _: ""))) == {
        "version": 1,
        "findings": [
            {
                "path": "incidents/日本.yaml",
                "line": 41,
                "column": 12,
                "end_line": 41,
                "end_column": 33,
                "code": "PM204",
                "slug": "open-window",
                "weight": "error",
                "message": "this window goes on",
                "hint": "say when it ended",
                "pointer": ["impact", "application_failure", "windows", 0],
            }
        ],
        "summary": {"records": 17, "errors": 1, "warnings": 0, "advice": 0},
    }


def test_it_ends_with_a_line_break_and_ignores_colours() -> None:
    plain = write("json", Outcome((), 0, lambda _: ""))
    assert plain.endswith("}\n")
    assert write("json", Outcome((), 0, lambda _: ""), colour=True) == plain
