"""Strips in a real browser: by keyboard, by finger, without JavaScript; the words of a day are there when asked for."""

import functools
import http.server
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.command import ROOT, run

pytestmark = pytest.mark.browser

LIVELY = "2026-07-15"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("strips")
    run("build", "--as-of", LIVELY, "--no-cache", "--out", folder, cwd=ROOT / "examples" / "provider")
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def _focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.getAttribute('aria-label')"))


def test_a_strip_is_one_step_of_the_tab_key_and_arrows_go_from_day_to_day(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(site)
    strips = page.locator(".pm-strip:has(a)")
    steps = page.locator('.pm-strip > a[tabindex="0"]')
    assert steps.count() == strips.count() > 2
    days = strips.first.locator("a")
    steps.first.focus()
    assert _focused(page) == days.last.get_attribute("aria-label")
    page.keyboard.press("Home")
    assert _focused(page) == days.first.get_attribute("aria-label")
    page.keyboard.press("ArrowRight")
    assert _focused(page) == days.nth(1).get_attribute("aria-label")
    page.close()


def test_the_words_of_a_day_are_shown_and_escape_takes_them_away(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(site)
    shown = "getComputedStyle(document.activeElement, '::after').content"
    page.locator('.pm-strip > a[tabindex="0"]').first.focus()
    page.keyboard.press("Home")
    assert _focused(page) in str(page.evaluate(shown))
    page.keyboard.press("Escape")
    assert page.evaluate(shown) == "none"
    page.close()


@pytest.mark.parametrize("script", [True, False])
def test_every_day_can_be_reached_in_the_table_with_a_target_that_a_finger_hits(
    browser: Browser, site: str, *, script: bool
) -> None:
    context = browser.new_context(java_script_enabled=script, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(site)
    days = {str(each.get_attribute("aria-label")).split(":")[0] for each in page.locator(".pm-strip > a").all()}
    summary = page.locator(".pm-days > summary")
    box = summary.bounding_box()
    assert box is not None
    assert box["height"] >= 24
    summary.click()
    assert set(page.locator(".pm-days tbody th").all_inner_texts()) == days
    context.close()


def test_a_day_with_several_incidents_opens_its_row_of_the_table(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(site)
    page.evaluate(
        "document.querySelector('.pm-strip > a').setAttribute('href', "
        "'#' + document.querySelector('.pm-days tr[id]').id)"
    )
    page.locator(".pm-strip > a").first.click()
    row = page.locator(".pm-days tr[id]").first
    row.wait_for(state="visible")
    assert row.is_visible()
    page.close()
