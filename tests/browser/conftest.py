"""A headless Chromium for the tests marked `browser`, and the sites that it looks at.

In: POSTMORTEM_CHROMIUM, or the first known name on PATH; CI. Out: the session fixtures `browser`, `built` and `hosts`.
Without a browser the tests are skipped with the reason, unless CI is set: there a missing browser is a failure, never a
quiet pass.
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import sites
from tests.browser.served import served

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Chromium is not to talk to anybody but the page under test, and has no sandbox when root runs it.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium(environment: Mapping[str, str]) -> str | None:
    """Give the path of the browser to drive: the one that POSTMORTEM_CHROMIUM names, else the first found on PATH."""
    named = environment.get("POSTMORTEM_CHROMIUM")
    if named:
        return named
    found = (shutil.which(name, path=environment.get("PATH")) for name in NAMES)
    return next((path for path in found if path), None)


def require_chromium(environment: Mapping[str, str]) -> str:
    """Give the browser's path, or end the test: skipped with the reason at a desk, failed where CI is set."""
    path = find_chromium(environment)
    if path is not None:
        return path
    reason = f"no browser found: install one of {', '.join(NAMES)}, or name it in POSTMORTEM_CHROMIUM"
    if environment.get("CI"):
        pytest.fail(f"{reason} (never skipped where CI is set)")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for the whole run; open pages with `browser.new_page()` and close them."""
    path = require_chromium(os.environ)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The folder of each site that is looked at (sites.py), built once for the whole run."""
    return sites.build(tmp_path_factory.mktemp("built"))


@pytest.fixture(scope="session")
def hosts(built: dict[str, Path]) -> Iterator[dict[str, str]]:
    """The address of each site, at the root of a server of its own."""
    with ExitStack() as servers:
        yield {name: servers.enter_context(served(folder)) for name, folder in built.items()}
