"""One address, from what is kept of it to what comes of asking: the rules by which an answer is believed, kept, or
replaced by the last good one. It knows neither threads nor other addresses.
"""

import hashlib
import re
from datetime import datetime, timedelta
from http import HTTPStatus

import httpx
import msgspec

from postmortem.sources import asking, kept, request
from postmortem.sources.failure import FailedError
from postmortem.sources.fetched import Doubt, Fetched, Options, State
from postmortem.sources.request import Errand, Reply
from postmortem.sources.robots import Robots

BELIEVED = timedelta(days=1)
"""How long "not modified" is believed: after that the whole answer is asked for, since servers get validators wrong."""

_SHOWN = 300
"""Characters of an address that are printed."""

_LOGIN = re.compile(r"//[^/?#]*@")


def pay(errand: Errand, address: str, options: Options, robots: Robots, doubt: Doubt) -> Fetched:
    """Ask one address and keep a good answer; after a failure of any kind give the last good one, or none."""
    known, wrong = kept.load(options.cache, address)
    try:
        reply = _asked(errand, address, known, None if options.ignore_robots else robots)
        answer = _good(reply, known, address, errand.now, doubt)
    except FailedError as error:
        return _without(error, address, known, wrong)
    wrong = kept.save(options.cache, answer) or wrong
    return _result(answer, "ok", address, wrong)


def shown(address: str) -> str:
    """An address as it may be printed: in one line, without a name and password that stand in it."""
    printable = "".join(each if each.isprintable() else f"\\x{ord(each):02x}" for each in address[:_SHOWN])
    return _LOGIN.sub("//", printable)


def _asked(errand: Errand, address: str, known: kept.Kept | None, robots: Robots | None) -> Reply:
    def permit(url: httpx.URL) -> None:
        if robots is not None:
            robots.permit(errand, url)

    def validators(url: str) -> dict[str, str]:
        if known is None or url != known.answered or not timedelta() <= errand.now - known.full < BELIEVED:
            return {}
        return known.validators

    return asking.follow(errand, address, permit, validators)


def _good(reply: Reply, known: kept.Kept | None, address: str, now: datetime, doubt: Doubt) -> kept.Kept:
    """The answer, to be kept. Raises FailedError where it is none."""
    if reply.status == HTTPStatus.NOT_MODIFIED and known is not None:
        return msgspec.structs.replace(known, at=now)
    if reply.status != HTTPStatus.OK:
        raise request.refused(reply)
    why = doubt(address, reply.content)
    if why:
        raise FailedError(why if ";" in why else f"{why}; see the address in a browser", "unreadable")
    etag, modified = kept.validators_of(reply.headers)
    return kept.Kept(
        asked=address,
        answered=str(reply.url),
        full=now,
        at=now,
        etag=etag,
        modified=modified,
        content=reply.content,
    )


def _without(error: FailedError, address: str, known: kept.Kept | None, wrong: str) -> Fetched:
    """What is served after a failure: the last good answer, or nothing, but never a word that all is well."""
    reason = f"{shown(address)}: {error.found}"
    if known is None:
        return Fetched(address=address, state=error.state, reason=f"{reason} ({wrong})" if wrong else reason)
    age = f"{known.at:%Y-%m-%d %H:%M} UTC"
    return _result(known, "stale", address, f"{reason} (the last good answer, of {age}, is used)")


def _result(answer: kept.Kept, state: State, address: str, reason: str) -> Fetched:
    return Fetched(
        address=address,
        state=state,
        content=answer.content,
        at=answer.at,
        sha256=hashlib.sha256(answer.content).hexdigest(),
        answered=answer.answered,
        reason=reason,
    )
