"""A published site as files: what there is, how to read it, at which address it says it lives. A folder in, a `Site`
out; knows nothing of what files hold beyond the one that names the address.
"""

import contextlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

import msgspec

from postmortem.errors import UnreadableError

ABOUT: Final = ".well-known/postmortem.json"
SUMS: Final = "SHA256SUMS"
MARKER: Final = ".postmortem"
"""The mark of an output folder on the machine that built it: no part of the site."""
NOWHERE: Final = "http://site.invalid/"
"""Stands for the address of a site that says none, so that its relative links can still be followed (RFC 2606)."""
_PLACED: Final = re.compile(rb"<loc>\s*(https?://[^<\s]+?)\s*</loc>")


@dataclass(frozen=True)
class Site:
    """`name` is how the operator called it, `base` the address it says it has, with a slash at the end; `read` gives a
    file's bytes. `refused` says of files that could not be had why not.
    """

    name: str
    base: str
    paths: frozenset[str]
    read: Callable[[str], bytes]
    refused: Mapping[str, str] = field(default_factory=dict)

    def has(self, path: str) -> str | None:
        """The file that an address below the site leads to; None where there is none."""
        if path == "" or path.endswith("/"):
            path += "index.html"
        if path in self.paths:
            return path
        inside = f"{path}/index.html"
        return inside if inside in self.paths else None


def from_folder(folder: Path) -> Site:
    """The site in a folder. Raises UnreadableError for what is no folder, or has no file."""
    if not folder.is_dir():
        raise UnreadableError(f"{folder}: there is no such folder; name the folder of a built site, or its address")
    paths = frozenset(each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file())
    if not paths - {MARKER}:
        raise UnreadableError(f"{folder}: the folder is empty; build the site first: postmortem build")
    read = partial(_read, folder)
    return Site(str(folder), base(read, paths), paths - {MARKER}, read)


def base(read: Callable[[str], bytes], paths: frozenset[str]) -> str:
    """The address that the site says it has; `NOWHERE` if it says none."""
    if ABOUT in paths:
        with contextlib.suppress(msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            told: Any = msgspec.json.decode(read(ABOUT))
            said = told.get("site") if isinstance(told, dict) else None
            if isinstance(said, str) and said.startswith(("https://", "http://")):
                return said.rstrip("/") + "/"
    placed = _PLACED.search(read("sitemap.xml")) if "sitemap.xml" in paths else None
    return placed[1].decode("utf-8", "replace").rstrip("/") + "/" if placed else NOWHERE


def _read(folder: Path, path: str) -> bytes:
    try:
        return (folder / path).read_bytes()
    except OSError as error:
        raise UnreadableError(f"{folder / path}: the file cannot be read ({error.strerror})") from error
