"""Folders on disk, as the output folder and the one beside it need them: what lies below one, and how it is made, moved
and cleared away. Knows no site.

Texts stand for paths wherever there are thousands: a Path costs as much again as the question it asks.
"""

import errno
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import msgspec


class Tree(msgspec.Struct, frozen=True):
    """What lies below a folder, as paths with `/`; links are not followed. `empty` are folders without anything."""

    files: frozenset[str]
    links: frozenset[str]
    empty: frozenset[str]


def scan(folder: Path) -> Tree:
    """What lies below a folder; nothing where there is none."""
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
    return Tree(frozenset(files), frozenset(links), frozenset(empty))


def read(path: str) -> bytes:
    """The bytes of one file."""
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - a text already
        return file.read()


def write(path: str, body: bytes) -> None:
    """A new file, or an old one's bytes replaced."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o666)
    try:
        rest = memoryview(body)
        while rest:
            rest = rest[os.write(file, rest) :]
    finally:
        os.close(file)


def move(source: Path, target: Path) -> None:
    """Rename, clearing a folder that an earlier site had here; copy beside the target if the output is a mount."""
    try:
        source.replace(target)
    except IsADirectoryError:
        shutil.rmtree(target)
        source.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        beside = target.with_name(f".postmortem-new-{target.name}")
        shutil.copyfile(source, beside)
        beside.replace(target)


def delete(path: Path) -> None:
    """Remove a file or a link, unless something new has taken its place already."""
    with suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
        path.unlink()


def prune(folder: Path, places: Iterable[str]) -> None:
    """Remove these folders, and those above them, that have nothing in them; never the whole."""
    for place in sorted(places):
        with suppress(OSError):
            while place:
                os.rmdir(f"{folder}/{place}")  # noqa: PTH106 - refused unless empty
                place = place.rpartition("/")[0]  # noqa: PLW2901 - one step up


def clear(folder: Path) -> None:
    """Remove all that lies in a folder."""
    for entry in sorted(folder.iterdir()):
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()


def make(folder: str) -> None:
    """Make a folder, and those above it, if they are not there; nearly always one is missing."""
    try:
        os.mkdir(folder)  # noqa: PTH102 - Path costs as much again
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - as above


def fold(source: str, target: str) -> None:
    """Move everything below one folder into another."""
    for entry in sorted(os.scandir(source), key=lambda entry: entry.name):
        inner = f"{target}/{entry.name}"
        if entry.is_dir(follow_symlinks=False) and os.path.isdir(inner):  # noqa: PTH112 - texts already
            fold(entry.path, inner)
        else:
            os.rename(entry.path, inner)  # noqa: PTH104 - as above
