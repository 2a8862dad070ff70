"""What a reader finds in RSS and Atom beyond the entries, and what our words become on the way into XML."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from postmortem.feeds import json_feed, rss_atom
from postmortem.feeds.entries import About, Category, Feed, FeedItem
from tests.feeds import parsed

NAMES = {"a": "http://www.w3.org/2005/Atom", "content": "http://purl.org/rss/1.0/modules/content/"}


def item(
    title: str = "Title", html: str = "<p>Body</p>", summary: str = "Body", when: datetime | None = None
) -> FeedItem:
    at = when or datetime(2026, 6, 23, 14, 21, tzinfo=UTC)
    return FeedItem(
        id="tag:example.com,2026:incident/x/u1",
        title=title,
        url="https://example.com/incidents/x/#u1",
        published=at,
        updated=at,
        html=html,
        summary=summary,
        categories=(Category("tag:example.com,2026:category/severity", "major", "Major & bad"),),
        about=About(
            incident="x",
            entry="u1",
            announcement="update",
            kind="incident",
            severity="major",
            status="resolved",
            withdrawn=False,
            impact={"authentication": "affected"},
            providers=(),
            services=("web-app",),
            models=(),
        ),
    )


def feed(*items: FeedItem, title: str = "A feed") -> Feed:
    return Feed(
        id="tag:example.com,2026:feed/updates",
        title=title,
        description="All of it.",
        home="https://example.com/",
        address="https://example.com/feeds/updates",
        path="feeds/updates",
        author="Example AI",
        updated=max((each.updated for each in items), default=datetime(2026, 1, 1, tzinfo=UTC)),
        items=items,
    )


def text(body: bytes, path: str) -> str:
    return str(etree.fromstring(body).xpath(f"string({path})", namespaces=NAMES))


def test_the_head_of_atom() -> None:
    body = rss_atom.atom(feed(item()))
    assert body.startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n<feed ")
    assert text(body, "/a:feed/a:id") == "tag:example.com,2026:feed/updates"
    assert text(body, "/a:feed/a:link[@rel='self']/@href") == "https://example.com/feeds/updates.atom"
    assert text(body, "/a:feed/a:link[@rel='alternate']/@href") == "https://example.com/"
    assert text(body, "/a:feed/a:author/a:name") == "Example AI"
    assert text(body, "/a:feed/a:updated") == "2026-06-23T14:21:00+00:00"
    assert (text(body, "//a:generator"), text(body, "//a:generator/@version")) == ("postmortem", "")


def test_the_head_of_rss_links_to_the_site_and_not_to_itself() -> None:
    body = rss_atom.rss(feed(item()))
    assert text(body, "/rss/channel/link") == "https://example.com/"
    assert text(body, "/rss/channel/a:link[@rel='self']/@href") == "https://example.com/feeds/updates.rss"
    assert text(body, "/rss/channel/lastBuildDate") == "Tue, 23 Jun 2026 14:21:00 +0000"
    assert text(body, "/rss/channel/generator") == "postmortem"


def test_an_entry_carries_its_facts_for_filters() -> None:
    atom, rss = rss_atom.atom(feed(item())), rss_atom.rss(feed(item()))
    assert text(atom, "//a:category/@term") == text(rss, "//item/category") == "major"
    assert text(atom, "//a:category/@scheme") == text(rss, "//item/category/@domain")
    assert text(atom, "//a:category/@label") == "Major & bad"


def test_plain_text_stays_text_in_a_reader_that_takes_it_for_html() -> None:
    hostile = "<script>alert(1)</script> & more"
    atom, rss = (write(feed(item(summary=hostile))) for write in (rss_atom.atom, rss_atom.rss))
    assert text(rss, "//item/description") == "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more"
    assert text(atom, "//a:summary") == hostile
    assert text(atom, "//a:summary/@type") == ""


def test_the_body_is_whole_in_both() -> None:
    html = '<p>One &amp; <a href="https://example.com/?a=1&amp;b=2">two</a> ]]&gt;</p>'
    assert text(rss_atom.rss(feed(item(html=html))), "//item/content:encoded") == html
    assert text(rss_atom.atom(feed(item(html=html))), "//a:content[@type='html']") == html


@pytest.mark.parametrize("nothing", ["", " ", "\x00", "\ud800\uffff"])
def test_a_text_of_nothing_is_replaced_where_formats_demand_one(nothing: str) -> None:
    empty = feed(item(nothing, nothing, nothing), title=nothing)
    _, (entry,) = parsed.atom(rss_atom.atom(empty))
    assert (entry.title, entry.html) == ("x", "<p></p>")
    assert (
        parsed.rss(rss_atom.rss(empty)) == parsed.json_feed(json_feed.write(empty)) == parsed.atom(rss_atom.atom(empty))
    )


@given(st.text(st.characters()))
def test_every_character_that_xml_allows_arrives_and_no_other(written: str) -> None:
    allowed = "".join(
        each
        for each in written
        if each in "\t\n\r" or " " <= each <= "\ud7ff" or "\ue000" <= each <= "\ufffd" or each >= "\U00010000"
    )
    for write, read in ((rss_atom.atom, parsed.atom), (rss_atom.rss, parsed.rss), (json_feed.write, parsed.json_feed)):
        _, (entry,) = read(write(feed(item(html=f"<{written}>"))))
        assert entry.html == f"<{allowed}>"


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2999, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001 - hypothesis wants naive bounds
def test_one_instant_is_the_same_in_every_format(instant: datetime) -> None:
    whole = instant.replace(microsecond=0)
    one = feed(item(when=whole))
    for updated, (entry,) in (
        parsed.atom(rss_atom.atom(one)),
        parsed.rss(rss_atom.rss(one)),
        parsed.json_feed(json_feed.write(one)),
    ):
        assert updated == entry.published == whole
    assert parsedate_to_datetime(text(rss_atom.rss(one), "//pubDate")).utcoffset() == UTC.utcoffset(None)
