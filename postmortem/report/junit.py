"""Findings as a test report in JUnit's XML, which GitLab, Jenkins and others show. An outcome in, XML out.

There is no standard; this is what those readers have in common: `testsuites`, `testsuite`, `testcase` with `failure` or
`skipped`. A finding is a test case: an error fails it, a warning or advice skips it. Characters that XML 1.0 (section
2.2) cannot hold are replaced.
"""

import html
import re
from typing import Final

from postmortem.lint.guide import slug
from postmortem.model.finding import Finding
from postmortem.report.outcome import Outcome

_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACES: Final = {"\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}


def write(outcome: Outcome, _colour: bool = False) -> str:  # noqa: FBT001, FBT002 - the shape of a reporter
    """The document; where nothing was found it holds one case that passed, since many readers refuse an empty one."""
    failures = outcome.counts()["error"]
    cases = [_case(each) for each in outcome.findings] or [_passed(outcome.records)]
    counts = f'tests="{len(cases)}" failures="{failures}" errors="0"'
    skipped = f'skipped="{len(outcome.findings) - failures}"'
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<testsuites name="postmortem lint" {counts}>',
            f'  <testsuite name="records" {counts} {skipped}>',
            *cases,
            "  </testsuite>",
            "</testsuites>",
            "",
        ]
    )


def _passed(records: int) -> str:
    return f'    <testcase classname="records" name="{records} records, no findings"/>'


def _case(finding: Finding) -> str:
    line, column = finding.span.line, finding.span.column
    name = f"{finding.code} {slug(finding.code)} at {line}:{column}"
    said = f"{finding.path}:{line}:{column}\n{finding.message}" + (f"\nhelp: {finding.hint}" if finding.hint else "")
    tag = "failure" if finding.weight == "error" else "skipped"
    return (
        f"    <testcase classname={_attribute(finding.path)} name={_attribute(name)} "
        f'file={_attribute(finding.path)} line="{line}">\n'
        f"      <{tag} type={_attribute(finding.code)} message={_attribute(finding.message)}>{_text(said)}</{tag}>\n"
        "    </testcase>"
    )


def _text(text: str) -> str:
    return html.escape(_FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)).replace("\r", _SPACES["\r"])


def _attribute(text: str) -> str:
    escaped = _text(text)
    for space, reference in _SPACES.items():
        escaped = escaped.replace(space, reference)
    return f'"{escaped}"'
