"""The last good answer of each address, on disk: an address in, what was kept out, or nothing. Knows nothing of what
the bytes mean.

One file for each address: a line with the SHA-256 of the rest, a line of JSON that says what the bytes are, the bytes.
It is replaced whole or not at all; a file that is not whole is not believed. Two runs may share a folder: each writes
what it was given, and whoever comes second in a race leaves the other's.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import msgspec

from postmortem.corpus import write
from postmortem.errors import OutputRefusedError

_DIGEST = 64
_VALIDATOR = 500
"""Characters of a validator that is believed."""


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """An answer that was understood. `asked` is the address that we asked, `answered` the one that answered in the end;
    `full` is when the bytes came, `at` when they were last said to be current. Both are in UTC.
    """

    asked: str
    answered: str
    full: datetime
    at: datetime
    etag: str = ""
    modified: str = ""
    content: bytes = b""

    @property
    def validators(self) -> dict[str, str]:
        """The headers of a conditional request (RFC 9110, 13.1)."""
        pairs = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in pairs.items() if value}


class _Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    asked: str
    answered: str
    full: datetime
    at: datetime
    etag: str
    modified: str
    version: int = 1


def validators_of(headers: Mapping[str, str]) -> tuple[str, str]:
    """ETag and Last-Modified of an answer; one that cannot be sent back as it came is left out."""
    return _clean(headers.get("etag", "")), _clean(headers.get("last-modified", ""))


def _clean(value: str) -> str:
    return value if value.isascii() and value.isprintable() and len(value) <= _VALIDATOR else ""


def load(folder: Path | None, address: str) -> tuple[Kept | None, str]:
    """What is kept of an address, and what is wrong with it if it cannot be used (one line, else "")."""
    if folder is None:
        return None, ""
    path = _path(folder, address)
    try:
        held = path.read_bytes()
    except FileNotFoundError:
        return None, ""
    except OSError as error:
        return None, f"{path}: what was kept cannot be read ({error.strerror}); it is asked for anew"
    found = _read(held)
    if found is None or found.asked != address:
        return None, f"{path}: what was kept is damaged and not used; it is asked for anew, and you may delete the file"
    return found, ""


def save(folder: Path | None, kept: Kept) -> str:
    """Keep an answer in place of the last; gives what is wrong if it cannot be (one line, else "")."""
    if folder is None:
        return ""
    path, new, old = _path(folder, kept.asked), _written(kept), b""
    try:
        if path.exists():
            old = path.read_bytes()
            write.write(path, new, old)
        else:
            write.create(path, new)
    except OutputRefusedError as error:
        return "" if _overtaken(path, old) else f"{error} (the answer is used all the same)"
    except OSError as error:
        return f"{path}: not kept ({error.strerror}); see to the folder (the answer is used all the same)"
    return ""


def _overtaken(path: Path, old: bytes) -> bool:
    """Whether another run has just kept a good answer there itself."""
    try:
        found = path.read_bytes()
    except OSError:
        return False
    return found != old and _read(found) is not None


def _path(folder: Path, address: str) -> Path:
    return folder / f"{hashlib.sha256(address.encode()).hexdigest()[:32]}.answer"


def _written(kept: Kept) -> bytes:
    head = _Head(kept.asked, kept.answered, kept.full, kept.at, kept.etag, kept.modified)
    rest = msgspec.json.encode(head) + b"\n" + kept.content
    return hashlib.sha256(rest).hexdigest().encode() + b"\n" + rest


def _read(held: bytes) -> Kept | None:
    digest, rest = held[:_DIGEST], held[_DIGEST + 1 :]
    if hashlib.sha256(rest).hexdigest().encode() != digest:
        return None
    line, _, content = rest.partition(b"\n")
    try:
        head = msgspec.json.decode(line, type=_Head)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    if head.full.tzinfo is None or head.at.tzinfo is None:
        return None
    return Kept(
        asked=head.asked,
        answered=head.answered,
        full=head.full,
        at=head.at,
        etag=head.etag,
        modified=head.modified,
        content=content,
    )
