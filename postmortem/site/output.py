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
        self._lock = self._locked()
        _empty(self.staging)

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

    def adopt(self) -> tuple[str, ...]:
        """Take what others wrote into the staging folder as part of the output; their paths."""
        found = tuple(sorted(_files(self.staging)))
        for path in found:
            staged = self.staging / path
            self._claim(path)
            if self._same(path, staged.read_bytes()):
                staged.unlink()
        return found

    def put(self, path: str, body: bytes) -> None:
        """Make one file part of the output. Raises OutputRefusedError if the path leaves the folder or is taken."""
        self._claim(path)
        if self._same(path, body):
            return
        staged = self.staging / path
        try:
            staged.write_bytes(body)
        except FileNotFoundError:
            staged.parent.mkdir(parents=True, exist_ok=True)
            staged.write_bytes(body)

    def read(self, path: str) -> bytes | None:
        """What the output will hold at this path, if anything."""
        if path not in self._paths:
            return None
        staged = self.staging / path
        return staged.read_bytes() if staged.is_file() else (self.folder / path).read_bytes()

    def replace(self, path: str, body: bytes) -> None:
        """Like `put`, over what somebody else wrote."""
        self._paths.discard(path)
        (self.staging / path).unlink(missing_ok=True)
        self.put(path, body)

    def commit(self) -> Tally:
        """Move everything into place and delete the rest; then the staging folder is gone."""
        self.put(MARKER, _MARKER_TEXT)
        self.folder.mkdir(parents=True, exist_ok=True)
        staged = sorted(_files(self.staging), key=_turn)
        stale = [path for path in _files(self.folder) if path not in self._paths]
        for path in staged:
            self._make_way(path)
            _move(self.staging / path, self.folder / path)
        deleted = 0
        for path in stale:
            deleted += _deleted(self.folder / path)
        _prune(self.folder)
        self.close()
        return Tally(len(staged), len(self._paths) - len(staged), deleted)

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
        held = self.folder / path
        try:
            status = held.lstat()
            return os.path.isfile(held) and status.st_size == len(body) and held.read_bytes() == body  # noqa: PTH113
        except OSError:
            return False

    def _make_way(self, path: str) -> None:
        """Clear what an earlier site had as a folder and this one has as a file, or the other way round."""
        target = self.folder / path
        for above in reversed(target.parents[: len(PurePosixPath(path).parts) - 1]):
            if above.is_symlink() or (above.exists() and not above.is_dir()):
                above.unlink()
        if target.is_dir() and not target.is_symlink():
            shutil.rmtree(target)
        target.parent.mkdir(parents=True, exist_ok=True)


def _turn(path: str) -> tuple[int, str]:
    """The marker first, so that a first run that is stopped can be mended; lists after what they list."""
    if path == MARKER:
        return 0, path
    return (2 if path.startswith(_LISTS) else 1), path


def _files(folder: Path) -> list[str]:
    """Every file and every link below the folder, as paths with `/`; links are not followed."""
    found = []
    for here, folders, names in os.walk(folder):
        base = Path(here).relative_to(folder).as_posix()
        links = [name for name in folders if os.path.islink(os.path.join(here, name))]  # noqa: PTH114, PTH118
        found += [name if base == "." else f"{base}/{name}" for name in (*names, *links)]
    return found


def _move(source: Path, target: Path) -> None:
    """Rename; where the output folder is a mount of its own, copy beside the target and rename there."""
    try:
        source.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        beside = target.with_name(f"{MARKER}-new-{target.name}")
        shutil.copyfile(source, beside)
        beside.replace(target)
        source.unlink()


def _deleted(path: Path) -> int:
    try:
        path.unlink()
    except (FileNotFoundError, NotADirectoryError):
        return 0
    return 1


def _prune(folder: Path) -> None:
    """Remove folders with nothing in them."""
    for here, _, _ in os.walk(folder, topdown=False):
        if Path(here) != folder and not os.listdir(here):  # noqa: PTH208
            Path(here).rmdir()


def _empty(folder: Path) -> None:
    for entry in sorted(folder.iterdir()):
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()
