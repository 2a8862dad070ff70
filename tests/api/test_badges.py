"""Badges: read as XML, readable on their colours, green only where somebody watches."""

import xml.etree.ElementTree as ET
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.api import badges
from postmortem.api.badges import Badge, badge, svg
from tests.api.corpora import Data, published, settings
from tests.model import made

AS_OF = date(2026, 6, 24)
SPACE = "{http://www.w3.org/2000/svg}"
ARCHIVE = settings(site={"url": "https://status.example.com/", "live": False})


def drawn(corpus: list[Data], live: bool = True) -> dict[str, ET.Element]:  # noqa: FBT001, FBT002 - a test's switch
    history, _ = published(corpus)
    site = settings() if live else ARCHIVE
    return {each.path: ET.fromstring(each.body) for each in badges.artifacts(history, site, AS_OF)}  # noqa: S314 - our own


def words(picture: ET.Element) -> list[str]:
    return [each.text or "" for each in picture.iter(f"{SPACE}text")]


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colour", [badges.LABEL, badges.QUIET, badges.UNKNOWN, *badges.OPEN.values()])
def test_text_can_be_read_on_every_colour(colour: str) -> None:
    light, dark = sorted((luminance(badges.TEXT), luminance(colour)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_every_service_and_class_has_one_with_a_sentence_for_its_title() -> None:
    found = drawn([made.data(severity="critical", impact=made.impact(authentication=made.affected()))])
    assert found.keys() == {
        *(f"badge/{each}.svg" for each in ("web-app", "api", "files")),
        *(f"badge/impact/{each}.svg" for each in made.impact()),
    }
    hit, quiet = found["badge/web-app.svg"], found["badge/api.svg"]
    assert (words(hit), words(quiet)) == (["Chat - on the web", "1 open incident"], ["API", "no open incident"])
    assert hit.findtext(f"{SPACE}title") == "Chat - on the web: 1 open incident as of 2026-06-24"
    assert hit.get("aria-label") == hit.findtext(f"{SPACE}title")
    fills = [[each.get("fill") for each in picture.iter(f"{SPACE}rect")][1] for picture in (hit, quiet)]
    assert fills == [badges.OPEN["critical"], badges.QUIET]
    assert words(found["badge/impact/authentication.svg"]) == ["Authentication", "1 open incident"]
    assert words(found["badge/impact/data_access.svg"]) == ["Data access", "no open incident"]


def test_an_archive_has_a_date_and_is_never_green() -> None:
    for picture in drawn([], live=False).values():
        assert words(picture)[1] == "no open record as of 2026-06-24"
        assert badges.QUIET not in {each.get("fill") for each in picture.iter()}


def test_where_nobody_says_that_they_watch_none_is_green_either() -> None:
    site = settings(coverage=[])
    for each in badges.artifacts(published([])[0], site, AS_OF):
        picture = ET.fromstring(each.body)  # noqa: S314 - our own
        assert str(picture.findtext(f"{SPACE}title")).endswith(" (nobody says that they watch)")
        assert badges.QUIET not in {one.get("fill") for one in picture.iter()}


def test_maintenance_and_what_was_withdrawn_are_no_open_incidents() -> None:
    gone = made.data(record="withdrawn", withdrawn={"at": "2026-06-24T09:00Z", "reason": "Counted twice."})
    work = made.data(
        id="2026-06-24-work",
        kind="maintenance",
        scheduled={"start": "2026-06-24T04:00Z", "end": "2026-06-24T06:00Z"},
        timeline=[made.update("u1", "2026-06-24T04:00Z", status="in_progress")],
    )
    assert words(drawn([gone, work])["badge/web-app.svg"])[1] == "no open incident"


@given(st.text(max_size=100))
def test_any_name_is_a_picture_that_holds_its_text(name: str) -> None:
    told = badge(name, [], AS_OF)
    picture = ET.fromstring(svg(told))  # noqa: S314 - our own
    left, right = (float(each.get("width", "")) for each in picture.iter(f"{SPACE}rect"))
    assert float(picture.get("width", "")) == left + right
    for each in picture.iter(f"{SPACE}text"):
        assert float(each.get("textLength", "")) == badges.width(each.text or "")


def test_width_is_that_of_the_letters_on_every_machine() -> None:
    assert [badges.width(each) for each in ("", "API", "iiii", "MMMM", "障害")] == [0, 19, 17, 44, 22]
    assert len(svg(Badge("x" * 500, "y", "#000000", "z"))) < 1000
