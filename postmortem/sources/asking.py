"""One answer from one address: redirects followed by hand, and asked again where that is worth it. It knows nothing
of what is kept or of robots.txt: what may be asked is a function that it is given.
"""

from collections.abc import Callable, Mapping

import httpx

from postmortem.sources import guard, request
from postmortem.sources.failure import FailedError, Fault
from postmortem.sources.request import Errand, Reply

HOPS = 5
"""Redirects that are followed."""

FIRST_WAIT = 0.5
"""Seconds before asking again; doubled each time, and by half more or less at random."""

_REDIRECTS = {301, 302, 303, 307, 308}


def follow(
    errand: Errand,
    address: str,
    permit: Callable[[httpx.URL], None],
    validators: Callable[[str], Mapping[str, str]] = lambda _: {},
) -> Reply:
    """Ask, and go where a redirect points, at most `HOPS` times; every address on the way is checked and permitted.

    `permit` raises FailedError for what may not be asked; `validators` gives the headers of a conditional request.
    Errors: FailedError.
    """
    url = guard.checked(address, errand.allow)
    for _ in range(HOPS + 1):
        permit(url)
        reply = _persistently(errand, url, validators(str(url)))
        if reply.status not in _REDIRECTS or "location" not in reply.headers:
            return reply
        url = _next(url, reply.headers["location"], errand.allow)
    raise _astray(f"it redirects more than {HOPS} times")


def _next(url: httpx.URL, location: str, allow: tuple[str, ...]) -> httpx.URL:
    try:
        there = str(url.join(location))
    except (httpx.InvalidURL, ValueError) as error:
        raise _astray("it redirects to what is no address") from error
    try:
        found = guard.checked(there, allow)
    except FailedError as error:
        raise _astray(f"it redirects to an address that is refused ({error.found})", error.state) from error
    if url.scheme == "https" and found.scheme != "https":
        raise _astray("it redirects from https to http, which is not followed", "blocked")
    return found


def _astray(found: str, state: Fault = "down") -> FailedError:
    return FailedError(f"{found}; name the address where the feed is now", state, answered=True)


def _persistently(errand: Errand, url: httpx.URL, headers: Mapping[str, str]) -> Reply:
    """Ask again, after a while, as long as that is worth it and the deadline allows."""
    for attempt in range(1, errand.attempts + 1):
        try:
            return request.once(errand, url, headers)
        except FailedError as error:
            jitter = FIRST_WAIT * 2 ** (attempt - 1) * (0.5 + errand.world.dice())
            wait = jitter if error.after is None else error.after + jitter / 2
            if not error.again or attempt == errand.attempts:
                raise
            if wait > errand.deadline.left():
                raise _too_long(error, wait) from error
            errand.say(f"{url.host}: {error.found.partition(';')[0]}; asking again in {wait:.1f} s")
            errand.world.sleep(wait)
    raise errand.deadline.missed()


def _too_long(error: FailedError, wait: float) -> FailedError:
    found = error.found.partition(";")[0]
    asked = f", and asks to wait {error.after:g} s" if error.after is not None else ""
    return FailedError(f"{found}{asked}; asking again in {wait:.0f} s would be past the deadline, so try later")
