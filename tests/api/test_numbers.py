"""The figures for machines: all that people see of each, and where the rows behind it are."""

import json
from datetime import date
from typing import Any

from hypothesis import given

from postmortem.api import numbers as api
from postmortem.metrics import numbers
from postmortem.model.figure import Numbers, rows_path
from postmortem.model.settings import Settings
from postmortem.report import numbers as report
from tests.api.corpora import Data, corpora, published, settings

AS_OF = date(2026, 6, 24)
WATCHED = [{"provider": "lamp", "from": "2026-01-01"}, {"provider": "torch", "from": "2026-02-01", "complete": True}]
SITE = "https://status.example.com/"


def site() -> Settings:
    return settings(coverage=WATCHED)


def sets(corpus: list[Data]) -> tuple[tuple[Numbers, ...], tuple[Numbers, ...]]:
    history, _ = published(corpus)
    return numbers.numbers(history, site(), AS_OF), numbers.scorecards(history, site(), AS_OF)


def document(corpus: list[Data]) -> Any:  # noqa: ANN401 - JSON
    artifact = api.artifact(*sets(corpus), site(), AS_OF)
    assert artifact.path == "api/v1/metrics.json"
    return json.loads(artifact.body)


def figures(told: Any) -> list[tuple[str | None, Any]]:  # noqa: ANN401 - JSON
    return [(each["provider"], figure) for each in told for part in each["sections"] for figure in part["figures"]]


@given(corpora())
def test_every_figure_is_there_with_its_values_and_what_is_not_known(corpus: list[Data]) -> None:
    whole = document(corpus)
    for told, known in zip((whole["numbers"], whole["transparency"]), sets(corpus), strict=True):
        pairs = [(each.provider, figure) for each in known for part in each.sections for figure in part.figures]
        assert [each["notes"] for each in told] == [list(each.notes) for each in known]
        for (whose, shown), (provider, figure) in zip(figures(told), pairs, strict=True):
            assert (whose, shown["key"], shown["n"]) == (provider, figure.key, figure.n)
            assert (shown["title"], shown["formula"], shown["of"]) == (figure.title, figure.formula, figure.of)
            assert [(each["key"], each["value"], each["high"]) for each in shown["values"]] == [
                (each.key, each.value, each.high) for each in figure.values
            ]
            assert [(each["why"], each["count"]) for each in shown["unknowns"]] == [
                (each.why, each.count) for each in figure.unknowns
            ]
            assert (shown["window"]["watched"], shown["window"]["clipped"]) == (
                figure.window.watched,
                figure.window.clipped,
            )


def test_the_rows_of_every_figure_are_where_it_says() -> None:
    whole = document([])
    there = {each.path for part in sets([]) for each in report.artifacts(part)}
    shown = [figure for part in ("numbers", "transparency") for _, figure in figures(whole[part])]
    said = {each["rows"] for each in shown}
    of_all = {f"{SITE}{rows_path(None, each['key'])}" for each in shown}
    assert said.isdisjoint(of_all)
    assert said | of_all == {f"{SITE}{path}" for path in there}
    assert {"lamp", "torch"} == {each for each, _ in figures(whole["numbers"])}


def test_it_says_as_of_which_day() -> None:
    assert document([])["as_of"] == "2026-06-24"
