"""Findings as a person at this place would want them: paths from the current folder, texts to quote from. Findings
in, an outcome out.
"""

import os
from collections.abc import Iterable
from pathlib import Path

import msgspec

from postmortem.corpus import ledger
from postmortem.model.finding import Finding
from postmortem.report.outcome import Outcome


def outcome(findings: Iterable[Finding], names: Iterable[str], base: Path) -> Outcome:
    """What was found in the records of these names, which are relative to `base`; only their texts may be quoted, and
    the ledger, which holds what was public.
    """
    plain = {here(base, name) for name in names}
    quoted = plain | {here(base, ledger.FILE_NAME)}
    from_here = tuple(
        msgspec.structs.replace(each, path=here(base, each.path))
        for each in sorted(findings, key=lambda each: each.path)
    )
    return Outcome(from_here, len(plain), lambda path: _text(path) if path in quoted else "")


def here(base: Path, name: str) -> str:
    """A path as people would type it from the current folder, and terminals let them click."""
    return Path(os.path.relpath(base / name)).as_posix()


def _text(path: str) -> str:
    try:
        return Path(path).read_bytes().decode("utf-8-sig", errors="replace")
    except OSError:
        return ""
