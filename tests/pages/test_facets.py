"""The pages about one thing: all there are, each with its own days, numbers, incidents and feeds; and their lists."""

from collections.abc import Callable
from datetime import date
from typing import Any, get_args
from xml.etree.ElementTree import Element

import pytest

from postmortem.feeds.catalogue import subscriptions
from postmortem.model.history import History, order
from postmortem.model.incident import Incident
from postmortem.model.settings import Coverage, Settings
from postmortem.model.summary import summarise
from postmortem.model.vocabulary import IMPACT_CLASSES, CauseCategory
from postmortem.pages import messages
from postmortem.site import head
from tests.pages.whole import text, things

Case = Callable[[str], Incident]
Changed = Callable[..., Any]
LIVELY = date(2026, 7, 1)


@pytest.fixture(scope="module")
def whole(case: Case) -> History:
    names = ("complete", "still-going-on", "maintenance", "withdrawn", "reopened", "several-providers")
    return order([summarise(case(name)) for name in names])


def test_everything_has_a_page_and_every_kind_a_list(whole: History, settings: Settings) -> None:
    expected = {f"services/{each.id}/" for each in settings.services}
    expected |= {f"models/{each.id}/" for each in settings.models}
    expected |= {f"providers/{each.id}/" for each in settings.providers}
    expected |= {f"impact/{name}/" for name in IMPACT_CLASSES}
    expected |= {f"causes/{name}/" for name in get_args(CauseCategory)}
    assert things(whole, settings).keys() == expected | {
        f"{each}/" for each in ("services", "models", "providers", "impact", "causes")
    }


def test_every_row_of_a_list_leads_to_a_page(
    whole: History, settings: Settings, parsed: Callable[[str], Element]
) -> None:
    pages = things(whole, settings)
    for folder in ("services", "models", "providers", "impact", "causes"):
        table = next(parsed(pages[f"{folder}/"].body).iter("tbody"))
        names = {node.find("th/a").get("href", "").removeprefix("../") for node in table}  # type: ignore[union-attr]
        assert names == {path for path in pages if path.startswith(f"{folder}/") and path != f"{folder}/"}


def test_a_page_links_to_the_feeds_that_its_head_announces_and_that_exist(whole: History, settings: Settings) -> None:
    there = {each.path for each in subscriptions(settings)}
    for path, page in things(whole, settings).items():
        own = [part.split('"')[0] for part in page.body.split('href="../../')[1:] if part.startswith("feeds/")]
        announced = head.add("<head></head>", path)
        for feed in own:
            assert feed.rpartition(".")[0] in there
            assert f"{feed}" in announced
        if path.startswith("causes/"):
            assert "only these" not in announced


def test_a_page_stays_small_and_leads_to_the_rest(case: Case, settings: Settings, changed: Changed) -> None:
    row = summarise(case("complete"))
    many = History(tuple(changed(row, id=f"2026-06-23-x-{number}") for number in range(500)))
    page = things(many, settings, LIVELY)["services/web-app/"]
    assert page.body.count('<li><span class="pm-row-day">') == 50
    assert "The newest 50 of 500" in text(page)
    assert 'href="../../history/?service=web-app"' in page.body


def test_a_service_without_incidents_says_what_that_means_and_names_the_days_watched(
    settings: Settings, changed: Changed
) -> None:
    watched = changed(settings, coverage=(Coverage(from_=date(2026, 6, 16), until=date(2026, 6, 23), complete=True),))
    words = text(things(History(()), watched)["services/web-app/"])
    assert "No incident on record. Days watched: 16 to 23 June 2026." in words
    assert "That no record speaks of it is all that this means." in words
    blind = text(things(History(()), changed(settings, coverage=()))["services/web-app/"])
    assert "Which days were watched is not stated." in blind


def test_gaps_in_coverage_are_named(settings: Settings, changed: Changed) -> None:
    gappy = changed(settings, coverage=(Coverage(from_=date(2026, 1, 1)),))
    assert "since 1 January 2026, with gaps" in text(things(History(()), gappy)["services/web-app/"])


def test_a_class_is_explained_and_what_nobody_said_is_counted(case: Case, settings: Settings) -> None:
    page = things(order([summarise(case("smallest"))]), settings, LIVELY)["impact/data_access/"]
    assert messages.IMPACT_CLASS_MEANS["data_access"] in text(page)
    assert case("smallest").impact.data_access.state == "unknown"
    assert "whether it was affected in 1 incident of these 90 days" in text(page)


def test_a_cause_is_explained_and_its_roles_are_counted(whole: History, settings: Settings, case: Case) -> None:
    cause = case("complete").cause
    assert cause is not None
    factor = cause.factors[0]
    pages = things(whole, settings, LIVELY)
    words = text(pages[f"causes/{factor.category}/"])
    assert messages.CAUSE_CATEGORY_MEANS[factor.category] in words
    assert f"{messages.FACTOR_ROLE[factor.role].lower()} " in words
    index = text(pages["causes/"])
    for category in get_args(CauseCategory):
        assert messages.CAUSE_CATEGORY_MEANS[category] in index


def test_providers_stand_side_by_side_each_on_its_own_days(whole: History, settings: Settings) -> None:
    words = text(things(whole, settings, LIVELY)["providers/"])
    assert "1 January to 1 July 2026" in words.replace("1 January 2026 to 1 July 2026", "1 January to 1 July 2026")
    assert "1 March 2026 to 1 July 2026" in words
    assert "no day watched" in words


def test_a_site_of_one_provider_says_so_plainly(whole: History, settings: Settings, changed: Changed) -> None:
    one = changed(settings, providers=settings.providers[1:2])
    assert "This site speaks of one provider, Example AI" in text(things(whole, one)["providers/"])
    own = changed(settings, providers=(), publisher__role="provider")
    page = things(whole, own)["providers/"]
    assert "which publishes it about itself" in text(page)
    assert "<table" not in page.body
