"""The filters of the history at ten thousand rows in a real browser: what they find, the address, the keyboard, what is
announced, how much is drawn, and that a row's words stay words.

The page and its rows are made as the build makes them, from one record told ten thousand times, in a bare frame.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import Browser, Page, expect

from postmortem.corpus.decode import decode
from postmortem.model import settings as settings_model
from postmortem.model.history import History, order
from postmortem.model.incident import publish
from postmortem.model.settings import Settings
from postmortem.model.summary import Summary, summarise
from postmortem.pages import history, history_rows
from postmortem.site import frame
from postmortem.yamldoc.loader import read
from tests.browser.served import served

pytestmark = pytest.mark.browser

CASES = Path(__file__).parent.parent / "cases"
ROWS = 10_000
HOSTILE = (
    """<img src=x onerror="window.ran=1"> "quoted" 'single' </a><script>window.ran=1</script> {{ 7*7 }} & \u202eltr"""
)
SEVERITIES = ("minor", "minor", "major", "critical", "none")
SERVICES = ("web-app", "mobile-app", "api")
BARE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>History</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="../assets/postmortem.css"></head>
<body data-md-color-scheme="default"><article class="md-typeset">{body}</article></body></html>"""


def _settings() -> Settings:
    document, findings = read((CASES / "settings.yml").read_bytes(), "settings.yml")
    assert document is not None, findings
    return settings_model.read(document.data)


def _one() -> Summary:
    decoded = decode((CASES / "complete.yaml").read_bytes(), "complete.yaml")
    assert decoded.record is not None
    incident = publish(decoded.record, date(2026, 11, 23))
    assert incident is not None
    return summarise(incident)


def _many() -> History:
    first = _one()
    rows = []
    for number in range(ROWS):
        at = first.first_known - timedelta(hours=7 * number)
        title = HOSTILE if number == 17 else f"Errors of kind {number % 100} after change {number}"
        services = (SERVICES[number % 3],)
        rows.append(
            msgspec.structs.replace(
                first,
                id=f"{at:%Y-%m-%d}-errors-{number}",
                first_known=at,
                title=title,
                severity=SEVERITIES[number % 5],
                services=services,
            )
        )
    return order(rows)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder, settings, many = tmp_path_factory.mktemp("history"), _settings(), _many()
    for path, content in frame.assets():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    (folder / "history").mkdir()
    body = history.page(many, settings).body
    (folder / "history/index.html").write_text(BARE.replace("{body}", body), encoding="utf-8")
    rows = history_rows.artifact(many, settings)
    (folder / rows.path).write_bytes(rows.body)
    with served(folder) as home:
        yield f"{home}history/"


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("dialog", lambda dialog: wrong.append(dialog.message))
    opened.goto(address)
    yield opened
    context.close()
    assert wrong == []


def status(page: Page, text: str) -> None:
    expect(page.get_by_role("status")).to_have_text(text)


def shown(page: Page) -> int:
    return page.locator(".pm-found .pm-list > li:visible").count()


def test_rows_are_asked_for_when_somebody_filters_and_not_before(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.reload(wait_until="networkidle")
    assert "rows.json" not in asked
    status(page, "10000 records")
    page.get_by_label("Impact").focus()
    page.wait_for_function("performance.getEntriesByType('resource').some(each => each.name.endsWith('rows.json'))")
    assert asked.count("rows.json") == 1
    page.get_by_label("Service").select_option("api")
    status(page, "3,333 of 10,000 records")
    assert asked.count("rows.json") == 1


def test_filters_narrow_together_and_a_severity_means_this_or_worse(page: Page) -> None:
    page.get_by_label("Severity").select_option("major")
    status(page, "4,000 of 10,000 records")
    assert set(page.locator(".pm-found .pm-row-severity").all_text_contents()) == {"Major", "Critical"}
    page.get_by_label("Service").select_option("api")
    status(page, "1,334 of 10,000 records")
    page.get_by_label("Words").fill("KIND 99")
    found = [number for number in range(ROWS) if number % 3 == 2 and number % 5 in (2, 3) and _says(number, "99")]
    status(page, f"{len(found)} of 10,000 records")
    assert not page.locator(".pm-unfiltered").is_visible()


def _says(number: int, text: str) -> bool:
    return text in f"{number % 100} {number} {(_FIRST - timedelta(hours=7 * number)):%Y-%m-%d}"


_FIRST = _one().first_known


def test_a_hundred_rows_are_drawn_and_a_key_brings_the_next(page: Page) -> None:
    page.get_by_label("Impact").select_option("application_failure")
    status(page, "10,000 of 10,000 records")
    assert shown(page) == 100
    more = page.get_by_role("button", name="Show 100 more of 9,900")
    more.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".pm-found .pm-list > li")).to_have_count(200)
    assert page.evaluate("document.activeElement.closest('li') === document.querySelectorAll('.pm-found li')[100]")


def test_a_row_reads_like_a_row_of_the_lists(page: Page) -> None:
    plain = page.locator(".pm-unfiltered .pm-list > li").first
    said = plain.evaluate("each => each.outerHTML")
    page.get_by_label("Impact").select_option("application_failure")
    status(page, "10,000 of 10,000 records")
    row = page.locator(".pm-found .pm-list > li").first.evaluate("each => each.outerHTML")
    year = f" {_FIRST.year}</time>"
    assert row.replace(year, "</time>") == said
    assert year in row


def test_the_address_holds_the_filters_and_back_and_forward_follow(page: Page, address: str) -> None:
    page.get_by_label("Service").select_option("api")
    page.get_by_label("Words").press_sequentially("change 77")
    assert page.url == f"{address}?service=api&text=change+77"
    count = page.get_by_role("status").inner_text()
    page.go_back()
    assert page.url == f"{address}?service=api"
    expect(page.get_by_label("Words")).to_have_value("")
    status(page, "3,333 of 10,000 records")
    page.go_back()
    assert page.url == address
    assert page.locator(".pm-unfiltered").is_visible()
    page.go_forward()
    page.go_forward()
    expect(page.get_by_label("Words")).to_have_value("change 77")
    status(page, count)


def test_a_shared_address_shows_what_was_shared(page: Page, address: str) -> None:
    page.goto(f"{address}?year=2025&service=mobile-app&impact=application_failure&text=kind")
    expect(page.get_by_role("status")).to_contain_text(" of 10,000 records")
    days = page.locator(".pm-found time").evaluate_all("all => all.map(each => each.dateTime.slice(0, 4))")
    assert set(days) == {"2025"}
    page.get_by_role("button", name="Clear all filters").click()
    assert page.url == address
    status(page, "10000 records")
    assert page.get_by_label("Words").evaluate("each => each === document.activeElement")


def test_what_an_address_names_and_nobody_knows_finds_nothing_and_can_be_dropped(page: Page, address: str) -> None:
    page.goto(f"{address}?service=<img%20src=x%20onerror=alert(1)>&severity=critical")
    status(page, "0 of 10,000 records")
    assert page.locator("article img").count() == 0
    page.get_by_role("button", name="Drop Service: <img src=x onerror=alert(1)> (2,000 records)").click()
    status(page, "2,000 of 10,000 records")
    assert page.url == f"{address}?severity=critical"


def test_nothing_found_names_the_fewest_filters_to_drop(page: Page) -> None:
    page.get_by_label("Service").select_option("api")
    page.get_by_label("Severity").select_option("major")
    page.get_by_label("Words").fill("no such word")
    status(page, "0 of 10,000 records")
    assert page.locator(".pm-drop").all_inner_texts() == ["Drop Words: “no such word” (1,334 records)"]
    page.get_by_label("Impact").select_option("authentication")
    expect(page.locator(".pm-drop")).to_have_text(
        ["Drop Words: “no such word” and Impact: Authentication (1,334 records)"]
    )


def test_a_payload_in_a_row_stays_text(page: Page) -> None:
    page.get_by_label("Words").fill("onerror")
    status(page, "1 of 10,000 records")
    link = page.locator(".pm-found .pm-list a")
    assert link.text_content() == HOSTILE
    assert link.evaluate("each => getComputedStyle(each).unicodeBidi") == "isolate"
    assert page.locator("article :is(img, iframe)").count() == 0
    assert page.evaluate("window.ran") is None


def test_words_are_found_whatever_their_case_accents_and_order(page: Page) -> None:
    page.get_by_label("Words").fill("9999 ÉRRORS")
    status(page, "1 of 10,000 records")
    page.get_by_label("Words").fill("9999 api")
    status(page, "0 of 10,000 records")


def test_every_filter_is_within_reach_of_the_keyboard_and_has_a_name(page: Page) -> None:
    names = []
    page.get_by_label("Words").focus()
    for _ in range(8):
        names.append(page.evaluate("document.activeElement.labels?.[0]?.textContent ?? ''"))
        page.keyboard.press("Tab")
    wanted = ("Words", "Impact", "Severity", "Service", "Model", "Cause", "Year")
    assert [each for each in names if each in wanted] == list(wanted)


def test_without_a_script_years_and_newest_are_there_and_no_dead_form(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}?service=api")
    assert not page.locator(".pm-filters").is_visible()
    assert page.locator(".pm-shelf a").count() == len(_many().years())
    assert page.locator(".pm-unfiltered .pm-list > li").count() == history.NEWEST
    context.close()


def test_a_list_that_cannot_be_loaded_leaves_the_years(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route("**/rows.json", lambda route: route.abort())
    page.goto(f"{address}?service=api")
    expect(page.get_by_role("status")).to_contain_text("could not be loaded")
    assert page.locator(".pm-shelf").is_visible()
    context.close()


def test_the_data_of_ten_thousand_is_small(address: str, browser: Browser) -> None:
    page = browser.new_page()
    rows, whole = (page.request.get(f"{address}{path}").body() for path in ("rows.json", ""))
    assert len(rows) < 1_300_000
    assert len(whole) < 150_000
    page.close()
