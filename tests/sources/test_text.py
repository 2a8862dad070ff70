"""Markup of every kind, hostile and honest, as plain text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.sources import text
from tests.effort import effort


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("All well.\n\nReally.", "All well.\n\nReally."),
        ("<p>One</p>\n<p>Two<br />three</p>", "One\n\nTwo\nthree"),
        ("<ul><li>a</li><li>b</li></ul>after", "- a\n- b\n\nafter"),
        ("Aug <var data-var='date'>21</var>, <var>00:37</var> UTC", "Aug 21, 00:37 UTC"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
        ("a <b>c</b>\nd", "a c\nd"),
        ("<pre>a\n  b</pre>", "a\nb"),
        ("a<!-- hidden -->b", "ab"),
        ("", ""),
        ("<br>", ""),
    ],
)
def test_tags_are_reduced_to_text(markup: str, said: str) -> None:
    assert text.plain(markup) == said


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        (
            'See <a href="https://x.example/?a=1&amp;region=eu">here</a>.',
            "See here (https://x.example/?a=1&region=eu).",
        ),
        ('<a href="https://x.example?a=1&copy=2">c</a>', "c (https://x.example?a=1&copy=2)"),
        ('<a href="https://x.example">https://x.example/</a>', "https://x.example/"),
        ('<a href="https://x.example"><img src="y"></a>', "https://x.example"),
        ('<a href="mailto:a@x.example">a@x.example</a>', "a@x.example"),
        ('<a href="javascript:alert(1)">x</a>', "x"),
        ('<a href=" java&#10;script:alert(1)">x</a>', "x"),
        ('<a href="data:text/html,y">x</a>', "x"),
        ('<a href="/relative">x</a>', "x"),
        ('<a href="https://a.example">x<a href="https://b.example">y', "x (https://a.example)y (https://b.example)"),
    ],
)
def test_links_stand_behind_their_text_and_only_where_they_may_lead(markup: str, said: str) -> None:
    assert text.plain(markup) == said


@pytest.mark.parametrize(
    "markup",
    [
        "<script>alert(1)</script>ok",
        "<style>p {}</style>ok",
        "<svg><text>x</text></svg>ok",
        "<iframe>x</iframe>ok",
        "<SCRIPT src='x'></SCRIPT>ok<script>alert(1)</script>",
        "ok<img src=x onerror=alert(1)>",
    ],
)
def test_what_is_no_prose_is_dropped(markup: str) -> None:
    assert text.plain(markup) == "ok"


@pytest.mark.parametrize(
    "said",
    [
        "calls to <model> fail",
        "p99 < 5 s & errors > 3 %",
        "https://x.example/?a=1&copy=2",
        "<https://x.example>",
        "see *this* and [that](https://x.example)",
        "an <a that never ends",
        "if a <b then",
    ],
)
def test_what_only_looks_like_a_tag_or_an_entity_stays(said: str) -> None:
    assert text.plain(said) == said


def test_entities_are_decoded_once() -> None:
    assert text.plain("a &lt;b&gt; &amp;amp; c&nbsp;d &#8211;") == "a <b> &amp; c d \u2013"
    assert text.plain("<b>a &lt;script&gt;</b>") == "a <script>"


def test_names_stand_on_one_line() -> None:
    assert text.line(" Lamp\n &amp;\u2028Works\x00 ") == "Lamp & Works"


@pytest.mark.parametrize("piece", ["<b>", "<div>", "<ul><li>", "<!--"])
def test_text_behind_any_depth_of_tags_is_kept(piece: str) -> None:
    assert text.plain(piece * 20_000 + "--> end<br>").endswith("end")


FORBIDDEN = {*map(chr, [*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0), *range(0xFDD0, 0xFDF0)])}
FORBIDDEN |= {"\u2028", "\u2029", "\ufeff", "\ufffe", "\uffff"}
PIECES = [
    "<b>",
    "</b>",
    "<a href='https://x'>",
    "<pre>",
    "<p>",
    "&#xD800;",
    "&#1;",
    "&#xfdd0;",
    "\ud800",
    "\0",
    "\r",
    "<",
]


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5), st.characters(categories=["Cs", "Cc"]))))
def test_nothing_that_an_output_may_not_hold_gets_through(pieces: list[str]) -> None:
    said = text.plain("".join(pieces))
    said.encode()
    assert not FORBIDDEN & set(said)
    assert not FORBIDDEN & set(text.line("".join(pieces)))


HOSTILE = [
    "<!--",
    "<a ",
    '<a href="',
    "</",
    "<![CDATA[",
    "<?",
    "&",
    "<",
    "<div>",
    "<b>x",
    "<a>",
    "<pre>\n",
    " \t",
    "> < ",
]


@pytest.mark.soak
def test_hostile_markup_takes_time_in_proportion_to_its_length() -> None:
    """Eight times the text in at most sixteen times the time, and 50 ms for whatever else the machine did."""
    slow = [piece for piece in HOSTILE if taken(piece * 80_000) > 16 * taken(piece * 10_000) + 0.05]
    assert slow == []


def taken(markup: str) -> float:
    return effort(lambda: text.plain(f"{markup}<br>"))
