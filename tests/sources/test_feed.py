"""Any RSS or Atom feed, and the reader below it."""

import pytest

from postmortem.sources import entries, feed
from postmortem.sources.adapter import Answer, NotUnderstoodError
from tests.sources.payload import payload

URL = "https://light.example/atom.xml"
DATE = "<pubDate>Fri, 01 May 2026 09:00:00 +0000</pubDate>"
RSS = f"<rss><channel><item><title>{{}}</title><guid>g</guid>{DATE}</item></channel></rss>"


def test_atom_entries_are_incidents_with_one_event() -> None:
    answer = feed.parse(payload("feed/atom.xml"), "l", URL)
    lamp, slow = answer.events
    assert (lamp.incident, lamp.title, lamp.url) == (
        "urn:lighthouse:1",
        "Lamp & lens dark",
        "https://light.example/news/1",
    )
    assert lamp.text == "The lamp is dark, see why (https://light.example/why)."
    assert (lamp.at.isoformat(), lamp.status, lamp.impact) == ("2026-04-01T11:00:00+00:00", "unknown", "unknown")
    assert lamp.opened is not None
    assert lamp.opened.isoformat() == "2026-04-01T08:00:00+00:00"
    assert (slow.title, slow.text) == ("p99 < 5 s", "a <b> c")
    assert answer.skipped == ("urn:lighthouse:3: no time can be read",)


def test_rss_1_is_read_with_dublin_core_and_the_full_content() -> None:
    (event,) = feed.parse(payload("feed/rss1.rdf"), "w", "https://well.example/").events
    assert (event.incident, event.text) == ("https://well.example/dry", "No water since noon.")
    assert event.at.isoformat() == "2026-07-01T12:00:00+00:00"


def test_a_feed_without_items_is_a_valid_answer() -> None:
    assert feed.recognises(payload("feed/empty.rss"))
    assert feed.parse(payload("feed/empty.rss"), "q", URL) == Answer()


def test_an_entry_that_changes_is_said_again() -> None:
    later = payload("feed/atom.xml").replace(b"2026-04-01T11:00:00Z", b"2026-04-01T12:00:00Z")
    before, after = (feed.parse(each, "l", URL).events[0] for each in (payload("feed/atom.xml"), later))
    assert (before.incident, before.update != after.update) == (after.incident, True)


@pytest.mark.parametrize(
    ("broken", "title"),
    [
        (RSS.format("a\x0bb").encode(), "ab"),
        (RSS.format("R&D &nbsp; now").encode(), "R&D now"),
        (b"\xef\xbb\xbf  " + RSS.format("bom").encode(), "bom"),
        (RSS.format("caf").encode().replace(b"caf", b"caf\xe9"), "caf\ufffd"),
        (
            b'<?xml version="1.0" encoding="iso-8859-1"?>' + RSS.format("caf").encode().replace(b"caf", b"caf\xe9"),
            "caf\xe9",
        ),
        (RSS.format("wide").encode("utf-16"), "wide"),
        (RSS.format("&#xD;&lt;b&gt;bold&lt;/b&gt;").encode(), "bold"),
    ],
)
def test_what_breaks_xml_costs_no_feed(broken: bytes, title: str) -> None:
    assert entries.read(broken).entries[0].title == title


@pytest.mark.parametrize(
    "content", [b"", b"   ", b"<!doctype html><html><body>Oops</body></html>", b"<rss></rss>", b"<a/>", b"{}"]
)
def test_what_is_no_feed_is_not_understood(content: bytes) -> None:
    assert not feed.recognises(content)
    with pytest.raises(NotUnderstoodError):
        feed.parse(content, "l", URL)


def test_a_bomb_is_refused_also_when_the_rest_could_be_mended() -> None:
    bomb = b'<!DOCTYPE r [<!ENTITY a "ha">]><rss><channel><title>&a; & \x0b</title></channel></rss>'
    with pytest.raises(NotUnderstoodError, match="document type"):
        feed.parse(bomb, "l", URL)


def test_links_go_to_the_web_or_nowhere() -> None:
    hostile = RSS.format("t").replace("<guid>g</guid>", "<link>javascript:alert(1)</link><guid>g</guid>")
    assert feed.parse(hostile.encode(), "l", URL).events[0].url == ""
