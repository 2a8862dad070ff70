"""The picture of an incident: clocks, classes, updates, what the page showed and what others felt, and the same in a
table.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from xml.etree.ElementTree import Element

import pytest

from postmortem.model.claims import Component, Entry, Signal, Window
from postmortem.model.incident import Incident
from postmortem.model.moment import Bound, read_moment
from postmortem.model.settings import Settings
from postmortem.model.vocabulary import Level
from postmortem.pages import course, lanes, links

Case = Callable[[str], Incident]
Changed = Callable[..., Any]
Parsed = Callable[[str], Element]
Drawn = Callable[[Incident], Element]
CLASSES = ["Model degradation", "Application failure", "Authentication", "Data access"]


@pytest.fixture
def drawn(settings: Settings, parsed: Parsed) -> Drawn:
    names = links.of(settings, "../../")

    def draw(incident: Incident) -> Element:
        picture = lanes.draw(incident, names, course.clocks(incident, links.citations(incident.evidence)))
        assert picture is not None
        return parsed(picture)

    return draw


def _lanes(tree: Element) -> dict[str, Element]:
    found = [node for node in tree.iter("div") if "pm-lane" in node.get("class", "").split()]
    return {_text(node.find(".//b")): node for node in found}


def _text(node: Element | None) -> str:
    assert node is not None
    return " ".join("".join(node.itertext()).split())


def _drawn(lane: Element, tag: str) -> list[Element]:
    return [node for node in lane.iter() if node.tag.endswith(f"}}{tag}")]  # whatever the parser says of namespaces


def _bars(lane: Element) -> list[tuple[str, float, float]]:
    return [
        (node.get("data-look", ""), float(node.get("x1", "")[:-1]), float(node.get("x2", "")[:-1]))
        for node in lane.iter()
        if node.get("class") == "pm-bar"
    ]


def _rows(tree: Element) -> dict[str, str]:
    return {_text(row.find("th")): _text(row.find("td")) for row in tree.iter("tr") if row.find("td") is not None}


def test_every_lane_of_the_picture_is_a_row_of_the_table(
    each_case: Incident, settings: Settings, parsed: Parsed
) -> None:
    names = links.of(settings, "../../")
    picture = lanes.draw(each_case, names, course.clocks(each_case, links.citations(each_case.evidence)))
    if picture is None:
        return
    tree = parsed(picture)
    assert list(_lanes(tree)) == list(_rows(tree))
    assert [each for each in _lanes(tree) if each in CLASSES] == CLASSES
    assert all(_rows(tree).values())


def test_positions_stay_within_the_picture(each_case: Incident, settings: Settings) -> None:
    names = links.of(settings, "../../")
    picture = lanes.draw(each_case, names, course.clocks(each_case, links.citations(each_case.evidence))) or ""
    places = [float(each) for each in re.findall(r'(?:x1|x2|cx)="([0-9.-]+)%"', picture)]
    assert all(0 <= each <= 100 for each in places)
    assert "style=" not in picture
    assert "<script" not in picture


def test_clocks_are_marks_with_their_lags(case: Case, drawn: Drawn) -> None:
    tree = drawn(case("complete"))
    told = _lanes(tree)
    assert _text(told["First public update"].find("span")) == "First public update 26 min after the start"
    assert len(_drawn(told["First public update"], "line")) == len(_drawn(told["First public update"], "circle")) == 1
    assert "Started" not in told
    assert _rows(tree)["Detected"] == "14:29, 8 min after the start"
    assert _rows(tree)["Mitigated"] == "about 15:58, about 1 h 37 min after the start"


def test_planned_work_has_a_window_and_no_lags(case: Case, drawn: Drawn) -> None:
    told = _lanes(drawn(case("maintenance")))
    assert "Scheduled window" in told
    assert not any(each.get("data-kind") == "clock" for each in told.values())


def test_an_end_nobody_knows_and_one_still_to_come_differ(case: Case, drawn: Drawn, changed: Changed) -> None:
    complete = case("complete")
    start = Bound(read_moment("2026-06-23T14:21Z"))

    def ended(end: Bound | None) -> Element:
        window = (Window(start=start, end=end),)
        return _lanes(drawn(changed(complete, impact__model_degradation__windows=window)))["Model degradation"]

    unknown, open_ = ended(Bound(None)), ended(None)
    assert "an end is not known" in _text(unknown)
    assert _text(unknown).endswith("?")
    assert "still going on" in _text(open_)
    assert _text(open_).endswith("→")
    assert [node.get("data-is") for each in (unknown, open_) for node in _drawn(each, "line")] == ["open", "known"]
    assert all(right < 100 for each in (unknown, open_) for _, _, right in _bars(each))


def test_a_start_nobody_knows_is_a_question_mark_at_the_left(case: Case, drawn: Drawn) -> None:
    lane = _lanes(drawn(case("backfilled")))["Model degradation"]
    assert "a start is not known" in _text(lane)
    assert _bars(lane)[0][1] == 0


def test_a_mere_bound_is_no_start_that_anybody_knows(case: Case, drawn: Drawn) -> None:
    tree = drawn(case("embargo"))  # "not after 10:00"
    assert "a start is not known" in _text(_lanes(tree)["Data access"])
    assert _rows(tree)["Data access"] == "start not known to 11:30: affected"


def test_the_worst_is_drawn_above_what_is_milder(case: Case, drawn: Drawn, changed: Changed) -> None:
    start, end = Bound(read_moment("2026-06-23T14:21Z")), Bound(read_moment("2026-06-23T15:21Z"))
    levels: tuple[Level, ...] = ("full_outage", "degraded", "partial_outage")
    both = tuple(Window(start=start, end=end, level=level) for level in levels)
    tree = drawn(changed(case("complete"), impact__model_degradation__windows=both))
    assert [look for look, _, _ in _bars(_lanes(tree)["Model degradation"])] == [
        *("degraded", "partial_outage", "full_outage")
    ]
    assert "full outage, then degraded, then partial outage" in _text(_lanes(tree)["Model degradation"])


def test_a_class_says_its_state_where_it_has_no_bar(case: Case, drawn: Drawn) -> None:
    told = _lanes(drawn(case("complete")))
    assert (told["Authentication"].get("data-is"), _bars(told["Authentication"])) == ("not_affected", [])
    dark = _lanes(drawn(case("end-unknown")))
    assert _text(dark["Model degradation"].find("span")) == "Model degradation extent not known, when is not known"
    assert dark["Data access"].get("data-is") == "unknown"


def test_the_page_showed_a_state_until_it_showed_another(case: Case, drawn: Drawn) -> None:
    tree = drawn(case("complete"))
    lane = _lanes(tree)["Chat on the web"]
    assert [look for look, _, _ in _bars(lane)] == ["major_outage", "operational"]
    assert "shown as major outage, then operational" in _text(lane)
    assert _rows(tree)["Chat on the web"].endswith("major outage; from 16:13: operational")


def test_a_state_shown_twice_is_one_stretch(case: Case, drawn: Drawn, changed: Changed) -> None:
    complete = case("complete")
    shown = (Component(service="api", state="partial_outage"),)
    timeline = tuple(changed(each, components=shown) if each.kind == "update" else each for each in complete.timeline)
    assert len(_bars(_lanes(drawn(changed(complete, timeline=timeline)))["API"])) == 1


def test_felt_impact_has_a_lane_of_its_own_and_moves_nothing(case: Case, drawn: Drawn, changed: Changed) -> None:
    complete = case("complete")
    far = Signal(kind="crowd", source="<b>Crowd</b>", observed=date(2027, 1, 1), count=7, count_is="about")
    loud, quiet = drawn(changed(complete, signals=(far,))), drawn(changed(complete, signals=()))
    assert _text(_lanes(loud)["Felt impact"].find("span")) == (
        "Felt impact <b>Crowd</b>, 1 January 2027: about 7 reports. "
        "Not a count of affected users; nothing above rests on it"
    )
    assert _bars(_lanes(loud)["Felt impact"]) == []
    assert _bars(_lanes(drawn(complete))["Felt impact"]) == [("felt", 0.0, 100.0)]
    assert "Felt impact" not in _lanes(quiet)
    assert _bars(_lanes(loud)["Application failure"]) == _bars(_lanes(quiet)["Application failure"])


def test_a_word_long_after_the_end_does_not_squeeze_the_picture(case: Case, drawn: Drawn, changed: Changed) -> None:
    complete = case("complete")
    late = Entry(id="u9", at=read_moment("2026-07-23T16:13Z"), kind="update", text="The postmortem is out.")
    tree = drawn(changed(complete, timeline=(*complete.timeline, late)))
    assert _bars(_lanes(tree)["Application failure"]) == _bars(_lanes(drawn(complete))["Application failure"])
    assert _rows(tree)["Public updates"].endswith("23 July 16:13")


def test_one_known_instant_draws_nothing(case: Case, settings: Settings) -> None:
    withdrawn = case("withdrawn")
    assert lanes.draw(withdrawn, links.of(settings, ""), course.clocks(withdrawn, links.citations(()))) is None
