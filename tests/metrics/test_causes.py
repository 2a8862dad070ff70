"""Causes that come back, and how many records do not tell theirs."""

from postmortem.metrics import causes
from postmortem.model.incident import Incident
from tests.metrics.corpus import counted, timed, unknown, value


def caused(day: int, *factors: tuple[str, str], state: str = "known") -> Incident:
    told = [{"category": category, "role": role, "summary": "Why."} for category, role in factors]
    return timed(f"2026-06-{day:02}-x", f"2026-06-{day:02}T10:00Z", cause={"state": state, "factors": told})


def test_by_category_in_any_role_once_for_each_incident() -> None:
    scope = counted(
        caused(1, ("routing", "trigger"), ("routing", "root")),
        caused(3, ("routing", "contributing"), ("storage", "root")),
        caused(4, state="undisclosed"),
        caused(5, ("unknown", "root"), state="suspected"),
        timed("2026-06-06-x", "2026-06-06T10:00Z"),
    )
    figure = causes.figure(scope)
    told = [dict(zip(figure.columns, row, strict=True)) for row in figure.rows]
    assert [(each["category"], each["incidents"], each["came_back"]) for each in told] == [
        ("routing", 2, 1),
        ("storage", 1, 0),
    ]
    assert (told[0]["trigger"], told[0]["root"], told[0]["contributing"]) == (1, 1, 1)
    assert (told[0]["median_minutes_between"], told[1]["median_minutes_between"]) == (2 * 1440, None)
    assert [value(figure, key) for key in ("categories", "recurring", "recurrences")] == [2, 1, 1]
    assert figure.n == 2
    assert unknown(figure) == {"cause not stated": 1, "cause suspected, no category": 1, "cause undisclosed": 1}
