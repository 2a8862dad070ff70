"""The catalogue of known providers, the table of kinds, and telling kinds apart."""

from typing import get_args
from urllib.parse import urlsplit

import pytest

from postmortem.model.vocabulary import SourceKind
from postmortem.schema.check import check
from postmortem.sources import auto, catalogue
from postmortem.sources.table import SOURCES
from tests.sources.payload import payload

KNOWN = catalogue.every()


def test_the_table_has_every_kind_that_settings_may_name_under_its_own_word() -> None:
    assert set(SOURCES) == set(get_args(SourceKind))
    assert {kind: adapter.KIND for kind, adapter in SOURCES.items()} == {kind: kind for kind in SOURCES}


def test_thirty_providers_are_known_and_each_says_what_it_rests_on() -> None:
    assert len(KNOWN) >= 30
    assert len({each.id for each in KNOWN}) == len(KNOWN)
    for each in KNOWN:
        assert each.kind in SOURCES
        assert each.basis
        assert urlsplit(each.url).scheme == "https"
        assert all(wanted.url.startswith("https://") for wanted in SOURCES[each.kind].documents(each.url))


def test_no_name_leads_to_two_providers() -> None:
    names = [name.casefold() for each in KNOWN for name in {each.id, each.name.casefold(), *each.aliases}]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("claude", "claude"),
        ("Anthropic", "claude"),
        ("https://status.anthropic.com/incidents/x", "claude"),
        ("WWW.githubstatus.com", "github"),
        ("github-copilot", "github-copilot"),
        ("status.cloud.google.com", "google-cloud"),
        ("https://health.aws.amazon.com/", "aws"),
        ("huggingface", "hugging-face"),
        ("nobody", None),
        ("", None),
        ("http://[", None),
    ],
)
def test_a_provider_is_found_by_id_name_alias_or_host(said: str, found: str | None) -> None:
    known = catalogue.find(said)
    assert (known.id if known else None) == found


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("googlecloud/incidents.json", "googlecloud"),
        ("googlecloud/feed.atom", "googlecloud"),
        ("slack/current.json", "slack"),
        ("slack/history.json", "slack"),
        ("aws/data.json", "aws"),
        ("aws/currentevents.json", "aws"),
        ("aws/all.rss", "aws"),
        ("betterstack/index.json", "betterstack"),
        ("betterstack/feed.rss", "betterstack"),
        ("statuspage-feed/history.atom", "statuspage-feed"),
        ("statuspage-feed/history.rss", "statuspage-feed"),
        ("statuspage-feed/instatus.atom", "statuspage-feed"),
        ("feed/atom.xml", "feed"),
        ("feed/rss1.rdf", "feed"),
        ("feed/empty.rss", "feed"),
    ],
)
def test_the_most_particular_kind_is_recognised(name: str, kind: str) -> None:
    assert auto.recognise(payload(name)) == kind


@pytest.mark.parametrize("content", [b"", b"<html></html>", b"{}", b"[]", b"null", b"\xff\xfe", b'{"incidents": 1}'])
def test_what_nobody_knows_is_no_kind(content: bytes) -> None:
    assert auto.recognise(content) is None


def test_a_known_page_is_asked_at_its_own_addresses_first() -> None:
    assert auto.probes("https://slack-status.com/")[0] == ("slack", "https://slack-status.com/api/v2.0.0/current")
    assert auto.probes("status.perplexity.com")[0] == ("statuspage-feed", "https://status.perplexity.com/history.atom")


def test_a_document_is_asked_for_before_its_neighbours_and_nothing_twice() -> None:
    found = auto.probes("https://status.unknown.example/history.rss")
    assert found[0] == ("statuspage-feed", "https://status.unknown.example/history.rss")
    assert len({address for _, address in found}) == len(found)
    assert auto.probes("https://status.unknown.example/")[0][0] == "statuspage"


def test_settings_may_leave_kind_and_address_out_but_not_invent_a_kind() -> None:
    settings = {
        "schema_version": "1.0",
        "publisher": {"name": "N", "role": "provider", "contact": "mailto:a@example.com"},
        "site": {"url": "https://a.example/"},
        "feeds": {"authority": "a.example,2026"},
        "sources": [{"id": "claude"}],
    }
    assert check(settings, "settings") == ()
    settings["sources"] = [{"id": "claude", "kind": "statuspages"}]
    assert len(check(settings, "settings")) == 1
