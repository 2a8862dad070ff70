"""Work per record in parallel processes. A function and items in, results in the items' order out; knows nothing of
records.
"""

import gc
import itertools
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

WORTH_A_PROCESS = 64
"""Below this many items, starting workers costs more than they save (measured: about 50 ms against 1 ms a record)."""

_LARGEST_CHUNK = 32
_RARELY = 100_000
"""New objects between two collections of garbage: records make hardly any cycles, and looking for them took a seventh
of a build. With 10,000 it still looked at every handful of records while these were being worked on, for no byte less.
"""


def each(
    function: Callable[[Item], Result],
    items: Sequence[Item],
    jobs: int,
    *,
    worth: int = WORTH_A_PROCESS,
    chunk: int | None = None,
) -> "Working[Result]":
    """Apply `function` to every item; the order of results is the order of items, however many workers there are.

    Workers are forked at once, and work while the caller does something else: function and items may be anything, only
    results are pickled. With one job, fewer than `worth` items, or other threads alive (a fork would copy their locks),
    everything happens here, when results are asked for. `chunk` items go together.
    """
    if jobs <= 1 or len(items) < max(worth, 2) or threading.active_count() > 1:
        return Working(_here(function, items), lambda: None)
    return _forked(function, items, jobs, chunk or max(1, min(_LARGEST_CHUNK, len(items) // (jobs * 4))))


def beside(function: Callable[[Item], Result], items: Sequence[Item], jobs: int) -> "Working[Result]":
    """The same for a few large pieces of work while the caller has enough to do for one of the jobs."""
    if jobs <= 1 or threading.active_count() > 1:
        return Working(_here(function, items), lambda: None)
    return _forked(function, items, jobs - 1, 1)


class Working(Iterator[Result]):
    """Results as they come. Whoever does not ask for all of them must `close`."""

    def __init__(self, results: Iterator[Result], end: Callable[[], None]) -> None:
        self._results = results
        self._end = end

    def __next__(self) -> Result:
        try:
            return next(self._results)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Stop the workers, and look for garbage as before."""
        self._end()


def _here(function: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
    with undisturbed():
        yield from map(function, items)


def _forked(function: Callable[[Item], Result], items: Sequence[Item], jobs: int, chunk: int) -> Working[Result]:
    from postmortem.corpus.crew import MOST, Crew  # noqa: PLC0415 - most commands do a handful of things, all of it here

    chunk = max(chunk, -(-len(items) // MOST))
    starts = range(0, len(items), chunk)
    stack = ExitStack()
    stack.enter_context(undisturbed())
    gc.freeze()  # or a collection in a worker would copy every page that it shares with us
    stack.callback(gc.unfreeze)

    def some(number: int) -> list[Result]:
        return [function(item) for item in items[starts[number] : starts[number] + chunk]]

    try:
        crew = Crew(some, len(starts), jobs)
    except BaseException:
        stack.close()
        raise
    stack.callback(crew.close)
    return Working(itertools.chain.from_iterable(crew), stack.close)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Look for garbage rarely meanwhile."""
    before = gc.get_threshold()
    if not 0 < before[0] < _RARELY:
        yield  # as rarely already: who lowered it raises it again
        return
    gc.set_threshold(_RARELY, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
