"""What a browser does at the address of an id that an incident had before: it leads to today's page, and to the very
entry that a link named.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import sites

pytestmark = pytest.mark.browser


def _moved(site: Path) -> list[tuple[str, str]]:
    """Old and new address of every page that leads on."""
    found = []
    for page in sorted(site.glob("incidents/*/index.html")):
        leads = sites.leads_to(page)
        if leads is not None:
            found.append((f"incidents/{page.parent.name}/", f"incidents/{leads}/"))
    return found


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_a_former_address_leads_on(
    browser: Browser, built: dict[str, Path], hosts: dict[str, str], *, script: bool
) -> None:
    moved = _moved(built["states"])
    assert moved
    page = browser.new_page(java_script_enabled=script)
    for old, new in moved:
        page.goto(f"{hosts['states']}{old}")
        page.wait_for_url(f"{hosts['states']}{new}")
    page.close()


def test_a_link_to_an_entry_leads_to_this_entry(
    browser: Browser, built: dict[str, Path], hosts: dict[str, str]
) -> None:
    old, new = _moved(built["states"])[0]
    page = browser.new_page()
    page.goto(f"{hosts['states']}{old}#timeline")
    page.wait_for_url(f"{hosts['states']}{new}#timeline")
    assert page.locator("#timeline").is_visible()
    page.go_back()
    assert page.url == "about:blank", "the old address is not one more step back"
    page.close()
