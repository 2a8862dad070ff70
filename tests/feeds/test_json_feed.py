"""JSON Feed: what it says beyond what all formats say."""

import json

from postmortem.feeds.entries import Archive
from tests.feeds.test_rss_atom import STATES, feed, item, json_feed


def test_the_head_names_the_version_and_its_own_address() -> None:
    document = json.loads(json_feed(feed(item())))
    assert document["version"] == "https://jsonfeed.org/version/1.1"
    assert document["feed_url"] == "https://example.com/feeds/updates.json"
    assert document["home_page_url"] == "https://example.com/"
    assert document["authors"] == [{"name": "Example AI", "url": "https://example.com/"}]
    assert document["_postmortem"] == {
        "about": "https://example.com/guide/api/",
        "id": "tag:example.com,2026:feed/updates",
        "updated": "2026-06-23T14:21:00Z",
        "archive": None,
        "prev_archive": None,
        "next_archive": None,
        "current": None,
        "backfill": None,
    }
    assert "next_url" not in document


def test_an_archive_says_where_it_belongs_and_leads_to_the_one_before() -> None:
    links = {"current": "https://example.com/u", "prev_archive": "https://example.com/1"}
    document = json.loads(json_feed(feed(item(), archive=Archive(2, full=True), **links)))
    assert document["_postmortem"]["archive"] == {"number": 2, "full": True}
    assert document["_postmortem"]["current"] == "https://example.com/u.json"
    assert document["next_url"] == document["_postmortem"]["prev_archive"] == "https://example.com/1.json"


def test_an_item_carries_its_facts_for_machines() -> None:
    (found,) = json.loads(json_feed(feed(item())))["items"]
    assert found["tags"] == ["severity:major"]
    assert found["_postmortem"] == {
        "incident": "x",
        "entry": "u1",
        "announcement": "update",
        "said": {
            "status": "monitoring",
            "reopens": False,
            "components": {"web-app": "operational", "api": "partial_outage"},
        },
        "record": {
            "kind": "incident",
            "severity": "major",
            "status": "resolved",
            "withdrawn": False,
            "impact": STATES,
            "providers": [],
            "services": ["web-app", "api"],
            "models": [],
        },
    }


def test_the_same_feed_gives_the_same_bytes_and_ends_its_last_line() -> None:
    assert json_feed(feed(item())) == json_feed(feed(item()))
    assert json_feed(feed()).endswith(b'"items":[]}\n')
