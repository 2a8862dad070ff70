"""Every way in which a record and a feed can disagree, with both values and the place in the record."""

from typing import Any

from postmortem.enrich.reconcile import compare
from postmortem.model.event import Component, gather
from tests.enrich.told import event, record, service_of
from tests.model.made import update, utc

UPDATES = [
    update("u1", "2026-06-23T14:47Z", status="investigating", origin={"source": "page", "key": "a"}),
    update("u2", "2026-06-23T16:13Z", status="resolved", origin={"source": "page", "key": "c"}),
]
FIRST = event("a", "14:47:20")


def last(**more: Any) -> Any:  # noqa: ANN401 - an event
    head: dict[str, Any] = {
        "title": "Elevated errors",
        "impact": "major",
        "opened": utc("2026-06-23T14:47:20Z"),
        "closed": utc("2026-06-23T16:13:40Z"),
        "listed": (Component(name="Chat"),),
        "modified": utc("2026-06-23T16:13:40Z"),
        "url": "https://status.example.com/i1",
    }
    return event("c", "16:13:40", "resolved", **head | more)


def differ(*events: Any, **changes: object) -> list[tuple[Any, ...]]:  # noqa: ANN401 - events
    (told,) = gather(events)
    found = compare(record(**{"timeline": UPDATES} | changes), told, service_of)
    assert all((each.source, each.incident) == ("page", "i1") for each in found)
    return [(each.what, each.record, each.source_says, each.pointer) for each in found]


def test_nothing_where_they_agree() -> None:
    assert differ(FIRST, last()) == []


def test_the_first_word_and_the_end() -> None:
    assert differ(
        FIRST,
        last(opened=utc("2026-06-23T14:40:00Z"), closed=utc("2026-06-23T17:00:00Z")),
        clocks={"resolved": "2026-06-23T16:00Z"},
    ) == [
        ("start", "2026-06-23T14:47Z", "2026-06-23T14:40Z", ("timeline", 0, "at")),
        ("end", "2026-06-23T16:00Z", "2026-06-23T17:00Z", ("clocks", "resolved")),
    ]


def test_an_incident_that_is_over_for_one_of_them() -> None:
    assert differ(FIRST, timeline=UPDATES[:1]) == []
    assert differ(event("a", "14:47", modified=utc("2026-06-24T00:00:00Z"))) == [
        ("end", "2026-06-23T16:13Z", None, ("timeline", 1, "at")),
        ("status", "resolved", "investigating", ("timeline", 1, "at")),
        ("updates", 2, 1, ("timeline",)),
    ]


def test_severity_title_and_kind() -> None:
    tracking = [{"source": "page", "incident": "i1", "title": "Slow chat", "severity": "minor"}]
    assert differ(FIRST, last(impact="minor", title="Chat down"), tracking=tracking, severity="critical") == [
        ("severity", "critical", "minor", ("severity",)),
        ("title", "Slow chat", "Chat down", ("tracking", 0, "title")),
    ]
    assert ("kind", "incident", "maintenance", ("kind",)) in differ(FIRST, last(kind="maintenance"))


def test_components_by_service_and_by_name_where_none_is_known() -> None:
    named = (Component(name="Chat"), Component(name="claude.ai"), Component(name="Billing"))
    assert differ(FIRST, last(listed=named)) == [("components", ["web-app"], ["Billing", "web-app"], ("services",))]
    assert differ(FIRST, last(listed=())) == []


def test_the_number_of_updates() -> None:
    more = event("b", "15:30", "identified")
    assert differ(FIRST, more, last()) == [("updates", 2, 3, ("timeline",))]
    kept = [*UPDATES, update("u3", "2026-06-23T15:00Z", status="identified", origin={"source": "page", "key": "x"})]
    assert differ(FIRST, last(), timeline=kept) == [("updates", 3, 2, ("timeline",))]


def test_another_schedule() -> None:
    planned = {"start": "2026-06-23T15:00Z", "end": "2026-06-23T16:00Z"}
    timeline = [update("u1", "2026-06-23T09:00Z", status="scheduled")]
    said = event("a", "09:00", "scheduled", kind="maintenance", scheduled_end=utc("2026-06-23T18:00:00Z"))
    assert differ(said, kind="maintenance", scheduled=planned, timeline=timeline) == [
        ("schedule", "2026-06-23T16:00Z", "2026-06-23T18:00Z", ("scheduled", "end"))
    ]
