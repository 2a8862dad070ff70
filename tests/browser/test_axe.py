"""axe-core finds nothing on any kind of page: light and dark, on the narrowest screen and on a desk; none asks another
host for anything, meets an error, or is wider than the screen.

Whole pages, what the theme draws included; everything that can be opened is open.
"""

from pathlib import Path
from typing import Any, Literal

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page

from tests.browser.sites import kinds

pytestmark = pytest.mark.browser

NARROW = 320
Corner = tuple[int, Literal["light", "dark"], str, str]
"""A width and a scheme, the rules to ask for, and the site."""

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
ALL = "axe.run({resultTypes: ['violations']})"
"""Every rule that axe runs by itself, of any impact."""
COLOURS = "axe.run({resultTypes: ['violations'], runOnly: ['color-contrast', 'link-in-text-block']})"
"""The rules that a scheme can break; the rest was seen at the same width, or in the same scheme."""

CORNERS: list[Corner] = [
    *((NARROW, "light", ALL, site) for site in ("observer", "provider", "states")),
    *((1280, "dark", ALL, site) for site in ("observer", "provider")),
    (NARROW, "dark", COLOURS, "provider"),
    (1280, "light", COLOURS, "provider"),
]
SEEN_ELSEWHERE = {
    "observer": ("guide/api/", "guide/enrich/", "guide/first-record/", "guide/format/", "guide/publish/", "history/"),
    "provider": ("guide/", "causes/", "impact/", "models/", "providers/", "subscribe/", "services/"),
    "states": (
        *("guide/", "causes/", "impact/", "models/", "services/", "subscribe/", "history/"),
        *(
            "incidents/2026-06-17",
            "incidents/2026-06-18",
            "incidents/2026-06-22-models",
            "incidents/2026-06-23-complete",
        ),
    ),
}
"""Pages that are of the same kind as another of these sites."""
MANY_COLOURS = ("", "metrics/", "incidents/2026-06-23-chat-and-coding-agent-unavailable/")
LONG = ("guide/reference/", "guide/rules/")
"""Pages that take axe seconds and look the same at any width."""


def pages(site: Path) -> list[str]:
    """The paths to look at: of the observer's incidents, which are all over and told alike, the longest."""
    found = [each for each in kinds(site) if not each.startswith(SEEN_ELSEWHERE[site.name])]
    if site.name != "observer":
        return [*found, "no/such/page"]
    incidents = [each for each in found if each.startswith("incidents/")]
    longest = max(incidents, key=lambda path: (site / path / "index.html").stat().st_size)
    return [each for each in found if each not in incidents or each == longest]


def violations(page: Page, rules: str) -> list[str]:
    """`color-contrast (serious): .pm-note`, one for each element."""
    found: dict[str, Any] = page.evaluate(rules)
    return [
        f"{each['id']} ({each['impact']}): {node['target']}" for each in found["violations"] for node in each["nodes"]
    ]


@pytest.mark.parametrize("corner", CORNERS, ids=lambda each: f"{each[0]}-{each[1]}-{each[3]}")
def test_every_kind_of_page_is_accessible_fits_the_screen_and_asks_nobody_else(
    browser: Browser, hosts: dict[str, str], built: dict[str, Path], corner: Corner
) -> None:
    width, scheme, rules, site = corner
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    elsewhere: list[str] = []
    context.on("weberror", lambda error: elsewhere.append(str(error.error)))
    context.on(
        "request", lambda each: None if each.url.startswith((hosts[site], "data:")) else elsewhere.append(each.url)
    )
    page, wrong = context.new_page(), dict[str, list[str]]()
    for path in MANY_COLOURS if rules == COLOURS else pages(built[site]):
        if width > NARROW and path in LONG:
            continue
        page.goto(hosts[site] + path)
        sideways = page.evaluate("document.documentElement.scrollWidth") - width
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        page.evaluate(AXE)
        found = [*violations(page, rules), *([f"{sideways} px too wide"] if sideways else []), *elsewhere]
        if found:
            wrong[path] = found
        elsewhere.clear()
    context.close()
    assert wrong == {}
