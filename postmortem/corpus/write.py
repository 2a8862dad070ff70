"""A path and bytes in; the whole file is written or none of it. Knows nothing of what the bytes mean.

A file beside it is written, made durable and renamed, so that whoever reads, and a machine that stops, sees the old
file or the new one. Names of such files begin with a dot: `corpus.files` and editors leave them alone.
"""

import contextlib
import os
import stat
from collections.abc import Generator, Iterable, Iterator, Sequence
from pathlib import Path

from postmortem.errors import OutputRefusedError

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_READ_AND_WRITE_FOR_ALL = 0o666
"""Less what the umask takes away, as any editor creates a file."""
_ADVISE = getattr(os, "posix_fadvise", None)
"""Begins to write a file out without waiting for it, so that `fsync` of many does not wait for each in turn."""
AT_ONCE = 64
"""Files that are best written together: more save little, and a run that is killed leaves so many beside the others."""


def write(path: Path, new: bytes, expected_old: bytes) -> None:
    """Replace the content of a file that still holds `expected_old`; its mode bits stay.

    Errors: `OutputRefusedError` for a link, a device, a file that is missing, read-only or changed since it was read,
    a folder that cannot be written and a full disk; the old file is then as it was.
    """
    _alone(_writing(path, new, expected_old))
    settle([path.parent])


def create(path: Path, content: bytes) -> None:
    """Write a file that is not there yet; its folder is made if need be.

    Errors: `OutputRefusedError` if something is there, even a dangling link, or cannot be written.
    """
    _alone(_creating(path, content))
    settle([path.parent])


def write_several(changes: Iterable[tuple[Path, bytes, bytes]]) -> list[OutputRefusedError | None]:
    """`write` for several (path, new, expected_old), each whole by itself: for each what refused it. The disk is waited
    for as if they were one; whoever wrote them has their folders settled in the end.
    """
    return _abreast([_writing(*each) for each in changes])


def create_several(files: Iterable[tuple[Path, bytes]]) -> list[OutputRefusedError | None]:
    """The same of `create`."""
    return _abreast([_creating(*each) for each in files])


def settle(folders: Iterable[Path]) -> None:
    """Write the new entries of folders to disk, where the system can: until then a machine that stops may come back
    with the old files, each whole.
    """
    for folder in sorted(set(folders)):
        with contextlib.suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


_Going = Generator[None, None, None]
"""A file on its way. It stops twice, beside its place: written, then durable; what refuses it ends it."""
_STEPS = 3


def _alone(going: _Going) -> None:
    for _ in going:
        pass


def _abreast(going: Sequence[_Going]) -> list[OutputRefusedError | None]:
    """All of them written before any is made durable, all durable before any is put in its place; who is interrupted
    leaves none beside.
    """
    refusals: list[OutputRefusedError | None] = [None] * len(going)
    with contextlib.ExitStack() as stack:
        for each in going:
            stack.enter_context(contextlib.closing(each))
        for _ in range(_STEPS):
            refusals = [refusal or _step(each) for refusal, each in zip(refusals, going, strict=True)]
    return refusals


def _step(going: _Going) -> OutputRefusedError | None:
    try:
        next(going, None)
    except OutputRefusedError as refusal:
        return refusal
    return None


def _writing(path: Path, new: bytes, expected_old: bytes) -> _Going:
    status = _replaceable(path)
    with _beside(path) as (temporary, descriptor):
        _keep(descriptor, status)
        _fill(descriptor, new)
        yield
        os.fsync(descriptor)
        yield
        _check(path, expected_old)
        os.replace(temporary, path)  # noqa: PTH105 - a text is all that is needed


def _creating(path: Path, content: bytes) -> _Going:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _refused(path, f"its folder cannot be made ({error.strerror})", "mend it") from error
    with _beside(path) as (temporary, descriptor):
        _fill(descriptor, content)
        yield
        os.fsync(descriptor)
        yield
        try:
            os.link(temporary, path)
        except FileExistsError as error:
            raise _refused(path, "there is a file of this name already", "choose another name, or edit it") from error
        os.unlink(temporary)  # noqa: PTH108 - as above


def _replaceable(path: Path) -> os.stat_result:
    """The status of a file that may be replaced."""
    try:
        status = os.lstat(path)
    except OSError as error:
        raise _gone(path, error) from error
    if stat.S_ISLNK(status.st_mode):
        raise _refused(path, "it is a symbolic link", "name the file itself; links are not followed")
    if not stat.S_ISREG(status.st_mode):
        raise _refused(path, "it is no plain file", "name a plain file")
    if not status.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        raise _refused(path, "it is read-only", "make it writable if it may change")
    return status


def _check(path: Path, expected: bytes) -> None:
    """Refuse a file that is not what it was: at the last moment, for whatever happened since it was read."""
    _replaceable(path)
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - a quarter of what `Path` needs for it
            found = file.read()
    except OSError as error:
        raise _gone(path, error) from error
    if found != expected:
        raise _refused(path, "it was changed since it was read", "run the command again")


def _gone(path: Path, error: OSError) -> OutputRefusedError:
    return _refused(path, f"it cannot be read any more ({error.strerror})", "see what became of it")


@contextlib.contextmanager
def _beside(path: Path) -> Iterator[tuple[str, int]]:
    """A new file in the same folder, open for writing; whoever asks for it takes it away, unless there is an error."""
    temporary, descriptor = _opened(path)
    try:
        yield temporary, descriptor
    except BaseException as error:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(temporary)  # noqa: PTH108 - a text is all that is needed
        if isinstance(error, OSError):
            what = f"it cannot be written ({error.strerror})"
            raise _refused(path, what, "mend that; the file is as it was") from error
        raise
    finally:
        os.close(descriptor)


def _opened(path: Path) -> tuple[str, int]:
    folder, name = os.path.split(path)
    number = 0
    while True:
        temporary = os.path.join(folder, f".{name}.{os.getpid()}-{number}.tmp")  # noqa: PTH118 - as above
        try:
            return temporary, os.open(temporary, _NEW, _READ_AND_WRITE_FOR_ALL)
        except FileExistsError:
            number += 1  # left behind by a process that was killed, or another thread's
        except OSError as error:
            raise _refused(path, f"its folder cannot be written ({error.strerror})", "mend that") from error


def _keep(descriptor: int, status: os.stat_result) -> None:
    """Owner, as far as we may, and mode bits."""
    own = os.fstat(descriptor)
    if (own.st_uid, own.st_gid) != (status.st_uid, status.st_gid):
        with contextlib.suppress(PermissionError):
            os.fchown(descriptor, status.st_uid, status.st_gid)
    if stat.S_IMODE(own.st_mode) != stat.S_IMODE(status.st_mode):
        os.fchmod(descriptor, stat.S_IMODE(status.st_mode))


def _fill(descriptor: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
    if _ADVISE is not None:
        with contextlib.suppress(OSError):
            _ADVISE(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)


def _refused(path: Path, found: str, next_step: str) -> OutputRefusedError:
    return OutputRefusedError(f"{path}: not written: {found}; {next_step}")
