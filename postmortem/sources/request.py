"""One request and its answer: a URL and headers in, a `Reply` out, or the reason why there is none. Everything that can
go wrong on a connection is turned into one line here. It follows nothing and repeats nothing.
"""

import re
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import httpcore
import httpx

from postmortem.sources import body
from postmortem.sources.deadline import Deadline, World
from postmortem.sources.failure import FailedError
from postmortem.sources.turns import Turns

_ACCEPT = "application/json, application/atom+xml, application/rss+xml, application/xml;q=0.9, */*;q=0.5"
_LATER = {408, 425, 429, 500, 502, 503, 504}
_SECONDS = re.compile(r"\d{1,9}")


@dataclass(frozen=True)
class Errand:
    """What all requests of one fetch share. `now` is when the run began, by the wall clock, and `since` the same by the
    monotonic one; `say` takes lines for whoever watches.
    """

    transport: httpx.BaseTransport
    headers: Mapping[str, str]
    deadline: Deadline
    world: World
    turns: Turns
    allow: tuple[str, ...]
    raw_cap: int
    inflated_cap: int
    attempts: int
    now: datetime
    since: float
    say: Callable[[str], None]

    def moment(self) -> datetime:
        """The time it is now."""
        return self.now + timedelta(seconds=self.world.clock() - self.since)


@dataclass(frozen=True)
class Reply:
    """An answer: 200 with its content, 304, or another status that is final. `url` is the one that gave it."""

    url: httpx.URL
    status: int
    headers: Mapping[str, str]
    content: bytes = b""


def once(errand: Errand, url: httpx.URL, headers: Mapping[str, str]) -> Reply:
    """Ask once, in our turn. Errors: FailedError, which says whether it is worth asking again."""
    with errand.turns.of(url.netloc.decode("ascii"), errand.deadline):
        try:
            response = errand.transport.handle_request(httpx.Request("GET", url, headers={**errand.headers, **headers}))
            try:
                return _judged(errand, url, response, conditional=bool(headers))
            finally:
                response.close()
        except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, ssl.SSLError) as error:
            raise _explained(error, errand.deadline) from error
        except (httpx.InvalidURL, httpx.HTTPError, ValueError) as error:
            raise FailedError("the answer breaks the rules of HTTP; see the address in a browser") from error


def _judged(errand: Errand, url: httpx.URL, response: httpx.Response, *, conditional: bool) -> Reply:
    status = response.status_code
    if status == HTTPStatus.OK:
        encoding = response.headers.get("content-encoding", "")
        content = body.read(response.iter_raw(), encoding, errand.raw_cap, errand.inflated_cap)
        return Reply(url, status, response.headers, content)
    if status in _LATER:
        after = _retry_after(response.headers.get("retry-after", ""), errand.moment())
        raise FailedError(
            f"the server answers {_named(status)}; try again later", again=True, after=after, answered=True
        )
    if status == HTTPStatus.NOT_MODIFIED and not conditional:
        raise FailedError("the server answers 304 to a request that had no condition; try again later", again=True)
    return Reply(url, status, response.headers)


def refused(reply: Reply) -> FailedError:
    """What to say of a final answer that brings nothing."""
    return FailedError(f"the server answers {_named(reply.status)}; see whether the feed has moved", answered=True)


def _named(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _retry_after(value: str, now: datetime) -> float | None:
    """Seconds to wait, from either form of the header (RFC 9110, 10.2.3); None where it says nothing readable."""
    if _SECONDS.fullmatch(value.strip()):
        return float(value)
    try:
        then = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return None
    then = then if then.tzinfo else then.replace(tzinfo=UTC)
    return max(0.0, (then - now).total_seconds())


def _explained(error: Exception, deadline: Deadline) -> FailedError:
    cause = error
    while cause.args and isinstance(cause.args[0], Exception):  # httpcore wraps what it met, and drops its cause
        cause = cause.args[0]
    if isinstance(cause, ssl.SSLCertVerificationError):
        why = cause.verify_message.strip(".")
        return FailedError(f"its certificate is not trusted ({why}); check the address and the machine's clock")
    if isinstance(cause, ssl.SSLError):
        return FailedError(f"no secure connection ({cause.reason or 'TLS failed'}); check the address")
    if isinstance(error, httpcore.TimeoutException):
        deadline.left()
        return FailedError("no connection in time; try again later", again=True)
    if isinstance(error, httpcore.ConnectError):
        why = getattr(cause, "strerror", None) or "refused"
        return FailedError(f"no connection ({why}); check the address and the network", again=True)
    return FailedError("the connection broke before the answer was whole; try again later", again=True)


def headers(version: str, contact: str) -> dict[str, str]:
    """What every request says about itself: a product token, and whom to write to (RFC 9110, 10.1.5)."""
    whom = "".join(each for each in contact if " " <= each <= "~" and each not in "()\\")
    return {
        "User-Agent": f"postmortem/{version} (+{whom})" if whom else f"postmortem/{version}",
        "Accept": _ACCEPT,
        "Accept-Encoding": body.ACCEPTED,
    }
