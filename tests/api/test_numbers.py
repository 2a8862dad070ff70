"""The figures for machines: the same as people see, each with the rows behind it, once."""

import csv
import io
import json
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given

from postmortem.api import numbers as api
from postmortem.metrics import numbers
from postmortem.model.artifact import Artifact
from postmortem.model.figure import Cell, Extent, Figure, Numbers, Section, Unknown, Value
from postmortem.model.moment import rfc3339
from postmortem.model.settings import Settings
from tests.api.corpora import Data, corpora, published, settings
from tests.model import made

AS_OF = date(2026, 6, 24)
WATCHED = [{"provider": "lamp", "from": "2026-01-01"}, {"provider": "torch", "from": "2026-02-01", "complete": True}]


def site() -> Settings:
    return settings(coverage=WATCHED)


def sets(corpus: list[Data]) -> tuple[tuple[Numbers, ...], tuple[Numbers, ...]]:
    history, _ = published(corpus)
    return numbers.numbers(history, site(), AS_OF), numbers.scorecards(history, site(), AS_OF)


def files(every: tuple[Numbers, ...], scorecards: tuple[Numbers, ...] = ()) -> dict[str, bytes]:
    found: list[Artifact] = list(api.artifacts(every, scorecards, site(), AS_OF))
    assert len({each.path for each in found}) == len(found)
    return {each.path: each.body for each in found}


def table(body: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(body.decode(), newline="")))


def figures(told: Any) -> list[tuple[str | None, Any]]:  # noqa: ANN401 - JSON
    return [(each["provider"], figure) for each in told for part in each["sections"] for figure in part["figures"]]


def said(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return rfc3339(cell)
    return {None: "", True: "true", False: "false"}[cell] if cell is None or isinstance(cell, bool) else str(cell)


@given(corpora())
def test_every_figure_is_there_with_its_values_and_its_rows(corpus: list[Data]) -> None:
    every, scorecards = sets(corpus)
    made_of = files(every, scorecards)
    whole = json.loads(made_of["api/v1/metrics.json"])
    assert whole["as_of"] == "2026-06-24"
    for told, known in ((whole["numbers"], every), (whole["transparency"], scorecards)):
        pairs = [(each.provider, figure) for each in known for part in each.sections for figure in part.figures]
        assert [each["notes"] for each in told] == [list(each.notes) for each in known]
        for (whose, shown), (provider, figure) in zip(figures(told), pairs, strict=True):
            assert (whose, shown["key"], shown["n"]) == (provider, figure.key, figure.n)
            assert [each["value"] for each in shown["values"]] == [each.value for each in figure.values]
            assert [each["high"] for each in shown["values"]] == [each.high for each in figure.values]
            assert shown["window"]["clipped"] == figure.window.clipped
            head, *rows = table(made_of[shown["rows"].removeprefix("https://status.example.com/")])
            assert head == ["provider", *shown["columns"]] == ["provider", *figure.columns]
            mine = [row[1:] for row in rows if row[0] == (provider or "")]
            assert mine == [[said(cell) for cell in row] for row in figure.rows]


def one(*rows: tuple[Cell, ...], provider: str | None = None) -> Numbers:
    window = Extent(start=None, end=None, asked=30, watched=8, complete=False)
    figure = Figure(
        key="lag/x",
        title="Title",
        formula="b - a",
        window=window,
        n=2,
        of="incidents",
        values=(Value("median", "median", "minutes", 1.5, 3),),
        unknowns=(Unknown("nobody knows", 4),),
        marked=1,
        columns=("what", "when"),
        rows=rows,
    )
    return Numbers(as_of=AS_OF, provider=provider, notes=("Read this.",), sections=(Section("lag", "Lag", (figure,)),))


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        (None, ""),
        (1, "1"),
        (1.0, "1.0"),
        (True, "true"),
        (made.utc("2026-06-23T14:47Z"), "2026-06-23T14:47:00Z"),
        ('a, "b"', 'a, "b"'),
    ],
)
def test_a_cell_arrives_as_what_it_is(cell: Cell, written: str) -> None:
    body = files((one((1, cell), (True, cell), (1.0, cell)),))["api/v1/metrics/lag/x.csv"]
    assert [row[1:] for row in table(body)[1:]] == [["1", written], ["true", written], ["1.0", written]]
    assert body.endswith(b"\r\n")


def test_what_stands_in_both_parts_has_its_rows_once_and_each_provider_its_own() -> None:
    lamp, torch = one(("a", 1), provider="lamp"), one(("b", 2), provider="torch")
    body = files((lamp, torch), (lamp, torch))["api/v1/metrics/lag/x.csv"]
    assert table(body) == [["provider", "what", "when"], ["lamp", "a", "1"], ["torch", "b", "2"]]
