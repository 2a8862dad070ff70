"""The output folder: every file in it is whole, old or new, whatever stops a run; files that did not change are not
touched.

Paths and bytes in; a folder on disk out. New files wait in a staging folder beside it; once all of them are there,
each moves into place by one rename, pages first, what lists them next, deletions last. Knows nothing of what the
files hold.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from postmortem.errors import OutputRefusedError
from postmortem.site import checksums, folders

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
    """One run's way into an output folder. `staging` is where others (MkDocs) may write meanwhile, beside what we write
    at the same time; `digests` are the SHA-256 sums of what is part of the output so far.
    """

    def __init__(self, folder: Path) -> None:
        check(folder)
        self.folder = folder
        self._aside = folder.with_name(f".postmortem-staging-{folder.name}")
        self.staging, self._ours = self._aside / "theirs", f"{self._aside}/ours"
        self._paths: set[str] = set()
        self._staged: set[str] = set()
        self._theirs: set[str] = set()
        self._made: set[str] = set()
        self.digests: dict[str, bytes] = {}
        self._lock = self._locked()
        folders.clear(self._aside)
        for each in (self.staging, self._ours):
            os.mkdir(each)  # noqa: PTH102 - one of them is a text
        self._held = folders.scan(folder)

    def _locked(self) -> int:
        """Hold the staging folder, which a killed run may have left behind; two runs at once would mix their files."""
        while True:
            try:
                self._aside.mkdir(parents=True, exist_ok=True)
                lock = os.open(self._aside, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            except OSError as error:
                raise OutputRefusedError(
                    f"{self._aside}: the folder for new files cannot be made ({error.strerror}); remove what stands"
                    " there or mend the rights"
                ) from error
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                os.close(lock)
                raise OutputRefusedError(
                    f"{self.folder}: another build is writing this folder; wait until it ends"
                ) from error
            if self._aside.exists() and os.fstat(lock).st_ino == self._aside.stat().st_ino:
                return lock
            os.close(lock)

    def adopt(self) -> None:
        """Take what others wrote into the staging folder as part of the output; they write no more."""
        for path in sorted(folders.scan(self.staging).files):
            self._claim(path)
            staged = f"{self.staging}/{path}"
            body = folders.read(staged)
            self.digests[path] = checksums.digest(body)
            if self._same(path, body):
                Path(staged).unlink()
            else:
                self._staged.add(path)
                self._theirs.add(path)

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
        try:
            if above not in self._made:
                folders.make(f"{self._ours}/{above}")
                self._made.add(above)
            folders.write(f"{self._ours}/{path}", body)
        except OSError as error:
            raise _unwritten(error, self._aside) from error
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
        return folders.read(self._place(path) if path in self._staged else f"{self.folder}/{path}")

    def replace(self, path: str, body: bytes) -> None:
        """Like `put`, over what somebody else wrote."""
        self._paths.discard(path)
        if path in self._staged:
            os.unlink(self._place(path))  # noqa: PTH108 - a text already
            self._staged.discard(path)
            self._theirs.discard(path)
        self.put(path, body)

    def commit(self) -> Tally:
        """Move everything into place and delete the rest; then the staging folder is gone.

        A folder that the output lacks moves as one; so does the whole of a first build.
        """
        with _writing(self._aside):
            folders.fold(str(self.staging), self._ours)
        self.put(MARKER, _MARKER_TEXT)
        stale = (self._held.files | self._held.links) - self._paths
        with _writing(self.folder):
            self._merge("")
            for path in sorted(stale):
                folders.delete(self.folder / path)
            folders.prune(self.folder, {path.rpartition("/")[0] for path in stale} | self._held.empty)
        self.close()
        return Tally(len(self._staged), len(self._paths) - len(self._staged), len(stale))

    def close(self) -> None:
        """Let go: remove the staging folder, leave the output folder as it is."""
        if self._lock < 0:
            return
        if self._aside.is_dir():
            folders.clear(self._aside)
            self._aside.rmdir()
        os.close(self._lock)
        self._lock = -1

    def _claim(self, path: str) -> None:
        _refuse(path)
        if path in self._paths:
            raise OutputRefusedError(
                f"{path}: two files of the site want this path; rename or remove the hand-written one"
            )
        self._paths.add(path)

    def _place(self, path: str) -> str:
        return f"{self.staging if path in self._theirs else self._ours}/{path}"

    def _same(self, path: str, body: bytes) -> bool:
        return path in self._held.files and folders.read(f"{self.folder}/{path}") == body

    def _merge(self, path: str) -> None:
        """Move a staged folder to its place, whole if there is none yet."""
        source, target = Path(self._ours, path), self.folder / path
        if path in self._held.files or path in self._held.links:
            folders.delete(target)
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
                folders.move(Path(entry.path), self.folder / inner)


def _refuse(path: str) -> None:
    if not _STEPS.isdisjoint(path.split("/")) or "\\" in path or "\0" in path:
        raise OutputRefusedError(f"{path!r}: not a path below the output folder; paths are made from ids alone")


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """A full disk or missing rights are the operator's to mend."""
    try:
        yield
    except OSError as error:
        raise _unwritten(error, folder) from error


def _unwritten(error: OSError, folder: Path) -> OutputRefusedError:
    place = error.filename or folder
    return OutputRefusedError(f"{place}: cannot be written ({error.strerror}); make room or mend the rights")


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
