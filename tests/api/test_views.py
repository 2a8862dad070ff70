"""Each service, model, kind of impact, cause and provider by itself, for machines: all that its page shows."""

import json
from datetime import date, timedelta
from typing import Any

from hypothesis import given

from postmortem.api import views as api
from postmortem.metrics import numbers, views
from postmortem.metrics.scope import scopes
from postmortem.model.figure import View
from postmortem.model.settings import Settings
from tests.api.corpora import Data, corpora, published, settings
from tests.model import made

AS_OF = date(2026, 6, 24)
SITE = settings(
    coverage=[
        {"from": "2026-01-01", "until": "2026-05-01"},
        {"from": "2026-05-11", "until": "2026-06-20"},
        {"from": "2026-06-22"},
    ]
)


def known(corpus: list[Data], site: Settings) -> tuple[View, ...]:
    every = scopes(published(corpus)[0], site, AS_OF)
    return views.views(every, numbers.of(every))


def document(corpus: list[Data], site: Settings) -> Any:  # noqa: ANN401 - JSON
    artifact = api.artifact(known(corpus, site), site, AS_OF)
    assert artifact.path == "api/v1/views.json"
    return json.loads(artifact.body)


@given(corpora())
def test_every_day_and_every_figure_of_a_page_is_told(corpus: list[Data]) -> None:
    whole, wanted = document(corpus, SITE)["views"], known(corpus, SITE)
    assert len({(each["kind"], each["id"], each["provider"]) for each in whole}) == len(whole) == len(wanted)
    for told, view in zip(whole, wanted, strict=True):
        assert (told["kind"], told["id"], told["provider"]) == (view.kind, view.id, view.provider)
        assert [(each["key"], each["n"], len(each["values"])) for each in told["figures"]] == [
            (each.key, each.n, len(each.values)) for each in view.figures
        ]
        assert states(told["days"]) == {each.day: (each.state, each.incidents) for each in view.strip.days}


def states(told: Any) -> dict[date, tuple[str, tuple[str, ...]]]:  # noqa: ANN401 - JSON
    """The days of a strip as a client puts them together again."""
    found = dict.fromkeys(days(told), ("no_record", ()))
    for span in told["not_watched"]:
        found |= dict.fromkeys(days(span), ("not_watched", ()))
    return found | {
        date.fromisoformat(each["day"]): ("affected", tuple(each["incidents"])) for each in told["affected"]
    }


def days(span: Any) -> list[date]:  # noqa: ANN401 - JSON
    if span["start"] is None:
        return []
    start, end = date.fromisoformat(span["start"]), date.fromisoformat(span["end"])
    return [start + timedelta(days=each) for each in range((end - start).days + 1)]


def test_days_that_nobody_watched_are_told_in_as_few_spans_as_they_are() -> None:
    [told, *_] = [each for each in document([], SITE)["views"] if each["kind"] == "impact"]
    spans = [(each["start"], each["end"]) for each in told["days"]["not_watched"]]
    assert spans == [("2026-05-02", "2026-05-10"), ("2026-06-21", "2026-06-21")]


def test_each_leads_to_its_page() -> None:
    urls = {each["kind"]: each["url"] for each in document([made.data()], SITE)["views"]}
    base = "https://status.example.com/"
    assert urls["service"] == f"{base}services/files/"
    assert urls["cause"].startswith(f"{base}causes/")
    assert urls["provider"] == f"{base}providers/torch/"
