"""The pages of the rules: every code has one, the list leads to all, and examples stand there as written."""

import html
import re

import html5lib
import pytest

from postmortem.lint.guide import guides
from postmortem.model.page import Page
from postmortem.pages import rules

PAGES = {page.path: page for page in rules.pages()}
INDEX = PAGES["guide/rules/"]


def seen(text: str) -> str:
    """Marks that nobody can see are shown by their numbers."""
    return re.sub("[\u2028-\u202e]", lambda mark: f"\\u{ord(mark[0]):04x}", text)


def test_every_code_has_a_page_and_the_list_leads_there() -> None:
    linked = set(re.findall(r'href="(pm\d{3}/)"', INDEX.body))
    assert linked == {path.removeprefix("guide/rules/") for path in PAGES} - {""}
    assert linked == {f"{code.lower()}/" for code in guides()}


@pytest.mark.parametrize("page", PAGES.values(), ids=lambda page: page.path)
def test_a_page_is_sound_html_with_one_heading(page: Page) -> None:
    html5lib.HTMLParser(strict=True).parseFragment(page.body)
    assert page.body.count("<h1>") == 1
    assert "`" not in page.title + page.description
    assert [each.anchor for each in page.contents] == re.findall(r'<h2 id="([^"]+)"', page.body)


@pytest.mark.parametrize("code", guides())
def test_a_page_shows_demand_reason_and_examples(code: str) -> None:
    guide, body = guides()[code], PAGES[f"guide/rules/{code.lower()}/"].body
    shown = html.unescape(re.sub(r"<[^>]+>", "", body))
    assert re.sub(r"[`*_]", "", guide.title) in re.sub(r"[`*_]", "", shown)
    assert all(seen(each.text) in shown for each in (*guide.bad, *guide.good))
    assert f"Weight: {guide.weight}." in shown
