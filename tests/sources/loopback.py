"""Servers on 127.0.0.1 that answer as they are told, in threads that end with the `with` block."""

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from postmortem.sources.fetch import Fetched, Options, World, fetch_all

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
FEED = b'{"page": {"id": "x"}, "incidents": []}'


@dataclass(frozen=True)
class Asked:
    """A request as it came, and the connection it came on."""

    path: str
    headers: Mapping[str, str]
    line: socket.socket
    server: "Server"


Answer = Callable[[Asked], None]


def http(status: int = 200, content: bytes = FEED, **headers: str | int) -> Answer:
    """An answer of one piece; `content_length=-1` leaves the length out, any other is a lie."""
    given = {"content_length": len(content), "content_type": "application/json", "connection": "close"} | headers
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in given.items() if value != -1]
    head = "\r\n".join([f"HTTP/1.1 {status} x", *lines]).encode()

    def answer(asked: Asked) -> None:
        asked.line.sendall(head + b"\r\n\r\n" + content)

    return answer


def to(location: str, status: int = 302) -> Answer:
    """A redirect."""
    return http(status, b"", location=location)


def reset(asked: Asked) -> None:
    """No answer: the connection breaks as if a cable did."""
    asked.line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def slowly(head: bytes, drip: bytes = b"x") -> Answer:
    """One byte a second, until the other side has enough."""

    def answer(asked: Asked) -> None:
        with contextlib.suppress(OSError):
            asked.line.sendall(head)
            while not asked.server.stopping.wait(1):
                asked.line.sendall(drip)
                asked.server.dripped += 1

    return answer


def endlessly(head: bytes, piece: bytes) -> Answer:
    """As fast as it goes, until the other side has enough."""

    def answer(asked: Asked) -> None:
        with contextlib.suppress(OSError):
            asked.line.sendall(head)
            while not asked.server.stopping.is_set():
                asked.line.sendall(piece)

    return answer


def one_after_the_other(*answers: Answer) -> Answer:
    """Another answer each time; the last one stays."""
    number = count()

    def answer(asked: Asked) -> None:
        answers[min(next(number), len(answers) - 1)](asked)

    return answer


@dataclass
class Server:
    """Paths and how they are answered (404 else); what was asked; how many connections there were."""

    routes: dict[str, Answer]
    port: int = 0
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0
    dripped: int = 0
    stopping: threading.Event = field(default_factory=threading.Event)

    def at(self, path: str, host: str = "127.0.0.1") -> str:
        """The address of a path."""
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        """What was asked for, robots.txt left out."""
        return [each.path for each in self.asked if each.path != "/robots.txt"]


@contextlib.contextmanager
def serving(routes: Mapping[str, Answer] | None = None, tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server for the length of the block."""
    server = Server(dict(routes or {}))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server.port = listener.getsockname()[1]
        threads = [threading.Thread(target=_accept, args=(listener, server, tls), daemon=True)]
        threads[0].start()
        try:
            yield server
        finally:
            server.stopping.set()
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            threads[0].join(5)


def _accept(listener: socket.socket, server: Server, tls: ssl.SSLContext | None) -> None:
    while not server.stopping.is_set():
        try:
            line, _ = listener.accept()
        except OSError:
            return
        server.connections += 1
        threading.Thread(target=_serve, args=(line, server, tls), daemon=True).start()


def _serve(line: socket.socket, server: Server, tls: ssl.SSLContext | None) -> None:
    with contextlib.suppress(OSError, ssl.SSLError), line:
        line.settimeout(5)
        with tls.wrap_socket(line, server_side=True) if tls else contextlib.nullcontext(line) as wrapped:
            head = b""
            while b"\r\n\r\n" not in head:
                piece = wrapped.recv(65_536)
                if not piece:
                    return
                if piece.startswith(b"\x16"):  # somebody wants TLS where there is none
                    wrapped.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                    return
                head += piece
            first, *lines = head.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
            pairs = (each.partition(": ") for each in lines)
            path = first.split(" ")[1]
            asked = Asked(path, {name.lower(): value for name, _, value in pairs}, wrapped, server)
            server.asked.append(asked)
            server.routes.get(path, http(404, b""))(asked)


@dataclass
class Clock:
    """Time that passes only when somebody sleeps, and what was slept."""

    time: float = 1_000.0
    slept: list[float] = field(default_factory=list)

    def now(self) -> float:
        """Seconds."""
        return self.time

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.slept.append(seconds)
        self.time += seconds


TRUST = ssl.create_default_context()

NAMES = {"status.example": ["127.0.0.1"], "other.example": ["127.0.0.1"], "xn--bcher-kva.example": ["127.0.0.1"]}


def names(host: str, _port: int) -> list[str]:
    """A resolver that asks nobody."""
    if host not in NAMES:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    return NAMES[host]


def world(clock: Clock | None = None, **others: Any) -> World:  # noqa: ANN401 - whatever World takes
    """A world in which dice fall in the middle and names are those above; with a clock of its own if one is given."""
    if clock is not None:
        others |= {"clock": clock.now, "sleep": clock.sleep}
    given: dict[str, Any] = {"dice": lambda: 0.5, "resolve": names, "trust": TRUST}
    return World(**(given | others))


def options(cache: Path | None = None, **others: Any) -> Options:  # noqa: ANN401 - whatever Options takes
    """What an operator would say who allows our servers, in no hurry and with no gaps."""
    given: dict[str, Any] = {
        "contact": "mailto:ops@example.com",
        "allow_hosts": ("127.0.0.1",),
        "gap": 0.0,
        "deadline": 10,
    }
    return Options(cache=cache, **(given | others))


def fetch(
    address: str,
    cache: Path | None = None,
    now: datetime = NOW,
    given: World | None = None,
    **others: Any,  # noqa: ANN401 - as above
) -> Fetched:
    """One address, fetched."""
    return fetch_all([address], options(cache, **others), now, lambda _: None, world=given or world())[0]
