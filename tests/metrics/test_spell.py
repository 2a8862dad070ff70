"""What is certain and what is possible of a window, by how its bounds are meant."""

from datetime import date

import pytest

from postmortem.metrics.spell import spells
from postmortem.model.summary import summarise
from tests.metrics.corpus import timed
from tests.model import made

TEN, ELEVEN, NOON, ONE = (f"2026-06-23T{hour}:00Z" for hour in (10, 11, 12, 13))
Interval = tuple[str, str]


def bound(at: str, word: str) -> dict[str, str]:
    return {"at": at, "is": word}


@pytest.mark.parametrize(
    ("start", "end", "sure", "possible"),
    [
        (TEN, NOON, (TEN, NOON), (TEN, NOON)),
        (bound(TEN, "about"), NOON, (TEN, NOON), (TEN, NOON)),
        (bound(TEN, "not_before"), NOON, None, (TEN, NOON)),
        (bound(ELEVEN, "not_after"), NOON, (ELEVEN, NOON), (TEN, NOON)),
        (TEN, bound(NOON, "not_after"), None, (TEN, NOON)),
        (TEN, bound(NOON, "not_before"), (TEN, NOON), (TEN, ONE)),
        (TEN, "unknown", None, (TEN, ONE)),
        ("unknown", NOON, None, (TEN, NOON)),
        ("unknown", "unknown", None, (TEN, ONE)),
    ],
)
def test_an_unknown_end_widens_what_is_possible_and_never_what_is_sure(
    start: object, end: object, sure: Interval | None, possible: Interval
) -> None:
    impact = made.impact(application_failure=made.affected({"start": start, "end": end}))
    row = summarise(timed("2026-06-23-x", TEN, ONE, clocks={"started": TEN}, impact=impact))
    (found,) = spells(row, date(2026, 6, 30))
    told = found.sure and (found.sure.start, found.sure.end)
    assert told == (sure and tuple(map(made.utc, sure)))
    assert (found.possible.start, found.possible.end) == tuple(map(made.utc, possible))


def test_a_class_that_is_affected_and_tells_no_window_is_one_that_is_unknown() -> None:
    row = summarise(timed("2026-06-23-x", TEN, ONE, impact=made.impact(application_failure=made.affected())))
    (found,) = spells(row, date(2026, 6, 30))
    assert (found.ends, found.sure, found.services) == ("unknown", None, ("web-app",))


def test_a_window_that_names_services_speaks_of_no_other() -> None:
    window = {"start": TEN, "end": NOON, "services": ["api"]}
    impact = made.impact(application_failure=made.affected(window, services=["web-app", "api"]))
    row = summarise(timed("2026-06-23-x", TEN, ONE, services=["web-app", "api"], impact=impact))
    assert [each.services for each in spells(row, date(2026, 6, 30))] == [("api",)]
