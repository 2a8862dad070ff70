"""JSON Feed: what it says beyond what all formats say."""

import json

from postmortem.feeds import json_feed
from tests.feeds.test_rss_atom import feed, item


def test_the_head_names_the_version_and_its_own_address() -> None:
    document = json.loads(json_feed.write(feed(item())))
    assert document["version"] == "https://jsonfeed.org/version/1.1"
    assert document["feed_url"] == "https://example.com/feeds/updates.json"
    assert document["home_page_url"] == "https://example.com/"
    assert document["authors"] == [{"name": "Example AI", "url": "https://example.com/"}]
    assert document["_postmortem"] == {"id": "tag:example.com,2026:feed/updates", "updated": "2026-06-23T14:21:00Z"}


def test_an_item_carries_its_facts_for_machines() -> None:
    (found,) = json.loads(json_feed.write(feed(item())))["items"]
    assert found["tags"] == ["severity:major"]
    assert found["_postmortem"] == {
        "incident": "x",
        "entry": "u1",
        "announcement": "update",
        "kind": "incident",
        "severity": "major",
        "status": "resolved",
        "withdrawn": False,
        "impact": {"authentication": "affected"},
        "providers": [],
        "services": ["web-app"],
        "models": [],
    }


def test_the_same_feed_gives_the_same_bytes_and_ends_its_last_line() -> None:
    assert json_feed.write(feed(item())) == json_feed.write(feed(item()))
    assert json_feed.write(feed()).endswith(b'"items":[]}\n')
