"""The feeds as readers get them: well-formed whatever a record says, alike in all formats, small, always the same."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import feedparser
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from postmortem.feeds import archive, catalogue, choice, live, pieces
from postmortem.feeds.choice import RECENT
from postmortem.feeds.entries import LARGEST_BODY
from postmortem.feeds.pieces import Pieces
from postmortem.model.incident import Incident
from tests.feeds import parsed
from tests.feeds.fingerprint import fingerprint
from tests.feeds.strategies import SETTINGS, Data, corpora, feeds, many, published, site_of, source_of, time
from tests.model import made

ROOT = Path(__file__).resolve().parent.parent.parent
SCHEMA = json.loads((Path(__file__).parent / "json-feed-1.1.schema.json").read_text(encoding="utf-8"))
NAMES = [each.name for each in (*catalogue.of_site(SETTINGS), *catalogue.of_facets(SETTINGS))]
PATHS = {f"feeds/{name}.{ending}" for name in NAMES for ending in ("rss", "atom", "json")} | {
    "history.rss",
    "history.atom",
    "feed.rss",
    "feed.atom",
    "feeds/opml.xml",
    "calendar.ics",
}


def check(corpus: list[Data]) -> None:
    """Everything that must hold of any feeds at all."""
    files = feeds(corpus)
    archives = sorted({path.rpartition(".")[0] for path in files if path.startswith(archive.FOLDER)})
    assert files.keys() == PATHS | {f"{path}.{ending}" for path in archives for ending in ("rss", "atom", "json")}
    assert files == feeds(list(reversed(corpus)))
    for path in (*(f"feeds/{name}" for name in NAMES), *archives):
        sound(*(files[f"{path}.{ending}"] for ending in ("atom", "rss", "json")))


def sound(atom: bytes, rss: bytes, made_json: bytes) -> None:
    """One feed in all formats: small, valid, alike, in order, every link absolute."""
    assert max(map(len, (atom, rss, made_json))) <= pieces.LARGEST
    Draft202012Validator(SCHEMA).validate(json.loads(made_json))
    assert parsed.atom(atom) == parsed.rss(rss) == parsed.json_feed(made_json)
    updated, read = parsed.atom(atom)
    assert [each.published for each in read] == sorted((each.published for each in read), reverse=True)
    assert all(each.published <= updated for each in read)
    assert len({each.id for each in read}) == len(read)
    assert all(link.startswith("https://") for each in read for link in re.findall('href="([^"]*)', each.html))
    for body in (atom, rss):
        heard = feedparser.parse(body)
        assert not heard.bozo, heard.bozo_exception
        assert len(heard.entries) == len(read)


@settings(max_examples=15)
@given(corpora())
def test_any_history_makes_sound_feeds(corpus: list[Data]) -> None:
    check(corpus)


@pytest.mark.soak
@settings(max_examples=1000, suppress_health_check=[HealthCheck.too_slow])
@given(corpora())
def test_any_history_makes_sound_feeds_for_long(corpus: list[Data]) -> None:
    check(corpus)


def promised(files: dict[str, bytes]) -> dict[str, tuple[str, str]]:
    """What subscribers were told: each entry's id and dates."""
    return {
        f"{name} {item['id']}": (item["date_published"], item["date_modified"])
        for name in NAMES
        for item in json.loads(files[f"feeds/{name}.json"])["items"]
    }


@given(corpora(), st.sampled_from(["editorial", "title", "backfill"]), st.integers(0, 5))
def test_no_entry_is_announced_again(corpus: list[Data], change: str, which: int) -> None:
    changed = [dict(each) for each in corpus]
    if change == "backfill":
        late = made.revision(1, time(400_000))
        changed.append(made.data(id="2025-12-01-older", revisions=[late], timeline=[made.update("u1", time(0))]))
    elif corpus:
        one = changed[which % len(corpus)]
        if change == "editorial":
            number = len(one["revisions"]) + 1
            one["revisions"] = [*one["revisions"], made.revision(number, time(450_000), "editorial")]
        else:
            one["title"] = "Another title"
    before, after = promised(feeds(corpus)), promised(feeds(changed))
    assert before.items() <= after.items()
    assert all("2025-12-01-older" in new for new in after.keys() - before.keys())


def test_only_a_material_change_makes_an_entry_and_moves_updated() -> None:
    base = many(1)
    revised = [base[0] | {"revisions": [*base[0]["revisions"], made.revision(2, "2026-03-01T00:00Z", "material")]}]
    before, after = promised(feeds(base)), promised(feeds(revised))
    incident = "incidents tag:status.example.com,2026:incident/2026-01-01-incident-0"
    correction = "updates tag:status.example.com,2026:incident/2026-01-01-incident-0/r2"
    feeds_of_it = ("updates", "service/web-app/updates", "severity/none/updates", "severity/minor/updates")
    assert after.keys() - before.keys() == {
        correction.replace("updates", name, 1) for name in (*feeds_of_it, "severity/major/updates")
    }
    assert before[incident] == ("2026-01-01T00:00:00Z", "2026-01-01T00:30:00Z")
    assert after[incident] == ("2026-01-01T00:00:00Z", "2026-03-01T00:00:00Z")


def test_an_import_of_old_incidents_enters_once_and_not_as_a_flood() -> None:
    old = made.data(
        timeline=[made.update(f"u{number}", f"2025-06-23T1{number}:00Z") for number in range(1, 6)],
        revisions=[made.revision(1, "2026-02-01T09:00Z")],
    )
    files = feeds([old])
    assert set(promised(files).values()) == {("2026-02-01T09:00:00Z", "2026-02-01T09:00:00Z")}
    assert [len(parsed.atom(files[f"feeds/{name}.atom"])[1]) for name in ("incidents", "updates")] == [1, 1]
    assert json.loads(files["feeds/updates.json"])["items"][0]["id"].endswith("/r1")


def test_every_feed_leads_to_the_page_of_the_site_that_says_what_its_keys_mean() -> None:
    files = feeds(many(300))
    told = {json.loads(body)["_postmortem"]["about"] for path, body in files.items() if path.endswith(".json")}
    assert told == {"https://status.example.com/guide/api/#you-read-feeds-with-a-program"}
    page = (ROOT / "postmortem/site/docs/guide/api.md").read_text(encoding="utf-8")
    assert "\n## You read feeds with a program\n" in page
    entry = json.loads(files["feeds/updates.json"])["items"][0]["_postmortem"]
    for key in (*entry, *entry["record"], *entry["said"], *json.loads(files["feeds/updates.json"])["_postmortem"]):
        assert f"`{key}`" in page, key


def test_feeds_of_nothing_are_valid_and_dated_by_the_coverage_and_never_by_the_clock() -> None:
    check([])
    watched = made.settings(coverage=[{"from": "2025-03-01"}, {"from": "2025-01-01", "until": "2025-02-01"}])
    assert parsed.atom(feeds([], watched)["feeds/updates.atom"]) == (made.utc("2025-01-01T00:00:00Z"), [])
    assert parsed.rss(feeds([])["feed.rss"])[0] == made.utc("1970-01-01T00:00:00Z")


def test_a_harmless_change_makes_no_entry_and_moves_no_date() -> None:
    base = many(3)
    moved = made.settings(site={"url": "https://elsewhere.example.net/"}, models=[{"id": "opus-4.8", "name": "Opus"}])
    assert promised(feeds(base, moved)) == promised(feeds(base))


def test_a_feed_holds_the_newest_fifty_or_a_month() -> None:
    corpus = many(200)
    _, read = parsed.atom(feeds(corpus)["feeds/incidents.atom"])
    month = [each for each in corpus if made.utc(each["revisions"][0]["at"]) >= read[0].published - RECENT]
    assert len(read) == len(month) == 121
    rare = [
        each | {"timeline": [made.update("u1", time(number * 9000))], "revisions": []}
        for number, each in enumerate(corpus)
    ]
    _, read = parsed.atom(feeds(rare)["feeds/incidents.atom"])
    assert [each.published for each in read] == [made.utc(time(number * 9000)) for number in range(199, 149, -1)]


@pytest.mark.parametrize("character", ["&", '"', "\N{GRINNING FACE}"])
def test_size_wins_and_drops_the_oldest_and_no_more_than_needed(character: str) -> None:
    corpus = many(200, character * 12_000)
    files = feeds(corpus)
    sound(*(files[f"feeds/updates.{ending}"] for ending in ("atom", "rss", "json")))
    assert max(len(body) for path, body in files.items() if path != "calendar.ics") <= pieces.LARGEST
    _, kept = parsed.atom(files["feeds/updates.atom"])
    _, small = parsed.json_feed(feeds(many(200))["feeds/updates.json"])
    assert len(kept) > 3
    assert [each.id for each in kept] == [each.id for each in small[: len(kept)]]
    one_more = [made_of(corpus, each.id) for each in small[: len(kept) + 1]]
    assert max(map(len, pieces.written(HEAD, one_more).values())) > pieces.LARGEST


HEAD = next(each for each in catalogue.of_site(SETTINGS) if each.name == "updates").feed(SETTINGS)


def made_of(corpus: list[Data], id_: str) -> pieces.Piece:
    """One entry, written."""
    history, incidents = published(corpus)
    (listed,) = [each for each in choice.updates(history) if id_.endswith(f"/{each.incident}/{each.entry}")]
    return Pieces(history, site_of(), source_of(incidents, site_of())).of(listed)


def test_a_body_that_fills_a_feed_alone_becomes_a_link_to_its_page() -> None:
    files = feeds(many(1, "&" * LARGEST_BODY))
    _, read = parsed.rss(files["feed.rss"])
    page = "https://status.example.com/incidents/2026-01-01-incident-0/#u2"
    assert read[0].html == f'<p><a href="{page}">{page}</a></p>'


def test_incidents_that_no_feed_shows_are_never_asked_for() -> None:
    history, incidents = published(many(300))
    asked: list[str] = []

    def one(incident: str) -> Incident:
        asked.append(incident)
        return incidents[incident]

    site = site_of()
    list(live.artifacts(history, site, source_of(incidents, site)._replace(incident=one)))
    assert len(asked) == len(set(asked)) == 121


def test_another_zone_locale_and_hash_seed_change_no_byte() -> None:
    elsewhere = {"TZ": "Asia/Kathmandu", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "77", "PATH": os.environ["PATH"]}
    command = [sys.executable, "-m", "tests.feeds.fingerprint"]
    there = subprocess.run(command, cwd=ROOT, env=elsewhere, check=True, capture_output=True, text=True)
    assert there.stdout.strip() == fingerprint()


def test_the_first_addresses_readers_try_are_the_same_feeds() -> None:
    files = feeds(many(3))
    assert files["history.rss"] == files["feeds/incidents.rss"]
    assert files["history.atom"] == files["feeds/incidents.atom"]
    assert files["feed.rss"] == files["feeds/updates.rss"]
    assert files["feed.atom"] == files["feeds/updates.atom"]


@pytest.mark.parametrize("role", ["customer", "observer"])
def test_a_feed_about_somebody_else_says_who_records_it(role: str) -> None:
    somebody = made.settings(
        publisher={"name": "Watchers", "role": role, "contact": "mailto:w@example.org"},
        providers=[{"id": "example-ai", "name": "Example AI"}],
    )
    head = feedparser.parse(feeds(many(1), somebody)["feeds/incidents.atom"]).feed
    assert head.title == "Example AI: incidents"
    assert "Recorded by Watchers" in head.subtitle
    assert head.author == "Watchers"
