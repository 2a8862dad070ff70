"""Search in a real browser: an incident is found by whatever people know of it, and so are services and the guide."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

COMPLETE = "2026-06-23-chat-and-coding-agent-unavailable"


@pytest.fixture(scope="module")
def page(browser: Browser, hosts: dict[str, str]) -> Iterator[Page]:
    opened = browser.new_page()
    opened.goto(hosts["provider"])
    yield opened
    opened.close()


def found(page: Page, query: str) -> list[str]:
    """The addresses below the site's root, best first."""
    box = page.locator("[data-md-component=search-query]")
    box.fill("")
    page.locator(".md-search-result__item").first.wait_for(state="detached")
    box.press_sequentially(query)
    page.locator(".md-search-result__link").first.wait_for()
    links: list[str] = page.locator(".md-search-result__item > .md-search-result__link").evaluate_all(
        "all => all.map(each => new URL(each.href).pathname)"
    )
    return links


FIRST = """path => {
    const first = document.querySelector(".md-search-result__item > .md-search-result__link")
    return first !== null && new URL(first.href).pathname === path
}"""
AMONG = """path => [...document.querySelectorAll(".md-search-result__item > .md-search-result__link")].some(
    each => new URL(each.href).pathname.startsWith(path)
)"""
"""Each letter that is typed brings results of its own: what holds of the last ones is waited for."""


KNOWN = {
    "the words of its title": "coding agent unavailable",
    "its id": COMPLETE,
    "its day": "2026-06-23",
    "its day in words": "23 June 2026",
    "a service": "Mobile apps",
    "a model": "Haiku 4.5",
    "the word of its cause": "configuration change",
    "a word of its summary": "conversations",
}


@pytest.mark.parametrize("query", KNOWN.values(), ids=KNOWN.keys())
def test_an_incident_is_found_by(page: Page, query: str) -> None:
    found(page, query)
    page.wait_for_function(AMONG, arg=f"/incidents/{COMPLETE}/")


def test_an_id_leads_to_its_incident_before_all_others(page: Page) -> None:
    for incident in (COMPLETE, "2026-06-16-chat-errors", "2026-06-30-api-latency"):
        found(page, incident)
        page.wait_for_function(FIRST, arg=f"/incidents/{incident}/")


@pytest.mark.parametrize(
    ("query", "path"),
    [("Coding agent", "/services/"), ("Opus 4.8", "/models/"), ("metrics", "/metrics/"), ("compatible API", "/guide/")],
)
def test_a_service_a_model_a_page_of_numbers_and_the_guide_are_found(page: Page, query: str, path: str) -> None:
    found(page, query)
    page.wait_for_function(AMONG, arg=path)


def test_an_incident_is_found_once(page: Page) -> None:
    hits = found(page, "chat unavailable")
    assert hits.count(f"/incidents/{COMPLETE}/") == 1
