"""The calendar as a calendar reads it: a library's parser, not our own."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from postmortem.feeds import calendar, pieces
from tests.feeds.strategies import Data, corpora, feeds, many, without
from tests.model import made


def events(corpus: list[Data]) -> list[Any]:
    read: Any = Calendar.from_ical(feeds(corpus)["calendar.ics"])
    return list(read.walk("VEVENT"))


def one(**changes: object) -> Any:  # noqa: ANN401 - a library without types
    (event,) = events([without(made.data(), **changes)])
    return event


def test_an_incident_is_an_event_from_when_it_was_known_to_its_end() -> None:
    timeline = [
        made.update("u1", "2026-06-23T14:47Z", status="investigating"),
        made.update("u2", "2026-06-23T16:13Z", status="resolved"),
    ]
    event = one(
        timeline=timeline, revisions=[made.revision(1, "2026-06-23T14:47Z")], summary="It, broke; twice\\.\nBut"
    )
    assert event.decoded("dtstart") == made.utc("2026-06-23T14:47Z")
    assert event.decoded("dtend") == made.utc("2026-06-23T16:13Z")
    assert event.decoded("dtstamp") == made.utc("2026-06-23T16:13Z")
    assert str(event["uid"]) == "tag:status.example.com,2026:incident/2026-06-23-chat"
    assert str(event["summary"]) == "Chat unavailable"
    assert str(event["description"]) == "It, broke; twice\\.\nBut"
    assert str(event["url"]) == "https://status.example.com/incidents/2026-06-23-chat/"
    assert (int(event["sequence"]), str(event["status"])) == (1, "CONFIRMED")


def test_what_is_open_has_no_end_and_every_revision_a_higher_sequence() -> None:
    event = one(
        revisions=[
            made.revision(number, "2026-06-23T14:47Z", kind) for number, kind in ((1, "initial"), (2, "editorial"))
        ]
    )
    assert "dtend" not in event
    assert int(event["sequence"]) == 2
    assert int(one()["sequence"]) == 0


def test_maintenance_is_when_it_was_scheduled() -> None:
    planned = {"start": "2026-12-01T02:00Z", "end": "2026-12-01T04:00Z"}
    timeline = [made.update("u1", "2026-11-20T10:00Z", status="scheduled")]
    event = one(kind="maintenance", scheduled=planned, timeline=timeline)
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (made.utc(planned["start"]), made.utc(planned["end"]))
    cancelled = [*timeline, made.update("u2", "2026-11-21T10:00Z", status="cancelled")]
    assert str(one(kind="maintenance", scheduled=planned, timeline=cancelled)["status"]) == "CANCELLED"


def test_what_was_withdrawn_is_cancelled_under_the_same_id() -> None:
    gone = one(record="withdrawn", withdrawn={"at": "2026-08-01T00:00Z", "reason": "A drill."})
    assert str(gone["status"]) == "CANCELLED"
    assert str(gone["uid"]) == str(one()["uid"])


@given(corpora())
def test_any_history_makes_a_calendar_of_short_lines(corpus: list[Data]) -> None:
    body = feeds(corpus)["calendar.ics"]
    assert body.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    assert b"\n" not in body.replace(b"\r\n", b"")
    found = events(corpus)
    assert len(found) == len(corpus) == len({str(each["uid"]) for each in found})
    assert not any(each.errors for each in found)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_every_text_arrives(text: str) -> None:
    kept = "".join(each for each in text if each in "\t\n" or each.isprintable() or each > "\x9f")
    kept = kept.replace("\ufffe", "").replace("\uffff", "").strip()
    assert str(one(title=f"x{kept}")["summary"]) == f"x{kept}"


def test_it_is_as_large_as_a_feed_at_most_and_keeps_the_newest() -> None:
    corpus = many(2500)
    body = feeds(corpus)["calendar.ics"]
    assert len(body) <= pieces.LARGEST
    assert str(events(corpus)[0]["uid"]).endswith("incident-2499")
    assert calendar.PATH == "calendar.ics"
