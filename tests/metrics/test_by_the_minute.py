"""Uptime, minutes and strips against the slow way: look at every minute of every day and ask every window."""

from datetime import date, timedelta
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from postmortem.metrics import frequency, strips, uptime
from postmortem.metrics.scope import Scope
from postmortem.model.incident import Incident
from postmortem.model.moment import rfc3339
from tests.metrics.corpus import by_key, counted, found, timed
from tests.model import made

BEGIN = made.utc("2026-06-22T12:00Z")
WATCHED = range(12 * 60, 60 * 60)
"""23 and 24 June, in minutes after BEGIN, which lies half a day before them."""
COVERAGE = [{"from": "2026-06-23", "until": "2026-06-24", "complete": True}]
LEVELS = ("unknown", "degraded", "partial_outage", "full_outage")
LOW = {"unknown": 1, "degraded": 1, "partial_outage": 2, "full_outage": 3}
HIGH = {**LOW, "unknown": 3}


class Told(NamedTuple):
    """A window in minutes after BEGIN; None is unknown."""

    start: int | None
    end: int | None
    level: str
    services: tuple[str, ...]


class Case(NamedTuple):
    """An incident in minutes after BEGIN."""

    public: int
    resolved: int
    windows: tuple[Told, ...]


def minute(count: int) -> str:
    return rfc3339(BEGIN + timedelta(minutes=count))


@st.composite
def windows(draw: st.DrawFn) -> Told:
    start = draw(st.none() | st.integers(0, 4000))
    end = draw(st.none() | st.integers((start or 0) + 1, (start or 0) + 900))
    services = draw(st.sampled_from([("web-app",), ("api",), ("web-app", "api")]))
    return Told(start, end, draw(st.sampled_from(LEVELS)), services)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    public = draw(st.integers(0, 4000))
    found = draw(st.lists(windows(), min_size=1, max_size=3))
    return Case(public, public + draw(st.integers(0, 900)), tuple(found))


def incident(number: int, case: Case) -> Incident:
    window = [
        {"level": each.level, "services": list(each.services)}
        | {"start": "unknown" if each.start is None else minute(each.start)}
        | {"end": "unknown" if each.end is None else minute(each.end)}
        for each in case.windows
    ]
    impact = made.impact(application_failure=made.affected(*window, services=["web-app", "api"]))
    id_ = f"2026-06-22-case-{number}"
    return timed(id_, minute(case.public), minute(case.resolved), services=["web-app", "api"], impact=impact)


def at(cases_: list[Case], service: str, now: int) -> tuple[int, int]:
    """The two ranks of one minute, from the sentences in the guide page `numbers.md`."""
    sure = possible = 0
    for case in cases_:
        starts = [each.start for each in case.windows if each.start is not None]
        first_known = min(starts, default=case.public)
        for start, end, level, services in case.windows:
            if service not in services:
                continue
            close = max(case.resolved, first_known, start or 0) if end is None else end
            begin = min(first_known, close) if start is None else start
            if begin <= now < close:
                possible = max(possible, HIGH[level])
            if start is not None and end is not None and start <= now < end:
                sure = max(sure, LOW[level])
    return sure, possible


def scope_of(cases_: list[Case]) -> Scope:
    services = [{"id": "web-app", "name": "Chat"}, {"id": "api", "name": "API"}]
    told = [incident(number, case) for number, case in enumerate(cases_)]
    return counted(*told, as_of=date(2026, 6, 25), coverage=COVERAGE, services=services)


@settings(max_examples=20, deadline=None)
@given(st.lists(cases(), max_size=4))
def test_uptime_and_strips_equal_a_count_of_minutes(cases_: list[Case]) -> None:
    scope = scope_of(cases_)
    figures, lines = by_key(uptime.figures(scope)), {each.id: each for each in strips.strips(scope)}
    for service in ("web-app", "api"):
        ranks = {now: at(cases_, service, now) for now in WATCHED}
        for scheme in uptime.SCHEMES:
            value = found(figures[f"uptime/{service}/all"], scheme.key)
            low, high = (
                100_000 * (28800 - sum(scheme.tenths[rank[side]] for rank in ranks.values())) // 28800 / 1000
                for side in (1, 0)
            )
            assert (value.value, value.high if value.high is not None else value.value) == (low, high)
        days = {each.day: each for each in lines[service].days}
        assert days[date(2026, 6, 22)].state == days[date(2026, 6, 25)].state == "not_watched"
        for day in (date(2026, 6, 23), date(2026, 6, 24)):
            here = [rank for now, rank in ranks.items() if (BEGIN + timedelta(minutes=now)).date() == day]
            assert days[day].minutes == sum(sure > 0 for sure, _ in here)
            assert days[day].most == sum(possible > 0 for _, possible in here)


@settings(max_examples=15, deadline=None)
@given(st.lists(cases(), max_size=4))
def test_minutes_of_impact_equal_a_count_of_minutes(cases_: list[Case]) -> None:
    figure = by_key(frequency.periods(scope_of(cases_)))["counts/all"]
    ranks = [
        [max(pair) for pair in zip(*(at(cases_, s, now) for s in ("web-app", "api")), strict=True)] for now in WATCHED
    ]
    value = found(figure, "minutes")
    assert value.value == sum(sure > 0 for sure, _ in ranks)
    assert (value.value if value.high is None else value.high) == sum(possible > 0 for _, possible in ranks)


def test_what_goes_on_is_certain_until_the_day_begins_and_possible_until_it_ends() -> None:
    impact = made.impact(application_failure=made.affected({"start": "2026-06-23T06:00Z"}, level="full_outage"))
    burning = timed("2026-06-23-burning", "2026-06-23T06:10Z", impact=impact)
    scope = counted(burning, as_of=date(2026, 6, 24), coverage=COVERAGE)
    days = {each.day.day: (each.minutes, each.most) for each in strips.strips(scope)[1].days if each.incidents}
    assert days == {23: (18 * 60, 18 * 60), 24: (0, 24 * 60)}


def test_a_service_counts_only_on_days_on_which_it_existed() -> None:
    services = [{"id": "web-app", "name": "Chat", "since": "2026-06-24", "retired": "2026-06-26"}]
    scope = counted(services=services, as_of=date(2026, 6, 30))
    assert uptime.figures(scope)[0].window.watched == 2
    states = {each.day.day: each.state for each in strips.strips(scope)[-1].days[-8:]}
    assert [day for day, state in states.items() if state == "no_record"] == [24, 25]


def test_percent_is_never_rounded_up_to_a_hundred() -> None:
    assert uptime.percent(1, 10**9) == 99.999
    assert uptime.percent(0, 5) == 100.0
    assert uptime.percent(5, 5) == 0.0
