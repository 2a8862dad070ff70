"""Which incidents and announcements stand in a feed, under which ids and dates."""

import pytest

from postmortem.feeds import choice, entries
from postmortem.feeds.categories import Category
from postmortem.feeds.entries import EXCERPT, FeedItem
from postmortem.model.settings import Settings
from tests.feeds.strategies import WORDS, Data, many, published, site_of
from tests.model import made


def items(record: Data, settings: Settings | None = None) -> list[FeedItem]:
    """One record's entries in `updates`, newest first."""
    history, incidents = published([record])
    site = site_of(settings or made.settings())
    told = {each.entry: each for each in entries.tell(incidents[record["id"]], WORDS)}
    row = history.rows[0]
    archived = [
        entries.archived_item(each.announcement, told[each.entry], site)
        for each in choice.newest(choice.updates(history))
        if each.announcement is not None
    ]
    return [entries.live_item(row, each, site) for each in archived]


def whole(record: Data, settings: Settings | None = None) -> FeedItem:
    """One record's entry in `incidents`."""
    history, incidents = published([record])
    site = site_of(settings or made.settings())
    return entries.incident_item(history.rows[0], incidents[record["id"]], site)


FULL = made.data(
    timeline=[made.update("u1", "2026-06-23T14:47Z"), made.update("u2", "2026-06-23T15:00Z")],
    revisions=[
        made.revision(1, "2026-06-23T14:47Z"),
        made.revision(2, "2026-06-24T09:00Z", "editorial"),
        made.revision(3, "2026-06-25T09:00Z", "material"),
    ],
    actions=[{"id": "a1", "kind": "prevent", "text": "Do.", "state": "done", "done": "2026-07-09T12:00Z"}],
)


def test_ids_come_from_the_frozen_authority_and_the_records_own_ids() -> None:
    moved = made.settings(site={"url": "https://moved.example.net/status/"})
    expected = [f"tag:status.example.com,2026:incident/2026-06-23-chat/{entry}" for entry in ("a1", "r3", "u2", "u1")]
    assert [each.id for each in items(FULL)] == [each.id for each in items(FULL, moved)] == expected
    assert whole(FULL, moved).id == "tag:status.example.com,2026:incident/2026-06-23-chat"


@pytest.mark.parametrize("url", ["https://status.example.com/p/", "https://status.example.com/p"])
def test_addresses_come_from_the_sites_alone(url: str) -> None:
    settings = made.settings(site={"url": url})
    assert whole(FULL, settings).url == "https://status.example.com/p/incidents/2026-06-23-chat/"
    assert items(FULL, settings)[0].url == "https://status.example.com/p/incidents/2026-06-23-chat/#a1"


def test_an_update_is_dated_when_it_was_published_and_an_incident_by_its_first_and_last() -> None:
    assert [each.published.isoformat()[:16] for each in items(FULL)] == [
        "2026-07-09T12:00",
        "2026-06-25T09:00",
        "2026-06-23T15:00",
        "2026-06-23T14:47",
    ]
    assert whole(FULL).published == made.utc("2026-06-23T14:47Z")
    assert whole(FULL).updated == made.utc("2026-07-09T12:00Z")


def test_the_beginning_of_what_was_said_is_the_summary() -> None:
    assert [each.summary for each in items(FULL)] == ["Do.", "Revision 3.", "What u2 says.", "What u1 says."]
    long = items(made.data(timeline=[made.update("u1", "2026-06-23T14:47Z", text="word\n" * 1000)]))[0].summary
    assert len(long) == EXCERPT
    assert long.startswith("word word ")
    assert long.endswith("…")


def test_of_a_withdrawn_incident_the_reason_is_told_and_its_address_stays() -> None:
    gone = FULL | {"record": "withdrawn", "withdrawn": {"at": "2026-08-01T00:00Z", "reason": "It was a drill."}}
    assert (whole(gone).summary, whole(gone).id, whole(gone).url) == (
        "It was a drill.",
        whole(FULL).id,
        whole(FULL).url,
    )
    assert [each.id for each in items(gone)] == [each.id for each in items(FULL)]


def test_nothing_announced_means_no_entry() -> None:
    note = {"id": "n1", "at": "2026-06-23T14:00Z", "kind": "note", "text": "Seen."}
    history, _ = published([made.data(timeline=[note])])
    assert (choice.incidents(history), choice.updates(history), choice.postmortems(history)) == ([], [], [])


def test_entries_of_one_minute_stand_in_the_order_of_their_ids() -> None:
    same = [each | {"id": f"2026-01-01-{name}"} for each, name in zip(many(1) * 3, "bca", strict=True)]
    history, _ = published(same)
    assert [each.incident[-1] for each in choice.incidents(history)] == ["c", "b", "a"]
    assert [(each.incident[-1], each.entry) for each in choice.updates(history)] == [
        (incident, entry) for entry in ("u2", "u1") for incident in "cba"
    ]


def test_an_updates_category_is_the_status_that_it_told() -> None:
    timeline = [
        made.update("u1", "2026-06-23T14:47Z", status="investigating"),
        made.update("u2", "2026-06-23T15:00Z", status="resolved"),
        made.update("u3", "2026-06-23T16:00Z"),
    ]
    marks = [[each.mark for each in item.categories] for item in items(made.data(timeline=timeline))]
    assert [[mark for mark in each if mark.startswith("status:")] for each in marks] == [
        ["status:resolved"],
        ["status:resolved"],
        ["status:investigating"],
    ]


def test_a_resolution_that_no_update_tells_leads_to_its_clocks() -> None:
    record = made.data(status="resolved", clocks={"resolved": "2026-06-23T16:00Z"})
    (told, _) = items(record)
    assert told.id.endswith("/closed")
    assert told.url.endswith("/#response")
    assert told.published == made.utc("2026-06-23T16:00Z")


def test_categories_name_what_a_reader_filters_by() -> None:
    record = FULL | {"impact": made.impact(authentication=made.affected(models=["opus-4.8"]))}
    settings = made.settings(models=[{"id": "opus-4.8", "name": "Opus 4.8"}])
    prefix = "tag:status.example.com,2026:category"
    assert whole(record, settings).categories == (
        Category(f"{prefix}/kind", "incident", "incident"),
        Category(f"{prefix}/severity", "major", "major"),
        Category(f"{prefix}/status", "investigating", "investigating"),
        Category(f"{prefix}/impact", "authentication", "authentication"),
        Category(f"{prefix}/service", "web-app", "Chat on the web"),
        Category(f"{prefix}/model", "opus-4.8", "Opus 4.8"),
    )
