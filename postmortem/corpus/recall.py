"""Work on files, done again only where a file or what it is held against has changed. Files and a function in, what the
function gave for each out, in the files'
order; knows nothing of what that is.

A file whose stamp is that of the last run is not opened; one whose bytes are the same is not worked on.
"""

import hashlib
import os
from collections.abc import Callable, Sequence
from functools import partial
from typing import Generic, NamedTuple, TypeVar

import msgspec

from postmortem.corpus import fingerprint, stamp
from postmortem.corpus.cache import Place, Store
from postmortem.corpus.files import RecordFile
from postmortem.corpus.stamp import Stamp
from postmortem.corpus.work import WORTH_A_PROCESS, each, undisturbed

Row = TypeVar("Row")

HANDFUL = 8
"""So many files are worked on together. Each step is done for all of them before the next, so that its code and data
stay in the processor's caches (measured: a tenth of a build; with more files at once, these push one another out).
"""


class Known(msgspec.Struct, Generic[Row], frozen=True, array_like=True, gc=False):
    """What is known of one file: its name, the digest of its bytes, the key of what was made of it, and the row. The
    key is empty where the file could not be read; `place` says where the blob of that key lies, if there is one.
    """

    name: str
    content: bytes
    key: bytes
    row: Row
    stamp: Stamp | None = None
    place: Place | None = None


class Method(msgspec.Struct, Generic[Row], frozen=True):
    """How to work: `make` gives a row and perhaps a blob for each of some files' bytes and names, `unreadable` a row
    for a file that has none; both depend on `given` and nothing else. `notes` decodes what was known.
    """

    given: bytes
    make: Callable[[Sequence[tuple[bytes, str]]], Sequence[tuple[Row, bytes | None]]]
    unreadable: Callable[[RecordFile, OSError], Row]
    notes: msgspec.msgpack.Decoder[list[Known[Row]]]


def recall(files: Sequence[RecordFile], method: Method[Row], store: Store, jobs: int) -> list[Known[Row]]:
    """Look at every file, and commit the store. Raises OSError where the store cannot be written."""
    return Recalling(files, method, store, jobs).finish()


class Recalling(Generic[Row]):
    """Files that are being looked at, by other processes where that is worth it, from the moment this is made."""

    def __init__(self, files: Sequence[RecordFile], method: Method[Row], store: Store, jobs: int) -> None:
        program = fingerprint.package() if store.began else b""  # where nothing is kept, nothing is another program's
        base = hashlib.sha256(program + method.given).digest()
        self._method, self._store, self._base = method, store, base
        with undisturbed():
            before = _before(store, method, base)
            self._found = [_unchanged(file, known) if (known := before.get(file.name)) else None for file in files]
        changed = [file for file, known in zip(files, self._found, strict=True) if known is None]
        handfuls = [changed[start : start + HANDFUL] for start in range(0, len(changed), HANDFUL)]
        look = partial(_look, before=before, base=base, method=method, store=store)
        self._told = each(look, handfuls, jobs, worth=WORTH_A_PROCESS // HANDFUL, chunk=1)

    def finish(self) -> list[Known[Row]]:
        """What is known of each file, in the files' order; once. Raises OSError where the store cannot be written."""
        fresh = (known for told in self._told for known in self._method.notes.decode(told))
        judged = [known if known is not None else next(fresh) for known in self._found]
        self.close()
        for known in judged:
            if known.place is not None:
                self._store.admit(known.key, known.place)
        kept = [known for known in judged if known.key]
        self._store.commit((known.key for known in kept), _note(self._base, kept) if self._store.began else b"")
        return judged

    def close(self) -> None:
        """Stop looking."""
        self._told.close()


def _note(base: bytes, kept: Sequence[Known[Row]]) -> bytes:
    """What the next run reads: what all keys were made with, and what is known. Where blobs lie, the store knows."""
    return base + _ENCODER.encode([msgspec.structs.replace(each, place=None) if each.place else each for each in kept])


def _before(store: Store, method: Method[Row], base: bytes) -> dict[str, Known[Row]]:
    """What a run that asked in the same way knew of each file; any other's keys are of no use to this one."""
    if store.note[: len(base)] != base:
        return {}
    try:
        return {known.name: known for known in method.notes.decode(memoryview(store.note)[len(base) :])}
    except msgspec.DecodeError:
        return {}


def _unchanged(file: RecordFile, known: Known[Row]) -> Known[Row] | None:
    """What was known, if the file cannot have changed."""
    if known.stamp is None:
        return None
    try:
        status = os.stat(file.path)  # noqa: PTH116 - a Path costs more than the question
    except OSError:
        return None
    return known if stamp.of(status) == known.stamp else None


class _Changed(NamedTuple):
    """A file that was opened and has to be worked on."""

    name: str
    source: bytes
    content: bytes
    key: bytes
    stamp: Stamp | None


def _look(
    files: Sequence[RecordFile], *, before: dict[str, Known[Row]], base: bytes, method: Method[Row], store: Store
) -> bytes:
    """What is known of some files after opening them, encoded as a list: cheaper to send than values."""
    opened = [_open(file, before, base, method, store.began) for file in files]
    made = iter(method.make([(each.source, each.name) for each in opened if isinstance(each, _Changed)]))
    known = [_worked_on(each, *next(made), store) if isinstance(each, _Changed) else each for each in opened]
    return _ENCODER.encode(known)


def _open(
    file: RecordFile, before: dict[str, Known[Row]], base: bytes, method: Method[Row], began: int
) -> "Known[Row] | _Changed":
    try:
        with open(file.path, "rb", buffering=0) as opened:  # noqa: PTH123 - as above
            seen = stamp.of(os.fstat(opened.fileno()))
            source = opened.read()
    except OSError as error:
        return Known(file.name, b"", b"", method.unreadable(file, error))
    content = hashlib.sha256(source).digest()
    key = _key(base, file.name, content)
    still = seen if stamp.settled(seen, began) else None
    known = before.get(file.name)
    if known is not None and known.key == key:
        return msgspec.structs.replace(known, stamp=still)
    return _Changed(file.name, source, content, key, still)


def _worked_on(file: _Changed, row: Row, blob: bytes | None, store: Store) -> Known[Row]:
    place = store.put(file.key, blob) if blob is not None else None
    return Known(file.name, file.content, file.key, row, file.stamp, place)


def _key(base: bytes, name: str, content: bytes) -> bytes:
    return hashlib.sha256(base + content + name.encode()).digest()


_ENCODER = msgspec.msgpack.Encoder()
