"""What is stamped is what feedgen would have written: the whole feed, byte for byte, whatever stands in it."""

from datetime import UTC, datetime
from typing import Any

from feedgen.feed import FeedGenerator
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from postmortem.feeds.characters import allowed, line
from postmortem.feeds.mould import Mould, attribute, text, token
from postmortem.feeds.rss_atom import NAMESPACE
from tests.feeds.test_rss_atom import atom, feed, item, rss

CHARACTERS = st.text(st.characters())


def generated(title: str, html: str, summary: str, when: datetime) -> FeedGenerator:
    """The feed of `test_rss_atom` by feedgen alone, as its manual says."""
    generator = FeedGenerator()
    generator.id("tag:example.com,2026:feed/updates")
    generator.title("A feed")
    generator.description("All of it.")
    generator.author({"name": "Example AI"})
    generator.generator("postmortem")
    generator.updated(when)
    entry = generator.add_entry()
    entry.id("tag:example.com,2026:incident/x/u1")
    entry.title(line(title, "x"))
    entry.link(href="https://example.com/incidents/x/#u1", rel="alternate")
    entry.published(when)
    entry.updated(when)
    entry.content(line(html, "<p></p>"), type="html")
    entry.summary(line(summary, line(title, "x")))
    entry.category({"term": "major", "scheme": "tag:example.com,2026:category/severity", "label": "Major & bad"})
    return generator


def link(generator: FeedGenerator, ending: str, media: str) -> None:
    generator.link(href=f"https://example.com/feeds/updates.{ending}", rel="self", type=media)
    generator.link(href="https://example.com/", rel="alternate", type="text/html")


def plain(body: bytes) -> bytes:
    """Without what is ours: our elements and the name of their namespace."""
    root: Any = etree.fromstring(body)
    for ours in root.xpath("//pm:*", namespaces={"pm": NAMESPACE}):
        ours.getparent().remove(ours)
    etree.cleanup_namespaces(root, keep_ns_prefixes=["atom", "content"])
    written: bytes = etree.tostring(root)
    return written


@given(CHARACTERS, CHARACTERS, CHARACTERS, st.datetimes(datetime(1900, 1, 1), datetime(2999, 1, 1)))  # noqa: DTZ001
def test_atom_is_as_feedgen_writes_it(title: str, html: str, summary: str, when: datetime) -> None:
    when = when.replace(microsecond=0, tzinfo=UTC)
    theirs = generated(title, html, summary, when)
    link(theirs, "atom", "application/atom+xml")
    ours = atom(feed(item(title, html, summary, when)))
    assert plain(ours) == plain(theirs.atom_str())
    assert ours.startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n<feed xmlns")


@given(CHARACTERS, CHARACTERS)
def test_the_body_of_an_item_of_rss_is_as_feedgen_writes_it(title: str, html: str) -> None:
    when = datetime(2026, 6, 23, 14, 21, tzinfo=UTC)
    theirs = generated(title, html, "Body", when)
    link(theirs, "rss", "application/rss+xml")
    theirs.entry()[0].description("Body", isSummary=True)
    theirs.entry()[0].category({"term": "major", "scheme": "tag:example.com,2026:category/severity"}, replace=True)
    assert plain(rss(feed(item(title, html, "Body", when)))) == plain(theirs.rss_str())


@given(CHARACTERS)
def test_values_are_escaped_as_lxml_escapes_them(value: str) -> None:
    value = allowed(value)
    element: Any = etree.Element("a", b=value)
    element.text = f"{value}."
    written = etree.tostring(element, encoding="UTF-8", xml_declaration=False)
    mould = Mould.of(f'<a b="{token("one")}">{token("two")}</a>', {})
    assert mould.stamp({"one": attribute(value), "two": text(f"{value}.")}) == written


def test_a_percent_sign_around_tokens_stays_one() -> None:
    assert Mould.of(f"100 % {token('x')} 50%s", {}).stamp({"x": "%s"}) == b"100 % %s 50%s"


def test_specimens_leave_no_token_behind() -> None:
    assert b"zq" not in atom(feed(item())) + rss(feed(item()))
