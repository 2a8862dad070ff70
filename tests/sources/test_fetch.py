"""Threats 2 and 24: whatever a server does, nothing raises, and nothing is lost or looks healthier than it is."""

import gzip
import ssl
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postmortem import __version__
from postmortem.sources.fetch import Fetched, fetch_all
from tests.sources.loopback import (
    FEED,
    NOW,
    Answer,
    Asked,
    Server,
    fetch,
    http,
    options,
    reset,
    serving,
    slowly,
    to,
    world,
)

LATER = NOW + timedelta(hours=1)
ROBOTS = {"/robots.txt": http(404, b"")}

FAULTS: dict[str, tuple[Answer, str, str]] = {
    "500": (http(500), "down", "500 Internal Server Error"),
    "503": (http(503), "down", "503 Service Unavailable"),
    "404": (http(404), "down", "404 Not Found"),
    "410": (http(410), "down", "410 Gone"),
    "204": (http(204, b""), "down", "204 No Content"),
    "status without a name": (http(299), "down", "answers 299"),
    "a page of HTML": (http(content=b"\xef\xbb\xbf <!DOCTYPE html><p>Oops"), "unreadable", "a web page, not a feed"),
    "nothing": (http(content=b""), "unreadable", "the answer is empty"),
    "cut short": (http(content_length=999), "down", "broke before the answer was whole"),
    "gzip cut short": (http(content=gzip.compress(FEED)[:-9], content_encoding="gzip"), "down", "cut short"),
    "no gzip at all": (http(content_encoding="gzip"), "down", "compression is damaged"),
    "a reset": (reset, "down", "broke before the answer was whole"),
    "no HTTP": (lambda asked: asked.line.sendall(b"\x16\x03\x01 hello\r\n\r\n"), "down", "broke"),
    "no answer": (lambda _: None, "down", "broke before the answer was whole"),
    "a loop": (to("/x"), "down", "redirects more than 5 times"),
    "a redirect to nowhere": (to("http://[::1/"), "down", "no address"),
    "a redirect to a file": (to("file:///etc/passwd"), "blocked", "'file' is not asked"),
    "a redirect without a place": (http(302), "down", "302 Found"),
    "304 unasked": (http(304, b""), "down", "had no condition"),
    "slow": (slowly(b"HTTP/1.1 200 OK\r\n\r\n"), "down", "no whole answer within"),
    "slow in its head": (slowly(b"HTTP/1.1 200 OK\r\nX: "), "down", "no whole answer within"),
    "slow in its chunks": (slowly(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;"), "down", "within"),
    "too large": (http(content=b"x" * 200_000), "blocked", "larger than 100,000 bytes"),
}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving(ROBOTS) as server:
        yield server


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_a_state_and_a_kept_answer_is_served_as_stale(fault: str, server: Server, tmp_path: Path) -> None:
    answer, state, reason = FAULTS[fault]
    given: dict[str, Any] = {"deadline": 0.3 if "slow" in fault else 10, "raw_cap": 100_000, "attempts": 1}
    server.routes["/x"] = answer
    without = fetch(server.at("/x"), **given)
    server.routes["/x"] = http()
    good = fetch(server.at("/x"), tmp_path)
    server.routes["/x"] = answer
    stale = fetch(server.at("/x"), tmp_path, LATER, **given)
    assert (without.state, without.content, without.sha256, without.at) == (state, None, "", None)
    assert without.reason.startswith(f"{server.at('/x')}: ")
    assert reason in without.reason
    assert (good.state, good.content, good.at, good.reason) == ("ok", FEED, NOW, "")
    assert (stale.state, stale.content, stale.at, stale.sha256) == ("stale", FEED, NOW, good.sha256)
    assert reason in stale.reason
    assert "the last good answer, of 2026-11-23 10:00 UTC, is used" in stale.reason
    server.routes["/x"] = http(content=b"new")
    assert fetch(server.at("/x"), tmp_path, LATER).content == b"new"


@pytest.mark.parametrize(
    ("address", "state", "reason"),
    [
        ("http://nobody.example/", "down", "nobody.example has no address"),
        ("http://127.0.0.1:{}/", "down", "no connection (Connection refused)"),
        ("https://127.0.0.1:{}/", "down", "no connection (Connection refused)"),
        ("gibberish", "blocked", "http and https are"),
        ("http://10.0.0.1/", "blocked", "10.0.0.1, which is not on the public internet"),
    ],
)
def test_what_cannot_be_reached_is_down_or_blocked(address: str, state: str, reason: str) -> None:
    with serving() as closed:
        pass
    found = fetch(address.format(closed.port), attempts=1)
    assert (found.state, found.content) == (state, None)
    assert reason in found.reason


def test_one_byte_a_second_ends_at_the_deadline() -> None:
    with serving(ROBOTS | {"/x": slowly(b"HTTP/1.1 200 OK\r\nContent-Length: 60\r\n\r\n")}) as server:
        found = fetch(server.at("/x"), deadline=1.5)
        assert server.dripped <= 2
    assert found.state == "down"
    assert "no whole answer within 1.5 s" in found.reason


def test_what_is_not_secure_is_no_answer(tmp_path: Path) -> None:
    with serving({"/x": http()}) as plain:
        found = fetch(f"https://127.0.0.1:{plain.port}/x", attempts=1)
    assert (found.state, "no secure connection" in found.reason) == ("down", True)
    server_side, trusting = _certificates(tmp_path)
    with serving(ROBOTS | {"/x": http()}, tls=server_side) as server:
        address = f"https://status.example:{server.port}/x"
        allowed: dict[str, Any] = {"allow_hosts": ("status.example", "other.example")}
        untrusted = fetch(address, **allowed)
        other = fetch(address.replace("status", "other"), given=world(trust=trusting), **allowed)
        good = fetch(address, given=world(trust=trusting), **allowed)
        assert len(server.paths()) == 1
        assert server.asked[-1].headers["host"] == f"status.example:{server.port}"
    assert (untrusted.state, "certificate is not trusted" in untrusted.reason) == ("down", True)
    assert (other.state, "other.example" in other.reason) == ("down", True)
    assert (good.state, good.content) == ("ok", FEED)


def _certificates(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server that proves to be status.example, and a client that believes it."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    new = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=x"
    names = ["-addext", "subjectAltName=DNS:status.example", "-keyout", str(key), "-out", str(certificate)]
    try:
        subprocess.run([*new.split(), *names], check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("openssl is not there to make a certificate with")
    server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server_side.load_cert_chain(certificate, key)
    return server_side, ssl.create_default_context(cafile=certificate)


def test_an_answer_that_has_not_changed_is_asked_for_once_and_confirmed(tmp_path: Path) -> None:
    def changed(asked: Asked) -> None:
        same = asked.headers.get("if-none-match") == '"1"'
        (http(304, b"") if same else http(etag='"1"', last_modified="Mon, 23 Nov 2026 09:00:00 GMT"))(asked)

    with serving(ROBOTS | {"/x": changed}) as server:
        first = fetch(server.at("/x"), tmp_path)
        second = fetch(server.at("/x"), tmp_path, LATER)
        server.routes["/x"] = http(503)
        third = fetch(server.at("/x"), tmp_path, LATER + timedelta(hours=1), attempts=1)
        conditions = [each.headers.get("if-modified-since") for each in server.asked if each.path == "/x"]
    assert conditions == [None, "Mon, 23 Nov 2026 09:00:00 GMT", "Mon, 23 Nov 2026 09:00:00 GMT"]
    assert [each.state for each in (first, second, third)] == ["ok", "ok", "stale"]
    assert [each.content for each in (first, second, third)] == [FEED] * 3
    assert [each.at for each in (first, second, third)] == [NOW, LATER, LATER]


def test_not_modified_is_believed_for_a_day_and_no_longer(tmp_path: Path) -> None:
    with serving(ROBOTS | {"/x": http(etag='"1"')}) as server:
        fetch(server.at("/x"), tmp_path)
        server.routes["/x"] = http(304, b"")
        assert fetch(server.at("/x"), tmp_path, NOW + timedelta(hours=23)).state == "ok"
        lying = fetch(server.at("/x"), tmp_path, NOW + timedelta(hours=25), attempts=1)
        assert "if-none-match" not in server.asked[-1].headers
        earlier = fetch(server.at("/x"), tmp_path, NOW - timedelta(hours=1), attempts=1)
    assert (lying.state, lying.content) == ("stale", FEED)
    assert earlier.state == "stale"


def test_an_answer_that_is_not_understood_neither_replaces_the_last_nor_is_given(tmp_path: Path) -> None:
    def doubt(_address: str, content: bytes) -> str:
        return "" if content.startswith(b"{") else "the answer is no JSON"

    def once(folder: Path | None) -> Fetched:
        return fetch_all([address], options(folder), NOW, lambda _: None, doubt=doubt, world=world())[0]

    with serving(ROBOTS | {"/x": http()}) as server:
        address = server.at("/x")
        good = once(tmp_path)
        server.routes["/x"] = http(content=b"%PDF", etag='"pdf"')
        without, stale, again = once(None), once(tmp_path), once(tmp_path)
        assert "if-none-match" not in server.asked[-1].headers
    assert (good.state, good.content) == ("ok", FEED)
    assert (without.state, without.content) == ("unreadable", None)
    assert without.reason.endswith("/x: the answer is no JSON; see the address in a browser")
    assert (stale.state, stale.content) == (again.state, again.content) == ("stale", FEED)


def test_redirects_are_followed_and_the_last_address_is_named(tmp_path: Path) -> None:
    routes = ROBOTS | {f"/{n}": to(f"/{n + 1}", status) for n, status in enumerate([301, 302, 303, 307, 308])}
    with serving(routes | {"/5": http(etag='"5"')}) as server:
        found = fetch(server.at("/0"), tmp_path)
        assert (found.state, found.address, found.answered) == ("ok", server.at("/0"), server.at("/5"))
        fetch(server.at("/0"), tmp_path)
        conditions = {each.path: each.headers.get("if-none-match") for each in server.asked[-6:]}
        assert conditions == {"/0": None, "/1": None, "/2": None, "/3": None, "/4": None, "/5": '"5"'}
        server.routes["/5"] = to("/6")
        assert fetch(server.at("/0")).state == "down"


def test_results_come_in_the_order_of_the_addresses_and_each_is_asked_once() -> None:
    routes = {f"/{n}": http(content=b"%d" % n) for n in range(9)}
    routes["/0"] = slowly(b"HTTP/1.1 200 OK\r\n\r\n")
    said: list[str] = []
    with serving(ROBOTS | routes) as server:
        addresses = [server.at(f"/{n}") for n in (0, 8, 3, 3, 7, 0, 1)]
        found = fetch_all(addresses, options(deadline=1), NOW, said.append, world=world())
        assert sorted(server.paths()) == ["/0", "/1", "/3", "/7", "/8"]
    assert [each.address for each in found] == addresses
    assert [each.content for each in found] == [None, b"8", b"3", b"3", b"7", None, b"1"]
    assert sorted(said)[1:] == sorted(f"{server.at(f'/{n}')}: ok, 1 bytes" for n in (1, 3, 7, 8))


def test_hosts_in_other_scripts_are_asked_by_their_ascii_names() -> None:
    with serving(ROBOTS | {"/%C3%BC": http()}) as server:
        found = fetch(server.at("/ü", "bücher.example"), allow_hosts=("xn--bcher-kva.example",))
        assert server.asked[-1].headers["host"] == f"xn--bcher-kva.example:{server.port}"
    assert (found.state, found.address) == ("ok", server.at("/ü", "bücher.example"))


@pytest.mark.parametrize("contact", ["mailto:ops@example.com", "", "Jürgen (ops)\r\nX-Evil: 1"])
def test_every_request_says_who_asks(contact: str) -> None:
    with serving(ROBOTS | {"/x": http()}) as server:
        assert fetch(server.at("/x"), contact=contact).state == "ok"
        agents = {each.headers["user-agent"] for each in server.asked}
    expected = {"mailto:ops@example.com": " (+mailto:ops@example.com)", "": ""}.get(contact, " (+Jrgen opsX-Evil: 1)")
    assert agents == {f"postmortem/{__version__}{expected}"}


def test_a_bug_of_ours_is_raised_where_it_can_be_seen() -> None:
    def broken(_address: str, _content: bytes) -> str:
        raise ZeroDivisionError

    with serving(ROBOTS | {"/x": http()}) as server, pytest.raises(ZeroDivisionError):
        fetch_all([server.at("/x")], options(), NOW, lambda _: None, doubt=broken, world=world())


HEADS = st.lists(
    st.sampled_from(
        [
            b"Content-Length: 5",
            b"Content-Length: -1",
            b"Content-Length: 9, 9",
            b"Transfer-Encoding: chunked",
            b"Transfer-Encoding: gzip",
            b"Content-Encoding: gzip",
            b"Content-Encoding: \xff",
            b"Location: /x",
            b"Location: \xff\x00://",
            b"Location:",
            b"ETag: \xfc",
            b"Retry-After: 0",
            b"Connection: upgrade",
            b": :",
        ]
    )
    | st.binary(max_size=20),
    max_size=4,
)
STATUSES = st.sampled_from([b"200 OK", b"302 x", b"304 x", b"100 x", b"101 x", b"503 x", b"999 x", b"2000 x", b"\xff"])


def _anything(head: list[bytes], status: bytes, content: bytes, folder: Path) -> None:
    raw = b"\r\n".join([b"HTTP/1.1 " + status, *head]) + b"\r\n\r\n" + content
    with serving(ROBOTS | {"/x": lambda asked: asked.line.sendall(raw)}) as server:
        found = fetch(server.at("/x"), folder, attempts=2, deadline=5, given=world(sleep=lambda _: None))
    assert (found.content is None) == (found.state not in {"ok", "stale"})
    assert bool(found.reason) == (found.state != "ok")
    assert found.reason.isprintable()


@given(head=HEADS, status=STATUSES, content=st.binary(max_size=40))
@settings(max_examples=40)
def test_any_answer_is_a_state(
    head: list[bytes], status: bytes, content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    _anything(head, status, content, tmp_path_factory.mktemp("kept"))


@pytest.mark.soak
@given(head=HEADS, status=STATUSES, content=st.binary(max_size=200))
@settings(max_examples=4_000)
def test_any_of_very_many_answers_is_a_state(
    head: list[bytes], status: bytes, content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    _anything(head, status, content, tmp_path_factory.mktemp("kept"))
