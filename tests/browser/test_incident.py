"""The page of an incident in a real browser: the reader's own time, the keyboard, the narrowest screen, print."""

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.command import ROOT, run

pytestmark = pytest.mark.browser

COMPLETE = "2026-06-23-chat-and-coding-agent-unavailable"
ALL = (COMPLETE, "2026-06-16-chat-errors", "2026-06-30-api-latency", "2026-07-05-file-storage-move")


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def incidents(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address below which the example provider's incidents stand."""
    folder = tmp_path_factory.mktemp("incidents")
    shutil.copytree(ROOT / "examples" / "provider", folder / "project")
    run("build", "--as-of", "2026-07-16", "--no-cache", "--out", folder / "site", cwd=folder / "project")
    handler = functools.partial(_Quiet, directory=str(folder / "site"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/incidents/"
        server.shutdown()
        thread.join()


def opened(browser: Browser, address: str, zone: str = "Asia/Kolkata", width: int = 390) -> Page:
    context = browser.new_context(timezone_id=zone, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(address)
    return page


def test_the_readers_own_time_stands_beside_utc(browser: Browser, incidents: str) -> None:
    page = opened(browser, f"{incidents}{COMPLETE}/")
    entry = page.locator("#u1 .pm-entry").inner_text()
    assert "14:47 UTC" in entry
    assert "(20:17 your time)" in entry
    assert page.locator("#u1 .pm-local").get_attribute("title") in ("Asia/Kolkata", "Asia/Calcutta")
    assert "24 June" not in page.locator(".pm-clocks").inner_text()
    page.context.close()


def test_another_day_there_is_said(browser: Browser, incidents: str) -> None:
    page = opened(browser, f"{incidents}{COMPLETE}/", "Pacific/Auckland")
    assert "(24 June, 02:47 your time)" in page.locator("#u1 .pm-entry").inner_text()
    page.context.close()


def test_who_lives_by_utc_reads_it_once(browser: Browser, incidents: str) -> None:
    page = opened(browser, f"{incidents}{COMPLETE}/", "UTC")
    assert page.locator(".pm-downloads button").count() == 1
    assert page.locator(".pm-local").count() == 0
    page.context.close()


def test_answers_table_and_data_are_within_reach_of_the_keyboard(browser: Browser, incidents: str) -> None:
    page = opened(browser, f"{incidents}{COMPLETE}/", width=1280)
    page.locator(".pm-answers a").first.focus()
    reached, unseen = [], []
    for _ in range(200):
        name, outline = page.evaluate(
            "(() => { const e = document.activeElement, s = getComputedStyle(e);"
            "return [e.innerText.trim(), s.outlineStyle + s.boxShadow + s.textDecorationLine]; })()"
        )
        reached.append(name)
        if outline == "nonenonenone":
            unseen.append(name)
        if name == "Print":
            break
        page.keyboard.press("Tab")
    wanted = [
        "What failed?",
        "Who was affected?",
        "Was data at risk?",
        "What caused it?",
        "What stayed up?",
        "What now?",
    ]
    assert [each for each in reached if each in wanted] == wanted
    assert {"The picture as a table", "JSON", "YAML", "Print"} <= set(reached)
    assert unseen == []
    page.context.close()


def test_the_table_opens_with_a_key(browser: Browser, incidents: str) -> None:
    page = opened(browser, f"{incidents}{COMPLETE}/")
    assert not page.locator(".pm-as-table table").is_visible()
    page.locator(".pm-as-table summary").focus()
    page.keyboard.press("Enter")
    assert page.locator(".pm-as-table table").is_visible()
    page.context.close()


@pytest.mark.parametrize("incident", ALL)
def test_nothing_sticks_out_of_the_narrowest_screen(browser: Browser, incidents: str, incident: str) -> None:
    page = opened(browser, f"{incidents}{incident}/", width=320)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    wide: list[str] = page.evaluate(
        "[...document.querySelectorAll('article :is(dl, table, figure, .pm-lane, svg text, li, p)')]"
        ".filter(each => each.getBoundingClientRect().right > 321).map(each => each.outerHTML.slice(0, 80))"
    )
    assert wide == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.context.close()


def test_print_leaves_out_what_paper_cannot_do(browser: Browser, incidents: str) -> None:
    page = opened(browser, f"{incidents}{COMPLETE}/", width=1280)
    page.emulate_media(media="print")
    for gone in (".pm-downloads", ".pm-as-table", ".pm-local", ".pm-permalink"):
        assert not page.locator(gone).first.is_visible(), gone
    assert page.locator(".pm-answers").is_visible()
    assert page.locator(".pm-lanes").is_visible()
    page.context.close()


def test_paper_is_white_whatever_the_screen_shows(browser: Browser, incidents: str) -> None:
    inks = []
    screens: tuple[tuple[Literal["light", "dark"], str], ...] = (("light", "default"), ("dark", "slate"))
    for scheme, named in screens:
        context = browser.new_context(color_scheme=scheme)
        page = context.new_page()
        page.goto(f"{incidents}{COMPLETE}/")
        page.locator(f'body[data-md-color-scheme="{named}"]').wait_for()
        page.emulate_media(media="print", color_scheme=scheme)
        names = ("--pm-full", "--pm-partial", "--pm-degraded", "--pm-fine", "--pm-planned", "--pm-unknown")
        inks.append([page.evaluate(f"getComputedStyle(document.body).getPropertyValue('{name}')") for name in names])
        context.close()
    assert inks[0] == inks[1]
    assert all(inks[0])
