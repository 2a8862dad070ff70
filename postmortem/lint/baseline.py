"""Findings that were there before anybody looked, so that only new ones count. Findings and bytes in, findings out.

A finding is known again by its path (from the settings' folder), its code, its pointer and a digest of the value it is
about, never by a line number. The digest of a single value is that of the value; a mapping or a list changes with
everything in it, so there the message counts. What makes a file no record (PM0) is never known: nothing could be
published of it.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Final

import msgspec

from postmortem.lint.ignores import NEVER
from postmortem.model.edit import at
from postmortem.model.finding import Finding, Pointer
from postmortem.yamldoc.document import Document
from postmortem.yamldoc.loader import read

_DIGITS: Final = 16

Sources = Callable[[str], bytes]
"""The bytes of a file by its path."""


class Known(msgspec.Struct, frozen=True, order=True):
    """One finding as the file holds it."""

    path: str
    code: str
    pointer: Pointer
    digest: str


class Baseline(msgspec.Struct, frozen=True, kw_only=True):
    """The file: JSON, its findings sorted, one a line."""

    version: int
    findings: tuple[Known, ...]


def parsed(content: bytes) -> Baseline:
    """The file from its bytes. Errors: `msgspec.DecodeError`, `ValueError` for a version that is not 1."""
    baseline = msgspec.json.decode(content, type=Baseline)
    if baseline.version != 1:
        raise ValueError(f"version {baseline.version} of this file is not known, only version 1")
    return baseline


def printed(findings: Iterable[Known]) -> bytes:
    """The bytes of the file: the same findings give the same, and one more is one more line in a diff."""
    rows = ",\n".join(f"    {msgspec.json.encode(each).decode()}" for each in sorted(findings, key=_order))
    return f'{{\n  "version": 1,\n  "findings": [\n{rows}\n  ]\n}}\n'.encode()


def known(findings: Iterable[Finding], source: Sources) -> tuple[tuple[Finding, Known], ...]:
    """Each finding that may be known again, as the file would hold it. Every file is read once."""
    documents: dict[str, Document | None] = {}
    rows = []
    for each in findings:
        if each.code.startswith(NEVER):
            continue
        if each.path not in documents:
            documents[each.path] = read(source(each.path), each.path)[0]
        rows.append((each, Known(each.path, each.code, each.pointer, _digest(each, documents[each.path]))))
    return tuple(rows)


def without(
    findings: tuple[Finding, ...], baseline: Baseline, source: Sources
) -> tuple[tuple[Finding, ...], tuple[Known, ...]]:
    """The findings that are new, and what the file holds that is there no more. Twins are counted one by one."""
    left = Counter(baseline.findings)
    old: set[int] = set()
    paths = {each.path for each in baseline.findings}
    for finding, row in known((each for each in findings if each.path in paths), source):
        if left[row]:
            left[row] -= 1
            old.add(id(finding))
    stale = tuple(sorted(left.elements(), key=_order))
    return tuple(each for each in findings if id(each) not in old), stale


def _digest(finding: Finding, document: Document | None) -> str:
    value = _value(document.data, finding.pointer) if document is not None else None
    about = finding.message if value is None or isinstance(value, dict | list) else msgspec.json.encode(value).decode()
    return hashlib.sha256(about.encode()).hexdigest()[:_DIGITS]


def _value(data: Mapping[str, object], pointer: Pointer) -> object:
    try:
        return at(data, pointer)
    except LookupError:
        return None


def _order(each: Known) -> tuple[str, str, tuple[str, ...], str]:
    return each.path, each.code, tuple(str(step) for step in each.pointer), each.digest
