"""Ninety days in a row: what a bar says, where it leads, and what is not drawn as good."""

from collections.abc import Callable
from datetime import date, timedelta
from xml.etree.ElementTree import Element

import pytest

from postmortem.model.figure import Day, Extent, Strip
from postmortem.model.settings import Settings
from postmortem.pages import links, strips

FIRST = date(2026, 6, 20)


def strip(*days: Day, watched: int | None = None, unknown: int = 0) -> Strip:
    seen = [each for each in days if each.state != "not_watched"]
    last = days[-1].day
    count = len(seen) if watched is None else watched
    window = Extent(start=FIRST, end=last, asked=len(days), watched=count, complete=True)
    return Strip(kind="service", id="api", window=window, days=days, unknown=unknown)


def day(number: int, state: str = "no_record", **more: object) -> Day:
    return Day(day=FIRST + timedelta(days=number), state=state, **more)  # type: ignore[arg-type]


def hit(number: int, *incidents: str, **more: object) -> Day:
    values: dict[str, object] = {"level": "full_outage", "minutes": 45, "most": 45} | more
    return day(number, "affected", incidents=incidents or ("2026-06-20-x",), **values)


@pytest.fixture
def drawn(settings: Settings, parsed: Callable[[str], Element]) -> Callable[[Strip], Element]:
    def given(one: Strip) -> Element:
        line = strips.line(one, "API", links.of(settings, "../"))
        return next(iter(parsed(line.bars).iter("span")))

    return given


def test_a_day_with_one_incident_leads_to_it_and_one_with_several_to_the_table(
    drawn: Callable[[Strip], Element],
) -> None:
    one, several = drawn(strip(hit(0, "2026-06-20-x"), hit(1, "a", "b")))
    assert one.get("href") == "../incidents/2026-06-20-x/"
    assert one.get("aria-label") == "20 June 2026: full outage, 45 min"
    assert several.get("href") == "#day-2026-06-21"
    assert several.get("aria-label") == "21 June 2026: full outage, 45 min; 2 incidents"


def test_a_day_without_a_record_and_one_that_nobody_watched_differ_and_are_no_bars(
    drawn: Callable[[Strip], Element],
) -> None:
    found = drawn(strip(day(0, "not_watched"), day(1), hit(2)))
    assert [each.tag for each in found] == ["b", "i", "a"]


def test_days_of_which_nothing_is_said_are_one_place_as_wide_as_they_are_many(
    drawn: Callable[[Strip], Element],
) -> None:
    found = drawn(strip(day(0), day(1), day(2), hit(3), hit(4), day(5), day(6, "not_watched"), day(7, "not_watched")))
    assert [(each.tag, each.get("style")) for each in found] == [
        ("i", "--pm-days:3"),
        ("a", None),
        ("a", None),
        ("i", None),
        ("b", "--pm-days:2"),
    ]


def test_what_is_only_possible_is_drawn_apart(drawn: Callable[[Strip], Element]) -> None:
    sure, unsure = drawn(strip(hit(0), hit(1, minutes=0, most=90, certain=False)))
    assert sure.get("data-sure") is None
    assert unsure.get("data-sure") == "no"
    assert "up to 1 h 30 min" in unsure.get("aria-label", "")


@pytest.mark.parametrize(
    ("minutes", "most", "words"),
    [
        (45, 45, "45 min"),
        (45, 120, "45 min to 2 h"),
        (0, 120, "up to 2 h"),
        (1440, 1440, "all day"),
        (0, 0, "for how long is not known"),
    ],
)
def test_minutes_are_told_as_what_is_certain_to_what_is_possible(minutes: int, most: int, words: str) -> None:
    (row,) = strips.table([("", strip(hit(0, minutes=minutes, most=most)))], {}, links.Links("", {}, {}, {}, {}))
    assert row.told == [("", f"full outage, {words}")]


def test_an_unknown_level_is_no_known_one(drawn: Callable[[Strip], Element]) -> None:
    (found,) = drawn(strip(hit(0, level="unknown")))
    assert found.get("data-look") == "extent_unknown"


def test_a_strip_without_links_is_a_picture_with_words(drawn: Callable[[Strip], Element]) -> None:
    found = drawn(strip(day(0), day(1)))
    assert found.get("role") == "img"
    assert found.get("aria-label") == "API, 20 to 21 June 2026: no record speaks of 2 watched days"
    assert drawn(strip(hit(0), day(1))).get("role") == "group"


def test_a_strip_says_how_much_was_watched_and_of_what_nobody_spoke() -> None:
    assert strips.said(strip(day(0, "not_watched"))) == "20 June 2026: not watched"
    told = strips.said(strip(hit(0), hit(1, level="degraded"), day(2), unknown=3))
    assert told.endswith("a record speaks of 2 of 3 watched days; worst: full outage; 3 incidents not known")
    assert strips.watched(strip(day(0), day(1, "not_watched"))) == "1 of 2 days watched"


def test_the_table_has_every_day_of_which_a_record_speaks_newest_first() -> None:
    empty = links.Links("", {}, {}, {}, {})
    first, second = strip(hit(0, "a"), day(1), hit(2, "b")), strip(day(0), day(1), hit(2, "b", "c"))
    rows = strips.table([("One", first), ("Two", second)], {}, empty)
    assert [each.anchor for each in rows] == ["day-2026-06-22", "day-2026-06-20"]
    assert [name for name, _ in rows[0].told] == ["One", "Two"]
    assert rows[0].incidents.count("<a ") == 2
