"""Bodies of feed entries: readable anywhere, every address absolute, the news first."""

from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

import pytest

from postmortem.model.announcement import Announcement, announce
from postmortem.model.incident import Incident
from postmortem.model.settings import Settings
from postmortem.pages import entry

PLAIN = {
    *("p", "ul", "ol", "li", "a", "strong", "em", "code", "pre", "h3"),
    *("table", "tbody", "tr", "th", "td", "blockquote", "br", "hr"),
}
Case = Callable[[str], Incident]
Parsed = Callable[[str], Element]


def _announced(incident: Incident, entry_id: str) -> Announcement:
    return next(each for each in announce(incident) if each.entry == entry_id)


def test_every_body_has_plain_tags_and_absolute_addresses(
    each_case: Incident, settings: Settings, parsed: Parsed
) -> None:
    bodies = [entry.body(each_case, each, settings) for each in announce(each_case)]
    for text in (*bodies, entry.overview(each_case, settings)):
        body = parsed(text).find("body")
        assert body is not None
        links = [node.get("href", "") for node in body.iter("a")]
        assert links
        assert {node.tag for node in body.iter()} <= PLAIN | {"body"}
        assert all(link.startswith(("http://", "https://", "mailto:")) for link in links)
        assert links[-1].split("#")[0] == f"{settings.site.url.rstrip('/')}/incidents/{each_case.id}/"
        assert {name for node in body.iter() for name in node.attrib} <= {"href", "rel", "start"}


def test_an_update_says_its_status_time_and_text_first(case: Case, settings: Settings) -> None:
    incident = case("complete")
    text = entry.body(incident, _announced(incident, "u1"), settings)
    said = incident.timeline[0]
    assert text.index("Investigating") < text.index("23 June 2026, 14:47 UTC") < text.index(str(said.text))
    assert text.rstrip().endswith(f'#u1">{incident.title}</a></p>')


def test_titles_say_what_happened(case: Case) -> None:
    incident = case("complete")
    titles = {each.entry: entry.title(incident, each) for each in announce(incident)}
    assert titles["u1"] == f"Investigating: {incident.title}"
    assert titles["u3"] == f"Identified (reopened): {incident.title}"
    assert titles["r2"] == f"Postmortem: {incident.title}"
    assert titles["r3"] == f"Corrected: {incident.title}"
    assert titles["a1"] == f"Action done: {incident.title}"


def test_a_later_change_does_not_rewrite_what_an_update_said(
    case: Case, settings: Settings, changed: Callable[..., Any]
) -> None:
    incident = case("complete")
    later = changed(incident, summary="Another summary.", severity="minor", cause=None, actions=())
    for announcement in announce(later):
        if announcement.kind == "update":
            assert entry.body(incident, announcement, settings) == entry.body(later, announcement, settings)


def test_what_archives_hold_is_changed_by_nothing_that_comes_later(
    case: Case, settings: Settings, changed: Callable[..., Any]
) -> None:
    incident = case("complete")
    later = changed(incident, summary="Another.", severity="minor", cause=None, timeline=incident.timeline[:3])
    for announcement in announce(later):
        before = entry.body(incident, announcement, settings, whole=False)
        assert entry.body(later, announcement, settings, whole=False) == before
        assert f"incidents/{incident.id}/" in before


def test_a_resolution_that_no_update_tells_has_words(
    case: Case, settings: Settings, changed: Callable[..., Any]
) -> None:
    incident = case("complete")
    told = Announcement(incident.timeline[0].at.instant, incident.id, "closed", "resolution")
    assert entry.title(incident, told) == f"Resolved: {incident.title}"
    assert "<strong>Resolved, 23 June 2026, 14:47 UTC.</strong>" in entry.body(incident, told, settings)
    assert entry.body(changed(incident, summary="Else."), told, settings) == entry.body(incident, told, settings)


def test_a_correction_says_what_was_corrected(case: Case, settings: Settings) -> None:
    incident = case("complete")
    assert incident.revisions[2].summary in entry.body(incident, _announced(incident, "r3"), settings)


def test_a_done_action_says_how_it_was_checked(case: Case, settings: Settings) -> None:
    incident = case("complete")
    text = entry.body(incident, _announced(incident, "a1"), settings)
    assert str(incident.actions[0].verification) in text


def test_a_postmortem_brings_the_whole_overview(case: Case, settings: Settings) -> None:
    incident = case("complete")
    text = entry.body(incident, _announced(incident, "r2"), settings)
    for part in ("What failed?", "Was data at risk?", "What caused it?", "What can you do?"):
        assert part in text


def test_a_withdrawal_says_why_and_shows_nothing_of_what_fell(case: Case, settings: Settings) -> None:
    incident = case("withdrawn")
    assert incident.withdrawn is not None
    text = entry.overview(incident, settings)
    assert "was withdrawn" in text
    assert "What failed?" not in text


def test_an_update_without_text_says_that_none_is_kept(
    case: Case, settings: Settings, changed: Callable[..., Any]
) -> None:
    incident = case("complete")
    silent = changed(incident, timeline=(changed(incident.timeline[0], text=None), *incident.timeline[1:]))
    assert "The text of this update is not kept here." in entry.body(silent, _announced(silent, "u1"), settings)


@pytest.mark.parametrize("role", ["observer", "customer"])
def test_who_does_not_speak_for_the_provider_says_so(
    case: Case, settings: Settings, changed: Callable[..., Any], role: str
) -> None:
    site = changed(settings, publisher__role=role)
    incident = case("complete")
    assert "statement." in entry.overview(incident, site)
    assert all("statement." in entry.body(incident, each, site) for each in announce(incident))
