"""The output folder: every file in it is whole, old or new, whatever stops a run; files that did not change are not
touched.

Paths and bytes in; a folder on disk out. New files wait in a staging folder beside it; once all of them are there,
each moves into place by one rename, pages first, what lists them next, deletions last. Knows nothing of what the
files hold.
"""

import errno
import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from postmortem.errors import OutputRefusedError
from postmortem.site import checksums

MARKER = ".postmortem"
_MARKER_TEXT = b"Written by postmortem: each build deletes what it did not make from this folder.\n"
_STEPS = frozenset({"", ".", ".."})
"""What no step of a path may be; the first is in every absolute path."""
_LISTS = ("feeds", "api", "search")
"""Folders that name other files of the site, and so must not come before them; files at the root do, too."""


class Tally(msgspec.Struct, frozen=True):
    """What became of the files: how many were written, left alone, deleted."""

    written: int
    unchanged: int
    deleted: int


def check(folder: Path) -> None:
    """Raise OutputRefusedError unless the folder is ours, empty, or not there yet."""
    if folder.is_symlink():
        raise OutputRefusedError(
            f"{folder}: the output folder is a symbolic link (to {folder.readlink()}); name the folder itself"
        )
    if not folder.exists():
        return
    if not folder.is_dir():
        raise OutputRefusedError(f"{folder}: the output folder is a file; name a folder with --out (site_dir)")
    found = sorted(entry.name for entry in os.scandir(folder))
    marker = folder / MARKER
    if found and (marker.is_symlink() or not marker.is_file()):
        others = f" and {len(found) - 1} more" if len(found) > 1 else ""
        raise OutputRefusedError(
            f"{folder}: the output folder holds {found[0]}{others}, not written by postmortem (it has no {MARKER});"
            " nothing was touched. Name another folder with --out (site_dir), or empty this one"
        )


class Output:
    """One run's way into an output folder. `staging` is where others (MkDocs) may write meanwhile; `digests` are the
    SHA-256 sums of what is part of the output so far.
    """

    def __init__(self, folder: Path) -> None:
        check(folder)
        self.folder = folder
        self.staging = folder.with_name(f".postmortem-staging-{folder.name}")
        self._paths: set[str] = set()
        self._staged: set[str] = set()
        self._made: set[str] = set()
        self.digests: dict[str, bytes] = {}
        self._lock = self._locked()
        _empty(self.staging)
        self._held = _scan(folder)

    def _locked(self) -> int:
        """Hold the staging folder, which a killed run may have left behind; two runs at once would mix their files."""
        while True:
            try:
                self.staging.mkdir(parents=True, exist_ok=True)
                lock = os.open(self.staging, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            except OSError as error:
                raise OutputRefusedError(
                    f"{self.staging}: the folder for new files cannot be made ({error.strerror}); remove what stands"
                    " there or mend the rights"
                ) from error
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                os.close(lock)
                raise OutputRefusedError(
                    f"{self.folder}: another build is writing this folder; wait until it ends"
                ) from error
            if self.staging.exists() and os.fstat(lock).st_ino == self.staging.stat().st_ino:
                return lock
            os.close(lock)

    def adopt(self) -> None:
        """Take what others wrote into the staging folder as part of the output."""
        for path in sorted(_scan(self.staging).files):
            self._claim(path)
            staged = f"{self.staging}/{path}"
            body = _read(staged)
            self.digests[path] = checksums.digest(body)
            if self._same(path, body):
                Path(staged).unlink()
            else:
                self._staged.add(path)

    def put(self, path: str, body: bytes) -> None:
        """Make one file part of the output. Raises OutputRefusedError if the path leaves the folder or is taken."""
        self._claim(path)
        self.digests[path] = checksums.digest(body)
        if self.write(path, body):
            self._staged.add(path)

    def write(self, path: str, body: bytes) -> bool:
        """Write one file if it is new or differs; whether it was. For processes that were forked from the one that
        builds: it has to be told with `account`. Raises OutputRefusedError if the path leaves the folder.
        """
        _refuse(path)
        if self._same(path, body):
            return False
        above = path.rpartition("/")[0]
        with _writing(self.staging):
            if above not in self._made:
                os.makedirs(f"{self.staging}/{above}", exist_ok=True)  # noqa: PTH103 - Path costs as much again
                self._made.add(above)
            with open(f"{self.staging}/{path}", "wb", buffering=0) as file:  # noqa: PTH123 - as above
                rest = memoryview(body)
                while rest:
                    rest = rest[file.write(rest) :]
        return True

    def account(self, path: str, *, written: bool, digest: bytes) -> None:
        """Make a file part of the output that another process has looked after. Raises OutputRefusedError as `put`."""
        self._claim(path)
        self.digests[path] = digest
        if written:
            self._staged.add(path)

    def read(self, path: str) -> bytes | None:
        """What the output will hold at this path, if anything."""
        if path not in self._paths:
            return None
        return _read(f"{self.staging if path in self._staged else self.folder}/{path}")

    def replace(self, path: str, body: bytes) -> None:
        """Like `put`, over what somebody else wrote."""
        self._paths.discard(path)
        if path in self._staged:
            self._staged.discard(path)
            (self.staging / path).unlink()
        self.put(path, body)

    def commit(self) -> Tally:
        """Move everything into place and delete the rest; then the staging folder is gone.

        A folder that the output lacks moves as one; so does the whole of a first build.
        """
        self.put(MARKER, _MARKER_TEXT)
        stale = (self._held.files | self._held.links) - self._paths
        with _writing(self.folder):
            self._merge("")
            for path in sorted(stale):
                _delete(self.folder / path)
            _prune(self.folder, {path.rpartition("/")[0] for path in stale} | self._held.empty)
        self.close()
        return Tally(len(self._staged), len(self._paths) - len(self._staged), len(stale))

    def close(self) -> None:
        """Let go: remove the staging folder, leave the output folder as it is."""
        if self._lock < 0:
            return
        if self.staging.is_dir():
            _empty(self.staging)
            self.staging.rmdir()
        os.close(self._lock)
        self._lock = -1

    def _claim(self, path: str) -> None:
        _refuse(path)
        if path in self._paths:
            raise OutputRefusedError(
                f"{path}: two files of the site want this path; rename or remove the hand-written one"
            )
        self._paths.add(path)

    def _same(self, path: str, body: bytes) -> bool:
        return path in self._held.files and _read(f"{self.folder}/{path}") == body

    def _merge(self, path: str) -> None:
        """Move a staged folder to its place, whole if there is none yet."""
        source, target = self.staging / path, self.folder / path
        if path in self._held.files or path in self._held.links:
            _delete(target)
        if not target.exists():
            with suppress(OSError):
                source.rename(target)
                return
            target.mkdir(parents=True)
        entries = sorted(os.scandir(source), key=lambda entry: _turn(f"{path}/{entry.name}".lstrip("/")))
        for entry in entries:
            inner = f"{path}/{entry.name}".lstrip("/")
            if entry.is_dir():
                self._merge(inner)
            else:
                _move(Path(entry.path), self.folder / inner)


def _refuse(path: str) -> None:
    if not _STEPS.isdisjoint(path.split("/")) or "\\" in path or "\0" in path:
        raise OutputRefusedError(f"{path!r}: not a path below the output folder; paths are made from ids alone")


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """A full disk or missing rights are the operator's to mend."""
    try:
        yield
    except OSError as error:
        place = error.filename or folder
        raise OutputRefusedError(
            f"{place}: cannot be written ({error.strerror}); make room or mend the rights"
        ) from error


def _turn(path: str) -> tuple[int, str]:
    """The marker first, so that a first run that is stopped can be mended; lists after what they list, and the sums of
    everything after everything.
    """
    if path == MARKER:
        return 0, path
    at_root = "/" not in path and "." in path
    if path == checksums.PATH:
        return 3, path
    return (2 if at_root or path in _LISTS else 1), path


class _Tree(msgspec.Struct, frozen=True):
    """What lies below a folder, as paths with `/`; links are not followed. `empty` are folders without anything."""

    files: frozenset[str]
    links: frozenset[str]
    empty: frozenset[str]


def _scan(folder: Path) -> _Tree:
    files: set[str] = set()
    links: set[str] = set()
    empty: set[str] = set()
    waiting = [""] if folder.is_dir() else []
    while waiting:
        base = waiting.pop()
        with os.scandir(f"{folder}/{base}") as listing:
            entries = list(listing)
        if not entries:
            empty.add(base.rstrip("/"))
        for entry in entries:
            path = base + entry.name
            if entry.is_symlink():
                links.add(path)
            elif entry.is_dir():
                waiting.append(f"{path}/")
            else:
                files.add(path)
    return _Tree(frozenset(files), frozenset(links), frozenset(empty))


def _read(path: str) -> bytes:
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - as above
        return file.read()


def _move(source: Path, target: Path) -> None:
    """Rename, clearing a folder that an earlier site had here; copy beside the target if the output is a mount."""
    try:
        source.replace(target)
    except IsADirectoryError:
        shutil.rmtree(target)
        source.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        beside = target.with_name(f"{MARKER}-new-{target.name}")
        shutil.copyfile(source, beside)
        beside.replace(target)


def _delete(path: Path) -> None:
    """Remove a file or a link, unless something new has taken its place already."""
    with suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
        path.unlink()


def _prune(folder: Path, places: Iterable[str]) -> None:
    """Remove these folders, and those above them, that have nothing in them; never the whole."""
    for place in sorted(places):
        with suppress(OSError):
            while place:
                os.rmdir(f"{folder}/{place}")  # noqa: PTH106 - refused unless empty
                place = place.rpartition("/")[0]  # noqa: PLW2901 - one step up


def _empty(folder: Path) -> None:
    for entry in sorted(folder.iterdir()):
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()
