"""robots.txt (RFC 9309): honoured for every host on the way, unless the operator opts out."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.sources import robots
from postmortem.sources.fetch import fetch_all
from tests.sources.loopback import NOW, Answer, fetch, http, options, reset, serving, slowly, to, world

API = "/api/v2/incidents.json"
NO_API = http(content=b"User-agent: *\nDisallow: /api/\n")


@pytest.mark.parametrize(
    "rules",
    [
        b"",
        b"User-agent: *\nDisallow:\n",
        b"User-agent: *\nDisallow: /api/\nAllow: /api/v2/\n",
        b"User-agent: *\nDisallow: /\n\nUser-agent: postmortem\nAllow: /\n",
        b"User-agent: otherbot\nDisallow: /\n",
        b"User-agent: *\nDisallow: /*.xml$\n",
        b"\x00\xff garbage \n\n<html>",
    ],
)
def test_rules_that_allow(rules: bytes) -> None:
    with serving({"/robots.txt": http(content=rules), API: http()}) as server:
        assert fetch(server.at(API)).state == "ok"


@pytest.mark.parametrize(
    "rules",
    [
        b"User-agent: *\nDisallow: /api/\n",
        b"\xef\xbb\xbfUser-Agent: *\r\nDisallow: /api/\r\n",
        b"User-agent: *\nDisallow: /*.json$\n",
        b"User-agent: *\nAllow: /\n\nUser-agent: Postmortem\nDisallow: /\n",
        b"User-agent: *\nDisallow: /" + b"\n" * robots.MOST + b"Allow: /",
    ],
)
def test_rules_that_forbid_and_the_way_round_them(rules: bytes) -> None:
    with serving({"/robots.txt": http(content=rules), API: http()}) as server:
        found = fetch(server.at(API))
        assert server.paths() == []
        assert fetch(server.at(API), ignore_robots=True).state == "ok"
    assert (found.state, found.content) == ("blocked", None)
    assert (
        f"robots.txt of 127.0.0.1 forbids {API}; use another feed of the page (its /history.atom, say)" in found.reason
    )


def test_a_forbidden_api_leaves_the_history_feed() -> None:
    with serving({"/robots.txt": NO_API, API: http(), "/history.atom": http()}) as server:
        found = fetch_all([server.at(API), server.at("/history.atom")], options(), NOW, lambda _: None, world=world())
        assert [each.path for each in server.asked] == ["/robots.txt", "/history.atom"]
    assert [each.state for each in found] == ["blocked", "ok"]


@pytest.mark.parametrize(
    ("answer", "state", "reason"),
    [
        (http(404, b""), "ok", ""),
        (http(403, b""), "ok", ""),
        (to("/real.txt"), "blocked", "forbids /api/"),
        (http(500, b""), "blocked", "robots.txt cannot be had (the server answers 500 Internal Server Error)"),
        (http(429, b""), "blocked", "which forbids everything; try again later"),
        (http(501, b""), "blocked", "501 Not Implemented"),
        (to("/robots.txt"), "blocked", "redirects more than 5 times"),
        (to("http://10.0.0.1:22/"), "blocked", "robots.txt cannot be had (it redirects to an address that is refused"),
        (reset, "down", "the connection broke"),
        (slowly(b"HTTP/1.1 200 OK\r\n\r\n"), "down", "no whole answer within 0.5 s"),
    ],
)
def test_robots_txt_that_is_missing_allows_and_one_that_fails_forbids(answer: Answer, state: str, reason: str) -> None:
    with serving({"/robots.txt": answer, "/real.txt": NO_API, API: http()}) as server:
        found = fetch(server.at(API), attempts=1, deadline=0.5)
        assert server.paths().count(API) == (state == "ok")
    assert found.state == state
    assert reason in found.reason


def test_the_host_that_a_redirect_leads_to_has_its_say() -> None:
    with serving({"/robots.txt": NO_API, API: http()}) as second, serving({API: to(second.at(API))}) as first:
        found = fetch(first.at(API))
        assert (first.paths(), second.paths()) == ([API], [])
    assert found.state == "blocked"


def test_rules_are_asked_for_once_a_day_and_the_last_ones_hold_while_the_server_fails(tmp_path: Path) -> None:
    with serving({"/robots.txt": NO_API, API: http()}) as server:
        for hours in (0, 1, 23):
            assert fetch(server.at(API), tmp_path, NOW + timedelta(hours=hours)).state == "blocked"
        assert len(server.asked) == 1
        server.routes["/robots.txt"] = http(500, b"")
        assert "forbids /api/" in fetch(server.at(API), tmp_path, NOW + timedelta(hours=25), attempts=1).reason
        server.routes["/robots.txt"] = http(404, b"")
        assert fetch(server.at(API), tmp_path, NOW + timedelta(hours=26)).state == "ok"


@given(st.binary(max_size=200) | st.text(alphabet="User-agent:*Disallow/$%20\n\r #", max_size=200).map(str.encode))
def test_any_rules_can_be_read(content: bytes) -> None:
    assert robots._rules(content).can_fetch("https://status.example/x?y=%zz", robots.PRODUCT) in {True, False}
