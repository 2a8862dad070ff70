"""One writer at a time: a folder in, a turn out. Knows nothing of what is written.

What compares before it swaps notices an editor that saved in between; two of our own commands that start in the same
instant would still both find the old file. So they take turns, on a lock that goes with its process.
"""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def turn(folder: Path) -> Iterator[None]:
    """Wait for the others that write here, then keep them waiting (flock(2) on the folder itself: no file is left)."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # a file system without locks: the comparison has to do
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
