"""History, years and months: each incident once, where its day says; the filters' choices; the rows behind them."""

import html
import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from xml.etree.ElementTree import Element

import pytest

from postmortem.model.claims import Factor
from postmortem.model.history import History, order
from postmortem.model.incident import Incident
from postmortem.model.page import Page
from postmortem.model.settings import Provider, Settings
from postmortem.model.summary import Summary, summarise
from postmortem.pages import history, history_rows, links, rows

Case = Callable[[str], Incident]
Changed = Callable[..., Any]
NAMES = ("complete", "still-going-on", "maintenance", "withdrawn", "reopened")


@pytest.fixture(scope="module")
def whole(case: Case) -> History:
    return order([summarise(case(name)) for name in NAMES])


@pytest.fixture(scope="module")
def some(case: Case, changed: Changed) -> Callable[..., History]:
    """So many incidents, so many hours apart."""
    first = summarise(case("complete"))

    def made(count: int, hours: int) -> History:
        starts = ((number, first.first_known + timedelta(hours=hours * number)) for number in range(count))
        return order(
            changed(first, id=f"{at:%Y-%m-%d}-x-{number}", first_known=at, title=f"No. {number}")
            for number, at in starts
        )

    return made


def _listed(page: Page) -> list[str]:
    return re.findall(r'href="[./]*incidents/([^/"]+)/"', page.body)


def _table(history_: History, settings: Settings) -> dict[str, Any]:
    table: dict[str, Any] = json.loads(history_rows.artifact(history_, settings).body)
    return table


def _value(table: dict[str, Any], column: str, row: int) -> Any:  # noqa: ANN401  what JSON holds
    return table[column]["values"][table[column]["of"][row]]


def test_the_history_shows_the_newest_and_counts_every_year(some: Callable[..., History], settings: Settings) -> None:
    many = some(400, 24)
    page = history.page(many, settings)
    assert _listed(page) == [each.id for each in many.rows[: history.NEWEST]]
    assert f"the newest {history.NEWEST} of 400 records" in page.body
    counts = [int(each) for each in re.findall(r'">\d{4}</a> <span class="pm-note">(\d+) incident', page.body)]
    assert sum(counts) == 400
    assert len(counts) == len(many.years())


def test_a_history_that_fits_says_of_nothing_that_it_was_left_out(whole: History, settings: Settings) -> None:
    page = history.page(whole, settings)
    assert _listed(page) == [each.id for each in whole.rows]
    assert "the newest" not in page.body


def test_years_have_each_incident_once(some: Callable[..., History], settings: Settings) -> None:
    many = some(400, 24)
    pages = list(history.years(many, settings))
    assert [page.path for page in pages] == [f"history/{year}/" for year in many.years()]
    assert [id_ for page in pages for id_ in _listed(page)] == [each.id for each in many.rows]


def test_a_year_too_long_for_one_page_has_a_page_for_each_month(
    some: Callable[..., History], settings: Settings
) -> None:
    many = some(history.WHOLE + 700, 3)
    year, *months = history.years(many, settings)
    assert year.path == "history/2026/"
    assert _listed(year) == []
    assert [page.path for page in months] == [f"history/2026-{month:02}/" for month in (10, 9, 8, 7, 6)]
    for page in months:
        month = page.path.removeprefix("history/").rstrip("/")
        assert f'<li id="{month}"><a href="../{month}/">' in year.body
        assert {id_[:7] for id_ in _listed(page)} == {month}
    assert [id_ for page in months for id_ in _listed(page)] == [each.id for each in many.rows]
    assert 'rel="prev">July 2026<' in months[2].body
    assert 'rel="next">September 2026<' in months[2].body
    assert 'rel="next"' not in months[0].body


def test_as_many_as_fit_stay_on_one_page_within_a_quarter_of_a_megabyte(
    some: Callable[..., History], settings: Settings
) -> None:
    (page,) = history.years(some(history.WHOLE, 3), settings)
    assert len(_listed(page)) == history.WHOLE
    assert len(page.body.encode()) < 250_000


def test_years_lead_to_the_one_before_and_the_one_after(some: Callable[..., History], settings: Settings) -> None:
    pages = list(history.years(some(3, 24 * 365), settings))
    found = [re.findall(r'href="\.\./(\d{4})/" rel="(prev|next)"', page.body) for page in pages]
    assert found == [[("2027", "prev")], [("2026", "prev"), ("2028", "next")], [("2027", "next")]]


def test_a_day_leaves_out_the_year_that_its_heading_says(whole: History, settings: Settings) -> None:
    days = re.findall(r'<time datetime="(\d{4})-[0-9-]+">([^<]*)</time>', next(history.years(whole, settings)).body)
    assert len(days) == len(whole.rows)
    assert [told for year, told in days if year in told] == []


def test_filters_offer_what_occurs_and_a_provider_only_among_several(
    whole: History, settings: Settings, changed: Changed
) -> None:
    def offered(given: Settings) -> dict[str, list[str]]:
        return {each.key: [value for value, _ in each.options] for each in history.choices(whole, given)}

    two = changed(settings, providers=(Provider(id="a", name="A"), Provider(id="b", name="B")))
    some_provider = any(each.providers for each in whole.rows)
    assert ("provider" in offered(two)) == some_provider
    one = offered(changed(settings, providers=()))
    assert "provider" not in one
    assert set(one["service"]) == {service for each in whole.rows for service in each.services}
    assert set(one["model"]) == {model for each in whole.rows for model in each.models}
    assert set(one["cause"]) == {category for each in whole.rows for category, _ in each.causes}
    assert one["severity"] == ["critical", "major", "minor"]
    assert one["year"] == [str(year) for year in whole.years()]


def test_services_that_the_catalogue_lost_can_still_be_chosen(case: Case, settings: Settings, changed: Changed) -> None:
    gone = changed(summarise(case("complete")), services=("web-app", "retired-thing"))
    choice = next(each for each in history.choices(order([gone]), settings) if each.key == "service")
    assert ("retired-thing", "retired-thing") in choice.options


def test_rows_say_what_the_lists_say(whole: History, settings: Settings) -> None:
    table = _table(whole, settings)
    day = 0
    for number, each in enumerate(whole.rows):
        day += table["day"][number]
        assert date(1970, 1, 1) + timedelta(days=day) == each.day
        rest = table["id"][number]
        assert (f"{each.day}{rest}" if rest.startswith("-") else rest) == each.id
        _same_words(table, number, each, settings)


def _same_words(table: dict[str, Any], number: int, each: Summary, settings: Settings) -> None:
    (row,) = rows.rows([each], links.of(settings, ""))
    assert table["title"][number] == row.title
    assert _value(table, "severity", number) == [row.severity, row.word]
    assert [_value(table, name, number) for name in ("span", "open", "state")] == [row.span, row.open, row.state]
    marks = _value(table, "marks", number)
    assert str(row.marks).count(f'<span class="pm-sr">{marks["told"]}</span>') == 1
    assert re.findall(r'data-look="([a-z_]+)"', row.marks) == marks["looks"]
    assert marks["affected"] == [name for name, told in each.impact.items() if told.state == "affected"]
    names = table["names"]["services"]
    assert ", ".join(names[id_] for id_ in _value(table, "services", number)) == row.services
    assert _value(table, "causes", number) == list(dict.fromkeys(category for category, _ in each.causes))


def test_an_id_that_begins_with_another_day_is_written_whole(case: Case, settings: Settings, changed: Changed) -> None:
    drifted = changed(summarise(case("complete")), id="2025-01-01-first-known-differently")
    assert _table(order([drifted]), settings)["id"] == ["2025-01-01-first-known-differently"]


def test_a_service_and_a_cause_of_one_id_keep_their_names(case: Case, settings: Settings, changed: Changed) -> None:
    known = changed(settings.services[0], id="storage", name="Files & more")
    names = _table(order([summarise(case("complete"))]), changed(settings, services=(known,)))["names"]
    assert (names["services"]["storage"], names["causes"]["storage"]) == ("Files & more", "Storage")


def test_a_cause_is_told_once_whatever_its_roles(case: Case, settings: Settings, changed: Changed) -> None:
    twice = tuple(Factor(category="routing", role=role, summary="x") for role in ("root", "trigger"))
    given = summarise(changed(case("complete"), cause__factors=twice))
    assert _table(order([given]), settings)["causes"]["values"] == [["routing"]]


@pytest.mark.parametrize("payload", ["<img src=x onerror=alert(1)>", "\"'></select><script>1</script>", "{{ 7*7 }}"])
def test_a_payload_changes_no_element_of_the_page_and_no_text_of_a_row(
    payload: str, case: Case, settings: Settings, changed: Changed, parsed: Callable[[str], Element]
) -> None:
    def tags(title: str) -> Counter[object]:
        given = changed(summarise(case("complete")), title=title)
        hostile = changed(settings, services=tuple(changed(each, name=title) for each in settings.services))
        page = history.page(order([given]), hostile)
        assert title in html.unescape(page.body)
        return Counter(node.tag for node in parsed(page.body).iter())

    assert tags(payload) == tags("words")
    table = _table(order([changed(summarise(case("complete")), title=payload)]), settings)
    assert table["title"] == [payload]


def test_rows_hold_no_forbidden_character(case: Case, settings: Settings, changed: Changed) -> None:
    given = changed(summarise(case("complete")), title="a\x00b\ud800\u2028c")
    assert _table(order([given]), settings)["title"] == ["abc"]
