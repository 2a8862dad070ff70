"""Where readers find the feeds of a page: in its head, relative to it."""

import io
import re
from pathlib import Path

import pytest
from mkdocs.config.base import load_config
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page as MkDocsPage

from postmortem.site import head

PAGE = "<html><head><title>x</title></head><body></body></html>"


def found(path: str) -> list[str]:
    links = re.findall(r'<link rel="alternate" type="([^"]+)" title="[^"]+" href="([^"]+)">', head.add(PAGE, path))
    assert {media for media, _ in links} == {"application/atom+xml", "application/rss+xml", "application/feed+json"}
    return [address for _, address in links]


def test_every_page_names_the_feeds_of_the_site() -> None:
    assert found("") == [
        f"feeds/{name}.{ending}"
        for name in ("updates", "incidents", "postmortems")
        for ending in ("atom", "rss", "json")
    ]
    assert found("incidents/2026-06-23-chat/")[0] == "../../feeds/updates.atom"


@pytest.mark.parametrize(
    ("path", "facet"),
    [
        ("services/web-app/", "service/web-app"),
        ("models/opus-4.8/", "model/opus-4.8"),
        ("impact/data_access/", "impact/data_access"),
        ("providers/example-ai/", "provider/example-ai"),
    ],
)
def test_the_page_of_a_facet_names_its_own_feeds_first(path: str, facet: str) -> None:
    own = [
        f"../../feeds/{facet}/{name}.{ending}"
        for name in ("updates", "incidents")
        for ending in ("atom", "rss", "json")
    ]
    assert found(path)[:6] == own
    assert len(found(path)) == 15


def test_the_page_of_all_feeds_names_those_of_severities_which_no_page_is_about() -> None:
    found_there = found("subscribe/")
    assert len(found_there) == 18
    assert found_there[:3] == [f"../feeds/severity/critical/updates.{ending}" for ending in ("atom", "rss", "json")]


@pytest.mark.parametrize("path", ["services/", "history/2026/", "causes/routing/", "incidents/impact/", "impact/a/b/"])
def test_no_other_page_has_more(path: str) -> None:
    assert len(found(path)) == 9


def test_a_page_without_a_head_is_left_alone() -> None:
    assert head.add("<p>x</p>", "") == "<p>x</p>"


CARD = head.Card(
    title="A &lt;b&gt; &amp; c", description="What &#34;it&#34; was", url="https://s.example/incidents/a/", site="S"
)


def meta(html: str) -> dict[str, str]:
    return dict(re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">', html))


def test_a_page_says_what_is_shown_where_it_is_shared() -> None:
    html = head.add(PAGE, "incidents/a/", CARD)
    assert meta(html) == {
        "og:type": "article",
        "og:site_name": "S",
        "og:title": "A &lt;b&gt; &amp; c",
        "og:description": "What &#34;it&#34; was",
        "og:url": "https://s.example/incidents/a/",
        "twitter:card": "summary",
    }
    assert html.count('<link rel="canonical" href="https://s.example/incidents/a/">') == 1
    assert meta(head.add(PAGE, "history/", CARD))["og:type"] == "website"


def test_a_card_of_somebody_else_and_a_canonical_address_stay_alone() -> None:
    theirs = PAGE.replace("<title>", '<link rel="canonical" href="/x"><meta property="og:title" content="y"><title>')
    assert meta(head.add(theirs, "", CARD)) == {"og:title": "y"}
    assert head.add(theirs, "", CARD).count("canonical") == 1


def test_what_is_not_known_is_not_said() -> None:
    bare = head.Card(title="T", description="", url="", site="S")
    assert set(meta(head.add(PAGE, "", bare))) == {"og:type", "og:site_name", "og:title", "twitter:card"}


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("A &lt;b&gt; &amp; &#34;c&#34;", "A &lt;b&gt; &amp; &#34;c&#34;"),  # ours: HTML already
        ("Fish & chips <3", "Fish &amp; chips &lt;3"),  # a hand-written page: plain text
        ("<em>Guide</em>", "Guide"),
    ],
)
def test_words_are_escaped_once_however_the_page_has_them(said: str, title: str, tmp_path: Path) -> None:
    config = load_config(config_file=io.StringIO("site_name: S & Co\nsite_url: https://s.example/\n"))
    page = MkDocsPage(None, File("a.md", str(tmp_path), str(tmp_path), use_directory_urls=True), config)
    page.meta = {"title": said, "description": "D"}
    card = head.card(page, config)
    assert (card.title, card.site, card.url) == (title, "S &amp; Co", "https://s.example/a/")
