"""The lists: what they cover, what they count, and what an archive must not say."""

import html
import re
from collections.abc import Callable
from datetime import date
from typing import Any
from xml.etree.ElementTree import Element

import pytest

from postmortem.corpus.decode import decode
from postmortem.model.claims import Withdrawal
from postmortem.model.history import History, order
from postmortem.model.incident import Incident
from postmortem.model.moment import read_moment
from postmortem.model.page import Page
from postmortem.model.settings import Coverage, Settings
from postmortem.model.summary import summarise
from postmortem.model.vocabulary import IMPACT_CLASSES
from postmortem.pages import history as pages
from postmortem.pages import lists, messages

AS_OF = date(2026, 11, 23)
Case = Callable[[str], Incident]
Changed = Callable[..., Any]


@pytest.fixture(scope="module")
def whole(case: Case) -> History:
    names = ("complete", "still-going-on", "maintenance", "withdrawn", "reopened")
    return order([summarise(case(name)) for name in names])


def _text(page: Page) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", page.body)))


def _all(history: History, settings: Settings) -> list[Page]:
    found = [lists.home(history, settings, AS_OF), pages.page(history, settings), *pages.years(history, settings)]
    found += [lists.service(history, each.id, settings, AS_OF) for each in settings.services]
    found += [lists.model(history, each.id, settings, AS_OF) for each in settings.models]
    return found + [lists.impact_class(history, name, settings, AS_OF) for name in IMPACT_CLASSES]


@pytest.mark.parametrize("filled", [True, False])
def test_every_list_is_valid_and_its_contents_are_its_headings(
    whole: History, settings: Settings, parsed: Callable[[str], Element], *, filled: bool
) -> None:
    for page in _all(whole if filled else History(()), settings):
        body = parsed(page.body).find("body")
        assert body is not None
        assert body[0].tag == "h1"
        ids = [node.get("id") for node in body.iter() if node.get("id")]
        assert len(ids) == len(set(ids))
        headings = [
            (int(node.tag[1]), node.get("id")) for node in body.iter() if node.tag in ("h2", "h3") and node.get("id")
        ]
        assert headings == [(each.level, each.anchor) for each in page.contents]
        assert len(page.description) <= 160


def test_links_lead_from_each_depth_to_the_same_incident(whole: History, settings: Settings) -> None:
    for page in _all(whole, settings):
        up = "../" * page.path.count("/")
        for address in re.findall(r'href="([^"]*incidents/2[^"]*)"', page.body):
            assert address.startswith(f"{up}incidents/")


def test_an_archive_never_says_that_all_is_well(case: Case, settings: Settings, changed: Changed) -> None:
    archive = changed(settings, site__live=False)
    page = lists.home(order([summarise(case("complete"))]), archive, AS_OF)
    text = _text(page)
    assert "No open record as of 23 November 2026" in text
    assert "No open incident" not in text
    assert not re.search("operational|all systems|all is well", text, re.IGNORECASE)


def test_a_live_site_without_open_incidents_says_that_and_no_more(
    case: Case, settings: Settings, changed: Changed
) -> None:
    live = changed(settings, site__live=True)
    assert "No open incident" in _text(lists.home(order([summarise(case("complete"))]), live, AS_OF))


def test_open_incidents_are_counted_and_listed_and_planned_work_is_not_one(
    whole: History, settings: Settings, changed: Changed
) -> None:
    live = changed(settings, site__live=True)
    current = [each for each in whole.open() if each.kind == "incident"]
    page = lists.home(whole, live, AS_OF)
    assert current
    assert f"{len(current)} open incident" in _text(page)
    assert current[0].id in page.body.split('id="classes"')[0]


def test_an_archive_with_open_records_counts_them(settings: Settings, changed: Changed) -> None:
    archive = changed(settings, site__live=False)
    assert lists.statement(1, archive, AS_OF) == "1 record still open as of 23 November 2026"
    assert lists.statement(2, archive, AS_OF) == "2 records still open as of 23 November 2026"


def test_an_empty_site_says_what_it_is_and_how_to_begin(settings: Settings) -> None:
    page = lists.home(History(()), settings, AS_OF)
    assert "What this site is" in _text(page)
    assert "feeds/incidents.atom" in page.body
    shown = html.unescape(page.body.partition("<pre><code>")[2].partition("</code>")[0])
    assert decode(shown.encode(), "first.yaml").findings == ()


def test_a_site_that_knows_nothing_does_not_look_fine(settings: Settings, changed: Changed) -> None:
    live = changed(settings, site__live=True)
    assert 'class="pm-now" data-look="unknown"' in lists.home(History(()), live, AS_OF).body


def test_only_watched_days_are_counted(case: Case, settings: Settings, changed: Changed) -> None:
    history = order([summarise(case("complete"))])
    elsewhere = Coverage(from_=date(2020, 1, 1), until=date(2020, 1, 31), complete=True)
    text = _text(lists.home(history, changed(settings, coverage=(elsewhere,)), AS_OF))
    assert "No incidents in the days watched: 1 to 31 January 2020." in text


def test_withdrawn_records_are_shown_and_not_counted(case: Case, settings: Settings, changed: Changed) -> None:
    gone = changed(case("complete"), withdrawn=Withdrawal(at=read_moment("2026-07-01T00:00Z"), reason="No."))
    page = next(pages.years(order([summarise(gone)]), settings))
    assert "No incidents on record." in _text(page)
    assert "Withdrawn" in _text(page)


def test_a_service_without_incidents_names_the_days_watched(settings: Settings, changed: Changed) -> None:
    watched = changed(settings, coverage=(Coverage(from_=date(2026, 6, 16), until=date(2026, 6, 23), complete=True),))
    text = _text(lists.service(History(()), settings.services[0].id, watched, AS_OF))
    assert "No incident recorded in the days watched: 16 to 23 June 2026." in text
    blind = changed(settings, coverage=())
    text = _text(lists.service(History(()), settings.services[0].id, blind, AS_OF))
    assert "Which days were watched is not stated." in text


def test_gaps_in_coverage_are_named(settings: Settings, changed: Changed) -> None:
    gappy = changed(settings, coverage=(Coverage(from_=date(2026, 1, 1)),))
    assert "since 1 January 2026, with gaps" in _text(lists.service(History(()), settings.services[0].id, gappy, AS_OF))


def test_a_class_is_explained_and_what_nobody_said_is_counted(case: Case, settings: Settings) -> None:
    page = lists.impact_class(order([summarise(case("smallest"))]), "data_access", settings, AS_OF)
    assert page.path == "impact/data_access/"
    assert messages.IMPACT_CLASS_MEANS["data_access"] in _text(page)
    state = case("smallest").impact.data_access.state
    assert ("whether it was affected in 1 record" in _text(page)) == (state == "unknown")


def test_marks_say_the_same_to_eyes_and_ears(case: Case, settings: Settings, parsed: Callable[[str], Element]) -> None:
    incident = case("complete")
    tree = parsed(next(pages.years(order([summarise(incident)]), settings)).body)
    row = next(node for node in tree.iter("ol"))
    marks = list(row.iter("i"))
    assert [node.text for node in marks] == ["M", "A", "U", "D"]
    assert [node.get("data-look") for node in marks] == ["degraded", "full_outage", "not_affected", "extent_unknown"]
    words = "Model degradation: affected, degraded; Application failure: affected, full outage; Authentication: not"
    assert words in "".join(row.itertext())


def test_an_unknown_class_is_a_question_mark(case: Case, settings: Settings, changed: Changed) -> None:
    dark = changed(case("complete"), impact__authentication__state="unknown")
    body = next(pages.years(order([summarise(dark)]), settings)).body
    assert '<i data-look="unknown">?</i>' in body.split('<ol class="pm-list">')[1]
