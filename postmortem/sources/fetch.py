"""Status feeds by HTTP: addresses in; for each its state, the bytes, their time and digest out. It knows no vendor.

Nothing that a server does raises an error here. A source that fails is served from the last good answer, marked stale;
"could not read" is never "no incidents". The order is that of the input whatever the timing. See
docs/adr/0011-fetching.md.
"""

import contextlib
import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

import httpx

from postmortem import __version__
from postmortem.sources import deadline, request, visit
from postmortem.sources.deadline import World
from postmortem.sources.dial import Transport
from postmortem.sources.fetched import Doubt, Fetched, Options, State, doubtful
from postmortem.sources.request import Errand
from postmortem.sources.robots import Robots
from postmortem.sources.turns import Turns

__all__ = ["Doubt", "Fetched", "Options", "State", "World", "doubtful", "fetch_all"]

THREADS = 16
"""Addresses that are fetched at the same time."""

_Said = queue.SimpleQueue[str | Fetched | BaseException]
"""Lines for whoever watches, results, and bugs, from the threads to the caller's."""


def fetch_all(  # noqa: PLR0913 - `world` is for tests alone
    addresses: Sequence[str],
    options: Options,
    now: datetime,
    tell: Callable[[str], None],
    *,
    doubt: Doubt = doubtful,
    world: World | None = None,
) -> tuple[Fetched, ...]:
    """Fetch every address once, at the same time, and give the results in the order of the addresses.

    `now` is the time in UTC, `tell` gets a line now and then, in the thread of the caller. An answer is kept only if
    `doubt` has none. Raises nothing because of what servers, networks or the cache do.
    """
    world = world or World()
    if world.trust is None:
        world = replace(world, trust=httpx.create_ssl_context())
    turns, robots = Turns(options.at_once, options.gap, world), Robots(options.cache, now)
    said: _Said = queue.SimpleQueue()
    begun = world.clock()

    def fetch(address: str) -> Fetched:
        end = deadline.starting(world, options.deadline)
        with contextlib.closing(Transport(world, options.allow_hosts, end)) as transport:
            errand = Errand(
                transport=transport,
                headers=request.headers(__version__, options.contact),
                deadline=end,
                world=world,
                turns=turns,
                allow=options.allow_hosts,
                raw_cap=options.raw_cap,
                inflated_cap=options.inflated_cap,
                attempts=options.attempts,
                now=now,
                since=begun,
                say=said.put,
            )
            return visit.pay(errand, address, options, robots, doubt)

    unique = list(dict.fromkeys(addresses))
    _start(unique, fetch, said)
    found: dict[str, Fetched] = {}
    while len(found) < len(unique):
        each = said.get()
        if isinstance(each, BaseException):
            raise each
        if isinstance(each, Fetched):
            found[each.address] = each
        tell(each if isinstance(each, str) else _line(each))
    return tuple(found[address] for address in addresses)


def _start(addresses: Sequence[str], fetch: Callable[[str], Fetched], said: _Said) -> None:
    """Work in threads that do not keep the program from ending when it is interrupted."""
    waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
    for address in addresses:
        waiting.put(address)

    def work() -> None:
        while True:
            try:
                said.put(fetch(waiting.get_nowait()))
            except queue.Empty:
                return
            except BaseException as error:  # noqa: BLE001 - a bug of ours, raised again in the caller's thread
                said.put(error)
                return

    for _ in range(min(THREADS, len(addresses))):
        threading.Thread(target=work, daemon=True).start()


def _line(fetched: Fetched) -> str:
    size = f", {len(fetched.content):,} bytes" if fetched.content is not None else ""
    return f"{visit.shown(fetched.address)}: {fetched.state}{size}"
