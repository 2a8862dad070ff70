"""By what the file system says of a file, whether it can have changed since. A status in, a stamp out; opens nothing.

The rule of git's index, made stricter: a stamp is only worth keeping if the file had lain still for a while when the
run began. Whoever writes to it later, with whatever times and sizes, gets a change time after that, and nobody can set
a change time back.
"""

import os
from typing import Final, TypeAlias

Stamp: TypeAlias = tuple[int, int, int, int, int]
"""Size, time of modification and of change (ns), inode, device."""

STILL: Final = 2_000_000_000
"""Nanoseconds: the coarsest clock of a file system in use (FAT: two seconds)."""


def of(status: os.stat_result) -> Stamp:
    """The stamp of a file. Take it before reading the file: what changes while it is read then shows."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_dev


def settled(stamp: Stamp, began: int) -> bool:
    """Whether the file had not been touched for `STILL` when the run began (ns; 0: never believe)."""
    return max(stamp[1], stamp[2]) + STILL < began
