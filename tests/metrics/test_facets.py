"""Numbers of one service, model, class or cause: the same days, and only what speaks of it."""

from postmortem.metrics import durations, facets, frequency
from postmortem.metrics.scope import Scope
from tests.metrics.corpus import by_key, counted, timed, value
from tests.model import made


def two() -> Scope:
    def hour(start: int, end: int, **more: object) -> dict[str, object]:
        window = {"start": f"2026-06-23T{start}:00Z", "end": f"2026-06-23T{end}:00Z"}
        return made.affected(window, **more)

    models = made.impact(
        model_degradation=hour(10, 12, models=["opus"], services=["api"]),
        application_failure=hour(11, 14, services=["web-app"]),
    )
    factor = {"category": "routing", "role": "root", "summary": "Why."}
    return counted(
        timed("2026-06-23-both", "2026-06-23T10:00Z", services=["web-app", "api"], impact=models),
        timed("2026-06-22-api", "2026-06-22T10:00Z", services=["api"], cause={"state": "known", "factors": [factor]}),
    )


def told(scope: Scope) -> tuple[int, float | int | None]:
    return len(scope.rows), value(by_key(frequency.periods(scope))["counts/all"], "minutes")


def test_each_counts_its_own_and_its_own_minutes() -> None:
    whole = two()
    dealt = facets.deal(whole)
    assert told(whole) == (2, 240)
    assert told(dealt["service", "api"]) == (2, 120)
    assert told(dealt["service", "web-app"]) == (1, 180)
    assert told(dealt["model", "opus"]) == (1, 120)
    assert told(dealt["impact", "application_failure"]) == (1, 180)
    assert told(dealt["cause", "routing"]) == (1, 0)
    assert durations.impact_time(dealt["cause", "routing"]).n == 0


def test_what_nothing_happened_to_has_the_days_and_nothing_in_them() -> None:
    whole = two()
    assert ("model", "sonnet") not in facets.deal(whole)
    assert told(facets.none(whole)) == (0, 0)
    assert facets.none(whole).window() == whole.window()


def test_an_incident_counts_once_however_often_a_facet_is_named() -> None:
    factors = [{"category": "routing", "role": role, "summary": "Why."} for role in ("root", "trigger")]
    cause = {"state": "known", "factors": factors}
    dealt = facets.deal(counted(timed("2026-06-22-api", "2026-06-22T10:00Z", services=["api"], cause=cause)))
    assert [row.id for row in dealt["cause", "routing"].rows] == ["2026-06-22-api"]


def test_a_period_without_classes_says_the_same_without_them() -> None:
    whole = by_key(frequency.periods(two()))["counts/30"]
    bare = by_key(frequency.periods(two(), ()))["counts/30"]
    assert bare.values == whole.values[:2]
    assert bare.unknowns == ()
