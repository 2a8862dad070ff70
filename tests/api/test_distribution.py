"""What a mirror reads: which documents there are, what changed, and where everything is."""

import csv
import io
import json
from typing import Any

from hypothesis import given

from postmortem.api import catalogue, distribution, feeds
from postmortem.model.subscription import Subscription
from tests.api.corpora import Data, corpora, published, settings
from tests.model import made

FEED = Subscription(series="updates", path="feeds/updates", title="Updates", description="All.")
PART = Subscription(
    series="updates", path="feeds/service/api/updates", title="API", description="Some.", facet="service", of="api"
)
LIST = Subscription(series="opml", path="feeds/opml", title="OPML", description="Every feed.", formats=("opml",))


def files(corpus: list[Data]) -> dict[str, bytes]:
    history, _ = published(corpus)
    found = distribution.artifacts(history, settings(), [FEED, PART, LIST], ["b.schema.json", "a.schema.json"])
    return {each.path: each.body for each in found}


def changes(body: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(body.decode(), newline="")))


@given(corpora())
def test_every_document_is_listed_once_and_the_newest_change_first(corpus: list[Data]) -> None:
    found = files(corpus)
    ids = {id_ for each in corpus for id_ in (each["id"], *each["former_ids"])}
    paths = found["index.txt"].decode().splitlines()
    assert paths == sorted(f"incidents/{each}.json" for each in ids)
    table = changes(found["changes.csv"])
    assert sorted(path for path, _ in table) == paths
    assert [at for _, at in table] == sorted((at for _, at in table), reverse=True)


def test_a_revision_brings_a_document_to_the_top() -> None:
    corpus = [
        made.data(id="2026-06-23-a", revisions=[made.revision(1, "2026-06-23T14:47Z")]),
        made.data(id="2026-06-01-b", revisions=[made.revision(2, "2026-06-28T10:30Z", "material")]),
    ]
    assert changes(files(corpus)["changes.csv"])[0] == ["incidents/2026-06-01-b.json", "2026-06-28T10:30:00Z"]


def test_one_file_says_who_publishes_and_where_everything_is() -> None:
    told: dict[str, Any] = json.loads(files([])[".well-known/postmortem.json"])
    assert told["publisher"]["role"] == "observer"
    assert told["contact"] == "mailto:w@example.org"
    assert told["canonical_url"] == "https://status.example.com/.well-known/postmortem.json"
    assert [each["id"] for each in told["providers"]] == ["lamp", "torch"]
    assert told["schemas"] == [f"https://status.example.com/schemas/{each}.schema.json" for each in "ab"]
    assert [each["title"] for each in told["feeds"]] == ["Updates", "OPML"]
    assert told["addresses"]["changes"] == "https://status.example.com/changes.csv"


def test_feeds_are_listed_with_every_address_they_have() -> None:
    told = json.loads(feeds.artifact(settings(), [FEED, LIST]).body)["feeds"]
    assert [each["url"] for each in told[0]["formats"]] == [
        f"https://status.example.com/feeds/updates.{ending}" for ending in ("atom", "rss", "json")
    ]
    assert told[1]["formats"] == [
        {"format": "opml", "media_type": "text/x-opml", "url": "https://status.example.com/feeds/opml.xml"}
    ]


def test_services_and_models_count_what_stands_and_name_what_is_open() -> None:
    corpus = [
        made.data(id="2026-06-23-a", impact=made.impact(authentication=made.affected(models=["opus-4.8"]))),
        made.data(id="2026-06-22-b", status="resolved"),
        made.data(id="2026-06-24-c", record="withdrawn", withdrawn={"at": "2026-06-24T09:00Z", "reason": "No."}),
    ]
    services, models = (json.loads(each.body) for each in catalogue.artifacts(published(corpus)[0], settings()))
    web, api, _ = services["services"]
    assert (web["incidents"], web["open"], web["last"]) == (2, ["2026-06-23-a"], "2026-06-23-a")
    assert (api["incidents"], api["open"], api["last"]) == (0, [], None)
    assert [(each["id"], each["incidents"]) for each in models["models"]] == [("opus-4.8", 1)]
    assert web["badge"] == "https://status.example.com/badge/web-app.svg"
