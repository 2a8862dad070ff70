"""Compiled templates kept beside their sources in `__pycache__`, as Python keeps compiled modules, for later processes.

A template's code in, bytes on disk out, and back. Whether they may be believed depends on the template's text, on
Python's and Jinja's versions (Jinja sees to these) and on whoever wrote the code: `Kept` asks for a mark that says so.
Where nothing can be written, or Python is told to write no bytecode, nothing is kept, and nothing is amiss.
"""

import hashlib
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

_MARK_LENGTH = 32


class Kept(BytecodeCache):
    """Compiled templates below `folder`, one file each; `generator` stands for what else, beside Jinja and their text,
    decides how their code is written.
    """

    def __init__(self, folder: Path, generator: bytes) -> None:
        self._folder = folder / "__pycache__"
        self._mark = hashlib.sha256(jinja2.__version__.encode() + generator).digest()

    def get_cache_key(self, name: str, filename: str | None = None) -> str:  # noqa: ARG002 - Jinja names the arguments
        """A template's file name: there is one folder, so its name tells it from the others."""
        return f"{name.replace('/', '-')}.{sys.implementation.cache_tag}.jinja"

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket if there is code that may be believed."""
        with suppress(OSError):
            held = (self._folder / bucket.key).read_bytes()
            if held.startswith(self._mark):
                bucket.bytecode_from_string(held[_MARK_LENGTH:])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the bucket's code: whole, by one rename, since other processes may do the same."""
        if sys.dont_write_bytecode:
            return
        with suppress(OSError):
            self._folder.mkdir(exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self._folder, delete=False) as file:
                file.write(self._mark + bucket.bytecode_to_string())
            Path(file.name).replace(self._folder / bucket.key)
