"""Judge many files: each by itself, in parallel and from what an earlier run kept, then all of them against one
another. Files in, findings out; prints nothing.
"""

import hashlib
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

import msgspec

from postmortem.corpus import fingerprint
from postmortem.corpus.cache import Store
from postmortem.corpus.files import RecordFile, unreadable
from postmortem.corpus.recall import Known, Method, recall
from postmortem.lint.ignores import Word
from postmortem.lint.promises import Promised
from postmortem.lint.run import across, examine_all, in_order
from postmortem.model.finding import Finding
from postmortem.model.header import Header
from postmortem.model.settings import Settings


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What every file is judged by. `given` is the settings' bytes: they and the date are in every cache key.

    `ledger` are its lines (None: there is no such file); what is kept of a file does not depend on them.
    """

    settings: Settings
    given: bytes
    as_of: date
    ledger: tuple[bytes, ...] | None = None
    cache: Path | None = None


class Row(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What is left of a file once it was judged."""

    findings: tuple[Finding, ...]
    header: Header | None = None
    pending: tuple[Word, ...] = ()


def judge(files: Sequence[RecordFile], question: Question, jobs: int = 1) -> tuple[Finding, ...]:
    """Everything there is to say about these files, in the order of reports."""
    given = question.given + question.as_of.isoformat().encode()
    method = Method(given, partial(_fresh, question), lambda file, error: Row((unreadable(file, error),)), _KNOWN)
    judged = recall(files, method, Store(question.cache), jobs)
    said = _together(judged, {file.name: file for file in files}, question)
    return in_order([*said, *(finding for each in judged for finding in each.row.findings)])


def _together(judged: list[Known[Row]], files: dict[str, RecordFile], question: Question) -> tuple[Finding, ...]:
    """What there is to say of all against one another: nothing where the last run looked at the same and found nothing
    without opening a file.
    """
    headers = [each.row.header for each in judged if each.row.header is not None]
    pending = [(each.name, word) for each in judged for word in each.row.pending]
    store, asked = None, b""
    if question.cache is not None:
        without = [each.name for each in judged if each.row.header is None]
        asked = _digest(question, headers, pending, without)
        store = Store(question.cache / "together")
        if store.note == asked:
            return ()
    opened: list[str] = []

    def read(name: str) -> bytes:
        opened.append(name)
        return files[name].read()

    promised = Promised(question.ledger, list(files), question.as_of)
    said = across(headers, question.settings, read, pending, promised)
    if store is not None:
        store.commit((), b"" if said or opened else asked)
    return said


def _digest(question: Question, *others: object) -> bytes:
    """Of everything that `across` is given, and of the program."""
    lines = question.ledger
    given = (fingerprint.package(), question.given, question.as_of, None if lines is None else len(lines), others)
    digest = hashlib.sha256(msgspec.msgpack.encode(given))
    digest.update(b"\n".join(lines or ()))
    return digest.digest()


def _fresh(question: Question, files: Sequence[tuple[bytes, str]]) -> list[tuple[Row, None]]:
    examined = examine_all(files, question.settings, question.as_of)
    return [(Row(each.findings, each.header, each.pending), None) for each in examined]


_KNOWN = msgspec.msgpack.Decoder(list[Known[Row]])
