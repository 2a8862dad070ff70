"""Findings for programs, as one JSON document. An outcome in, text out.

Version 1:

    {
      "version": 1,
      "findings": [
        {
          "path": "incidents/2026/2026-06-23-chat-unavailable.yaml",
          "line": 41, "column": 12,             1-based, columns in code points
          "end_line": 41, "end_column": 33,     one past the last character
          "code": "PM204", "slug": "open-window",
          "weight": "error",                    error, warning or advice
          "message": "this window goes on, but the incident is resolved",
          "hint": "say when it ended, or end: unknown if that is not known",
          "pointer": ["impact", "application_failure", "windows", 0]
        }
      ],
      "summary": {"records": 17, "errors": 1, "warnings": 0, "advice": 0}
    }

Findings are sorted by path, place and code. Keys may be added within version 1; what is there keeps its meaning.
"""

import msgspec

from postmortem.lint.guide import slug
from postmortem.model.finding import Finding
from postmortem.report.outcome import Outcome


def write(outcome: Outcome, _colour: bool = False) -> str:  # noqa: FBT001, FBT002 - the shape of a reporter
    """The document, ending with a line break."""
    counts = outcome.counts()
    document = {
        "version": 1,
        "findings": [_row(each) for each in outcome.findings],
        "summary": {
            "records": outcome.records,
            "errors": counts["error"],
            "warnings": counts["warning"],
            "advice": counts["advice"],
        },
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def _row(finding: Finding) -> dict[str, object]:
    return {
        "path": finding.path,
        "line": finding.span.line,
        "column": finding.span.column,
        "end_line": finding.span.end_line,
        "end_column": finding.span.end_column,
        "code": finding.code,
        "slug": slug(finding.code),
        "weight": finding.weight,
        "message": finding.message,
        "hint": finding.hint,
        "pointer": list(finding.pointer),
    }
