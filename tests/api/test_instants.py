"""One entry has one instant: in RSS, Atom and JSON Feed, in the incident's own document and in the Statuspage tree."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples

from postmortem.api import statuspage_v2, v1
from tests.api.corpora import Data, corpora, published, settings
from tests.feeds import parsed
from tests.feeds.strategies import feeds

AS_OF = date(2026, 11, 23)
PREFIX = "tag:status.example.com,2026:incident/"


def told(files: dict[str, bytes]) -> dict[str, set[datetime]]:
    """Under which instants each thing is announced, in any format of the feed of everything and its archives."""
    found: dict[str, set[datetime]] = {}
    for path, body in files.items():
        if path.startswith(("feeds/updates.", "feeds/archive/")):
            read = {"atom": parsed.atom, "rss": parsed.rss, "json": parsed.json_feed}[path.rpartition(".")[2]]
            for each in read(body)[1]:
                found.setdefault(each.id.removeprefix(PREFIX), set()).add(each.published)
    return found


def late(corpus: list[Data]) -> list[Data]:
    """The same, and every second update could be read seven minutes after the time it speaks of."""
    changed: list[Data] = json.loads(json.dumps(corpus))
    for each in changed:
        for entry in each["timeline"][1::2]:
            entry["published"] = f"{instant(entry['at']) + timedelta(minutes=7):%Y-%m-%dT%H:%MZ}"
    return changed


def check(corpus: list[Data]) -> None:
    history, incidents = published(corpus)
    dates = told(feeds(corpus, settings()))
    known: dict[str, set[datetime]] = {}
    for row in history.rows:
        shape = json.loads(v1.document(incidents(row.id), settings()).body)
        for entry in shape["timeline"]:
            if entry["kind"] == "update":
                known[f"{row.first_id}/{entry['id']}"] = {instant((entry["published"] or entry["at"])["at"])}
        for revision in shape["revisions"]:
            at = f"{row.first_id}/r{revision['number']}"
            if at in dates:
                known[at] = {instant(revision["at"]["at"])}
    assert {each: dates.get(each) for each in known} == known
    assert {each for each in dates if "/u" in each or "/r" in each} <= known.keys()
    for id_, created in shown(corpus).items():
        if id_ in known:
            assert {created} == known[id_]


def shown(corpus: list[Data]) -> dict[str, datetime]:
    """When the Statuspage tree made each update; its ids have a point where ours have a slash."""
    history, incidents = published(corpus)
    files = {each.path: each.body for each in statuspage_v2.artifacts(history, settings(), incidents, AS_OF)}
    found = {}
    for name, key in (("incidents", "incidents"), ("scheduled-maintenances", "scheduled_maintenances")):
        for each in json.loads(files[f"api/v2/{name}.json"])[key]:
            for update in each["incident_updates"]:
                found[update["id"].replace(".", "/", 1)] = instant(update["created_at"])
    return found


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@examples(max_examples=15)
@given(corpora())
def test_every_output_tells_an_entry_under_the_same_instant(corpus: list[Data]) -> None:
    check(late(corpus))


@pytest.mark.soak
@examples(max_examples=1000, suppress_health_check=[HealthCheck.too_slow])
@given(corpora())
def test_so_it_does_for_long(corpus: list[Data]) -> None:
    check(late(corpus))
