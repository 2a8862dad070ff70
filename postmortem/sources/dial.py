"""How a connection is made: to an address that `guard` has looked at, and never past the deadline. The transport that
it gives to httpx is the only way out of this program; whatever goes through it is checked, redirects too.

httpx bounds single reads, not the whole, so a body that drips lasts for ever; and it resolves names where nobody can
look at the answer. Both are mended one level below, where it takes a network of one's own (httpcore's
`NetworkBackend`). The name stays in the request: `Host`, SNI and the certificate's check are httpx's own.
"""

import ssl
from collections.abc import Collection, Iterable, Iterator
from typing import Any

import httpcore
import httpx

from postmortem.sources import guard
from postmortem.sources.deadline import Deadline, World


class _Stream(httpcore.NetworkStream):
    """A connection on which every wait ends with the deadline, whatever time httpx would give it."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        del timeout
        return self._inner.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        del timeout
        self._inner.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        del timeout
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, self._deadline.left()), self._deadline)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - httpcore's own signature
        return self._inner.get_extra_info(info)


class _Network(httpcore.NetworkBackend):
    """Connects to what the guard lets through."""

    def __init__(self, world: World, allow: Collection[str], deadline: Deadline) -> None:
        self._world, self._allow, self._deadline = world, allow, deadline
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        del timeout
        found = self._deadline.within(lambda: guard.reachable(host, port, self._allow, self._world.resolve))
        for number, address in enumerate(found, 1):
            patience = self._deadline.left() / (
                len(found) - number + 1
            )  # an address that is silent leaves time for others
            try:
                inner = self._sockets.connect_tcp(address, port, patience, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if number == len(found):
                    raise
            else:
                return _Stream(inner, self._deadline)
        raise self._deadline.missed()  # not reached: the guard gives at least one address


class _Body(httpx.SyncByteStream):
    """httpcore's stream of bytes as httpx wants it."""

    def __init__(self, inner: Iterable[bytes]) -> None:
        self._inner = inner

    def __iter__(self) -> Iterator[bytes]:
        yield from self._inner

    def close(self) -> None:
        close = getattr(self._inner, "close", None)
        if close is not None:
            close()


class Transport(httpx.BaseTransport):
    """What an `httpx.Client` sends through, for one fetch. Errors: FailedError for what the guard refuses and for the
    deadline; httpcore's own for the rest.
    """

    def __init__(self, world: World, allow: Collection[str], deadline: Deadline) -> None:
        self._pool = httpcore.ConnectionPool(ssl_context=world.trust, network_backend=_Network(world, allow, deadline))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request and give its answer, the body still to be read."""
        url = request.url
        answer = self._pool.handle_request(
            httpcore.Request(
                request.method,
                httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
            )
        )
        if not isinstance(answer.stream, Iterable):
            raise TypeError(answer.stream)
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer.stream))

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()
