"""The archives as a stranger walks them: every entry exactly once, and nothing that was full ever changes."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from postmortem.feeds import archive, choice, pieces
from tests.feeds import parsed
from tests.feeds.strategies import SETTINGS, Data, feeds, many, published, time
from tests.model import made

SITE = SETTINGS.site.url
LINK = "*[local-name()='link'][@rel='prev-archive']/@href"


def path(address: str) -> str:
    assert address.startswith(SITE)
    return address.removeprefix(SITE)


def before(body: bytes, ending: str) -> str | None:
    """The address of the archive before, by a parser that is not ours."""
    if ending == "json":
        found: str | None = json.loads(body).get("next_url")
        return found
    return str(etree.fromstring(body).xpath(f"string(//{LINK})")) or None


READ = {"atom": parsed.atom, "rss": parsed.rss, "json": parsed.json_feed}


def walk(files: dict[str, bytes], ending: str) -> Iterator[str]:
    """The ids of all entries from the live feed back."""
    here: str | None = f"{SITE}feeds/updates.{ending}"
    while here is not None:
        body = files[path(here)]
        yield from (each.id for each in READ[ending](body)[1])
        here = before(body, ending)


def announced(corpus: list[Data]) -> list[str]:
    """The ids of everything that was news, newest first."""
    history, _ = published(corpus)
    tag = f"tag:{SETTINGS.feeds.authority}:incident"
    return [f"{tag}/{each.incident}/{each.entry}" for each in choice.updates(history)]


@pytest.mark.parametrize("ending", ["atom", "rss", "json"])
@pytest.mark.parametrize("count", [0, 1, 60, 300])
def test_walking_back_from_the_live_feed_meets_every_entry_once_and_in_order(ending: str, count: int) -> None:
    corpus = many(count)
    assert list(walk(feeds(corpus), ending)) == announced(corpus)


@pytest.mark.soak
def test_so_does_a_walk_over_five_thousand_incidents() -> None:
    corpus = many(5000)
    files = feeds(corpus)
    for ending in READ:
        assert list(walk(files, ending)) == announced(corpus)


def test_where_size_ends_the_live_feed_the_archives_go_on() -> None:
    corpus = many(60, "&" * 12_000)
    files = feeds(corpus)
    assert len(parsed.atom(files["feeds/updates.atom"])[1]) < choice.NEWEST
    assert list(walk(files, "atom")) == announced(corpus)
    assert max(len(body) for each, body in files.items() if each.startswith(archive.FOLDER)) <= pieces.LARGEST


def full(files: dict[str, bytes]) -> dict[str, bytes]:
    """The archives that say they are full, in every format."""
    names = [
        each.removesuffix(".json")
        for each, body in files.items()
        if each.startswith(archive.FOLDER) and each.endswith(".json")
        if json.loads(body)["_postmortem"]["archive"]["full"]
    ]
    return {f"{name}.{ending}": files[f"{name}.{ending}"] for name in names for ending in READ}


def later(corpus: list[Data], change: str, which: int) -> list[Data]:
    """The corpus as it becomes: something is told after everything else."""
    changed = [dict(each) for each in corpus]
    one, at = changed[which], time(290 * 24 * 60)
    if change == "update":
        one["timeline"] = [*one["timeline"], made.update("u3", at, status="monitoring", text="Again.")]
    elif change == "worse":
        one["severity"] = "critical"
        one["services"] = [*one["services"], "api"]
        one["revisions"] = [*one["revisions"], made.revision(2, at, "material") | {"adds": ["severity/critical"]}]
    elif change == "postmortem":
        one["postmortem"] = {"state": "published", "published": at}
        one["cause"] = {"state": "known", "explanation": "It broke."}
        one["actions"] = [{"id": "a1", "kind": "prevent", "text": "Do.", "state": "done", "done": time(which * 360)}]
        one["revisions"] = [*one["revisions"], made.revision(2, at, "postmortem")]
    elif change == "withdrawn":
        one |= {"record": "withdrawn", "withdrawn": {"at": at, "reason": "A drill."}}
        one["revisions"] = [*one["revisions"], made.revision(2, at, "retraction")]
    elif change == "backfill":
        old = [made.update("u1", time(which * 360 + 7)), made.update("u2", time(which * 360 + 9))]
        changed.append(made.data(id="2025-12-01-old", timeline=old, revisions=[made.revision(1, at)]))
    else:
        changed += [each | {"id": f"{each['id']}-new"} for each in moved(many(60))]
    return changed


def moved(corpus: list[Data]) -> list[Data]:
    """The same incidents many months later."""
    return json.loads(json.dumps(corpus).replace("2026-01", "2026-10"))  # type: ignore[no-any-return]


CHANGES = ["update", "worse", "postmortem", "withdrawn", "backfill", "sixty new ones"]


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(CHANGES), st.integers(0, 119), st.integers(0, 40))
def test_nothing_that_is_told_later_changes_a_byte_of_a_full_archive(change: str, which: int, more: int) -> None:
    corpus = many(220 + more)
    old, new = full(feeds(corpus)), feeds(later(corpus, change, which))
    assert len(old) >= 3 * 2
    assert {each: new[each] for each in old} == old
    assert full(new).keys() >= old.keys()


def test_what_a_draft_held_back_is_told_when_it_became_public_and_not_before() -> None:
    corpus = many(120)
    after = feeds(later(corpus, "postmortem", 3))
    newest = parsed.atom(after["feeds/updates.atom"])[1][:2]
    assert [each.id.rpartition("/")[2] for each in newest] == ["r2", "a1"]
    assert {each.published for each in newest} == {made.utc(time(290 * 24 * 60))}


def test_the_words_of_an_entry_in_the_live_feed_decide_nothing_about_full_archives() -> None:
    long = many(150)
    for each in long[-20:]:
        each["timeline"] = [entry | {"text": "&" * 12_000} for entry in each["timeline"]]
    assert full(feeds(long)) == full(feeds(many(150)))
    assert len(full(feeds(long))) > 0


@given(st.integers(0, 500), st.integers(0, 500))
def test_a_full_archive_holds_fifty_and_has_a_next_one(count: int, unsettled: int) -> None:
    settled = max(0, count - unsettled)
    parts = archive.parts(count, settled)
    assert [index for each in parts for index in range(each.begin, each.end)] == list(range(count))
    assert len(parts) == archive.last(count)
    for each in parts:
        assert not each.full or (each.end - each.begin == archive.SIZE and each.end < settled)
        assert each in archive.parts(count + 77, settled + 77) or not each.full


def imported(number: int, published: int) -> Data:
    """An old incident that came long after, with three updates of its time."""
    old = [made.update(f"u{each}", time(number * 100 + each)) for each in (1, 2, 3)]
    return made.data(
        id=f"2026-01-01-old-{number}", timeline=old, revisions=[made.revision(1, time(200_000 + published))]
    )


def backfilled(files: dict[str, bytes]) -> list[list[Any]]:
    """The documents of the backfill by number: ids and dates."""
    count = sum(each.startswith(f"{archive.FOLDER}backfill-") and each.endswith(".atom") for each in files)
    names = [f"{archive.FOLDER}backfill-{number}.atom" for number in range(1, count + 1)]
    return [[(each.id, each.published) for each in parsed.atom(files[name])[1]] for name in names]


def test_old_updates_of_an_import_are_kept_under_their_own_times_and_never_in_a_live_feed() -> None:
    files = feeds([imported(number, number) for number in range(40)])
    kept = [entry for each in backfilled(files) for entry in each]
    assert len(kept) == len(dict(kept)) == 120
    assert dict(kept)["tag:status.example.com,2026:incident/2026-01-01-old-7/u2"] == made.utc(time(702))
    assert [len(each) for each in backfilled(files)] == [50, 50, 20]
    assert all(each.id.endswith("/r1") for each in parsed.atom(files["feeds/updates.atom"])[1])
    head = json.loads(files["feeds/updates.json"])["_postmortem"]
    assert head["backfill"] == f"{SITE}feeds/archive/backfill-3.json"


MONTH = 30 * 24 * 60


@given(st.integers(2 * MONTH - 1, 4 * MONTH))
def test_a_later_import_of_older_incidents_changes_no_full_archive_of_the_backfill(came: int) -> None:
    first = [*(imported(number, number) for number in range(100, 140)), imported(140, 3 * MONTH - 1)]
    second = [imported(number, came + number) for number in range(20)]
    old, new = full(feeds(first)), full(feeds([*second, *first]))
    assert any("backfill" in each for each in old)
    assert {each: new[each] for each in old} == old


def test_an_import_of_this_month_may_still_get_a_neighbour() -> None:
    first = [imported(number, number) for number in range(100, 140)]
    assert not any("backfill" in each for each in full(feeds(first)))


def test_neighbours_are_linked_both_ways_and_to_the_live_feed() -> None:
    files = feeds(many(300))
    heads = [json.loads(files[f"{archive.FOLDER}updates-{number}.json"])["_postmortem"] for number in (1, 2, 3)]
    assert [each["prev_archive"] and path(each["prev_archive"]) for each in heads] == [
        None,
        "feeds/archive/updates-1.json",
        "feeds/archive/updates-2.json",
    ]
    assert path(heads[0]["next_archive"]) == "feeds/archive/updates-2.json"
    assert {path(each["current"]) for each in heads} == {"feeds/updates.json"}
    assert len({each["id"] for each in heads} | {json.loads(files["feeds/updates.json"])["_postmortem"]["id"]}) == 1


def test_an_archived_entry_has_what_it_told_and_nothing_of_the_record_now() -> None:
    corpus = many(150)
    shown = [{"service": "api", "state": "partial_outage"}]
    corpus[0]["timeline"] = [each | {"components": shown} for each in corpus[0]["timeline"]]
    items = json.loads(feeds(corpus)[f"{archive.FOLDER}updates-1.json"])["items"]
    assert items[-1]["tags"] == ["status:investigating", "service:api"]
    assert items[-1]["_postmortem"]["said"]["components"] == {"api": "partial_outage"}
    assert items[-1]["_postmortem"]["record"] is None
    assert all(each["_postmortem"]["record"] is None for each in items)


def test_the_last_archive_is_not_full_while_its_link_to_the_next_is_to_come() -> None:
    assert [each.full for each in archive.parts(100, 100)] == [True, False]
    assert [each.full for each in archive.parts(101, 100)] == [True, False, False]
    assert [each.full for each in archive.parts(101, 101)] == [True, True, False]
    assert archive.parts(0, 0) == []
