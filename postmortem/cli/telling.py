"""Findings as a person at this place would want them: paths from the current folder, texts to quote from. Findings
in, an outcome out.
"""

import os
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import msgspec

from postmortem.corpus import ledger
from postmortem.model.finding import Finding
from postmortem.report.outcome import Outcome


def outcome(findings: Iterable[Finding], names: Iterable[str], base: Path) -> Outcome:
    """What was found in the records of these names, which are relative to `base`; only their texts may be quoted, and
    the ledger, which holds what was public.
    """
    seen = as_seen(base)
    plain = {seen(name) for name in names}
    quoted = plain | {seen(ledger.FILE_NAME)}
    from_here = tuple(
        each if (path := seen(each.path)) == each.path else msgspec.structs.replace(each, path=path)
        for each in sorted(findings, key=lambda each: each.path)
    )
    return Outcome(from_here, len(plain), lambda path: _text(path) if path in quoted else "")


def here(base: Path, name: str) -> str:
    """A path as people would type it from the current folder, and terminals let them click."""
    return Path(os.path.relpath(base / name)).as_posix()


def as_seen(base: Path) -> Callable[[str], str]:
    """The same for many names: most runs begin where the settings lie, and names are paths from there."""
    if Path.cwd() == base:
        return lambda name: name
    return cache(lambda name: here(base, name))


def _text(path: str) -> str:
    try:
        return Path(path).read_bytes().decode("utf-8-sig", errors="replace")
    except OSError:
        return ""
