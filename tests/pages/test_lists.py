"""What all lists have in common: valid, linked from every depth, their marks told in words; and the years."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from xml.etree.ElementTree import Element

import pytest

from postmortem.model.claims import Withdrawal
from postmortem.model.history import History, order
from postmortem.model.incident import Incident
from postmortem.model.moment import read_moment
from postmortem.model.page import Page
from postmortem.model.settings import Settings
from postmortem.model.summary import summarise
from postmortem.pages import history as pages
from tests.pages import whole as whole_site
from tests.pages.whole import text

AS_OF = date(2026, 11, 23)
Case = Callable[[str], Incident]
Changed = Callable[..., Any]


@pytest.fixture(scope="module")
def whole(case: Case) -> History:
    names = ("complete", "still-going-on", "maintenance", "withdrawn", "reopened")
    return order([summarise(case(name)) for name in names])


def _all(history: History, settings: Settings) -> list[Page]:
    lists = [pages.page(history, settings), *pages.years(history, settings)]
    return [whole_site.home(history, settings), *lists, *whole_site.things(history, settings).values()]


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


def test_withdrawn_records_are_shown_and_not_counted(case: Case, settings: Settings, changed: Changed) -> None:
    gone = changed(case("complete"), withdrawn=Withdrawal(at=read_moment("2026-07-01T00:00Z"), reason="No."))
    page = next(pages.years(order([summarise(gone)]), settings))
    assert "No incidents on record." in text(page)
    assert "Withdrawn" in text(page)


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
