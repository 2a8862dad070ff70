"""Manners towards a host: how many requests at once, and how long between two. Origins in, turns out."""

import contextlib
import threading
from collections import defaultdict
from collections.abc import Iterator

from postmortem.sources.deadline import Deadline, World


class Turns:
    """Who may ask a host when, over all threads of one run. Waiting counts towards the deadline of who waits."""

    def __init__(self, at_once: int, gap: float, world: World) -> None:
        self._gap, self._world = gap, world
        self._lock = threading.Lock()
        self._next: dict[str, float] = {}
        self._free = defaultdict[str, threading.Semaphore](lambda: threading.Semaphore(at_once))

    @contextlib.contextmanager
    def of(self, host: str, deadline: Deadline) -> Iterator[None]:
        """Hold a turn at the host. Raises FailedError when the deadline comes first."""
        with self._lock:
            free = self._free[host]
        if not free.acquire(timeout=deadline.left()):
            raise deadline.missed()
        try:
            self._pause(host, deadline)
            yield
        finally:
            free.release()

    def _pause(self, host: str, deadline: Deadline) -> None:
        with self._lock:
            now = self._world.clock()
            start = max(now, self._next.get(host, now))
            self._next[host] = start + self._gap
        if start - now > deadline.left():
            raise deadline.missed()
        if start > now:
            self._world.sleep(start - now)
