"""Every incident in one file: JSON, lines and a table say the same, and the table computes nothing."""

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.api import exports
from tests.api.corpora import Data, corpora, published, settings
from tests.model import made

SIGNS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def files(corpus: list[Data]) -> dict[str, bytes]:
    history, _ = published(corpus)
    return {each.path.rpartition(".")[2]: each.body for each in exports.artifacts(history, settings())}


def rows(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode(), newline="")))


@given(corpora())
def test_three_formats_say_the_same_of_every_incident_in_the_same_order(corpus: list[Data]) -> None:
    written = files(corpus)
    index = json.loads(written["json"])
    assert [json.loads(line) for line in written["jsonl"].splitlines()] == index["incidents"]
    table = rows(written["csv"])
    assert len(table) == index["count"] == len(corpus)
    for flat, whole in zip(table, index["incidents"], strict=True):
        assert flat["id"] == whole["id"]
        assert (flat["first_known"], flat["resolved"]) == (whole["first_known"]["at"], whole["resolved"] or "")
        assert flat["impact_minutes"] == text(whole["impact_minutes"]["minutes"])
        assert flat["is_open"] == text(whole["is_open"])
        assert [flat[name] for name in whole["impact"]] == [each["state"] for each in whole["impact"].values()]
        assert flat["services"].split() == whole["services"]


def text(value: object) -> str:
    return "" if value is None else json.dumps(value)


@given(corpora())
def test_no_cell_is_a_formula_whatever_ends_a_cell(corpus: list[Data]) -> None:
    table = csv.reader(io.StringIO(files(corpus)["csv"].decode(), newline=""))
    for cell in (cell for row in table for cell in row):
        for part in cell.replace(";", "\t").replace("|", "\t").split("\t"):
            shown = part.lstrip(' "')
            assert shown.startswith("'") or not shown.startswith(SIGNS)


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@x", "\uff1d1", " =1", "\t=1", "\r=1", '"=1', "a;=1", "a,\t-1", "\x00=1"]
)
def test_what_could_begin_a_formula_gets_an_apostrophe(text: str) -> None:
    guarded = exports.plain(text)
    sign = next(each for each in guarded if each.startswith(SIGNS))
    assert guarded[guarded.index(sign) - 1] == "'"
    assert "\t" not in guarded


@pytest.mark.parametrize(
    "text", ["Errors on two models", "API: 5 % of requests", "a-b=c", "user@example.com", "2026-06-23"]
)
def test_ordinary_words_stay_as_they_are(text: str) -> None:
    assert exports.plain(text) == text


@given(st.text(max_size=60))
def test_any_text_is_one_line_and_changing_it_twice_changes_nothing_more(text: str) -> None:
    once = exports.plain(text)
    assert len(once.splitlines()) <= 1
    assert next(csv.reader(io.StringIO(f'"{once.replace(chr(34), chr(34) * 2)}"')), [""])[0] == once


def test_nothing_that_was_published_is_missing() -> None:
    corpus = [
        made.data(id="2026-06-23-now", former_ids=["2026-06-23-then", "2026-06-23-before"]),
        made.data(
            id="2026-06-22-gone", record="withdrawn", withdrawn={"at": "2026-06-24T09:00Z", "reason": "Counted twice."}
        ),
    ]
    index: dict[str, Any] = json.loads(files(corpus)["json"])
    assert {each["id"]: each["state"] for each in index["incidents"]} == {
        "2026-06-23-now": "published",
        "2026-06-22-gone": "withdrawn",
    }
    assert [(each["id"], each["moved_to"], each["url"]) for each in index["moved"]] == [
        (former, "2026-06-23-now", "https://status.example.com/incidents/2026-06-23-now/")
        for former in ("2026-06-23-before", "2026-06-23-then")
    ]


def test_the_columns_are_a_promise() -> None:
    header = files([])["csv"].decode().removesuffix("\r\n").split(",")
    assert header[:9] == ["id", "state", "kind", "severity", "status", "is_open", "title", "summary", "url"]
    assert (len(header), len(set(header)), header[-1]) == (38, 38, "first_id")
