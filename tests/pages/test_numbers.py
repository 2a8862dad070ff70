"""The pages of numbers and of transparency: every figure with what it rests on and the rows behind it, and the same
numbers as the figures hold.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from xml.etree.ElementTree import Element

import msgspec
import pytest

from postmortem.metrics import numbers
from postmortem.model.account import Mark
from postmortem.model.answers import QUESTIONS
from postmortem.model.figure import Figure, Numbers, rows_path
from postmortem.model.history import History, order
from postmortem.model.page import Page
from postmortem.model.settings import Settings
from postmortem.pages import metrics, transparency
from tests.metrics.corpus import COVERAGE, history, kept, timed
from tests.model import made

AS_OF = date(2026, 11, 23)
Parsed = Callable[[str], Element]
OBSERVER = kept(".", AS_OF)
PROVIDER = kept("examples/provider", AS_OF)
PROVIDERS = [{"id": "one", "name": "One <b>"}, {"id": "two", "name": "Two"}]
SEVERAL = (
    history(timed("2026-06-23-chat", "2026-06-23T14:47Z", "2026-06-23T15:47Z", provider="one")),
    made.settings(coverage=[each | {"provider": "one"} for each in COVERAGE], providers=PROVIDERS),
)
BARE = (history(timed("2026-06-23-chat", "2026-06-23T14:47Z", "2026-06-23T15:47Z")), made.settings(coverage=[]))
EMPTY = (order(()), made.settings(coverage=COVERAGE))
SVG = "{http://www.w3.org/2000/svg}"
SITES = {"observer": OBSERVER, "provider": PROVIDER, "several": SEVERAL, "bare": BARE, "empty": EMPTY}
ALL = pytest.mark.parametrize("given", SITES.values(), ids=SITES.keys())
Given = tuple[History, Settings]


def shown(given: Given) -> tuple[tuple[Numbers, ...], Page]:
    sets = numbers.numbers(*given, AS_OF)
    return sets, metrics.page(sets, *given)


def told(given: Given) -> tuple[tuple[Numbers, ...], Page]:
    sets = numbers.scorecards(*given, AS_OF)
    return sets, transparency.page(sets, *given)


def figures(sets: tuple[Numbers, ...]) -> list[tuple[str | None, Figure]]:
    return [(one.provider, each) for one in sets for section in one.sections for each in section.figures]


@ALL
@pytest.mark.parametrize("made_", [shown, told])
def test_the_body_is_whole_and_every_anchor_stands_once(
    given: Given, made_: Callable[[Given], tuple[Any, Page]], parsed: Parsed
) -> None:
    page = made_(given)[1]
    tree = parsed(page.body)
    ids = [node.get("id") for node in tree.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    assert [each.anchor for each in page.contents if each.anchor not in ids] == []
    named = [each for node in tree.iter() for each in (node.get("aria-labelledby") or "").split()]
    assert set(named) <= set(ids)


@ALL
@pytest.mark.parametrize("made_", [shown, told])
def test_every_figure_says_what_it_rests_on_and_leads_to_its_rows(
    given: Given, made_: Callable[[Given], tuple[tuple[Numbers, ...], Page]]
) -> None:
    sets, page = made_(given)
    for provider, figure in figures(sets):
        link = f'href="../{rows_path(provider, figure.key)}"'
        nothing = figure.key.startswith("uptime/") and figure.values[0].value is None
        empty = page.path == transparency.PATH and not figure.n and figure.key in ("answers", "classes")
        assert (link in page.body) or nothing or empty, figure.key
        if link in page.body:
            foot = next(part for part in page.body.split('<p class="pm-foot pm-note">') if link in part)
            assert re.sub("^<b>[^<]+</b> ", "", foot).startswith(f"n = {figure.n:,}")
            assert figure.marked == 0 or f"{figure.marked:,} of them by approximate times" in foot


def test_every_known_length_is_a_dot_that_leads_to_its_incident(parsed: Parsed) -> None:
    sets, page = shown(OBSERVER)
    tree = parsed(page.body)
    drawn = [node.get("href") for node in tree.iter(f"{SVG}a") if node.get("tabindex") == "-1"]
    lengths = [
        f"../incidents/{row[0]}/"
        for _, each in figures(sets)
        if each.columns[:3] == ("incident", "first_known", "minutes")
        for row in each.rows
        if row[2] is not None
    ]
    assert sorted(map(str, drawn)) == sorted(lengths)
    assert all(node.get("aria-hidden") == "true" for node in tree.iter("div") if node.get("class") == "pm-plot")


def test_without_coverage_nothing_is_said_of_days() -> None:
    page = shown(BARE)[1]
    assert "No coverage is stated" in page.body
    assert "which days were watched is not stated" in page.body
    assert "None of these days was watched" in page.body
    assert "No month was watched" not in page.body or "June 2026" not in page.body
    assert "99." not in re.sub(r"<[^>]+>", " ", page.body)


def test_several_providers_stand_side_by_side_and_one_after_another() -> None:
    page = shown(SEVERAL)[1]
    assert [each.text for each in page.contents if each.level == 2] == ["Side by side", "One <b>", "Two"]
    assert "<b>One" not in page.body.replace("One &lt;b&gt;", "")
    assert 'href="../metrics/one/open_time.csv"' in page.body


def elements(page: Page) -> int:
    return len(re.findall(r"<[a-z]", page.body))


@pytest.mark.parametrize("count", [900, 10_000])
def test_a_page_of_many_incidents_stays_small(count: int) -> None:
    site = many(count)
    page = shown(site)[1]
    assert len(page.body.encode()) < 120_000
    assert elements(page) < 1_300
    assert ("are too many for a dot each" in page.body) == (count > 1_500)
    assert f'href="../incidents/{site[0].rows[0].id}/"' in page.body  # the newest


def many(count: int) -> Given:
    first = datetime(2019, 1, 1, 3, 17, tzinfo=UTC)
    incident = timed("2026-06-23-chat", "2026-06-23T14:47Z", "2026-06-23T15:47Z")
    (row,) = history(incident).rows
    rows = []
    for place in range(count):
        at = first + timedelta(hours=6 * place)
        account = msgspec.structs.replace(
            row.account, public=Mark(at), resolved=Mark(at + timedelta(minutes=place % 997))
        )
        id_ = f"{at:%Y-%m-%d}-elevated-errors-on-several-models-{place}"
        rows.append(msgspec.structs.replace(row, id=id_, first_known=at, account=account))
    return order(rows), made.settings(coverage=[{"from": "2019-01-01", "complete": True}])


@ALL
def test_the_card_shows_the_counts_of_its_figures(given: Given, parsed: Parsed) -> None:
    sets, page = told(given)
    tables = [node for node in parsed(page.body).iter("table") if node.get("class") == "pm-table pm-told"]
    cards = [one for one in sets if one.sections[0].figures[0].n]
    assert len(tables) == 2 * len(cards)
    for one, table in zip(cards, tables[::2], strict=True):
        answers = one.sections[0].figures[0]
        own = {each.key: each.value for each in answers.values}
        seen = [[int(cell.text or "") for cell in row.iter("td")] for row in table.findall("tbody/tr")]
        assert [each[:2] for each in seen] == [[own[f"{each}/answered"], own[f"{each}/partly"]] for each in QUESTIONS]
        assert all(sum(each) == answers.n for each in seen)


def test_the_matrix_holds_the_newest_records_and_their_answers(parsed: Parsed) -> None:
    sets, page = told(OBSERVER)
    rows = sets[0].sections[0].figures[0].rows
    grid = next(node for node in parsed(page.body).iter("table") if node.get("class") == "pm-told-grid")
    seen = [[cell.get("data-is") for cell in row.findall("td")] for row in grid.findall("tbody/tr")]
    assert seen == [list(row[2:8]) for row in reversed(rows)][:30]


def test_who_speaks_about_whom() -> None:
    assert "What Example AI tells about its own incidents." in told(PROVIDER)[1].body
    observer = told(OBSERVER)[1].body
    assert "an observer, found in public about incidents of Anthropic" in observer
    assert "was not told, or not found" in observer
    assert "was not told, or not found" not in told(PROVIDER)[1].body


def test_a_broken_promise_is_shown_against_its_first_date(parsed: Parsed) -> None:
    action = {"id": "a1", "kind": "prevent", "text": "Mend it.", "state": "open"}
    late = action | {"due": "2026-12-31", "due_first": "2026-07-01"}
    incident = timed("2026-06-23-chat", "2026-06-23T14:47Z", "2026-06-23T15:47Z", actions=[late])
    body = told((history(incident), made.settings(coverage=COVERAGE)))[1].body
    (row,) = [row for row in parsed(body).iter("tr") if "Action a1" in "".join(row.itertext())]
    cells = ["".join(cell.itertext()) for cell in row.findall("td")]
    assert cells == ["Action a1", "1 July 2026", "31 December 2026", "\N{EN DASH}", "overdue"]
