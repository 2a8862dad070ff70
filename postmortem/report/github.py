"""Findings as annotations of a pull request: one workflow command a line. An outcome in, text out.

    ::error file=incidents/x.yaml,line=14,endLine=14,col=9,endColumn=37,title=PM204 open-window::this window goes on …

Source of the format: GitHub's documentation, "Workflow commands for GitHub Actions". Its runner takes `%`, line breaks
and, in properties, `:` and `,` only as `%25` and so on; written plainly, text of a record could become a command of its
own. Paths count from the folder in which the command runs: run it at the root of the repository.
"""

from typing import Final

from postmortem.lint.guide import slug
from postmortem.model.finding import Finding, Weight
from postmortem.report.outcome import Outcome
from postmortem.report.style import safe

_COMMANDS: Final[dict[Weight, str]] = {"error": "error", "warning": "warning", "advice": "notice"}


def write(outcome: Outcome, _colour: bool = False) -> str:  # noqa: FBT001, FBT002 - the shape of a reporter
    """One line for each finding; nothing where there are none."""
    return "".join(f"{_line(each)}\n" for each in outcome.findings)


def _line(finding: Finding) -> str:
    span = finding.span
    properties = {"file": finding.path, "line": span.line, "endLine": span.end_line}
    if span.line == span.end_line:  # columns of a place over several lines are refused
        properties |= {"col": span.column, "endColumn": span.end_column}
    properties["title"] = f"{finding.code} {slug(finding.code)}".rstrip()
    given = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    message = safe(finding.message) + (f"\nhelp: {safe(finding.hint)}" if finding.hint else "")
    return f"::{_COMMANDS[finding.weight]} {given}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
