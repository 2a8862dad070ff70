"""incident.io's feeds: only the latest update, and components as they are now."""

from datetime import UTC, datetime

import pytest

from postmortem.model.event import Component
from postmortem.sources import incidentio_feed
from postmortem.sources.adapter import Answer, NotUnderstoodError, digest
from tests.sources.payload import REAL, payload

PAGE = "https://status.kettle.example"
BOILS = "01HZZZZZZZZZZZZZZZZZZZZZZ1"


def read(name: str) -> Answer:
    return incidentio_feed.parse(payload(f"incidentio-feed/{name}"), "kettle", f"{PAGE}/feed.atom")


def test_an_entry_is_the_latest_update_and_nothing_is_known_of_the_start() -> None:
    event = read("feed.atom").events[0]
    assert (event.incident, event.url) == (BOILS, f"{PAGE}/incidents/{BOILS}")
    assert event.at == datetime(2026, 3, 1, 12, 0, 0, 500_000, tzinfo=UTC)
    assert (event.update, event.opened, event.closed) == (digest(event.at, "Resolved"), None, None)
    assert (event.status, event.text) == ("resolved", "Hot again. Affected components below.")


def test_components_are_those_of_now_and_not_of_the_update() -> None:
    event = read("feed.atom").events[0]
    assert event.components == ()
    assert event.listed == (
        Component(name="Base (left)", new="operational"),
        Component(name="Lid", new="unknown", word="On fire"),
    )


def test_maintenance_is_known_by_its_status() -> None:
    plug = read("feed.atom").events[1]
    assert (plug.kind, plug.status, plug.status_word) == ("maintenance", "scheduled", "Maintenance scheduled")


def test_an_entry_without_a_time_is_told() -> None:
    assert read("feed.atom").skipped == ("01HZZZZZZZZZZZZZZZZZZZZZZ9: no time can be read in it",)


def test_rss_says_the_same() -> None:
    (event,) = read("feed.rss").events
    assert (event.incident, event.url, event.status, event.text) == (
        BOILS,
        f"{PAGE}/incidents/{BOILS}",
        "resolved",
        "Hot again.",
    )


def test_a_text_that_has_the_words_of_the_frame_in_it_stays_whole() -> None:
    content = payload("incidentio-feed/feed.rss").replace(
        b"Hot again.", b"A<br/>Affected components<br/>were many.<br/>Status: hot"
    )
    (event,) = incidentio_feed.parse(content, "kettle", PAGE).events
    assert (event.text, event.listed) == ("A\nAffected components\nwere many.\nStatus: hot", ())


@pytest.mark.parametrize("name", ["feed.atom", "feed.rss"])
def test_its_feeds_are_recognised_also_without_the_makers_name(name: str) -> None:
    content = payload(f"incidentio-feed/{name}")
    assert incidentio_feed.recognises(content)
    assert incidentio_feed.recognises(content.replace(b"<generator>incident.io</generator>", b""))


@pytest.mark.parametrize("name", ["statuspage-feed/history.atom", "feed/atom.xml", "statuspage/incidents.json"])
def test_other_feeds_are_not(name: str) -> None:
    assert not incidentio_feed.recognises(payload(name))


@pytest.mark.parametrize("content", [b"", b"{}", b"<html><p>Not found", b"<rss/>"], ids=range(4))
def test_what_is_no_feed_is_not_understood(content: bytes) -> None:
    with pytest.raises(NotUnderstoodError):
        incidentio_feed.parse(content, "kettle", PAGE)


def test_a_feed_without_entries_is_an_answer() -> None:
    assert incidentio_feed.parse(b"<feed xmlns='http://www.w3.org/2005/Atom'/>", "kettle", PAGE) == Answer()


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        (PAGE, f"{PAGE}/feed.atom"),
        (f"{PAGE}/", f"{PAGE}/feed.atom"),
        (f"{PAGE}/history.rss?x=1", f"{PAGE}/history.rss?x=1"),
    ],
)
def test_a_page_has_one_feed(url: str, asked: str) -> None:
    assert [each.url for each in incidentio_feed.documents(url)] == [asked]


@pytest.mark.skipif(not REAL.is_dir(), reason=f"no real captures at {REAL} (set POSTMORTEM_REAL_DATA)")
def test_the_real_feed_is_read_whole() -> None:
    content = (REAL / "incidentio-openai" / "history.atom").read_bytes()
    answer = incidentio_feed.parse(content, "real", "")
    assert incidentio_feed.recognises(content)
    assert ([each.status for each in answer.events], answer.skipped) == (["resolved", "resolved"], ())
