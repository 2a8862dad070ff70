"""Threat 1: no address of a stranger's leads to a machine that only we can reach. Here stands a canary on 127.0.0.1; 0
connections to it are allowed, whatever the URL, the redirect or the DNS answer says.
"""

import contextlib
import socket
import threading
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.sources import asking, guard
from postmortem.sources.failure import FailedError
from tests.sources.loopback import Server, fetch, http, names, serving, to, world

LOOPBACK = [
    "127.0.0.1", "127.1", "127.0.1", "0", "0.0.0.0", "2130706433", "017700000001", "0x7f000001", "0x7f.0.0.1",  # noqa: S104 - asked, not bound
    "0177.0.0.1", "0x7f.1", "127.0.0.1.", "0127.0.0.1", "localhost", "LOCALHOST", "localhost.", "[::1]", "[::]",
    "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::127.0.0.1]",
    "[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[2001:0:7f00:1::]", "[::1%25lo]", "[::1%lo]",
    "[fe80::1%25eth0]", "127。0。0。1", "①②⑦.⓪.⓪.①", "\N{FULLWIDTH DIGIT ONE}\N{FULLWIDTH DIGIT TWO}7.0.0.1",
    "%31%32%37.0.0.1", "127.0.0.1%00.example", "a@127.0.0.1", "status.example@127.0.0.1", "a:b@127.0.0.1",
    "status.example:80@127.0.0.1", "status.example\\@127.0.0.1", "status.example%5C@127.0.0.1",
    "127.0.0.1\\@status.example", "status.example#@127.0.0.1", "rebound.example", "mixed.example", "mapped.example",
    "v6.example", "127.0.0.1 ", " 127.0.0.1", "127.0.0.1\t", "12\n7.0.0.1", "", ".", "..",
]  # fmt: skip
ELSEWHERE = [
    "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "169.254.170.2", "100.64.0.1", "100.100.100.200",
    "192.0.0.192", "198.18.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.2.1", "203.0.113.1",
    "192.88.99.1", "[fc00::1]", "[fd00:ec2::254]", "[fe80::1]", "[ff02::1]", "[2001:db8::1]", "[3fff::1]",
    "[5f00::1]", "[100::1]", "[fec0::1]", "[::ffff:10.0.0.1]", "[64:ff9b::a9fe:a9fe]", "[2002:a00:1::1]",
    "[2001:10::1]", "metadata.example", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376",
]  # fmt: skip
OTHER_SCHEMES = [
    "file:///etc/passwd", "ftp://{}/", "gopher://{}/_GET", "dict://{}/", "ws://{}/", "data:text/plain,x",
    "javascript:1", "//{}/", "{}/", "http:/{}/", "http:{}/", "http:///{}/", "unix:///run/x.sock", "http+unix://x/",
    "HTTP\x00://{}/", "https:\\\\{}\\", "jar:http://{}/!/",
]  # fmt: skip

REBOUND = {
    "localhost": ["127.0.0.1"],
    "localhost.": ["127.0.0.1"],
    "rebound.example": ["127.0.0.1"],
    "mixed.example": ["192.0.2.1", "127.0.0.1"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "v6.example": ["::1"],
    "metadata.example": ["169.254.169.254"],
}


def resolver(host: str, port: int) -> Sequence[str]:
    """Like the system's: it reads every spelling of an address, and never asks anybody."""
    if host in REBOUND:
        return REBOUND[host]
    try:
        return [socket.inet_ntoa(socket.inet_aton(host))]
    except (OSError, ValueError):
        return names(host, port) if host == "status.example" else []


@pytest.fixture(scope="module")
def canary() -> Iterator[Server]:
    with serving({"/": http()}) as server:
        yield server


@pytest.fixture
def open_port(canary: Server, monkeypatch: pytest.MonkeyPatch) -> int:
    """The canary's port, which may be asked like 80 and 443: what keeps us from it is its address alone."""
    monkeypatch.setattr(guard, "SCHEMES", {"http": canary.port, "https": canary.port})
    return canary.port


@pytest.mark.parametrize("host", LOOPBACK + ELSEWHERE)
def test_no_spelling_of_a_host_reaches_the_canary(host: str, open_port: int, canary: Server) -> None:
    for address in (f"http://{host}:{open_port}/", f"https://{host}:{open_port}/", f"http://{host}/"):
        found = fetch(address, given=world(resolve=resolver), allow_hosts=(), attempts=1)
        assert (found.state, found.content) == ("blocked", None) or "has no address" in found.reason
        assert "\n" not in found.reason
    assert canary.connections == 0


@pytest.mark.parametrize("address", OTHER_SCHEMES)
def test_no_other_scheme_is_asked(address: str, canary: Server) -> None:
    found = fetch(address.format(f"127.0.0.1:{canary.port}"), given=world(resolve=resolver))
    assert found.state == "blocked"
    assert canary.connections == 0


@pytest.mark.parametrize("host", LOOPBACK + ELSEWHERE)
def test_no_redirect_reaches_the_canary(host: str, open_port: int, canary: Server) -> None:
    with serving({"/": to(f"http://{host}:{open_port}/")}) as server:
        allowed = (f"status.example:{server.port}",)
        found = fetch(server.at("/", "status.example"), given=world(resolve=resolver), allow_hosts=allowed)
    assert server.paths()[0] == "/"
    assert found.state in {"blocked", "down"}
    assert found.content is None
    assert canary.connections == 0


def test_a_name_is_resolved_once_and_the_address_that_was_looked_at_is_used(canary: Server) -> None:
    answers = iter(
        [["127.0.0.1"], ["192.0.2.1"]]
    )  # public first, inside later: what rebinding does, the other way round
    asked: list[str] = []

    def changing(host: str, _port: int) -> list[str]:
        asked.append(host)
        return next(answers)

    with serving({"/": http()}) as server:
        allowed = (f"status.example:{server.port}",)
        found = fetch(
            server.at("/", "status.example"), given=world(resolve=changing), allow_hosts=allowed, ignore_robots=True
        )
    assert found.state == "ok"
    assert asked == ["status.example"]
    assert server.asked[0].headers["host"] == f"status.example:{server.port}"
    assert canary.connections == 0


def test_the_operator_allows_a_host_on_any_port_or_on_one() -> None:
    with serving({"/": http()}) as server:
        for allowed in ("status.example", "STATUS.example", f"status.example:{server.port}"):
            assert fetch(server.at("/", "status.example"), allow_hosts=(allowed,)).state == "ok"
        for refused in ("other.example", "example", f"status.example:{server.port + 1}", "*"):
            found = fetch(server.at("/", "status.example"), allow_hosts=(refused,))
            assert found.state == "blocked"
            assert "or allow the host if it is yours" in found.reason


def test_a_password_in_an_address_is_refused_and_never_printed() -> None:
    found = fetch("https://me:hunter2@status.example/")
    assert found.state == "blocked"
    assert "hunter2" not in found.reason
    assert "take it out" in found.reason


def test_from_https_to_http_there_is_no_way() -> None:
    with pytest.raises(FailedError, match="from https to http"):
        asking._next(guard.checked("https://status.example/"), "http://status.example/", ())
    assert str(asking._next(guard.checked("https://status.example/a/b"), "../c#d", ())) == "https://status.example/c"


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "0177.0.0.1", "1.2.3", "status.127", "10.0x"])
def test_a_number_that_stands_for_an_address_is_not_even_resolved(host: str) -> None:
    def never(host: str, _port: int) -> list[str]:
        raise AssertionError(host)

    with pytest.raises(FailedError, match="a number that stands for an address; write the address or a name"):
        guard.reachable(host, 443, (), never)


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_addresses_are_global(address: str) -> None:
    assert guard.is_global(address)


@given(st.ip_addresses(v=4, network="127.0.0.0/8") | st.ip_addresses(v=4, network="10.0.0.0/8"))
def test_an_inner_address_stays_inner_in_every_wrapping(address: object) -> None:
    inner = str(address)
    wrapped = [inner, f"::ffff:{inner}", f"::{inner}", f"64:ff9b::{inner}", f"64:ff9b:1::{inner}"]
    first, second = (int.from_bytes(socket.inet_aton(inner)[at : at + 2]) for at in (0, 2))
    wrapped.append(f"2002:{first:x}:{second:x}::1")
    assert [each for each in wrapped if guard.is_global(each)] == []


@given(st.text(max_size=60))
def test_any_text_is_a_url_or_refused(text: str) -> None:
    for address in (text, f"http://{text}", f"https://{text}/x"):
        with contextlib.suppress(FailedError):
            url = guard.checked(address)
            assert url.scheme in guard.SCHEMES
            assert url.host
            assert not url.userinfo


def test_a_late_resolver_does_not_hold_the_fetch_beyond_its_deadline() -> None:
    released = threading.Event()

    def stuck(_host: str, _port: int) -> list[str]:
        released.wait(30)
        return []

    found = fetch("http://status.example/", given=world(resolve=stuck), deadline=0.2)
    assert not released.is_set()
    released.set()
    assert found.state == "down"
    assert "within 0.2 s" in found.reason
