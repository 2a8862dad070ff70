"""Work per record in parallel processes. A function and items in, results in the items' order out; knows nothing of
records.
"""

import gc
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

WORTH_A_PROCESS = 64
"""Below this many items, starting workers costs more than they save (measured: about 50 ms against 1 ms a record)."""

_LARGEST_CHUNK = 32
_RARELY = 10_000
"""New objects between two collections of garbage: records make hardly any cycles, and looking for them took a seventh
of a build.
"""


def each(
    function: Callable[[Item], Result],
    items: Sequence[Item],
    jobs: int,
    *,
    worth: int = WORTH_A_PROCESS,
    chunk: int | None = None,
) -> Iterator[Result]:
    """Apply `function` to every item; the order of results is the order of items, however many workers there are.

    Workers are forked: function and items may be anything, only results are pickled. With one job, fewer than `worth`
    items, or other threads alive (a fork would copy their locks), everything happens here. `chunk` items go together.
    """
    if jobs <= 1 or len(items) < max(worth, 2) or threading.active_count() > 1:
        with undisturbed():
            yield from map(function, items)
        return
    import multiprocessing  # noqa: PLC0415 - a run over a few records never needs it, and it is slow to import
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - as above

    chunk = chunk or max(1, min(_LARGEST_CHUNK, len(items) // (jobs * 4)))
    starts = range(0, len(items), chunk)
    with undisturbed():
        gc.freeze()  # or a collection in a worker would copy every page that it shares with us
        try:
            fork = multiprocessing.get_context("fork")
            workers = min(jobs, len(starts))
            with ProcessPoolExecutor(workers, fork, initializer=_begin, initargs=(function, items, chunk)) as pool:
                for results in pool.map(_some, starts):
                    yield from results
        finally:
            gc.unfreeze()


@contextmanager
def undisturbed() -> Iterator[None]:
    """Look for garbage rarely meanwhile."""
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], _RARELY) if before[0] else 0, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


_given: tuple[Callable[[Any], Any], Sequence[Any], int]
"""What a worker inherited by being forked."""


def _begin(function: Callable[[Any], Any], items: Sequence[Any], chunk: int) -> None:
    global _given  # noqa: PLW0603 - the one way from a pool's initializer to its tasks
    _given = function, items, chunk


def _some(start: int) -> list[Any]:
    function, items, chunk = _given
    return [function(item) for item in items[start : start + chunk]]
