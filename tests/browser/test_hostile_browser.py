"""A site whose every record and whose catalogue were written by somebody hostile: a browser reads it, and runs nothing.

More than two hundred payloads, each in every place where the schema leaves words free, built by the command itself.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Dialog, Page

from postmortem.schema import registry
from postmortem.schema.registry import SchemaKind
from postmortem.yamldoc.loader import read
from tests.browser.served import served
from tests.browser.sites import kinds
from tests.command import AS_OF, ROOT, run
from tests.pages import payloads

pytestmark = pytest.mark.browser

CASES = ROOT / "tests/cases"
SHORT, LONG = payloads.texts(160), payloads.texts(300)
"""What the schema lets a name and a line hold."""
ALONE = {"incidents", "authority", "path"}
"""Settings that name folders and files, which have to be there."""
ACTIVE = "object, embed, iframe, base, meta[http-equiv=refresh], article :is(img, style, link, form:not(.pm-filters))"
HANDLERS = r"""[...document.querySelectorAll('*')].filter(each => [...each.attributes].some(one =>
    /^on|srcdoc|formaction|autofocus/.test(one.name) || /^\s*javascript:/i.test(one.value)
)).map(each => each.outerHTML)"""


def poisoned(name: str, kind: SchemaKind, number: int) -> Any:  # noqa: ANN401 - plain data
    """A case with these payloads wherever the schema lets them stand: as many as fit."""
    document, _ = read((CASES / name).read_bytes(), name)
    assert document is not None
    data, valid = document.data, registry.deciding(kind).is_valid
    for new in (payloads.URLS[number % len(payloads.URLS)], SHORT[2 * number % len(SHORT)], LONG[number]):
        for place in payloads.allowed(data, new, valid):
            if place[-1] not in ALONE and place[0] not in ("site", "privacy", "deny"):
                data = payloads.put(data, place, new)
    return data


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site: a record for each handful of payloads."""
    folder = tmp_path_factory.mktemp("hostile")
    settings = poisoned("settings.yml", "settings", 0)
    (folder / "cases").mkdir()
    (folder / "denied-names.txt").write_text("nobody\n", "utf-8")
    (folder / "postmortem.yml").write_text(json.dumps(settings), "utf-8")
    for number in range(len(LONG)):
        data = poisoned("complete.yaml", "incident", number)
        data |= {"id": f"2026-06-23-hostile-{number}"}
        del data["internal"]
        (folder / f"cases/{data['id']}.yaml").write_text(json.dumps(data), "utf-8")
    run("build", "--as-of", AS_OF, "--no-cache", "--out", folder / "public", cwd=folder)
    return folder / "public"


@pytest.fixture
def page(browser: Browser, site: Path) -> Iterator[Page]:
    context = browser.new_context()
    with served(site) as address:
        shown = context.new_page()
        shown.goto(address)
        yield shown
        context.close()


def refuse(dialog: Dialog, wrong: list[str]) -> None:
    wrong.append(dialog.message)
    dialog.dismiss()


def visit(page: Page, address: str) -> None:
    page.goto(address)
    assert page.evaluate("window.ran") is None
    assert page.locator(ACTIVE).count() == 0
    assert page.evaluate(HANDLERS) == []


def test_nothing_that_somebody_wrote_runs_on_any_page(page: Page, site: Path) -> None:
    wrong: list[str] = []
    page.on("dialog", lambda dialog: refuse(dialog, wrong))
    page.on("request", lambda asked: None if "//127.0.0.1:" in asked.url else wrong.append(asked.url))
    home = page.url
    assert len(payloads.PAYLOADS) > 200
    for path in kinds(site):
        if not path.startswith(("guide/", "incidents/")):
            visit(page, home + path)
    for number in range(len(LONG)):
        visit(page, f"{home}incidents/2026-06-23-hostile-{number}/")
        title = next(each for each in (LONG[number], SHORT[2 * number % len(SHORT)]) if each in page.title())
        assert page.locator("h1").text_content() == title
    assert wrong == []


def test_nothing_runs_in_what_search_and_the_filters_find(page: Page) -> None:
    wrong: list[str] = []
    page.on("dialog", lambda dialog: refuse(dialog, wrong))
    page.locator("[data-md-component=search-query]").press_sequentially("script onerror")
    page.locator(".md-search-result__link").first.wait_for()
    assert page.evaluate("window.ran") is None
    assert page.locator(".md-search-result :is(script, img, iframe)").count() == 0
    visit(page, f"{page.url}history/?text=onerror")
    page.locator(".pm-found .pm-list > li").first.wait_for()
    assert page.evaluate("window.ran") is None
    assert page.evaluate(HANDLERS) == []
    assert wrong == []
