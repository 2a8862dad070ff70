"""Asking again: what is worth it, how long to wait before, and never past the deadline."""

from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from tests.sources.loopback import FEED, NOW, Answer, Clock, fetch, http, one_after_the_other, reset, serving, to, world

ROBOTS = {"/robots.txt": http(404, b"")}


@pytest.mark.parametrize(
    "fault", [http(429), http(500), http(502), http(503), http(504), reset, http(content_length=99)]
)
def test_what_passes_is_asked_again_with_growing_pauses(fault: Answer) -> None:
    clock = Clock()
    with serving(ROBOTS | {"/x": one_after_the_other(fault, fault, http())}) as server:
        found = fetch(server.at("/x"), given=world(clock))
    assert (found.state, found.content) == ("ok", FEED)
    assert clock.slept == [0.5, 1.0]


@pytest.mark.parametrize(
    "fault", [http(400), http(401), http(403), http(404), http(410), http(501), to("/y"), http(content=b"")]
)
def test_what_lasts_is_asked_once(fault: Answer) -> None:
    clock = Clock()
    with serving(ROBOTS | {"/x": fault}) as server:
        assert fetch(server.at("/x"), given=world(clock)).content is None
        assert server.paths().count("/x") == 1
    assert clock.slept == []


def test_dice_spread_the_pauses() -> None:
    slept = []
    for dice in (0.0, 1.0):
        clock = Clock()
        with serving(ROBOTS | {"/x": http(503)}) as server:
            fetch(server.at("/x"), given=world(clock, dice=lambda dice=dice: dice))
            assert server.paths() == ["/x"] * 3
        slept.append(clock.slept)
    assert slept == [[0.25, 0.5], [0.75, 1.5]]


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("after", ["7", format_datetime(NOW + timedelta(seconds=7), usegmt=True)])
def test_the_server_says_how_long_to_wait(status: int, after: str) -> None:
    clock = Clock()
    with serving(ROBOTS | {"/x": one_after_the_other(http(status, retry_after=after), http())}) as server:
        assert fetch(server.at("/x"), given=world(clock), deadline=20).state == "ok"
    assert clock.slept == [7.25]


@pytest.mark.parametrize("after", ["", "soon", "-3", "1e3", "Thu, 99 Foo 2026 00:00:00 GMT", "9" * 400])
def test_a_wait_that_cannot_be_read_is_as_none_was_given(after: str) -> None:
    clock = Clock()
    with serving(ROBOTS | {"/x": one_after_the_other(http(503, retry_after=after), http())}) as server:
        assert fetch(server.at("/x"), given=world(clock)).state == "ok"
    assert clock.slept == [0.5]


def test_a_wait_past_the_deadline_is_not_waited(tmp_path: Path) -> None:
    clock = Clock()
    with serving(ROBOTS | {"/x": http()}) as server:
        fetch(server.at("/x"), tmp_path)
        server.routes["/x"] = http(503, retry_after=3600)
        found = fetch(server.at("/x"), tmp_path, given=world(clock))
        assert server.paths().count("/x") == 2
    assert clock.slept == []
    assert (found.state, found.content) == ("stale", FEED)
    assert "503 Service Unavailable, and asks to wait 3600 s" in found.reason
    assert "past the deadline" in found.reason


def test_a_date_in_the_past_is_no_wait() -> None:
    clock = Clock()
    past = format_datetime(NOW - timedelta(days=1), usegmt=True)
    with serving(ROBOTS | {"/x": one_after_the_other(http(503, retry_after=past), http())}) as server:
        assert fetch(server.at("/x"), given=world(clock)).state == "ok"
    assert clock.slept == [0.25]
