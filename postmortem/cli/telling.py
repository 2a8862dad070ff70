"""Findings as a person at this place would want them: paths from the current folder, texts to quote from.

Findings in, an outcome out.
"""

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

import msgspec

from postmortem.cli.project import Project
from postmortem.model.finding import Finding
from postmortem.report.outcome import Outcome


def outcome(findings: Sequence[Finding], names: Iterable[str], site: Project) -> Outcome:
    """What was found in the records of these names; only their texts may be quoted."""
    plain = {site.here(name) for name in names}
    return Outcome(
        findings=tuple(msgspec.structs.replace(each, path=site.here(each.path)) for each in findings),
        records=len(plain),
        read=partial(_text, plain),
    )


def _text(plain: set[str], path: str) -> str:
    """The text of a record to quote from; nothing else is opened, whatever stands in its place."""
    try:
        return Path(path).read_bytes().decode("utf-8-sig", errors="replace") if path in plain else ""
    except OSError:
        return ""
