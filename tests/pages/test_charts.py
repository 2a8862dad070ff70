"""Pictures of lengths, months and shares: everything that is counted is drawn, where it lies, and nothing else."""

import re
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.pages import charts, charts_bars
from postmortem.pages.charts import Length
from postmortem.pages.charts_bars import Month, Uptime

AT = datetime(2026, 6, 23, 14, 47, tzinfo=UTC)
MINUTES = st.lists(st.integers(0, 20_000_000), min_size=1, max_size=60)


def lengths(minutes: list[int], *, at_least: bool = False) -> list[Length]:
    return [Length(f"2026-06-23-number-{place}", AT, each, at_least) for place, each in enumerate(minutes)]


@given(MINUTES)
def test_every_length_is_a_dot_within_the_picture_that_leads_to_its_incident(minutes: list[int]) -> None:
    html = charts.dots(lengths(minutes), charts.axis(minutes), [], "../")
    height = float(re.search(r'<svg height="(\d+)"', html)[1])  # type: ignore[index]
    found = re.findall(r'<a href="../incidents/([^"]+)/" tabindex="-1"><circle cx="([\d.]+)%" cy="(-?\d+)"', html)
    assert sorted(id_ for id_, _, _ in found) == sorted(each.incident for each in lengths(minutes))
    assert all(0 <= float(x) <= 100 and 0 < float(y) < height for _, x, y in found)


@given(MINUTES)
def test_a_longer_one_never_lies_to_the_left(minutes: list[int]) -> None:
    on = charts.axis(minutes)
    shares = [on.share(each) for each in sorted(minutes)]
    assert shares == sorted(shares)
    assert shares[0] >= 0
    assert shares[-1] <= 100


@given(MINUTES)
def test_columns_brackets_and_plain_dots_hold_every_length(minutes: list[int]) -> None:
    told, on = lengths(minutes), charts.axis(minutes)
    assert sum(charts.counted(told, on)) == len(minutes)
    assert sum(count for _, count in charts.brackets(told, on)) == len(minutes)
    assert charts.plain(told, on, []).count("h0") == len(minutes)
    assert charts.columns(told, on, []).count("z") == sum(each > 0 for each in charts.counted(told, on))


def test_the_axis_has_words_at_both_ends_and_none_upon_another() -> None:
    html = charts.dots(lengths([3, 27_000]), charts.axis([3, 27_000]), [], "")
    places = [float(each) for each in re.findall(r'<span style="--pm-at:([\d.]+)%">', html)]
    assert (places[0], places[-1]) == (0, 100)
    assert min(after - before for before, after in pairwise(places)) >= 15
    assert ">30 d</span>" in html


def test_what_is_only_a_lower_bound_is_a_ring() -> None:
    told = lengths([10], at_least=True)
    assert "<circle class=pm-least" in charts.dots(told, charts.axis([10]), [], "")
    assert "at least 10 min" in charts.dots(told, charts.axis([10]), [], "")
    assert "pm-hollow" in charts.plain(told, charts.axis([10]), [])


def test_median_and_p90_stand_where_they_lie() -> None:
    on = charts.axis([10, 1000])
    html = charts.dots(lengths([10, 1000]), on, [("median", 505.0), ("p90", 901.0)], "")
    assert f'<line class="pm-median" x1="{on.share(505):.1f}%"' in html
    assert "p90 15 h 1 min" in html


def test_a_month_that_nobody_watched_has_no_ground() -> None:
    told = [
        Month("2026-05", 31, 31, 2, (2, 0, 0, 0), (0, 1, 0, 0)),
        Month("2026-07", 10, 31, 1, (0, 0, 0, 0), (0, 0, 0, 1)),
    ]
    html = charts_bars.months(told)
    assert "--pm-count:3" in html
    assert html.count('<path class="pm-ground" d="M0 42h1"/>') == 5
    assert html.count('<path class="pm-ground pm-partly" d="M2 42h1"/>') == 5
    assert "M1 42" not in html
    assert "<b>Model degradation</b> most in a month: 2" in html


@pytest.mark.parametrize("parts", [(3, 1, 0), (0, 0, 4), (0, 0, 0)])
def test_parts_of_a_whole_fill_it(parts: tuple[int, int, int]) -> None:
    html = charts_bars.shares(list(zip(("answered", "partly", "not_known"), parts, strict=True)), sum(parts))
    widths = [float(each) for each in re.findall(r'width="([\d.]+)%"', html)]
    assert len(widths) == sum(each > 0 for each in parts)
    assert sum(widths) == (100 if sum(parts) else 0)


def test_uptime_is_a_bar_upon_the_line_of_all_formulas() -> None:
    told = Uptime((99.0, 99.5), ((98.0, 99.2), (99.1, 100.0)))
    assert charts_bars.floor([told]) == 98
    html = charts_bars.uptime(told, 98)
    assert '<line x1="0.00%" x2="100.00%"' in html
    assert '<rect x="50.00%" width="25.00%"' in html
