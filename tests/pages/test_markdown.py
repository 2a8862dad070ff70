"""Markdown of records: nothing active gets out, nothing readable gets lost, hostile input ends in good time."""

import html
import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from postmortem.pages import markdown

ALLOWED = {"a", "blockquote", "br", "code", "em", "hr", "li", "ol", "p", "pre", "strong", "ul"}
PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *(
                    "<script>alert(1)</script>",
                    "<img src=x onerror=alert(1)>",
                    "<b>",
                    "</p>",
                    "<!--",
                    "<![CDATA[",
                    "<?",
                ),
                *("[a](javascript:alert(1))", "[a](http://x)", "![a](data:text/html,x)", "[![a](http://x)](http://y)"),
                *(
                    "**",
                    "_",
                    "`",
                    "```\n",
                    "# ",
                    "> ",
                    "- ",
                    "1. ",
                    "---\n",
                    "\n\n",
                    "&lt;",
                    "&#x6a;",
                    "{{ 7*7 }}",
                    "{% if %}",
                ),
                *(
                    "--8<--",
                    "{: onclick=alert(1)}",
                    "<https://e.com>",
                    "\\",
                    "\x00",
                    "\ud800",
                    "\ufdd0",
                    "\u2028",
                    "\u00a0",
                ),
            ]
        ),
        st.text(max_size=8),
    ),
    max_size=12,
).map("".join)


def _check(tree: Element) -> None:
    body = tree.find("body")
    assert body is not None
    for node in body.iter():
        if node is body:
            continue
        assert node.tag in ALLOWED
        assert set(node.attrib) <= {"href", "rel", "start"}
        if "href" in node.attrib:
            assert node.attrib["href"].startswith(("http://", "https://", "mailto:"))
            assert node.attrib["rel"] == "nofollow noopener"


@given(PIECES)
@example("<svg/onload=alert(1)>")
@example("[a](<javascript:alert(1)>)")
@example("[a](JaVaScRiPt&#58;alert(1))")
def test_whatever_is_written_only_passive_markup_comes_out(parsed: Callable[[str], Element], text: str) -> None:
    for rendered in (markdown.prose(text), markdown.inline(text)):
        _check(parsed(str(rendered)))


@given(PIECES)
def test_every_letter_is_still_there(text: str) -> None:
    words = re.findall(r"[a-zA-Z]{3,}", re.sub(r"\[[^\]]*\]|\([^)]*\)|<[^>]*>|&[^;]*;|```[^\n]*|`", " ", text))
    shown = html.unescape(re.sub(r"<[^>]*>", " ", str(markdown.prose(text)))) + str(markdown.prose(text))
    assert [word for word in words if word not in shown] == []


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
@example("Plain words, 8 % (or so): fine.")
@example("a - b")
@example("two  spaces")
@example("1. not a list")
def test_the_fast_path_gives_what_the_parser_would_give(text: str) -> None:
    stripped = text.strip()
    if markdown._is_plain(stripped):
        assert markdown.prose(text) == markdown._rendered(stripped)
        assert markdown.inline(stripped) == markdown.prose(re.sub(" +", " ", stripped))[len("<p>") : -len("</p>\n")]


_LINES = st.lists(st.text(alphabet="aZé1.-=+:#|~ \t\"'(%", max_size=9), max_size=5).map("\n".join)


@given(_LINES)
@example("One line\nand another.\n\nA second paragraph,\nof two.")
@example("A heading\n===")
@example("A list\n- of one")
@example("Two spaces  \nbreak a line")
@example("Much room\n\n\nbetween paragraphs")
@example("Not\n    code")
def test_the_fast_path_for_many_lines_gives_what_the_parser_would_give(text: str) -> None:
    stripped = text.strip()
    if markdown._is_plain(stripped, markdown._PLAIN_LINES):
        assert markdown.prose(text) == markdown._rendered(stripped)


def test_most_sentences_take_the_fast_path() -> None:
    assert markdown._is_plain("Retry with exponential back-off; tool calls were not executed twice (8 % failed).")
    assert not markdown._is_plain("Retry **now**.")
    assert markdown._is_plain("One line\nand another.\n\nA second paragraph.", markdown._PLAIN_LINES)
    assert not markdown._is_plain("One line\n- and a list", markdown._PLAIN_LINES)


def test_html_is_shown_as_text_and_code_keeps_its_angle_brackets() -> None:
    assert markdown.prose("<b>x</b> and `<i>`") == "<p>&lt;b&gt;x&lt;/b&gt; and <code>&lt;i&gt;</code></p>\n"


def test_markdown_works() -> None:
    text = "A *b* **c** [d](https://e.com/?a=1&b=2) <https://f.com>\n\n- one\n- two"
    assert markdown.prose(text) == (
        '<p>A <em>b</em> <strong>c</strong> <a href="https://e.com/?a=1&amp;b=2" rel="nofollow noopener">d</a> '
        '<a href="https://f.com" rel="nofollow noopener">https://f.com</a></p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n'
    )


def test_headings_become_bold_lines() -> None:
    assert markdown.prose("# Big\n\nSmall\n---") == "<p><strong>Big</strong></p>\n<p><strong>Small</strong></p>\n"


def test_pictures_become_links_and_never_links_in_links() -> None:
    assert markdown.inline("![graph](https://e.com/g.png)") == (
        '<a href="https://e.com/g.png" rel="nofollow noopener">graph</a>'
    )
    assert markdown.inline("[![graph](https://e.com/g.png)](https://e.com)").count("<a ") == 1


def test_relative_addresses_are_no_links() -> None:
    assert "href" not in markdown.prose("[a](../b) [c](/d) [e](#f) [g](//h)")


@pytest.mark.parametrize("text", ["- x", "# x", "> x", "1. x", "---", "    x", "[a]: http://b"])
def test_inline_is_one_line_whatever_it_looks_like(text: str) -> None:
    assert markdown.inline(text) == escape(text.strip())


def test_inline_keeps_emphasis_at_its_beginning() -> None:
    assert markdown.inline("_a_ **b**\n`c`") == "<em>a</em> <strong>b</strong> <code>c</code>"


def test_a_text_that_markdown_would_swallow_is_shown() -> None:
    assert markdown.prose("[note]: https://e.com") == "<p>[note]: https://e.com</p>\n"


def test_template_syntax_comes_out_as_written() -> None:
    text = "{{ 7*7 }} {% raw %} --8<-- 'x' {: onclick=y}"
    assert markdown.inline(text).striptags() == "{{ 7*7 }} {% raw %} --8<-- 'x' {: onclick=y}"


def test_characters_that_xml_forbids_are_gone() -> None:
    assert markdown.clean("a\x00b\x0bc\x7fd\x85e\u2028f\ud800g\ufffeh\U0001ffffi\ufdd0j") == "abcdefghij"
    assert markdown.clean("\t\n é 漢 👩‍🚒 \u00a0") == "\t\n é 漢 👩‍🚒 \u00a0"


def test_plain_has_neither_markup_nor_entities() -> None:
    assert markdown.plain("**a** & <b>\n[c](https://d)") == "a & <b> c"


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "*",
            "_",
            "[",
            "((a",
            "![",
            "<",
            "`",
            "[a](",
            "> ",
            "- ",
            "1. ",
            "**a ",
            "\\",
            "&",
            "<a ",
            "[a]: b\n",
            "~~~\n",
            "> - ",
        )
    ],
)
def test_a_hundred_kilobytes_of_anything_end(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    assert isinstance(markdown.prose(text), Markup)
    assert isinstance(markdown.inline(text), Markup)
