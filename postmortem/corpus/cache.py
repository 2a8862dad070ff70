"""What is kept between runs: blobs under keys made from content alone. Bytes in, bytes out; knows nothing of what
they mean.

A key is a digest of everything a blob depends on, this package's own files included, so that nothing ever has to be
invalidated. A blob
carries its own digest: one that was cut short or changed is not there.
"""

import hashlib
import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_DIGEST = 32


def key(*parts: bytes) -> str:
    """The name under which a result that depends on exactly these parts is kept (SHA-256, hex)."""
    digest = hashlib.sha256()
    for part in (fingerprint(), *parts):
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


@cache
def fingerprint() -> bytes:
    """A digest of this package's code, templates and schemas: another version never reads what this one wrote."""
    package = Path(__file__).resolve().parent.parent
    digest = hashlib.sha256()
    for folder in (package, package.parent / "schemas"):
        for path in sorted(each for each in folder.rglob("*") if each.is_file() and "__pycache__" not in each.parts):
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.digest()


class Store:
    """A folder of blobs. Two processes may use one at once: every blob appears whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, name: str) -> bytes | None:
        """The blob, or None where there is none or it is damaged."""
        try:
            held = self._path(name).read_bytes()
        except OSError:
            return None
        digest, blob = held[:_DIGEST], held[_DIGEST:]
        return blob if hashlib.sha256(blob).digest() == digest else None

    def put(self, name: str, blob: bytes) -> None:
        """Keep the blob. Raises OSError where the folder cannot be written."""
        path = self._path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        aside.write_bytes(hashlib.sha256(blob).digest() + blob)
        aside.replace(path)

    def keep_only(self, names: Iterable[str]) -> None:
        """Forget every other blob, so that the store is never larger than what one run needs."""
        wanted = {self._path(name) for name in names}
        for path in sorted(self.folder.glob("??/*")):
            if path not in wanted:
                path.unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self.folder / name[:2] / name[2:]
