"""A picture of each kind of page: `python -m tools.screenshots FOLDER`, light and dark, on a telephone and on a desk.

In: the example provider's records, and a Chromium (POSTMORTEM_CHROMIUM, or the first known name on PATH). Out: FOLDER
with NAME-WIDTH-SCHEME.png, and PDFs of what people print.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from os import environ
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import sites
from tests.browser.conftest import FLAGS, find_chromium
from tests.browser.served import served

INCIDENT = "incidents/2026-06-23-chat-and-coding-agent-unavailable/"
PAGES = {
    "home": "",
    "history": "history/",
    "year": "history/2026/",
    "incident": INCIDENT,
    "incident-open": "incidents/2026-07-15-api-errors/",
    "incident-planned": "incidents/2026-07-05-file-storage-move/",
    "service": "services/web-app/",
    "services": "services/",
    "model": "models/haiku-4.5/",
    "impact": "impact/model_degradation/",
    "cause": "causes/serving_capacity/",
    "causes": "causes/",
    "metrics": "metrics/",
    "transparency": "transparency/",
    "subscribe": "subscribe/",
    "rules": "guide/rules/",
    "rule": "guide/rules/pm101/",
    "reference": "guide/reference/",
    "programs": "guide/api/",
    "missing": "no/such/page/",
}
PRINTED = ("incident", "metrics", "transparency")
WIDTHS = (390, 1280)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WHOLE = ".pm-list > li { content-visibility: visible !important }"
"""A picture of a whole page is taken without scrolling; what is drawn only in sight would be missing."""


@contextmanager
def _opened(browser: Browser, width: int, scheme: Literal["light", "dark"]) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce", timezone_id="UTC"
    )
    yield context.new_page()
    context.close()


def take(browser: Browser, address: str, folder: Path) -> None:
    """Every page in each width and scheme, from its top to its end; those that are printed as PDF, too."""
    for width in WIDTHS:
        for scheme in SCHEMES:
            with _opened(browser, width, scheme) as page:
                for name, path in PAGES.items():
                    page.goto(address + path)
                    page.add_style_tag(content=WHOLE)
                    page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)
    with _opened(browser, 1280, "light") as page:
        for name in PRINTED:
            page.goto(address + PAGES[name])
            page.pdf(path=folder / f"{name}.pdf", format="A4", margin=dict.fromkeys(("top", "bottom"), "1.5cm"))  # type: ignore[arg-type]


def main() -> int:
    """Build the example provider's site aside, look at it, and say where the pictures are."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    chromium = find_chromium(environ)
    if chromium is None:
        sys.stderr.write("screenshots: no Chromium found; install one, or name it in POSTMORTEM_CHROMIUM\n")
        return 3
    with tempfile.TemporaryDirectory() as aside, sync_playwright() as playwright:
        site = sites.provider(Path(aside))
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        with served(site) as address:
            take(browser, address, folder)
        browser.close()
    sys.stdout.write(f"{folder}/: {len(list(folder.iterdir()))} pictures and papers\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
