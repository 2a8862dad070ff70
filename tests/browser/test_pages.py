"""The real site and the example provider's, in a real browser: what a visitor sees, on a phone and on a
desk, light and dark.

Served on 127.0.0.1 by Python's own server, which ends with the tests.
"""

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.command import AS_OF, ROOT, run

pytestmark = pytest.mark.browser

HOSTILE = """<img src=x onerror="document.title='ran'"> {{ 7*7 }} "quoted" & <script>document.title='ran'</script> 🦊"""
PAGES = {
    "observer": (
        "",
        "history/",
        "history/2026/",
        "incidents/2026-06-23-several-models-and-chat-unavailable/",
        "services/claude-ai/",
        "services/claude-for-government/",
        "models/opus-4.8/",
        "impact/data_access/",
        "subscribe/",
        "about/",
        "guide/",
    ),
    "provider": (
        "",
        "incidents/2026-06-23-chat-and-coding-agent-unavailable/",
        "incidents/2026-06-30-api-latency/",
        "incidents/2026-07-05-file-storage-move/",
        "incidents/2026-07-15-api-errors/",
        "incidents/2026-07-16-hostile/",
    ),
}


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


def hostile() -> str:
    source = ROOT / "examples/provider/incidents/2026/2026-07-15-api-errors.yaml"
    text = source.read_text(encoding="utf-8").replace("2026-07-15-api-errors", "2026-07-16-hostile")
    quoted = HOSTILE.replace("'", "''")
    lines = [f"title: '{quoted}'" if line.startswith("title:") else line for line in text.splitlines()]
    return "\n".join(f"    text: '{quoted}'" if line.startswith("    text:") else line for line in lines) + "\n"


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The address of each site."""
    folder = tmp_path_factory.mktemp("sites")
    shutil.copytree(ROOT / "examples" / "provider", folder / "project")
    (folder / "project/incidents/2026/2026-07-16-hostile.yaml").write_text(hostile(), encoding="utf-8")
    run("build", "--as-of", AS_OF, "--no-cache", "--out", folder / "observer", cwd=ROOT)
    run("build", "--as-of", "2026-07-16", "--no-cache", "--out", folder / "provider", cwd=folder / "project")
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield {name: f"http://127.0.0.1:{server.server_port}/{name}/" for name in PAGES}
        server.shutdown()
        thread.join()


@pytest.fixture(params=[(390, "light"), (1280, "dark"), (320, "light")], ids=str)
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("site", PAGES)
def test_pages_fit_the_screen_say_no_error_and_ask_nobody_else(page: Page, sites: dict[str, str], site: str) -> None:
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "request", lambda each: None if each.url.startswith(("http://127.0.0.1", "data:")) else wrong.append(each.url)
    )
    page.on("response", lambda each: wrong.append(each.url) if each.status >= 400 else None)
    for path in PAGES[site]:
        page.goto(sites[site] + path)
        too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert (path, too_wide) == (path, 0)
        assert page.locator("h1").count() == 1
    assert wrong == []


def test_hostile_text_is_read_as_text_and_never_runs(browser: Browser, sites: dict[str, str]) -> None:
    page = browser.new_page()
    for path in ("", "incidents/2026-07-16-hostile/", "history/2026/", "services/api/"):
        page.goto(sites["provider"] + path)
        assert "ran" not in page.title().split()
        assert HOSTILE in page.locator("body").inner_text()
        assert page.locator("article img, article script:not([src])").count() == 0
    page.close()


def test_the_page_can_be_read_without_javascript(browser: Browser, sites: dict[str, str]) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(sites["provider"] + PAGES["provider"][1])
    text = page.locator("article").inner_text()
    assert text.index("What failed?") < text.index("What caused it?") < text.index("What happened when?")
    context.close()


def test_search_finds_an_incident_by_its_service_and_words(browser: Browser, sites: dict[str, str]) -> None:
    page = browser.new_page()
    page.goto(sites["observer"])
    page.locator("[data-md-component=search-query]").press_sequentially("conversations missing")
    found = page.locator(".md-search-result__link").first
    found.wait_for()
    assert "2026-06-23-several-models-and-chat-unavailable" in str(found.get_attribute("href"))
    page.close()


def test_every_link_on_the_incident_page_leads_somewhere(browser: Browser, sites: dict[str, str]) -> None:
    page = browser.new_page()
    page.goto(sites["observer"] + PAGES["observer"][3])
    addresses: list[str] = page.eval_on_selector_all("a[href], link[href]", "all => all.map(each => each.href)")
    own = {each.split("#")[0] for each in addresses if each.startswith(sites["observer"])}
    assert len(own) > 10
    for address in sorted(own):
        assert page.request.get(address).status == 200, address
    anchors = {each.split("#")[1] for each in addresses if each.startswith(page.url) and "#" in each}
    missing = [each for each in sorted(anchors - {"", "__search"}) if page.locator(f"[id='{each}']").count() != 1]
    assert missing == []
    page.close()
