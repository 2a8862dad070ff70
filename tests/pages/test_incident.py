"""The page of an incident: nine answers under fixed anchors, and what is not known is said."""

import html
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from xml.etree.ElementTree import Element

import pytest

from postmortem.model.claims import Cause, Guidance, Impact, Impacts, Related
from postmortem.model.incident import Incident
from postmortem.model.moment import Moment, read_moment
from postmortem.model.page import Heading
from postmortem.model.settings import Provider, Settings
from postmortem.pages import incident as pages

ANCHORS = [
    *("what-failed", "who-was-affected", "data", "cause", "isolated", "response", "your-action", "changes", "timeline"),
]
Case = Callable[[str], Incident]
Parsed = Callable[[str], Element]


def _text(body: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", body))).replace(" ,", ",").replace(" .", ".")


def _section(body: str, anchor: str) -> str:
    return _text(body.partition(f'<h2 id="{anchor}">')[2].partition("</section>")[0])


def test_the_nine_anchors_stand_in_order_in_every_case(each_case: Incident, settings: Settings, parsed: Parsed) -> None:
    page = pages.page(each_case, settings)
    tree = parsed(page.body)
    assert [node.get("id") for node in tree.iter("h2")] == ANCHORS
    assert [each.anchor for each in page.contents if each.level == 2] == ANCHORS
    for section in tree.iter("section"):
        assert len("".join(section.itertext()).split()) > len(section[0].text.split())  # type: ignore[union-attr]


def test_a_body_is_valid_and_begins_with_its_heading(each_case: Incident, settings: Settings, parsed: Parsed) -> None:
    page = pages.page(each_case, settings)
    body = parsed(page.body).find("body")
    assert body is not None
    assert body[0].tag == "h1"
    assert "".join(body[0].itertext()) == each_case.title
    ids = [node.get("id") for node in body.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    targets = [node.get("href", "")[1:] for node in body.iter("a") if node.get("href", "").startswith("#")]
    assert set(targets) <= set(ids)


def test_contents_are_the_headings_of_the_body(each_case: Incident, settings: Settings, parsed: Parsed) -> None:
    page = pages.page(each_case, settings)
    headings = [node for node in parsed(page.body).iter() if node.tag in ("h2", "h3")]
    assert page.contents == tuple(Heading(int(each.tag[1]), each.get("id", ""), each.text or "") for each in headings)


def test_a_page_says_when_it_changed_and_how_search_finds_it(case: Case, settings: Settings) -> None:
    incident = case("complete")
    page = pages.page(incident, settings)
    assert page.path == f"incidents/{incident.id}/"
    assert page.title == incident.title
    assert len(page.description) <= 160
    assert page.search is not None
    assert page.search.title == incident.title
    assert page.search.text.startswith("Critical, 23 June 2026 (2026-06-23), ")
    for word in ("Coding agent", "Opus 4.8", "Configuration change", "complete", "New chats failed"):
        assert word in page.search.text
    assert page.changed is not None
    assert page.changed >= max(each.at.instant for each in incident.revisions).date()


def test_the_same_incident_gives_the_same_bytes(case: Case, settings: Settings) -> None:
    assert pages.page(case("complete"), settings) == pages.page(case("complete"), settings)


def test_two_durations_stand_side_by_side(case: Case, settings: Settings) -> None:
    text = _text(pages.page(case("complete"), settings).body)
    assert "Impact time 1 h 52 min one more window has no known end" in text
    assert "Open time 1 h 26 min first public update to resolved" in text


def test_lags_are_told_from_the_start(case: Case, settings: Settings) -> None:
    told = _section(pages.page(case("complete"), settings).body, "response")
    assert "First public update 23 June 2026, 14:47 UTC 26 min after the start" in told
    assert "about 15:58 UTC about 1 h 37 min after the start" in told


def test_the_smallest_record_says_not_known_in_each_place(case: Case, settings: Settings) -> None:
    body = pages.page(case("smallest"), settings).body
    for anchor in ("cause", "isolated", "data", "response", "your-action"):
        assert "Not known" in _section(body, anchor) or "not known" in _section(body, anchor), anchor
    assert "How many people Not known." in _section(body, "who-was-affected")


def test_where_nothing_is_known_nothing_looks_fine(
    case: Case, settings: Settings, changed: Callable[..., Any], parsed: Parsed
) -> None:
    nothing = Impact(state="unknown")
    dark = changed(case("smallest"), impact=Impacts(**dict.fromkeys(Impacts.__struct_fields__, nothing)))
    body = pages.page(dark, settings).body
    looks = {
        row.get("data-look") for table in parsed(body).iter("tbody") for row in table.iter("tr") if row.get("data-look")
    }
    assert looks == {"unknown"}
    assert _section(body, "what-failed").startswith("What failed? Not known.")
    assert "Not affected" not in _text(body)


@pytest.mark.parametrize(("state", "words"), [("unknown", "Not known."), ("undisclosed", "not made public")])
def test_a_cause_nobody_knows_is_said(
    case: Case, settings: Settings, changed: Callable[..., Any], state: str, words: str
) -> None:
    incident = changed(case("smallest"), cause=Cause(state=state))  # type: ignore[arg-type]
    assert words in _section(pages.page(incident, settings).body, "cause")


def test_a_withheld_postmortem_is_being_written(case: Case, settings: Settings) -> None:
    told = _section(pages.page(case("postmortem-draft"), settings).body, "cause")
    assert "The cause is being written up." in told
    assert "Not known" not in told


def test_an_observer_says_first_that_these_are_not_the_providers_words(
    case: Case, settings: Settings, changed: Callable[..., Any], parsed: Parsed
) -> None:
    observer = changed(settings, publisher__role="observer", publisher__name="The watchers")
    incident = changed(case("complete"), derived__providers=())
    body = parsed(pages.page(incident, observer).body).find("body")
    assert body is not None
    assert "admonition" in body[1].get("class", "")
    assert "The watchers wrote this record as an observer. It is not the provider's statement." in "".join(
        body[1].itertext()
    )


def test_the_provider_is_named(case: Case, settings: Settings, changed: Callable[..., Any]) -> None:
    known = settings.providers[0]
    customer = changed(settings, publisher__role="customer", publisher__name="ACME")
    incident = changed(case("complete"), derived__providers=(known.id,))
    words = f"ACME wrote this record as a customer of {known.name}. It is not {known.name}'s statement."
    assert words in _text(pages.page(incident, customer).body)


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("observer", "as an observer. It is no statement of one, Two or three."),
        ("customer", "as a customer of one, Two and three. It is no statement of one, Two or three."),
    ],
)
def test_of_several_providers_none_is_said_to_speak(
    case: Case, settings: Settings, changed: Callable[..., Any], role: str, words: str
) -> None:
    site = changed(settings, publisher__role=role, publisher__name="ACME", providers=(Provider(id="two", name="Two"),))
    incident = changed(case("complete"), derived__providers=("one", "two", "three"))
    assert f"ACME wrote this record {words}" in _text(pages.page(incident, site).body)


def test_what_a_record_names_leads_to_its_page(case: Case, settings: Settings, parsed: Parsed) -> None:
    body = pages.page(case("upstream-outage-as-customer"), settings).body
    led = {node.get("href", "") for node in parsed(body).iter("a")}
    for path in ("causes/upstream_provider/", "causes/dependency/", "impact/model_degradation/"):
        assert f"../../{path}" in led
    cause = body[body.index('<section aria-labelledby="cause">') :]
    assert '(<a href="../../providers/example-ai/">Example AI</a>)' in cause


def test_a_provider_needs_no_such_note(case: Case, settings: Settings, changed: Callable[..., Any]) -> None:
    provider = changed(settings, publisher__role="provider")
    assert "admonition" not in pages.page(case("complete"), provider).body


def test_a_withdrawn_record_says_so_at_the_top(case: Case, settings: Settings) -> None:
    incident = case("withdrawn")
    assert incident.withdrawn is not None
    body = pages.page(incident, settings).body
    assert body.index("This record was withdrawn") < body.index("pm-tiles")
    assert "State Withdrawn" in _text(body)
    if incident.withdrawn.replaced_by:
        assert f'href="../../incidents/{incident.withdrawn.replaced_by}/"' in body


def test_planned_work_owes_no_postmortem_and_has_a_window(case: Case, settings: Settings) -> None:
    text = _text(pages.page(case("maintenance"), settings).body)
    assert "Scheduled window" in text
    assert "Planned work: no postmortem is owed." in text
    assert "after the" not in _section(pages.page(case("maintenance"), settings).body, "response")


def test_what_goes_on_says_that_ends_are_open(case: Case, settings: Settings) -> None:
    text = _text(pages.page(case("still-going-on"), settings).body)
    assert "State Open" in text
    assert "Open time Still open" in text
    assert "still going on" in text
    assert "Not over yet: ends are open." in text


def test_about_is_said_and_seconds_are_not_invented(each_case: Incident, settings: Settings) -> None:
    text = _text(pages.page(each_case, settings).body)
    written = ", second, " in repr(each_case)
    assert written or not re.search(r"\d\d:\d\d:\d\d", text)
    mitigated = each_case.clocks.mitigated
    if mitigated is not None and mitigated.is_ == "about":
        assert f"about {mitigated.instant:%H:%M} UTC" in text


def test_an_update_that_reopens_is_marked_at_its_own_address(case: Case, settings: Settings, parsed: Parsed) -> None:
    tree = parsed(pages.page(case("complete"), settings).body)
    entries = {node.get("id"): "".join(node.itertext()) for node in tree.iter("li") if node.get("id")}
    assert "Reopened" in entries["u3"]
    assert "Reopened" not in entries["u2"]
    assert 'href="#u3"' in pages.page(case("complete"), settings).body


def test_a_record_written_long_after_says_when(case: Case, settings: Settings, changed: Callable[..., Any]) -> None:
    incident = case("smallest")
    first = incident.timeline[0].at.instant
    revision = case("complete").revisions[0]
    late = Moment(datetime(first.year + 1, 1, 2, tzinfo=UTC))
    days = (late.instant.date() - first.date()).days
    told = changed(incident, revisions=(changed(revision, at=late),))
    assert f"Published on 2 January {first.year + 1}, {days} days after the fact." in _text(
        pages.page(told, settings).body
    )
    at_once = changed(incident, revisions=(changed(revision, at=Moment(first)),))
    assert "after the fact" not in pages.page(at_once, settings).body


def test_signals_stand_apart_and_say_what_they_are_not(case: Case, settings: Settings) -> None:
    told = _section(pages.page(case("complete"), settings).body, "who-was-affected")
    assert "Felt impact: reports by others." in told
    assert "no severity, time or duration on this page rests on them" in told


def test_unnamed_models_are_called_unnamed(case: Case, settings: Settings, changed: Callable[..., Any]) -> None:
    incident = case("complete")
    vague = changed(incident, impact__model_degradation__models="unnamed", impact__model_degradation__windows=())
    text = _text(pages.page(vague, settings).body)
    assert "Models: several models, which were not named" in text
    assert text.count("several models, which were not named") == 3


def test_what_has_no_page_is_no_link(case: Case, settings: Settings, changed: Callable[..., Any]) -> None:
    incident = changed(case("smallest"), services=("gone",), guidance=Guidance(during=("Wait.",)))
    body = pages.page(incident, settings).body
    assert "services/gone/" not in body
    assert "gone" in _text(body)


def test_a_time_with_seconds_keeps_them(case: Case, settings: Settings, changed: Callable[..., Any]) -> None:
    incident = changed(case("smallest"), clocks__detected=read_moment("2026-06-23T14:21:07Z"))
    assert "14:21:07 UTC" in _text(pages.page(incident, settings).body)


def test_descriptions_end_at_a_word() -> None:
    assert pages.shortened("word " * 60).endswith("word…")
    assert len(pages.shortened("word " * 60)) <= 160


def test_the_answers_stand_above_the_picture_and_the_picture_above_the_table(case: Case, settings: Settings) -> None:
    body = pages.page(case("complete"), settings).body
    places = [body.index(mark) for mark in ("pm-tiles", "pm-answers", "pm-lanes", "pm-as-table", "pm-matrix")]
    assert places == sorted(places)


def test_a_page_leads_to_its_data(each_case: Incident, settings: Settings, parsed: Parsed) -> None:
    found = {node.get("href") for node in parsed(pages.page(each_case, settings).body).iter("a")}
    assert {f"../{each_case.id}.json", f"../{each_case.id}.yaml"} <= found


def test_incidents_that_belong_together_are_one_thread(
    case: Case, settings: Settings, changed: Callable[..., Any]
) -> None:
    others = (
        Related(relation="continues", id="2026-07-01-several-providers"),
        Related(relation="recurrence_of", id="2026-06-16-reopened", note="*Again.*"),
        Related(relation="same_event", url="https://example.com/theirs"),
    )
    told = _section(pages.page(changed(case("complete"), related=others), settings).body, "timeline")
    first, own, last = (
        told.index(each) for each in ("16 June 2026 Happened", "This incident", "1 July 2026 Continues")
    )
    assert first < own < last < told.index("The same event as https://example.com/theirs")
    assert "This incident" not in pages.page(changed(case("complete"), related=others[2:]), settings).body


def test_nothing_on_a_page_needs_a_script_or_a_style_of_its_own(each_case: Incident, settings: Settings) -> None:
    body = pages.page(each_case, settings).body
    assert not re.search(r"<(script|style|button)\b|\s(style|on[a-z]+)=", body)
