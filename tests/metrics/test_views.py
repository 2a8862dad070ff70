"""What pages about one thing are given: all of the vocabulary and the catalogue, each on its own watched days."""

from datetime import date

from postmortem.metrics import durations, facets, numbers, strips, views
from postmortem.metrics.scope import Scope, scopes
from postmortem.model.figure import View
from postmortem.model.incident import Incident
from postmortem.model.vocabulary import IMPACT_CLASSES
from tests.metrics.corpus import counted, history, timed, value
from tests.model import made

LAST = date(2026, 6, 30)
TWO = {
    "providers": [{"id": "one", "name": "One"}, {"id": "two", "name": "Two"}],
    "services": [
        {"id": "api", "name": "API", "provider": "one"},
        {"id": "chat", "name": "Chat", "provider": "two"},
    ],
    "coverage": [
        {"provider": "one", "from": "2026-06-01", "until": "2026-06-30", "complete": True},
        {"provider": "two", "from": "2026-06-21", "until": "2026-06-30", "complete": True},
    ],
}


def of(*given: Scope) -> dict[tuple[str, str, str | None], View]:
    return {(each.kind, each.id, each.provider): each for each in views.views(given, numbers.of(given))}


def hit(service: str, day: int, provider: str) -> Incident:
    window = {"start": f"2026-06-{day}T10:00Z", "end": f"2026-06-{day}T11:00Z"}
    impact = made.impact(application_failure=made.affected(window, services=[service]))
    when = f"2026-06-{day}T10:00Z"
    return timed(f"2026-06-{day}-{service}", when, services=[service], impact=impact, provider=provider)


def test_everything_of_the_vocabulary_and_the_catalogue_has_a_view_and_an_own_figure() -> None:
    found = of(counted(as_of=LAST, models=[{"id": "opus", "name": "Opus"}]))
    kinds = [kind for kind, _, _ in found]
    assert kinds.count("impact") == len(IMPACT_CLASSES)
    assert kinds.count("cause") == 21
    assert kinds.count("provider") == 0
    service, model = found["service", "web-app", None], found["model", "opus", None]
    assert [each.key for each in service.figures][-2:] == ["uptime/web-app/90", "uptime/web-app/all"]
    assert [each.key for each in model.figures] == [
        *("counts/30", "counts/90", "counts/365", "counts/all"),
        *("impact_time", "gaps"),
    ]


def test_several_providers_are_each_counted_on_their_own_days() -> None:
    told = [hit("api", 10, "one"), hit("chat", 10, "two"), hit("chat", 25, "two")]
    found = of(*scopes(history(*told), made.settings(**TWO), LAST))
    one, two = found["provider", "one", "one"], found["provider", "two", "two"]
    assert [each.figures[3].window.watched for each in (one, two)] == [30, 10]
    assert [value(each.figures[3], "incidents") for each in (one, two)] == [1, 1]
    assert ("service", "api", "two") not in found
    states = {each.day.day: each.state for each in found["impact", "application_failure", "two"].strip.days[-30:]}
    assert states[10] == "not_watched"
    assert states[25] == "affected"


def test_where_none_of_the_last_days_was_watched_a_strip_ends_with_the_last_that_was() -> None:
    archive = counted(timed("2026-06-23-chat", "2026-06-23T10:00Z"), as_of=date(2026, 11, 23))
    for strip in strips.strips(archive):
        assert strip.days[-1].day == LAST
        assert strip.days[-1].state == "no_record"
        assert strip.window.watched == 30
    nobody = counted(as_of=date(2026, 11, 23), coverage=[])
    assert {each.days[-1].day for each in strips.strips(nobody)} == {date(2026, 11, 23)}


def test_a_strip_that_reaches_into_watched_days_ends_with_the_as_of_day() -> None:
    late = counted(as_of=date(2026, 9, 27))
    assert strips.strips(late)[0].days[-1].day == date(2026, 9, 27)
    assert strips.strips(late)[0].window.watched == 1


def test_what_was_measured_once_is_the_same_as_measured_anew() -> None:
    whole = counted(hit("api", 10, "one"), as_of=LAST)
    found, dealt = of(whole), facets.deal(whole)
    assert found["service", "web-app", None].figures[4] == durations.impact_time(facets.none(whole))
    for name in IMPACT_CLASSES:
        narrow = dealt.get(("impact", name), facets.none(whole))
        again = durations.impact_time(narrow, name)
        assert found["impact", name, None].figures[4] == again
    assert found["impact", "application_failure", None].figures[4].n == 1
