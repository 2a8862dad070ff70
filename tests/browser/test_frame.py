"""What a browser makes of the frame: it asks nobody else for anything, meets no error, and search finds an incident."""

import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser

from postmortem.site import run
from postmortem.site.supply import Wish
from tests.site.fakes import AS_OF, SITE, project

pytestmark = pytest.mark.browser


class Quiet(SimpleHTTPRequestHandler):
    """A server of files that does not log."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    settings = project(tmp_path_factory.mktemp("browser") / "p", None)
    public = run.build(Wish(settings=settings), AS_OF, supply=SITE).out
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=public)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


OF_THE_SITE, OF_A_FACET, OF_SEVERITIES = 3 * 3, 2 * 3, 3 * 3
"""Feeds that every page announces, those of a service, a model or a class of its own, and those of severities, which
the page of all feeds announces; each in three formats."""


@pytest.mark.parametrize(
    ("path", "feeds"),
    [
        ("", OF_THE_SITE),
        ("about/", OF_THE_SITE),
        ("subscribe/", OF_THE_SITE + OF_SEVERITIES),
        ("incidents/2026-06-02-quotes/", OF_THE_SITE),
        ("models/opus-4.8/", OF_THE_SITE + OF_A_FACET),
    ],
)
def test_a_page_loads_without_an_error_and_without_asking_anybody_else(
    browser: Browser, address: str, path: str, feeds: int
) -> None:
    page = browser.new_page()
    errors: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + path, wait_until="networkidle")
    assert errors == []
    assert [url for url in asked if not url.startswith(address)] == []
    assert page.locator("link[rel~=alternate][type]").count() == feeds
    page.close()


def test_search_finds_a_stamped_incident(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address)
    page.keyboard.press("/")
    page.keyboard.type("2026-06-01-plain")
    link = page.locator("a.md-search-result__link").first
    link.click()
    page.wait_for_url("**/incidents/2026-06-01-plain/*")
    assert page.locator("h1").inner_text() == "Errors: 2026-06-01-plain"
    page.close()
