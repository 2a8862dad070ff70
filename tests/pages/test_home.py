"""The front page: what it says of the present, which days it draws, what it counts, what an archive must not say."""

import html
import re
from collections.abc import Callable
from datetime import date
from typing import Any
from xml.etree.ElementTree import Element

import pytest

from postmortem.corpus.decode import decode
from postmortem.model.history import History, order
from postmortem.model.incident import Incident
from postmortem.model.settings import Coverage, Service, Settings
from postmortem.model.summary import summarise
from postmortem.pages import home as front
from tests.pages.whole import home, text

Case = Callable[[str], Incident]
Changed = Callable[..., Any]
LIVELY = date(2026, 7, 1)
ONE = ("example-ai",)


@pytest.fixture(scope="module")
def whole(case: Case) -> History:
    names = ("complete", "still-going-on", "maintenance", "withdrawn", "reopened")
    return order([summarise(case(name)) for name in names])


def alone(settings: Settings, changed: Changed) -> Settings:
    """The settings with one provider, watched since the year began."""
    watched = (Coverage(from_=date(2026, 1, 1), complete=True),)
    providers = tuple(each for each in settings.providers if each.id in ONE)
    services = tuple(each for each in settings.services if each.provider in ONE)
    return changed(settings, providers=providers, services=services, coverage=watched)  # type: ignore[no-any-return]


def test_an_archive_never_says_that_all_is_well(case: Case, settings: Settings, changed: Changed) -> None:
    archive = changed(settings, site__live=False)
    words = text(home(order([summarise(case("complete"))]), archive))
    assert "No open record as of 23 November 2026" in words
    assert "No open incident" not in words
    assert not re.search("operational|all systems|all is well", words, re.IGNORECASE)


def test_a_live_site_without_open_incidents_says_that_and_no_more(
    case: Case, settings: Settings, changed: Changed
) -> None:
    live = changed(settings, site__live=True)
    assert "No open incident" in text(home(order([summarise(case("complete"))]), live))


def test_open_incidents_are_counted_and_listed_and_planned_work_is_not_one(
    whole: History, settings: Settings, changed: Changed
) -> None:
    current = [each for each in whole.open() if each.kind == "incident"]
    page = home(whole, changed(settings, site__live=True))
    assert current
    assert f"{len(current)} open incident" in text(page)
    assert current[0].id in page.body.split('id="days"')[0]


def test_an_archive_with_open_records_counts_them(settings: Settings, changed: Changed) -> None:
    archive = changed(settings, site__live=False)
    assert front.statement(1, archive, LIVELY) == "1 record still open as of 1 July 2026"
    assert front.statement(2, archive, LIVELY) == "2 records still open as of 1 July 2026"


def test_an_empty_site_says_what_it_is_and_how_to_begin(settings: Settings) -> None:
    page = home(History(()), settings)
    assert "What this site is" in text(page)
    assert "feeds/incidents.atom" in page.body
    shown = html.unescape(page.body.partition("<pre><code>")[2].partition("</code>")[0])
    assert decode(shown.encode(), "first.yaml").findings == ()


def test_a_site_that_knows_nothing_does_not_look_fine(settings: Settings, changed: Changed) -> None:
    live = changed(settings, site__live=True)
    assert 'class="pm-now" data-look="unknown"' in home(History(()), live).body


@pytest.mark.parametrize(
    ("until", "look"), [(None, "closed"), (LIVELY, "closed"), (date(2026, 6, 30), "unknown"), ("never", "unknown")]
)
def test_a_day_that_nobody_watches_does_not_look_fine(
    case: Case, settings: Settings, changed: Changed, until: date | str | None, look: str
) -> None:
    days = () if isinstance(until, str) else (Coverage(from_=date(2026, 6, 16), until=until, complete=True),)
    site = changed(alone(settings, changed), coverage=days, site__live=True)
    page = home(order([summarise(case("complete"))]), site, LIVELY)
    assert f'class="pm-now" data-look="{look}"' in page.body
    assert ("it is not stated that anybody watches today" in text(page)) == (look == "unknown")


def test_a_window_that_was_watched_in_part_says_so(case: Case, settings: Settings, changed: Changed) -> None:
    few = (Coverage(from_=date(2026, 6, 16), until=date(2026, 6, 23), complete=True),)
    history = order([summarise(case("complete"))])
    site = changed(alone(settings, changed), coverage=few)
    words = text(home(history, site, LIVELY))
    assert "The worst level of each day, 8 of 90 days watched." in words
    assert "8 of 30 days watched" in words
    assert "end with the last day" not in words
    late = text(home(history, site))
    assert "8 of 90 days watched. The strips end with the last day that was watched." in late
    assert "Nobody watched in the last 30 and 90 days: nothing is counted in them." in late
    assert "8 of 365 days watched" in late


def test_without_coverage_no_day_is_drawn_and_none_is_counted(case: Case, settings: Settings, changed: Changed) -> None:
    page = home(order([summarise(case("complete"))]), changed(settings, coverage=()))
    assert "pm-strip" not in page.body
    assert "Which days were watched is not stated" in text(page)


def test_every_class_and_service_has_a_strip_of_ninety_days(
    whole: History, settings: Settings, changed: Changed, parsed: Callable[[str], Element]
) -> None:
    site = alone(settings, changed)
    strips = [node for node in parsed(home(whole, site, LIVELY).body).iter("span") if node.get("class") == "pm-strip"]
    assert len(strips) == 4 + len(site.services)
    widths = [[int((day.get("style") or "--pm-days:1").removeprefix("--pm-days:")) for day in node] for node in strips]
    assert {sum(each) for each in widths} == {90}


def test_several_providers_are_drawn_and_counted_apart(whole: History, settings: Settings) -> None:
    words = text(home(whole, settings, LIVELY))
    assert words.count("The worst level of each day") == 2
    assert words.count("Model degradation") >= 2
    assert "Object storage no record" in words
    assert "Nobody watched Example Bank: no day is drawn, and none is counted." in words


def test_of_many_services_those_without_a_record_are_folded_under_their_group(
    whole: History, settings: Settings, changed: Changed, parsed: Callable[[str], Element]
) -> None:
    site = alone(settings, changed)
    more = tuple(Service(id=f"s{each}", name=f"Service {each}", group="More") for each in range(30))
    tree = parsed(home(whole, changed(site, services=(*site.services, *more)), LIVELY).body)
    folded = [node for node in tree.iter("details") if node.get("class") == "pm-folded"]
    assert "30 of which no record speaks" in "".join(folded[-1].itertext())
    assert "Chat on the web" not in "".join("".join(each.itertext()) for each in folded)
    few = parsed(home(whole, site, LIVELY).body)
    assert not [node for node in few.iter("details") if node.get("class") == "pm-folded"]
