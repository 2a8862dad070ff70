"""What a reader finds in RSS and Atom beyond the entries, and what our words become on the way into XML."""

from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import NamedTuple

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from postmortem.feeds import pieces, rss_atom
from postmortem.feeds.categories import Category
from postmortem.feeds.entries import About, Archive, Feed, FeedItem, Said, Standing
from postmortem.feeds.rss_atom import HISTORY, NAMESPACE
from postmortem.model.vocabulary import ImpactClass, ImpactState
from tests.feeds import parsed

NAMES = {
    "a": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "pm": NAMESPACE,
    "fh": HISTORY,
}


STATES: dict[ImpactClass, ImpactState] = {
    "model_degradation": "unknown",
    "application_failure": "not_affected",
    "authentication": "affected",
    "data_access": "unknown",
}
RECORD = Standing(
    kind="incident",
    severity="major",
    status="resolved",
    withdrawn=False,
    impact=STATES,
    providers=(),
    services=("web-app", "api"),
    models=(),
)


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
            said=Said("monitoring", components={"web-app": "operational", "api": "partial_outage"}),
            record=RECORD,
        ),
    )


class Whole(NamedTuple):
    """A feed and its entries."""

    head: Feed
    items: tuple[FeedItem, ...]


def feed(*items: FeedItem, title: str = "A feed", archive: Archive | None = None, **links: str) -> Whole:
    head = Feed(
        id="tag:example.com,2026:feed/updates",
        title=title,
        description="All of it.",
        home="https://example.com/",
        address="https://example.com/feeds/updates",
        path="feeds/updates",
        author="Example AI",
        updated=datetime(2026, 1, 1, tzinfo=UTC),
        about="https://example.com/guide/api/",
        links=tuple((rel.replace("_", "-"), to) for rel, to in links.items()),
        archive=archive,
    )
    return Whole(head, items)


def write(whole: Whole, ending: str) -> bytes:
    return pieces.written(whole.head, [pieces.piece(each) for each in whole.items])[ending]


def atom(whole: Whole) -> bytes:
    return write(whole, "atom")


def rss(whole: Whole) -> bytes:
    return write(whole, "rss")


def json_feed(whole: Whole) -> bytes:
    return write(whole, "json")


def text(body: bytes, path: str) -> str:
    return str(etree.fromstring(body).xpath(f"string({path})", namespaces=NAMES))


def test_the_head_of_atom() -> None:
    body = atom(feed(item()))
    assert body.startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n<feed ")
    assert text(body, "/a:feed/a:id") == "tag:example.com,2026:feed/updates"
    assert text(body, "/a:feed/a:link[@rel='self']/@href") == "https://example.com/feeds/updates.atom"
    assert text(body, "/a:feed/a:link[@rel='alternate']/@href") == "https://example.com/"
    assert text(body, "/a:feed/a:author/a:name") == "Example AI"
    assert text(body, "/a:feed/a:updated") == "2026-06-23T14:21:00+00:00"
    assert (text(body, "//a:generator"), text(body, "//a:generator/@version")) == ("postmortem", "")


def test_the_head_of_rss_links_to_the_site_and_not_to_itself() -> None:
    body = rss(feed(item()))
    assert text(body, "/rss/channel/link") == "https://example.com/"
    assert text(body, "/rss/channel/a:link[@rel='self']/@href") == "https://example.com/feeds/updates.rss"
    assert text(body, "/rss/channel/lastBuildDate") == "Tue, 23 Jun 2026 14:21:00 +0000"
    assert text(body, "/rss/channel/generator") == "postmortem"


def test_an_entry_carries_its_facts_for_filters() -> None:
    in_atom, in_rss = atom(feed(item())), rss(feed(item()))
    assert text(in_atom, "//a:category/@term") == text(in_rss, "//item/category") == "major"
    assert text(in_atom, "//a:category/@scheme") == text(in_rss, "//item/category/@domain")
    assert text(in_atom, "//a:category/@label") == "Major & bad"


def test_atom_carries_what_was_said_and_how_the_record_stands_and_rss_neither() -> None:
    body = atom(feed(item()))
    assert text(body, "//pm:entry/@incident") == "x"
    assert text(body, "//pm:entry/@announcement") == "update"
    assert text(body, "//pm:entry/@status") == "monitoring"
    assert text(body, "//pm:entry/@reopens") == "false"
    assert text(body, "//pm:entry/@components") == "web-app=operational api=partial_outage"
    assert text(body, "//pm:record/@status") == "resolved"
    assert text(body, "//pm:record/@authentication") == "affected"
    assert text(body, "//pm:record/@services") == "web-app api"
    assert text(body, "//pm:record/@models") == ""
    assert b"ns/feed" not in rss(feed(item()))


def test_an_archive_is_marked_and_linked_in_both_and_says_nothing_of_the_record_now() -> None:
    archived = item()
    archived = msgspec.structs.replace(archived, about=msgspec.structs.replace(archived.about, record=None))
    links = {"current": "https://example.com/u", "prev_archive": "https://example.com/1"}
    whole = feed(archived, archive=Archive(2, full=True), **links)
    for body, above, ending in ((atom(whole), "/a:feed", "atom"), (rss(whole), "/rss/channel", "rss")):
        assert text(body, f"count({above}/fh:archive)") == "1"
        assert text(body, f"{above}/a:link[@rel='current']/@href") == f"https://example.com/u.{ending}"
        assert text(body, f"{above}/a:link[@rel='prev-archive']/@href") == f"https://example.com/1.{ending}"
        assert text(body, "count(//pm:record)") == "0"
        assert text(body, "count(//fh:archive)") == "1"
    assert text(rss(whole), "/rss/channel/link") == "https://example.com/"
    assert text(atom(feed(item())), "count(//fh:archive)") == "0"


def test_plain_text_stays_text_in_a_reader_that_takes_it_for_html() -> None:
    hostile = "<script>alert(1)</script> & more"
    in_atom, in_rss = (each(feed(item(summary=hostile))) for each in (atom, rss))
    assert text(in_rss, "//item/description") == "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more"
    assert text(in_atom, "//a:summary") == hostile
    assert text(in_atom, "//a:summary/@type") == ""


def test_the_body_is_whole_in_both() -> None:
    html = '<p>One &amp; <a href="https://example.com/?a=1&amp;b=2">two</a> ]]&gt;</p>'
    assert text(rss(feed(item(html=html))), "//item/content:encoded") == html
    assert text(atom(feed(item(html=html))), "//a:content[@type='html']") == html


@pytest.mark.parametrize("nothing", ["", " ", "\x00", "\ud800\uffff"])
def test_a_text_of_nothing_is_replaced_where_formats_demand_one(nothing: str) -> None:
    empty = feed(item(nothing, nothing, nothing), title=nothing)
    _, (entry,) = parsed.atom(atom(empty))
    assert (entry.title, entry.html) == ("x", "<p></p>")
    assert parsed.rss(rss(empty)) == parsed.json_feed(json_feed(empty)) == parsed.atom(atom(empty))


@given(st.text(st.characters()))
def test_every_character_that_xml_allows_arrives_and_no_other(written: str) -> None:
    allowed = "".join(
        each
        for each in written
        if each in "\t\n\r" or " " <= each <= "\ud7ff" or "\ue000" <= each <= "\ufffd" or each >= "\U00010000"
    )
    for one, read in ((atom, parsed.atom), (rss, parsed.rss), (json_feed, parsed.json_feed)):
        _, (entry,) = read(one(feed(item(html=f"<{written}>"))))
        assert entry.html == f"<{allowed}>"


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2999, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001 - hypothesis wants naive bounds
def test_one_instant_is_the_same_in_every_format(instant: datetime) -> None:
    whole = instant.replace(microsecond=0)
    one = feed(item(when=whole))
    for updated, (entry,) in (
        parsed.atom(atom(one)),
        parsed.rss(rss(one)),
        parsed.json_feed(json_feed(one)),
    ):
        assert updated == entry.published == whole
    assert parsedate_to_datetime(text(rss(one), "//pubDate")).utcoffset() == UTC.utcoffset(None)


@given(st.datetimes(timezones=st.just(UTC)))
def test_times_are_written_as_the_library_writes_them(instant: datetime) -> None:
    assert rss_atom._rfc822(instant) == format_datetime(instant)
