"""Search of a large site in a real browser: the newest incidents answer at once, the older ones soon, all of them with
the theme's own program; a browser or a network that gives only a part of it still finds.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from postmortem.site.search import PATH
from tests.browser.served import Host, served

pytestmark = pytest.mark.browser

COUNT = 6000
OLDEST, NEWEST = "incidents/2001-01-01-tarn-0/", f"incidents/2001-01-01-tarn-{COUNT - 100}/"
WORKER = "javascripts/workers/search."


@pytest.fixture(scope="module")
def index(built: dict[str, Path]) -> str:
    """The provider's index with many more incidents, the newest first: every hundredth speaks of a tarn, the
    oldest in its title.
    """
    held = json.loads((built["provider"] / PATH).read_bytes())
    held["docs"] += [
        {
            "location": f"incidents/2001-01-01-tarn-{number}/",
            "title": "Tarn" if number == 0 else f"Errors of pool {number}",
            "text": "" if number % 100 else "a tarn",
        }
        for number in reversed(range(COUNT))
    ]
    return json.dumps(held)


@contextmanager
def opened(browser: Browser, host: str, index: str) -> Iterator[Page]:
    page = browser.new_page()
    page.route(f"**/{PATH}", lambda route: route.fulfill(body=index, content_type="application/json"))
    page.goto(host)
    yield page
    page.close()


class Slow(Host):
    """Gives the theme's program once, and again when it may, or not at all."""

    given = 0
    may = threading.Event()
    at_all = True

    def do_GET(self) -> None:  # noqa: N802 - what http.server calls
        """Answer."""
        cls = type(self)
        if f"/{WORKER}" in self.path:
            cls.given += 1
            if cls.given > 1 and not (cls.may.wait(60) and cls.at_all):
                self.send_error(404)
                return
        super().do_GET()

    def end_headers(self) -> None:
        """Each part asks for it anew."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


class Poor(Host):
    """Gives our program to a browser whose workers have no workers."""

    def do_GET(self) -> None:  # noqa: N802 - what http.server calls
        """Answer."""
        if not self.path.startswith("/assets/search.js?"):
            super().do_GET()
            return
        body = b"self.Worker = undefined;\n" + (Path(self.directory) / "assets" / "search.js").read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", "text/javascript")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def ask(page: Page, query: str) -> None:
    page.locator("[data-md-component=search-query]").press_sequentially(query)


def told(page: Page, words: str) -> None:
    """Wait for what the box says of the number of results."""
    page.wait_for_function(
        "words => document.querySelector('.md-search-result__meta').textContent.trim() === words", arg=words
    )


def first(page: Page) -> str:
    return page.locator(".md-search-result__link").first.get_attribute("href") or ""


def test_all_incidents_are_found_and_the_best_of_all_parts_stands_first(
    browser: Browser, hosts: dict[str, str], index: str
) -> None:
    with opened(browser, hosts["provider"], index) as page:
        ask(page, "tarn")
        told(page, f"{COUNT // 100} matching documents")
        assert OLDEST in first(page)
        assert len(page.workers) > 2


def test_the_newest_incidents_answer_while_the_older_ones_are_not_read(
    browser: Browser, built: dict[str, Path], index: str
) -> None:
    class Once(Slow):
        may = threading.Event()

    with served(built["provider"], Once) as host, opened(browser, host, index) as page:
        try:
            ask(page, "tarn")
            told(page, "4 matching documents")  # of the newest, five are the provider's own
            assert NEWEST in first(page)
        finally:
            Once.may.set()
        told(page, f"{COUNT // 100} matching documents")
        assert OLDEST in first(page)


def test_what_cannot_be_loaded_holds_nobody_up(browser: Browser, built: dict[str, Path], index: str) -> None:
    class Never(Slow):
        may = threading.Event()
        at_all = False

    Never.may.set()
    with served(built["provider"], Never) as host, opened(browser, host, index) as page:
        ask(page, "tarn")
        told(page, "4 matching documents")  # of the newest, five are the provider's own
        ask(page, "s")
        told(page, "No matching documents")


def test_a_browser_whose_workers_have_no_workers_searches_in_one(
    browser: Browser, built: dict[str, Path], index: str
) -> None:
    with served(built["provider"], Poor) as host, opened(browser, host, index) as page:
        ask(page, "tarn")
        told(page, f"{COUNT // 100} matching documents")
        assert len(page.workers) == 1


def test_a_small_site_is_searched_by_one(browser: Browser, hosts: dict[str, str]) -> None:
    page = browser.new_page()
    page.goto(hosts["provider"])
    ask(page, "chat unavailable")
    page.locator(".md-search-result__link").first.wait_for()
    assert len(page.workers) == 2
    page.close()
