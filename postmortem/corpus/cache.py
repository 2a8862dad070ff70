"""What is kept between runs: blobs under keys made from content alone, and one note. Bytes in, bytes out; knows
nothing of what they mean.

A key is a digest of everything a blob depends on, this package's own files included, so that nothing ever has to be
invalidated. Blobs lie one after the other in segments, one for each process that wrote; an index says where. It is
replaced by one rename at the end of a run, so that a run that dies leaves what was there before. Index and blobs carry
digests: what was cut short or changed is not there. See docs/adr/0010-packed-store.md.
"""

import fcntl
import hashlib
import os
import weakref
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import msgspec

_DIGEST = 32
_ENDING = ".blobs"
_LOCK = -1
_SEGMENTS = 16
"""More segments than this are merged: each costs the next run an open file."""


class Place(msgspec.Struct, frozen=True, array_like=True):
    """Where a blob lies, and what it must hash to."""

    segment: int
    start: int
    length: int
    digest: bytes


class _Index(msgspec.Struct, frozen=True, array_like=True):
    places: dict[bytes, Place]
    note: bytes


class Store:
    """Blobs in a folder that survives the run, or, where that is None, in use or not writable, in one that does not.

    Open one, `put` (forked processes may, too: `admit` what they tell), `commit` once; `get` at any time. `began` is
    the time, by the folder's own file system in nanoseconds, at which nothing had been read yet; 0 if nothing is kept.
    """

    def __init__(self, folder: Path | None) -> None:
        self._files: dict[int, int] = {}
        self._writing: tuple[int, int, int] | None = None
        self._places: dict[bytes, Place] = {}
        self.note, self.began, self._index = b"", 0, b""
        if folder is not None:
            with suppress(OSError):
                self._files[_LOCK], self.began = _locked(folder)
        self._spool = _LOCK not in self._files
        self.folder = _spool() if self._spool else str(folder)
        self._finally = weakref.finalize(self, _leave, self._files, self.folder if self._spool else "", os.getpid())
        if not self._spool:
            self._load()

    def get(self, name: bytes) -> bytes | None:
        """The blob, or None where there is none or it is damaged."""
        place = self._places.get(name)
        if place is None:
            return None
        try:
            blob = os.pread(self._opened(place.segment), place.length, place.start)
        except OSError:
            return None
        return blob if len(blob) == place.length and self._proof(blob) == place.digest else None

    def put(self, name: bytes, blob: bytes) -> Place:
        """Keep the blob in this process' own segment. Raises OSError where the folder cannot be written."""
        if self._writing is None or self._writing[0] != os.getpid():
            self._writing = (os.getpid(), *self._segment())
        _, segment, file = self._writing
        start, rest = os.lseek(file, 0, os.SEEK_END), memoryview(blob)
        while rest:
            rest = rest[os.write(file, rest) :]
        place = Place(segment, start, len(blob), self._proof(blob))
        self.admit(name, place)
        return place

    def admit(self, name: bytes, place: Place) -> None:
        """Believe another process that it has put a blob there."""
        self._places[name] = place

    def commit(self, used: Iterable[bytes], note: bytes = b"") -> None:
        """Make what this run used, and the note, what the next one finds; forget the rest and let other runs in.

        What can be got still can be got; nothing may be put after this. Where nothing can be written, the next run
        finds what this one found.
        """
        self._places = {name: self._places[name] for name in used if name in self._places}
        if self._spool:
            return
        with suppress(OSError):
            self._compact()
            self._save(note)
        for segment in sorted({place.segment for place in self._places.values()}):
            with suppress(OSError):
                self._opened(segment)
        os.close(self._files.pop(_LOCK))

    def _proof(self, blob: bytes) -> bytes:
        """What proves a blob of another run; of this one's, in a folder that nobody else knows, only its length is."""
        return b"" if self._spool else _digest(blob)

    def _load(self) -> None:
        with suppress(OSError, msgspec.DecodeError):
            held = _read(f"{self.folder}/index")
            if _digest(held[_DIGEST:]) == held[:_DIGEST]:
                index = _DECODER.decode(memoryview(held)[_DIGEST:])
                self._index, self._places, self.note = held[:_DIGEST], index.places, index.note

    def _save(self, note: bytes) -> None:
        body = _ENCODER.encode(_Index(self._places, note))
        digest = _digest(body)
        if digest != self._index:
            with open(f"{self.folder}/index.new", "wb") as file:  # noqa: PTH123 - a text is all that is needed
                file.write(digest)
                file.write(body)
            os.replace(f"{self.folder}/index.new", f"{self.folder}/index")  # noqa: PTH105 - as above
        live = {place.segment for place in self._places.values()}
        for name in sorted(os.listdir(self.folder)):  # noqa: PTH208 - as above
            number, ending = os.path.splitext(name)  # noqa: PTH122 - as above
            if ending == _ENDING and number.isdecimal() and int(number) not in live:
                os.unlink(f"{self.folder}/{name}")  # noqa: PTH108 - as above

    def _compact(self) -> None:
        """Write again what lies in segments of which more than half is waste, or which are many and small."""
        live: Counter[int] = Counter()
        for place in self._places.values():
            live[place.segment] += place.length
        moved = {segment for segment, length in live.items() if 2 * length < self._size(segment)}
        if len(live) - len(moved) > _SEGMENTS:
            moved |= {segment for segment, _ in live.most_common()[_SEGMENTS // 2 :]}
        if moved:
            self._writing = None
            for name in [name for name, place in self._places.items() if place.segment in moved]:
                blob = self.get(name)
                if blob is None:
                    del self._places[name]
                else:
                    self.put(name, blob)

    def _size(self, segment: int) -> int:
        try:
            return os.fstat(self._opened(segment)).st_size
        except OSError:
            return 0

    def _opened(self, segment: int) -> int:
        file = self._files.get(segment)
        if file is None:
            file = self._files[segment] = os.open(self._path(segment), os.O_RDONLY | os.O_NOFOLLOW)
        return file

    def _segment(self) -> tuple[int, int]:
        """A segment of our own, under the first number that nobody has taken."""
        segment = max((place.segment for place in self._places.values()), default=0)
        while True:
            segment += 1
            with suppress(FileExistsError):
                file = os.open(self._path(segment), os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o666)
                self._files[segment] = file
                return segment, file

    def _path(self, segment: int) -> str:
        return f"{self.folder}/{segment:06}{_ENDING}"


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(_Index)


def _spool() -> str:
    """A folder that goes with this process."""
    import tempfile  # noqa: PLC0415 - slow to import, and most runs keep what they make in a folder of their own

    return tempfile.mkdtemp(prefix="postmortem-")


def _locked(folder: Path) -> tuple[int, int]:
    """Hold the folder for ourselves, and ask its file system for the time by touching the lock. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o666)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.utime(lock)
        return lock, os.fstat(lock).st_mtime_ns
    except OSError:
        os.close(lock)
        raise


def _leave(files: dict[int, int], spool: str, owner: int) -> None:
    """Close what is open; a spool goes with the process that made it, not with one that was forked from it."""
    for file in files.values():
        os.close(file)
    files.clear()
    if spool and os.getpid() == owner:
        import shutil  # noqa: PLC0415 - as in `_spool`

        shutil.rmtree(spool, ignore_errors=True)


def _read(path: str) -> bytes:
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - a text is all that is needed
        return file.read()


def _digest(blob: bytes) -> bytes:
    return hashlib.sha256(blob).digest()
