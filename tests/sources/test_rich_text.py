"""Trees of rich text, also such as no editor makes."""

from typing import Any

import pytest

from postmortem.sources import rich_text


def said(words: str, **more: object) -> dict[str, Any]:
    return {"type": "text", "text": words, **more}


def node(kind: str, *content: object) -> dict[str, Any]:
    return {"type": kind, "content": list(content)}


def test_paragraphs_lists_and_breaks_keep_their_lines() -> None:
    items = [node("listItem", node("paragraph", said(each))) for each in ("steam", "noise")]
    tree = node("doc", node("paragraph", said("One"), node("hardBreak"), said("two")), node("bulletList", *items))
    assert rich_text.plain(node("doc", tree, node("paragraph", said("end")))) == "One\ntwo\n\n- steam\n- noise\n\nend"


def test_links_stand_behind_their_text_and_only_where_they_may_lead() -> None:
    def link(href: object) -> dict[str, Any]:
        return said("notes", marks=[{"type": "link", "attrs": {"href": href}}, {"type": "bold"}])

    assert rich_text.plain(node("doc", link("https://x.example/n"))) == "notes (https://x.example/n)"
    assert rich_text.plain(node("doc", link("javascript:alert(1)"), link(7))) == "notesnotes"


@pytest.mark.parametrize(
    "tree", [None, 7, "text", [], {}, {"type": ["doc"]}, {"content": {"type": "text"}}, {"type": "text", "text": 7}]
)
def test_what_is_no_tree_says_nothing(tree: object) -> None:
    assert rich_text.plain(tree) == ""


def test_a_tree_of_any_depth_is_read() -> None:
    tree: dict[str, Any] = said("deep \ud800\x00")
    for _ in range(100_000):
        tree = node("blockquote", tree)
    assert rich_text.plain(tree) == "deep \ufffd"
