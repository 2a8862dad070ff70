"""What counts: nothing outside coverage, nothing withdrawn, no maintenance, each provider by itself."""

from datetime import date

from postmortem.metrics import durations, frequency, numbers, uptime
from postmortem.metrics.scope import scope, scopes
from postmortem.model.figure import Figure
from tests.metrics.corpus import COVERAGE, by_key, column, counted, history, timed, unknown, value
from tests.model import made

INSIDE = timed("2026-06-23-inside", "2026-06-23T10:00Z", "2026-06-23T11:00Z")
BEFORE = timed("2026-05-31-before", "2026-05-31T10:00Z", "2026-05-31T11:00Z")


def test_only_incidents_first_known_on_a_watched_day_count_and_the_others_are_told() -> None:
    gone = timed("2026-06-22-gone", "2026-06-22T10:00Z", record="withdrawn",
                 withdrawn={"at": "2026-06-23T10:00Z", "reason": "It was none."})  # fmt: skip
    planned = timed("2026-06-21-planned", "2026-06-21T10:00Z", kind="maintenance", severity="none",
                    scheduled={"start": "2026-06-21T10:00Z", "end": "2026-06-21T11:00Z"})  # fmt: skip
    found = counted(INSIDE, BEFORE, gone, planned)
    assert [row.id for row in found.rows] == ["2026-06-23-inside"]
    assert found.left_out == {"first known outside coverage": 1, "maintenance": 1, "withdrawn": 1}


def test_later_than_the_as_of_day_is_not_yet() -> None:
    assert counted(INSIDE, as_of=date(2026, 6, 22)).left_out == {"after the as-of day": 1}
    assert len(counted(INSIDE, as_of=date(2026, 6, 23)).rows) == 1


def test_impact_that_reaches_out_of_coverage_is_cut_there_and_told() -> None:
    window = {"start": "2026-06-30T23:00Z", "end": "2026-07-01T02:00Z"}
    impact = made.impact(application_failure=made.affected(window, level="full_outage"))
    found = counted(timed("2026-06-30-edge", "2026-06-30T23:05Z", "2026-07-01T02:00Z", impact=impact))
    figures = by_key((*frequency.periods(found), *uptime.figures(found), durations.impact_time(found)))
    assert value(figures["counts/all"], "minutes") == 60
    assert unknown(figures["uptime/web-app/all"]) == {"incidents that reach out of coverage, cut there": 1}
    assert value(figures["impact_time"], "median") == 180  # a part of a duration would be a shorter one
    assert unknown(figures["impact_time"]) == {"impact reaches out of coverage": 1}


def test_impact_that_reaches_in_counts_though_its_incident_does_not() -> None:
    window = {"start": "2026-05-31T23:00Z", "end": "2026-06-01T00:30Z"}
    impact = made.impact(application_failure=made.affected(window, level="full_outage"))
    found = counted(timed("2026-05-31-edge", "2026-05-31T23:05Z", "2026-06-01T01:00Z", impact=impact))
    figure = by_key(frequency.periods(found))["counts/all"]
    assert (value(figure, "incidents"), value(figure, "minutes")) == (0, 30)


def test_without_coverage_records_count_and_days_do_not() -> None:
    (found,) = numbers.numbers(history(INSIDE), made.settings(), made.AS_OF)
    figures = by_key(each for section in found.sections for each in section.figures)
    assert "No coverage is stated" in found.notes[0]
    assert value(figures["open_time"], "median") == 60
    assert value(figures["counts/all"], "incidents") == 1
    assert value(figures["counts/365"], "incidents") is None
    assert value(figures["uptime/web-app/all"], "uptime") is None
    assert figures["gaps"].n == 0


def test_nothing_at_all_has_no_median_and_no_complaint() -> None:
    (found,) = numbers.numbers(history(), made.settings(coverage=COVERAGE), made.AS_OF)
    figures = by_key(each for section in found.sections for each in section.figures)
    assert value(figures["impact_time"], "median") is None
    assert value(figures["counts/all"], "incidents") == 0
    assert value(figures["uptime/web-app/all"], "uptime") == 100.0


def test_several_providers_have_numbers_of_their_own() -> None:
    several = made.settings(
        providers=[{"id": "one", "name": "One"}, {"id": "two", "name": "Two"}],
        services=[
            {"id": "web-app", "name": "Chat", "provider": "one"},
            {"id": "api", "name": "API", "provider": "two"},
        ],
        coverage=[{"provider": "one", "from": "2026-06-01"}, {"provider": "two", "from": "2026-06-24"}],
    )
    mine = timed("2026-06-23-one", "2026-06-23T10:00Z", "2026-06-23T11:00Z", provider="one")
    early = timed("2026-06-23-two", "2026-06-23T10:00Z", "2026-06-23T11:00Z", provider="two")
    one, two = scopes(history(mine, early), several, date(2026, 6, 30))
    assert ([row.id for row in one.rows], two.rows) == (["2026-06-23-one"], ())
    assert [each.id for each in two.services()] == ["api"]
    assert (one.window().watched, two.window().watched) == (30, 7)
    both = scope(history(mine, early), several, date(2026, 6, 30))
    assert [row.id for row in both.rows] == ["2026-06-23-one"]


def test_a_narrower_scope_keeps_the_days() -> None:
    whole = counted(INSIDE)
    none = whole.narrowed(lambda _: False, lambda _: False)
    assert (none.rows, none.window()) == ((), whole.window())


def test_every_figure_carries_what_it_needs_to_be_believed() -> None:
    (found,) = numbers.numbers(history(INSIDE), made.settings(coverage=COVERAGE), made.AS_OF)
    (card,) = numbers.scorecards(history(INSIDE), made.settings(coverage=COVERAGE), made.AS_OF)
    figures: list[Figure] = [each for one in (found, card) for section in one.sections for each in section.figures]
    assert len({each.key for each in figures}) == len(figures) - 3  # three lags stand in both
    for each in figures:
        assert each.formula.endswith(".")
        assert all(len(row) == len(each.columns) for row in each.rows)
        assert all(column(each, name) is not None for name in each.columns)
