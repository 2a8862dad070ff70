"""The history feeds of Statuspage and of Instatus, which imitates them."""

from datetime import datetime

import pytest

from postmortem.model.event import Event
from postmortem.sources import statuspage_feed
from tests.sources.payload import payload

URL = "https://status.harbour.example/"
ENTRY = """<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:a.example,2005:/history</id><entry>
<id>tag:a.example,2005:Incident/1</id><published>{published}</published><title>T</title>
<link rel="alternate" href="https://a.example/incidents/abc"/>
<content type="html"><![CDATA[{content}]]></content></entry></feed>"""


def told(name: str) -> list[Event]:
    return list(statuspage_feed.parse(payload(f"statuspage-feed/{name}"), "h", URL).events)


def entry(content: str, published: str = "2026-03-01T12:00:00Z") -> tuple[list[Event], tuple[str, ...]]:
    answer = statuspage_feed.parse(ENTRY.format(content=content, published=published).encode(), "h", URL)
    return list(answer.events), answer.skipped


def said(time: str, label: str = "Update", text: str = "x") -> str:
    return f"<p><small>{time}</small><br><strong>{label}</strong> - {text}</p>"


def times(*printed: str, published: str = "2026-03-01T12:00:00Z") -> list[str]:
    events, _ = entry("".join(said(each) for each in printed), published)
    return [each.at.strftime("%Y-%m-%dT%H:%M") for each in reversed(events)]


def test_the_year_is_inferred_over_new_year() -> None:
    events = [each for each in told("history.atom") if each.incident == "c0dec0de1234"]
    assert [each.at for each in events] == [
        datetime.fromisoformat(each)
        for each in ("2025-12-31T22:58Z", "2025-12-31T23:10Z", "2025-12-31T23:10Z", "2026-01-01T00:37Z")
    ]


def test_update_keeps_the_status_and_same_minute_updates_keep_apart() -> None:
    events = [each for each in told("history.atom") if each.incident == "c0dec0de1234"]
    assert [each.status for each in events] == ["investigating", "investigating", "investigating", "resolved"]
    assert [each.status_word for each in events] == ["Investigating", "Update", "Update", "Resolved"]
    assert [each.text for each in events[1:3]] == ["One moves.", "Two move."]
    assert len({each.update for each in events}) == 4
    assert events[2].update == f"{events[1].update}-2"


def test_the_code_in_the_link_is_the_key_and_text_is_plain() -> None:
    first = told("history.atom")[0]
    assert (first.incident, first.title) == ("c0dec0de1234", "Cranes & winches stuck")
    assert first.text == "No crane moves;\nsee the map (https://harbour.example/map)."
    assert (first.impact, first.opened, first.closed) == ("unknown", first.at, told("history.atom")[3].at)


def test_scheduled_times_are_read_with_their_zone() -> None:
    (event,) = [each for each in told("history.atom") if each.incident == "feedfeed5678"]
    assert (event.kind, event.status, event.at.isoformat()) == ("maintenance", "scheduled", "2025-06-02T21:00:00+00:00")
    assert (event.scheduled_start, event.scheduled_end) == (
        datetime.fromisoformat("2025-06-10T05:00:00Z"),
        datetime.fromisoformat("2025-06-10T09:00:00Z"),
    )


def test_rss_holds_the_same_with_the_end_of_a_maintenance_beside_it() -> None:
    (event,) = told("history.rss")
    assert (event.incident, event.kind, event.at) == (
        "feedfeed5678",
        "maintenance",
        datetime.fromisoformat("2025-06-02T21:00Z"),
    )
    assert event.scheduled_end == datetime.fromisoformat("2025-06-10T09:00Z")


def test_instatus_writes_in_any_order_and_names_components() -> None:
    first, second = told("instatus.atom")
    assert (first.at.isoformat(), second.at.isoformat()) == ("2025-12-28T07:24:48+00:00", "2026-01-05T06:07:55+00:00")
    assert (first.kind, first.incident, second.status) == ("maintenance", "cmaaaaaaaaaaaaaaaaaaaaaaa", "completed")
    assert [each.name for each in first.listed] == ["Ropes", "Bell"]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (["Mar 1, 12:00 UTC", "Sep 30, 12:00 UTC"], ["2026-03-01T12:00", "2025-09-30T12:00"]),
        (["Mar 1, 04:00 PST", "Feb 27, 23:30 PST"], ["2026-03-01T12:00", "2026-02-28T07:30"]),
        (["Mar 1, 12:00 UTC", "Apr 2, 12:00 UTC"], ["2026-03-01T12:00", "2025-04-02T12:00"]),
        (["Mar 1, 17:30 GMT+5:30"], ["2026-03-01T12:00"]),
        (["Mar 1, 09:00 -03"], ["2026-03-01T12:00"]),
        (["Mar 1, 12:00 UTC", "Feb 29, 12:00 UTC"], ["2026-03-01T12:00", "2024-02-29T12:00"]),
    ],
)
def test_printed_times(printed: list[str], expected: list[str]) -> None:
    assert times(*printed) == expected


def test_an_update_in_a_zone_that_means_several_is_left_out_with_a_line() -> None:
    events, skipped = entry(said("Mar 1, 12:00 UTC", "Resolved") + said("Mar 1, 16:00 IST", "Investigating"))
    assert [each.status for each in events] == ["resolved"]
    assert skipped == ("abc: 1 of its updates without a time that can be read",)


def test_an_entry_of_which_no_time_can_be_read_is_one_event_at_its_own() -> None:
    events, skipped = entry(said("Mar 1, 16:00 IST", "Investigating", "No lamp burns."))
    assert [each.at.isoformat() for each in events] == ["2026-03-01T12:00:00+00:00"]
    assert "No lamp burns." in events[0].text
    assert len(skipped) == 1


def test_words_that_are_not_ours_are_kept_and_a_postmortem_changes_no_status() -> None:
    content = (
        said("Mar 9, 10:00 UTC", "Update")
        + said("Mar 9, 09:00 UTC", "Postmortem", "Why")
        + said("Mar 1, 12:00 UTC", "Resolved")
        + said("Mar 1, 11:00 UTC", "Pondering")
    )
    events, _ = entry(content, "2026-03-09T10:00:00Z")
    assert [(each.status, each.status_word) for each in events] == [
        ("unknown", "Pondering"), ("resolved", "Resolved"), ("postmortem", "Postmortem"), ("resolved", "Update"),
    ]  # fmt: skip
    assert events[0].closed == events[1].at


def test_reopened_is_closed_the_last_time() -> None:
    content = "".join(
        said(f"Mar 1, 1{hour}:00 UTC", label)
        for hour, label in ((4, "Resolved"), (3, "Monitoring"), (2, "Resolved"), (1, "Investigating"))
    )
    events, _ = entry(content, "2026-03-01T14:00:00Z")
    assert events[0].closed == datetime.fromisoformat("2026-03-01T14:00Z")


def test_an_empty_history_is_recognised_and_says_nothing_happened() -> None:
    content = b'<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:a.example,2005:/history</id></feed>'
    assert statuspage_feed.recognises(content)
    assert statuspage_feed.parse(content, "h", URL).events == ()


def test_a_link_without_a_code_leaves_the_number_of_the_tag() -> None:
    content = ENTRY.format(content=said("Mar 1, 12:00 UTC"), published="2026-03-01T12:00:00Z")
    (event,) = statuspage_feed.parse(content.replace("/incidents/abc", "").encode(), "h", URL).events
    assert event.incident == "1"
