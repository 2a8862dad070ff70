"""Numbers of one service, model, class or cause: the same days, and only what speaks of it."""

from postmortem.metrics import durations, facets, frequency
from postmortem.metrics.scope import Scope
from postmortem.model.settings import Service
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
    assert told(whole) == (2, 240)
    assert told(facets.service(whole, Service(id="api", name="API"))) == (2, 120)
    assert told(facets.service(whole, Service(id="web-app", name="Chat"))) == (1, 180)
    assert told(facets.model(whole, "opus")) == (1, 120)
    assert told(facets.model(whole, "sonnet")) == (0, 0)
    assert told(facets.impact(whole, "application_failure")) == (1, 180)
    assert told(facets.cause(whole, "routing")) == (1, 0)
    assert durations.impact_time(facets.cause(whole, "routing")).n == 0
