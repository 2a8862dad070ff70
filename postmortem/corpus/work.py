"""Work per record in parallel processes. A function and items in, results in the items' order out; knows nothing of
records.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

WORTH_A_PROCESS = 64
"""Below this many items, starting workers costs more than they save (measured: about 50 ms against 1 ms a record)."""


def each(function: Callable[[Item], Result], items: Sequence[Item], jobs: int) -> Iterator[Result]:
    """Apply `function` to every item; the order of results is the order of items, however many workers there are.

    `function` must be a top-level function or a partial of one. With one job, few items, or other threads alive (a
    fork would copy
    their locks), everything happens here.
    """
    if jobs <= 1 or len(items) < WORTH_A_PROCESS or threading.active_count() > 1:
        yield from map(function, items)
        return
    import multiprocessing  # noqa: PLC0415 - a run over a few records never needs it, and it is slow to import
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - as above

    with ProcessPoolExecutor(max_workers=jobs, mp_context=multiprocessing.get_context("fork")) as pool:
        yield from pool.map(function, items, chunksize=max(1, min(64, len(items) // (jobs * 4))))
