"""Sources as they are listened to: which state comes of which answers, and what is said in it."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from postmortem.errors import SettingsError, UnreadableError
from postmortem.model.settings import Source
from postmortem.sources import heard, listen
from postmortem.sources.fetched import Options
from postmortem.sources.heard import Heard
from postmortem.sources.location import from_location
from tests.sources.loopback import NOW, Answer, Server, http, serving

API = "/api/v2/incidents.json"
ATOM = b"""\
<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:status.example.com,2005:/history</id><title>Example</title>
<updated>2026-06-23T16:14:00Z</updated>
<entry><id>tag:status.example.com,2005:Incident/7</id><published>2026-06-23T16:13:00Z</published>
<updated>2026-06-23T16:13:00Z</updated><link rel="alternate" href="https://status.example.com/incidents/i1"/>
<title>Chat</title><content type="html">&lt;p&gt;&lt;small&gt;Jun &lt;var data-var='date'&gt;23&lt;/var&gt;, \
&lt;var data-var='time'&gt;16:13&lt;/var&gt; UTC&lt;/small&gt;&lt;br&gt;&lt;strong&gt;Resolved&lt;/strong&gt; - Over.\
&lt;/p&gt;</content></entry></feed>
"""


def page(*incidents: str) -> bytes:
    """A page that has told of these incidents, one update each."""
    return json.dumps(
        {"page": {"id": "p", "name": "Example"}, "incidents": [_incident(each) for each in incidents]}
    ).encode()


def _incident(name: str) -> dict[str, Any]:
    at = "2026-06-23T14:47:20.000Z"
    update = {"id": f"{name}-a", "status": "investigating", "body": "We look.", "created_at": at, "display_at": at}
    head = {
        "id": name,
        "name": "Errors",
        "status": "investigating",
        "impact": "minor",
        "created_at": at,
        "started_at": at,
    }
    return head | {"updated_at": at, "incident_updates": [update], "components": []}


def source(server: Server | None = None, name: str = "page", kind: Any = "statuspage", **more: Any) -> Source:  # noqa: ANN401 - words
    return Source(id=name, kind=kind, url=server.at("/") if server else None, **more)


def hear(*sources: Source, cache: Path | None = None, **more: Any) -> tuple[Heard, ...]:  # noqa: ANN401 - options
    chosen: dict[str, Any] = {
        "contact": "mailto:x@example.com",
        "allow_hosts": ("127.0.0.1",),
        "attempts": 1,
        "gap": 0.0,
    }
    return listen.listen(sources, Options(cache=cache, **chosen | more), NOW, lambda _: None)


def api(content: bytes = page("i1"), status: int = 200) -> dict[str, Answer]:
    return {API: http(status, content)}


def test_an_answer_is_ok_with_its_time_digest_and_address() -> None:
    with serving(api(page("i1", "i2"))) as server:
        (one,) = hear(source(server))
    assert (one.state, one.reason, one.at, one.address) == ("ok", one.reason, NOW, server.at(API))
    assert one.sha256 == hashlib.sha256(page("i1", "i2")).hexdigest()
    assert {each.incident for each in one.events} == {"i1", "i2"}
    assert {each.source for each in one.events} == {"page"}


def test_what_failed_is_served_stale_from_what_was_kept(tmp_path: Path) -> None:
    with serving(api()) as server:
        hear(source(server), cache=tmp_path)
        server.routes[API] = http(503, b"")
        (one,) = hear(source(server), cache=tmp_path)
    assert one.state == "stale"
    assert "503" in one.reason
    assert {each.incident for each in one.events} == {"i1"}


def test_what_is_not_understood_is_unreadable_and_never_kept(tmp_path: Path) -> None:
    with serving(api(b'{"hello": 1}')) as server:
        (one,) = hear(source(server), cache=tmp_path)
        assert (one.state, one.events, one.sha256) == ("unreadable", (), "")
        assert one.reason
        server.routes.clear()
        (again,) = hear(source(server), cache=tmp_path)
    assert (again.state, again.events) == ("down", ())


def test_a_refused_api_falls_back_on_the_history_feed_and_says_so() -> None:
    robots = http(200, b"User-agent: *\nDisallow: /api/\n", content_type="text/plain")
    with serving({**api(), "/robots.txt": robots, "/history.atom": http(200, ATOM)}) as server:
        (one,) = hear(source(server))
        (free,) = hear(source(server), ignore_robots=True)
    assert (one.kind, one.state) == ("statuspage-feed", "ok")
    assert "history feed" in one.reason
    assert [each.incident for each in one.events] == ["i1"]
    assert free.kind == "statuspage"


def test_without_such_a_feed_it_stays_blocked() -> None:
    robots = http(200, b"User-agent: *\nDisallow: /\n", content_type="text/plain")
    with serving({**api(), "/robots.txt": robots}) as server:
        (one,) = hear(source(server))
    assert (one.state, one.events) == ("blocked", ())


def test_an_address_inside_is_blocked_unless_its_host_is_allowed() -> None:
    with serving(api()) as server:
        (one,) = hear(source(server), allow_hosts=())
        assert server.connections == 0
    assert one.state == "blocked"


def test_several_sources_keep_their_order_and_share_no_events() -> None:
    with serving(api(page("i1"))) as first, serving(api(page("i2"))) as second, serving() as third:
        found = hear(source(second, "b"), source(third, "c"), source(first, "a"))
    assert [(each.source, each.state) for each in found] == [("b", "ok"), ("c", "down"), ("a", "ok")]
    assert [event.incident for told in heard.told(found) for event in told.events] == ["i1", "i2"]


def test_without_a_kind_the_answers_tell_it() -> None:
    with serving(api()) as server:
        (one,) = hear(source(server, kind=None))
        server.routes = {"/": http(200, b"<html>Hello</html>", content_type="text/html")}
        (other,) = hear(source(server, kind=None))
    assert (one.kind, one.state) == ("statuspage", "ok")
    assert (other.state, other.events) == ("unreadable", ())


def test_a_source_that_nobody_knows_is_an_error_of_the_settings() -> None:
    with pytest.raises(SettingsError, match="x has no url:"):
        hear(source(None, "x", None))


def test_a_file_and_a_folder_are_read_without_asking_anybody(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.json").write_bytes(page("i1"))
    (tmp_path / "sub" / "b.atom").write_bytes(ATOM)
    (tmp_path / "notes.txt").write_bytes(b"not a feed")
    (tmp_path / ".hidden").write_bytes(page("i9"))
    one = from_location(None, tmp_path, source(kind=None))
    assert one.state == "ok"
    assert {each.incident for each in one.events} == {"i1"}
    assert [each.split(": ")[0] for each in one.skipped] == [str(tmp_path / "notes.txt")]
    alone = from_location("statuspage", tmp_path / "a.json", source())
    assert alone.sha256 == hashlib.sha256(page("i1")).hexdigest()


def test_a_place_without_a_feed_is_unreadable_and_none_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_bytes(b"not a feed")
    assert from_location(None, tmp_path / "notes.txt", source(kind=None)).state == "unreadable"
    (tmp_path / "empty").mkdir()
    assert from_location(None, tmp_path / "empty", source(kind=None)).state == "unreadable"
    with pytest.raises(UnreadableError, match="cannot be read"):
        from_location(None, tmp_path / "nowhere", source(kind=None))
