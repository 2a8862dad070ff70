"""Figures in words: a number never stands without what it rests on, its days, and what is not known."""

from datetime import date

import pytest

from postmortem.model.figure import Extent, Figure, Unknown, Value
from postmortem.pages import figures
from postmortem.pages.figures import Place

NONE = Extent(start=None, end=None, asked=90, watched=0, complete=False)
NOTHING = Extent(start=None, end=None, asked=0, watched=0, complete=False)
WATCHED = Extent(start=date(2026, 6, 16), end=date(2026, 6, 23), asked=90, watched=8, complete=True)


def figure(key: str = "lag/disclosure", *values: Value, **changes: object) -> Figure:
    given: dict[str, object] = {
        "key": key,
        "title": "Disclosure lag",
        "formula": "First public update minus started.",
        "window": WATCHED,
        "n": 6,
        "of": "incidents",
        "values": values or (Value("median", "median", "minutes", 10), Value("p90", "p90", "minutes", 92.5)),
    }
    return Figure(**given | changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Value("a", "a", "count", 1234), "1,234"),
        (Value("a", "a", "minutes", 43.5), "43.5 min"),
        (Value("a", "a", "minutes", 0), "0 min"),
        (Value("a", "a", "minutes", 45, 112), "45 min to 1 h 52 min"),
        (Value("a", "a", "percent", 99.95), "99.950 %"),
        (Value("a", "a", "percent", 100.0), "100 %"),
        (Value("a", "a", "percent", None), "not known"),
        (Value("a", "a", "minutes", 3000, 3001), "2 d 2 h"),
    ],
)
def test_a_number_in_words(value: Value, words: str) -> None:
    assert figures.number(value) == words


@pytest.mark.parametrize(
    ("extent", "stated", "words"),
    [
        (WATCHED, True, "16 to 23 June 2026, 8 of 90 days watched"),
        (NONE, True, "none of 90 days watched"),
        (NOTHING, True, "no day watched"),
        (NOTHING, False, "which days were watched is not stated"),
        (
            Extent(start=date(2026, 6, 1), end=date(2026, 6, 1), asked=1, watched=1, complete=False),
            True,
            "1 June 2026, 1 day watched, with gaps",
        ),
    ],
)  # fmt: skip
def test_the_days_in_words(extent: Extent, stated: bool, words: str) -> None:  # noqa: FBT001 - a case of the table
    assert figures.window(extent, stated=stated) == words


def test_what_is_not_known_is_counted_and_told_in_words() -> None:
    told = figure(
        unknowns=(
            Unknown("not known whether data_access was affected", 3),
            Unknown("not known whether authentication was affected", 4),
            Unknown("what_now: not known", 2),
            Unknown("start not known", 11),
        )
    )
    assert figures.unknowns(told) == [
        "not known whether affected: data access 3, authentication 4",
        "not known: what now 2",
        "start not known: 11",
    ]


def test_a_tile_says_number_basis_days_unknowns_and_formula() -> None:
    told = figure(unknowns=(Unknown("start not known", 11),), marked=2)
    html = figures.brief([told], stated=True, root="../")
    for word in (
        "<dt>Disclosure lag, median</dt><dd>10 min",
        "p90: 1 h 32 min",
        "n = 6 incidents, 2 of them by approximate times",
        "8 of 90 days watched",
        "start not known: 11",
        "First public update minus started.",
        'href="../metrics/"',
    ):
        assert word in html


def test_a_tile_without_a_number_is_not_known() -> None:
    html = figures.brief([figure("gaps", Value("median", "median", "minutes", None), n=0)], stated=False, root="")
    assert 'data-is="not_known"' in html
    assert "which days were watched is not stated" in html


@pytest.mark.parametrize(
    ("given", "stated", "words"),
    [
        ({"n": 0, "window": NONE}, True, "not watched"),
        ({"n": 0, "window": NONE}, False, "not known"),
        ({"n": 0}, True, "nothing to measure"),
        ({"n": 0, "unknowns": (Unknown("start not known", 2),)}, True, "not known"),
    ],
)
def test_a_tile_without_a_number_says_why(given: dict[str, object], stated: bool, words: str) -> None:  # noqa: FBT001 - as above
    values = Value("median", "median", "minutes", None), Value("p90", "p90", "minutes", None)
    html = figures.brief([figure("gaps", *values, **given)], stated=stated, root="")
    assert f'<div data-is="{words.replace(" ", "_")}"><dt>Disclosure lag, median</dt><dd>{words}<' in html
    assert "p90" not in html


def test_a_formula_is_not_said_twice() -> None:
    one = figure(formula="A is B. Quantiles interpolate.")
    other = figure("lag/detection", title="Detection lag", formula="C is D. Quantiles interpolate.")
    assert figures.sentences([one, other]) == [
        ("Disclosure lag", "A is B. Quantiles interpolate."),
        ("Detection lag", "C is D."),
    ]


def test_the_foot_leads_to_the_rows_of_the_provider() -> None:
    place = Place("../", "anthropic", "anthropic-", stated=True)
    assert 'href="../metrics/anthropic/lag/disclosure.csv"' in figures.foot(figure(), place)
    assert place.anchor(figure()) == "anthropic-lag-disclosure"
