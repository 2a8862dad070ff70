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
from contextlib import suppress
from itertools import count
from pathlib import Path, PurePosixPath

import msgspec

from postmortem.errors import OutputRefusedError

MARKER = ".postmortem"
_MARKER_TEXT = b"Written by postmortem: each build deletes what it did not make from this folder.\n"
_LISTS = ("feeds/", "api/", "search/", "sitemap.xml")
"""What names other files of the site, and so must not come before them."""


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
    """One run's way into an output folder. `staging` is where others (MkDocs) may write meanwhile."""

    def __init__(self, folder: Path) -> None:
        check(folder)
        self.folder = folder
        self.staging = folder.with_name(f".postmortem-staging-{folder.name}")
        self._paths: set[str] = set()
        self._staged: dict[str, str] = {}
        self._numbers = count()
        self._lock = self._locked()
        _empty(self.staging)
        self._held, self._links = _scan(folder)

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
        for path in sorted(_scan(self.staging)[0]):
            staged = f"{self.staging}/{path}"
            self._claim(path)
            if not self._same(path, _read(staged)):
                self._staged[path] = staged

    def put(self, path: str, body: bytes) -> None:
        """Make one file part of the output. Raises OutputRefusedError if the path leaves the folder or is taken."""
        self._claim(path)
        if self._same(path, body):
            return
        # Flat, and under a name that MkDocs leaves alone: making a folder for each page twice costs more than writing.
        staged = f"{self.staging}/.{next(self._numbers)}"
        with open(staged, "wb", buffering=0) as file:  # noqa: PTH123 - ten thousand times, and Path costs as much
            file.write(body)
        self._staged[path] = staged

    def read(self, path: str) -> bytes | None:
        """What the output will hold at this path, if anything."""
        if path not in self._paths:
            return None
        return _read(self._staged.get(path, f"{self.folder}/{path}"))

    def replace(self, path: str, body: bytes) -> None:
        """Like `put`, over what somebody else wrote."""
        self._paths.discard(path)
        self._staged.pop(path, None)
        self.put(path, body)

    def commit(self) -> Tally:
        """Move everything into place and delete the rest; then the staging folder is gone."""
        self.put(MARKER, _MARKER_TEXT)
        made: set[str] = set()
        for path in sorted(self._staged, key=_turn):
            self._make_way(path.rpartition("/")[0], made)
            _move(self._staged[path], f"{self.folder}/{path}")
        stale = sorted((self._held | self._links) - self._paths)
        for path in stale:
            _delete(self.folder / path)
        _prune(self.folder)
        self.close()
        return Tally(len(self._staged), len(self._paths) - len(self._staged), len(stale))

    def close(self) -> None:
        """Let go: remove the staging folder, leave the output folder as it is."""
        if self._lock < 0:
            return
        _empty(self.staging)
        self.staging.rmdir()
        os.close(self._lock)
        self._lock = -1

    def _claim(self, path: str) -> None:
        pure = PurePosixPath(path)
        if pure.is_absolute() or ".." in pure.parts or str(pure) != path or "\\" in path or "\0" in path:
            raise OutputRefusedError(f"{path!r}: not a path below the output folder; paths are made from ids alone")
        if path in self._paths:
            raise OutputRefusedError(
                f"{path}: two files of the site want this path; rename or remove the hand-written one"
            )
        self._paths.add(path)

    def _same(self, path: str, body: bytes) -> bool:
        return path in self._held and _read(f"{self.folder}/{path}") == body

    def _make_way(self, folder: str, made: set[str]) -> None:
        """Make a folder, where an earlier site may have had a file or somebody put a link."""
        if folder in made:
            return
        if folder:
            self._make_way(folder.rpartition("/")[0], made)
        if folder in self._held or folder in self._links:
            _delete(self.folder / folder)
        (self.folder / folder).mkdir(parents=not folder, exist_ok=True)
        made.add(folder)


def _turn(path: str) -> tuple[int, str]:
    """The marker first, so that a first run that is stopped can be mended; lists after what they list."""
    if path == MARKER:
        return 0, path
    return (2 if path.startswith(_LISTS) else 1), path


def _scan(folder: Path) -> tuple[set[str], set[str]]:
    """Every file below the folder, and every link, as paths with `/`; links are not followed."""
    files: set[str] = set()
    links: set[str] = set()
    start = len(str(folder)) + 1
    for here, folders, names in os.walk(folder):
        base = f"{here[start:]}/" if here[start:] else ""
        for name in (*folders, *names):
            if os.path.islink(f"{here}/{name}"):  # noqa: PTH114
                links.add(base + name)
        files.update(base + name for name in names)
    return files - links, links


def _read(path: str) -> bytes:
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - as above
        return file.read()


def _move(source: str, target: str) -> None:
    """Rename, clearing a folder that an earlier site had here; copy beside the target if the output is a mount."""
    try:
        os.replace(source, target)  # noqa: PTH105 - as above
    except IsADirectoryError:
        shutil.rmtree(target)
        os.replace(source, target)  # noqa: PTH105
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        beside = Path(target).with_name(f"{MARKER}-new-{Path(target).name}")
        shutil.copyfile(source, beside)
        beside.replace(target)


def _delete(path: Path) -> None:
    """Remove a file or a link; what was in the way of a folder is gone already."""
    with suppress(FileNotFoundError, NotADirectoryError):
        path.unlink()


def _prune(folder: Path) -> None:
    """Remove folders with nothing in them."""
    for here, _, _ in os.walk(folder, topdown=False):
        with suppress(OSError):
            os.rmdir(here)  # noqa: PTH106 - refused unless empty


def _empty(folder: Path) -> None:
    for entry in sorted(folder.iterdir()):
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()
