"""Processes forked from this one that take turns at one list of tasks. A function of a task's number in, results in the
numbers' order out; knows nothing of what is done.

No thread stands between: a second crew may be forked while a first one works, and what a library costs that starts
threads is saved. Numbers are dealt through one pipe, of which whoever is free takes the next; each worker tells its
results through a pipe of its own, and never waits for us to listen.
"""

import os
import pickle
import select
import signal
import struct
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, Final, NoReturn

MOST: Final = select.PIPE_BUF // 4
"""So many tasks can be dealt: what any pipe takes at once."""

_NUMBER: Final = struct.Struct("=I")
_HEAD: Final = struct.Struct("=IQ")
"""Of a result: the number of its task, the length of what follows."""
_AT_ONCE: Final = 1 << 20


class Crew(Iterator[Any]):
    """Results as they come, in order. Whoever does not ask for all of them must `close`. What a task raises is raised
    here when its result is asked for, RuntimeError if a worker was killed; either ends the work.
    """

    def __init__(self, task: Callable[[int], Any], count: int, size: int) -> None:
        if count > MOST:
            raise ValueError(f"{count} tasks, at most {MOST}")
        self._next, self._count = 0, count
        self._told: dict[int, bytes] = {}
        self._heard: dict[int, bytearray] = {}
        self._workers: dict[int, int] = {}
        self._poll = select.poll()
        dealt, deal = os.pipe()
        os.write(deal, b"".join(map(_NUMBER.pack, range(count))))
        os.close(deal)
        try:
            for _ in range(min(size, count)):
                self._fork(task, dealt)
        except BaseException:
            self.close()
            raise
        finally:
            os.close(dealt)

    def _fork(self, task: Callable[[int], Any], dealt: int) -> None:
        hear, tell = os.pipe()
        worker = os.fork()
        if worker == 0:
            for each in (hear, *self._workers):
                os.close(each)
            _work(task, dealt, tell)
        os.close(tell)
        self._workers[hear], self._heard[hear] = worker, bytearray()
        self._poll.register(hear, select.POLLIN)

    def __next__(self) -> Any:  # noqa: ANN401 - whatever the task gives
        if self._next == self._count:
            self.close()
            raise StopIteration
        try:
            return self._result()
        except BaseException:
            self.close()
            raise

    def _result(self) -> Any:  # noqa: ANN401 - as above
        while self._next not in self._told:
            self._hear()
        done, result = pickle.loads(self._told.pop(self._next))  # noqa: S301 - from a process that we forked
        self._next += 1
        if not done:
            raise result
        return result

    def close(self) -> None:
        """Stop whoever still works."""
        if self._next < self._count:
            for worker in self._workers.values():
                os.kill(worker, signal.SIGTERM)
        for hear in list(self._workers):
            self._dismiss(hear)
        self._next = self._count

    def _dismiss(self, hear: int) -> int:
        os.close(hear)
        _, status = os.waitpid(self._workers.pop(hear), 0)
        return status

    def _hear(self) -> None:
        """Wait until somebody tells something."""
        for hear, _ in self._poll.poll():
            held = self._heard[hear]
            more = os.read(hear, _AT_ONCE)
            held += more
            while len(held) >= _HEAD.size:
                number, length = _HEAD.unpack_from(held)
                end = _HEAD.size + length
                if len(held) < end:
                    break
                self._told[number] = bytes(held[_HEAD.size : end])
                del held[:end]
            if not more:
                self._poll.unregister(hear)
                status = self._dismiss(hear)
                if status or held:
                    raise RuntimeError(f"a worker ended before its work was done (status {status})")


def _work(task: Callable[[int], Any], dealt: int, tell: int) -> NoReturn:
    """The life of a worker. What it has not told yet waits in memory; if nobody listens any more, it ends."""
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever forked us hears it, and stops us
        os.set_blocking(tell, False)
        waiting = bytearray()
        while turn := os.read(dealt, _NUMBER.size):
            [number] = _NUMBER.unpack(turn)
            body = _done(task, number)
            waiting += _HEAD.pack(number, len(body))
            waiting += body
            with suppress(BlockingIOError):
                while waiting:
                    del waiting[: os.write(tell, waiting)]
        os.set_blocking(tell, True)
        while waiting:
            del waiting[: os.write(tell, waiting)]
        os._exit(0)
    finally:
        os._exit(1)


def _done(task: Callable[[int], Any], number: int) -> bytes:
    """Whether it was done, and what came of it."""
    try:
        return pickle.dumps((True, task(number)), pickle.HIGHEST_PROTOCOL)
    except Exception as error:  # noqa: BLE001 - raised again where the result is asked for
        trace = traceback.format_exc()
        error.add_note(trace)
        with suppress(Exception):
            return pickle.dumps((False, error))
        return pickle.dumps((False, RuntimeError(trace)))
