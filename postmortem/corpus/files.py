"""Which files are records. A folder in, files and findings out; reads names and bytes, never looks into them.

A link or a device in the folder is refused and not followed: what it points at was never reviewed as a record, and
MkDocs' habit of
following links has published password files before (threats.md, 10).
"""

import os
from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path

import msgspec

from postmortem.errors import UnreadableError
from postmortem.model.finding import Finding, Span

ENDINGS = (".yaml", ".yml")
START = Span(1, 1, 1, 1)


class RecordFile(msgspec.Struct, frozen=True, order=True, gc=False):
    """One file: `name` is its path as messages and caches know it (relative to the settings' folder, with `/`),
    `path` where it lies.
    """

    name: str
    path: str

    def read(self) -> bytes:
        """The bytes. Raises OSError."""
        with open(self.path, "rb", buffering=0) as file:  # noqa: PTH123 - half of what `Path` needs for it
            return file.read()


def find(folder: Path, base: Path) -> tuple[tuple[RecordFile, ...], tuple[Finding, ...]]:
    """All records below `folder`, sorted by name, and a finding for each thing in it that is no plain file or cannot
    be entered.

    Names that begin with a dot are left alone: editors put their locks and swaps there. Raises UnreadableError where
    the folder itself
    is missing, no folder, or may not be listed.
    """
    if not folder.is_dir():
        found = "is not a folder" if folder.exists() else "does not exist"
        message = f"{folder}: {found}; records are read from here: create it, or mend `incidents:` in the settings"
        raise UnreadableError(message)
    try:
        with os.scandir(folder):
            pass
    except OSError as error:
        message = f"{folder}: the folder of records cannot be listed ({error.strerror}); mend its permissions"
        raise UnreadableError(message) from error
    files: list[RecordFile] = []
    findings = list(_walk(folder, base, files))
    return tuple(sorted(files, key=attrgetter("name"))), tuple(sorted(findings))


def name(path: Path, base: Path) -> str:
    """A path as messages show it: relative to `base` where it lies below, with `/` on every system."""
    return Path(os.path.relpath(path, base)).as_posix()


def _walk(folder: Path, base: Path, files: list[RecordFile]) -> Iterator[Finding]:
    """The findings, while `files` grows; both in the order of the disk."""
    try:
        with os.scandir(folder) as listing:
            entries = list(listing)
    except OSError as error:
        message = f"this folder cannot be listed ({error.strerror})"
        yield _refused("PM012", folder, base, message, "mend its permissions")
        return
    above = name(folder, base)
    above = "" if above == "." else f"{above}/"
    for entry in entries:
        file = entry.name
        if file.startswith("."):
            continue
        ours, text = file.endswith(ENDINGS), file.isascii() or _is_text(file)
        if ours and text and entry.is_file(follow_symlinks=False):
            files.append(RecordFile(above + file, entry.path))  # nearly all: asked first
        elif not text and (ours or entry.is_dir()):
            shown = Path(os.fsencode(entry.path).decode(errors="replace"))
            yield _refused(
                "PM011", shown, base, "this name is not UTF-8, and no address can be made of it", "rename it"
            )
        elif entry.is_symlink():
            hint = "put the record itself here; links are not followed, whatever they point at"
            yield _refused("PM011", Path(entry.path), base, "a symbolic link stands where a record should", hint)
        elif entry.is_dir():
            yield from _walk(Path(entry.path), base, files)
        elif ours:
            hint = "remove it, or put a plain YAML file here"
            yield _refused("PM011", Path(entry.path), base, "this is no plain file", hint)


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def unreadable(file: RecordFile, error: OSError) -> Finding:
    """The finding for a record whose bytes cannot be had."""
    return Finding(
        path=file.name,
        span=START,
        code="PM012",
        message=f"the file cannot be read ({error.strerror})",
        hint="mend its permissions, or remove it",
    )


def _refused(code: str, path: Path, base: Path, message: str, hint: str) -> Finding:
    return Finding(path=name(path, base), span=START, code=code, message=message, hint=hint)
