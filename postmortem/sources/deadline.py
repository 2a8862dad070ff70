"""Time, chance and names as arguments: what a fetch takes from the world outside, each with its real default, and
the one deadline that everything in a fetch is held against. Monotonic time only: it can end a wait and date nothing.
"""

import queue
import random
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from postmortem.sources.failure import FailedError

T = TypeVar("T")


def resolve(host: str, port: int) -> Sequence[str]:
    """Every address that the system's resolver knows for a name, in its order. Raises OSError or UnicodeError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


@dataclass(frozen=True)
class World:
    """Clock (monotonic, seconds), sleep (seconds), dice (0 to 1), resolver and trusted certificates (None: those of
    certifi, or of `SSL_CERT_FILE`).
    """

    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    dice: Callable[[], float] = random.random
    resolve: Callable[[str, int], Sequence[str]] = resolve
    trust: ssl.SSLContext | None = None


@dataclass(frozen=True)
class Deadline:
    """The moment at which a fetch ends, whatever it is doing."""

    seconds: float
    ends: float
    clock: Callable[[], float]

    def left(self) -> float:
        """Seconds that are left, more than none. Raises FailedError once there are none."""
        left = self.ends - self.clock()
        if left <= 0:
            raise self.missed()
        return left

    def missed(self) -> FailedError:
        """The error that says so."""
        return FailedError(f"no whole answer within {self.seconds:g} s; try again later, or allow more time")

    def within(self, call: Callable[[], T]) -> T:
        """The result of a call that knows no deadline; one that is late is left to itself, in a thread that keeps
        nobody waiting. Raises what the call raises.
        """
        done: queue.SimpleQueue[tuple[T | None, BaseException | None]] = queue.SimpleQueue()

        def run() -> None:
            try:
                done.put((call(), None))
            except Exception as error:  # noqa: BLE001 - raised again below, in the thread that waits
                done.put((None, error))

        threading.Thread(target=run, daemon=True).start()
        try:
            result, error = done.get(timeout=self.left())
        except queue.Empty:
            raise self.missed() from None
        if error is not None:
            raise error
        return result  # type: ignore[return-value]  # no error, so the call's own result


def starting(world: World, seconds: float) -> Deadline:
    """A deadline so many seconds from now."""
    return Deadline(seconds, world.clock() + seconds, world.clock)
