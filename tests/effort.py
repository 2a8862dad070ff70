"""How much work a call is, measured so that a busy machine and a full heap do not count."""

import gc
from collections.abc import Callable
from time import process_time


def effort(call: Callable[[], object], *, times: int = 3) -> float:
    """Seconds of this process's own CPU that `call` takes: the least of several, with no garbage collected meanwhile.

    A collection of a long run's heap takes longer than what is measured here, and would be charged to whoever happens
    to be running; the least is what the work itself costs.
    """
    seconds = []
    for _ in range(times):
        collected = gc.isenabled()
        gc.disable()
        try:
            start = process_time()
            call()
            seconds.append(process_time() - start)
        finally:
            if collected:
                gc.enable()
    return min(seconds)
