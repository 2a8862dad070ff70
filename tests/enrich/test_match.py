"""Which record is which incident: by what it tracks, else proposed by service and time, never by the title."""

import random
from datetime import timedelta
from typing import Any

from postmortem.enrich.match import Known, by_incident, coverage, known, proposals, window
from postmortem.model.event import Component, Told, gather
from tests.enrich.told import event, record, service_of
from tests.model.made import affected, impact, update, utc

CHAT = (Component(name="Chat"),)
LOOKUP = {"page": service_of, "mirror": service_of}


def held(name: str, start: str, end: str | None, *services: str, tracked: tuple[tuple[str, str], ...] = ()) -> Known:
    return Known(
        name=name,
        kind="incident",
        tracked=tracked,
        services=frozenset(services or ("web-app",)),
        start=utc(f"2026-06-23T{start}Z"),
        end=utc(f"2026-06-23T{end}Z") if end else None,
    )


def told(*ats: str, status: str = "investigating", **more: Any) -> Told:  # noqa: ANN401 - any field
    (one,) = gather(event(f"u{at}", at, status, **{"listed": CHAT, "title": "Chat unavailable"} | more) for at in ats)
    return one


def names(one: Told, *records: Known) -> list[tuple[str, ...]]:
    return [each.names for each in proposals([one], records, LOOKUP)]


def test_a_record_is_known_by_what_it_tracks_and_when_it_happened() -> None:
    windows = impact(application_failure=affected({"start": "2026-06-23T14:21Z", "end": "2026-06-23T15:00Z"}))
    closed = [update("u1", "2026-06-23T14:47Z"), update("u2", "2026-06-23T16:13Z", status="resolved")]
    found = known(record(impact=windows, timeline=closed), "a.yaml")
    assert (found.tracked, found.services) == ((("page", "i1"),), frozenset({"web-app"}))
    assert (found.start, found.end) == (utc("2026-06-23T14:21Z"), utc("2026-06-23T16:13Z"))
    assert known(record(), "a.yaml").end is None


def test_who_shares_a_service_and_time_is_proposed_the_longest_overlap_first() -> None:
    long, short = held("long", "14:00", "18:00"), held("short", "16:00", "16:10")
    assert names(told("14:47", "16:13"), short, long) == [("long", "short")]
    assert names(told("14:47", "16:13"), held("open", "16:13", None)) == [("open",)]


def test_neither_the_title_nor_one_of_the_two_is_enough() -> None:
    assert names(told("14:47", "16:13"), held("later", "16:14", "18:00")) == []
    assert names(told("14:47", "16:13"), held("other", "14:00", "18:00", "api")) == []
    assert names(told("14:47", "16:13", listed=()), held("a", "14:00", "18:00")) == []
    assert names(told("14:47", listed=(Component(name="Unheard of"),)), held("a", "14:00", "18:00")) == []


def test_what_is_tracked_is_not_proposed_again_nor_a_record_that_follows_the_source() -> None:
    assert names(told("14:47"), held("a", "14:00", "18:00", tracked=(("page", "i1"),))) == []
    assert names(told("14:47"), held("a", "14:00", "18:00", tracked=(("page", "i2"),))) == []
    assert names(told("14:47"), held("a", "14:00", "18:00", tracked=(("mirror", "i1"),))) == [("a",)]


def test_maintenance_is_no_incident() -> None:
    assert names(told("14:47", kind="maintenance"), held("a", "14:00", "18:00")) == []


def test_the_window_of_an_incident_is_all_that_was_said_of_it() -> None:
    one = told("14:47", "16:13", opened=utc("2026-06-23T14:30:00Z"), closed=utc("2026-06-23T16:14:00Z"))
    assert window(one) == (utc("2026-06-23T14:30Z"), utc("2026-06-23T16:14Z"))


def test_ids_are_found_as_records_hold_them() -> None:
    (odd,) = gather([event("a", "14:47", incident=" x\ty ")])
    assert by_incident([odd])["page", "x y"].incident == "x y"


def test_an_answer_reaches_from_its_earliest_last_word_to_when_it_was_asked() -> None:
    old, new = told("10:00", "12:00", incident="i0", status="resolved"), told("11:00", "13:00", status="resolved")
    asked = {"page": utc("2026-06-23T15:00:00Z")}
    reach = coverage([new, old], asked)["page", "incident"]
    assert (reach.since, reach.until) == (utc("2026-06-23T12:00Z"), asked["page"])
    assert coverage([new, old], {})["page", "incident"].until == utc("2026-06-23T13:00Z")


def test_an_answer_of_open_incidents_alone_reaches_over_nothing() -> None:
    assert coverage([told("10:00", "12:00")], {"page": utc("2026-06-23T15:00:00Z")}) == {}


def test_proposals_are_those_of_looking_at_every_pair() -> None:
    chance = random.Random(23)  # noqa: S311 - chance, no secret
    for _ in range(50):
        records = [_some(chance, str(number)) for number in range(12)]
        one = told(*sorted(f"{chance.randint(0, 23):02}:{chance.randint(0, 59):02}" for _ in range(2)))
        start, end = window(one)
        fit = {
            each.name
            for each in records
            if "web-app" in each.services and each.start <= end and (each.end is None or each.end >= start)
        }
        assert {name for found in names(one, *records) for name in found} == fit


def _some(chance: random.Random, name: str) -> Known:
    start = utc("2026-06-22T12:00Z") + timedelta(minutes=chance.randint(0, 3000))
    end = start + timedelta(minutes=chance.choice([0, 5, 60, 2000])) if chance.random() < 0.8 else None
    services = frozenset(chance.sample(["web-app", "api"], chance.randint(1, 2)))
    return Known(name=name, kind="incident", tracked=(), services=services, start=start, end=end)
