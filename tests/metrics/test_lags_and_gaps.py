"""Lags from the clocks that a record states, gaps on days that were watched."""

from typing import Any

import pytest

from postmortem.metrics import gaps, lags
from tests.metrics.corpus import by_key, counted, timed, unknown, value
from tests.model import made


def one(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - fields of the format
    found = counted(timed("2026-06-23-chat", "2026-06-23T10:30Z", "2026-06-23T12:00Z", **changes))
    return by_key(lags.all_lags(found))


def test_every_lag_has_its_two_clocks() -> None:
    clocks = {"started": "2026-06-23T10:00Z", "detected": "2026-06-23T10:05Z", "mitigated": "2026-06-23T11:15Z"}
    figures = one(clocks=clocks, postmortem={"state": "published", "published": "2026-06-26T12:00Z"})
    told = {key: value(each, "median") for key, each in figures.items()}
    assert told == {
        "lag/detection": 5, "lag/disclosure": 30, "lag/mitigation": 75, "lag/resolution": 120, "lag/postmortem": 4320,
    }  # fmt: skip


def test_the_start_is_never_when_somebody_first_told_of_it() -> None:
    figure = one()["lag/disclosure"]
    assert (figure.n, unknown(figure)) == (0, {"start not known": 1})


def test_an_earliest_window_will_do_for_a_start() -> None:
    window = {"start": "2026-06-23T10:10Z", "end": "unknown"}
    figure = one(impact=made.impact(application_failure=made.affected(window)))["lag/disclosure"]
    assert value(figure, "median") == 20


@pytest.mark.parametrize(("word", "n", "marked"), [("about", 1, 1), ("not_before", 0, 0), ("not_after", 0, 0)])
def test_an_approximate_clock_counts_and_is_marked_but_a_bound_is_no_time(word: str, n: int, marked: int) -> None:
    figure = one(clocks={"started": {"at": "2026-06-23T10:00Z", "is": word}})["lag/disclosure"]
    assert (figure.n, figure.marked) == (n, marked)
    assert unknown(figure) == ({} if n else {"start only bounded": 1})


def test_clocks_that_run_backwards_give_no_lag() -> None:
    figure = one(clocks={"started": "2026-06-23T10:45Z"})["lag/disclosure"]
    assert (figure.n, unknown(figure)) == (0, {"first public update before start": 1})


def test_no_gap_across_days_that_nobody_watched() -> None:
    days = [{"from": "2026-06-01", "until": "2026-06-10"}, {"from": "2026-06-12", "until": "2026-06-20"}]
    starts = ("2026-06-02T00:00Z", "2026-06-03T00:00Z", "2026-06-13T00:00Z", "2026-06-13T02:00Z")
    told = [timed(f"2026-06-{n:02}-x", at) for n, at in enumerate(starts, 1)]
    figure = gaps.incidents(counted(*told, coverage=days))
    assert (figure.n, value(figure, "least"), value(figure, "most")) == (2, 120, 1440)
    assert unknown(figure) == {"days between them were not watched": 1}
    assert value(figure, "since_last") == 8 * 1440 - 120


def test_days_of_coverage_that_touch_are_one_stretch() -> None:
    days = [{"from": "2026-06-01", "until": "2026-06-10"}, {"from": "2026-06-11", "until": "2026-06-20"}]
    told = [timed("2026-06-10-a", "2026-06-10T12:00Z"), timed("2026-06-11-b", "2026-06-11T12:00Z")]
    assert value(gaps.incidents(counted(*told, coverage=days)), "most") == 1440
