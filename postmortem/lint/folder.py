"""Judge many files: each by itself, in parallel and from what an earlier run kept, then all of them against one
another. Files in, findings out; prints nothing.
"""

import contextlib
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

import msgspec

from postmortem.corpus.cache import Store, key
from postmortem.corpus.files import RecordFile, unreadable
from postmortem.corpus.work import each
from postmortem.lint.ignores import Word
from postmortem.lint.run import across, examine, in_order
from postmortem.model.finding import Finding
from postmortem.model.header import Header
from postmortem.model.settings import Settings


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What every file is judged by. `given` is the settings' bytes: they and the date are in every cache key."""

    settings: Settings
    given: bytes
    as_of: date
    cache: Path | None = None


class Judged(msgspec.Struct, frozen=True):
    """What is left of a file once it was judged, and the name under which that is kept."""

    findings: tuple[Finding, ...]
    header: Header | None = None
    key: str = ""
    pending: tuple[Word, ...] = ()


def judge(files: Sequence[RecordFile], question: Question, jobs: int = 1) -> tuple[Finding, ...]:
    """Everything there is to say about these files, in the order of reports."""
    judged = list(each(partial(_judge, question=question), files, jobs))
    if question.cache is not None:
        with contextlib.suppress(OSError):
            Store(question.cache).keep_only(one.key for one in judged if one.key)
    by_name = {file.name: file for file in files}
    headers = [one.header for one in judged if one.header is not None]
    pending = [(file.name, word) for file, one in zip(files, judged, strict=True) for word in one.pending]
    said = across(headers, question.settings, lambda name: by_name[name].read(), pending)
    return in_order([*said, *(finding for one in judged for finding in one.findings)])


def _judge(file: RecordFile, *, question: Question) -> Judged:
    try:
        source = file.read()
    except OSError as error:
        return Judged((unreadable(file, error),))
    if question.cache is None:
        return _fresh(source, file.name, question)
    store = Store(question.cache)
    name = key(question.given, question.as_of.isoformat().encode(), file.name.encode(), source)
    held = store.get(name)
    if held is not None:
        return _DECODER.decode(held)
    judged = msgspec.structs.replace(_fresh(source, file.name, question), key=name)
    with contextlib.suppress(OSError):  # a checkout that cannot be written is judged without a memory
        store.put(name, _ENCODER.encode(judged))
    return judged


def _fresh(source: bytes, name: str, question: Question) -> Judged:
    examined = examine(source, name, question.settings, question.as_of)
    return Judged(examined.findings, examined.header, pending=examined.pending)


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Judged)
