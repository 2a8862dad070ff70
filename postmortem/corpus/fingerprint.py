"""Which program this is: its files in, one digest out. What another version kept is never taken for ours."""

import hashlib
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path


@cache
def package() -> bytes:
    """A digest (SHA-256) of this package's code, templates and schemas."""
    here = Path(__file__).resolve().parent.parent
    digest = hashlib.sha256()
    for folder in (str(here), str(here.parent / "schemas")):
        for path in sorted(_files(folder)):
            digest.update(path[len(folder) + 1 :].encode())
            with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - a Path for each costs more than reading it
                digest.update(hashlib.sha256(file.read()).digest())
    return digest.digest()


def _files(folder: str) -> Iterator[str]:
    for here, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__"]
        yield from (f"{here}/{name}" for name in names)
