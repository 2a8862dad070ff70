"""The numbers of this repository's seventeen records, worked out by hand from the times in them. The arithmetic stands
beside each; all times are UTC, June 2026, watched from the 16th to the 23rd.
"""

from datetime import date

import pytest

from postmortem.metrics import durations, episodes, frequency, gaps, lags, strips, transparency, uptime
from postmortem.metrics.scope import Scope, scope
from postmortem.model.figure import Figure, Strip
from tests.metrics.corpus import by_key, column, found, kept, unknown, value

LAST = date(2026, 6, 23)
LATER = date(2026, 11, 23)


@pytest.fixture(scope="module")
def june() -> Scope:
    history, settings = kept(".", LATER)
    return scope(history, settings, LATER)


def test_impact_time(june: Scope) -> None:
    # both ends are known of
    #   16th 17:23-18:00 and 18:00-19:20: 37 + 80 = 117 (a third window has no end: lower bound)
    #   16th 19:41-19:53: 12 · 16th 20:45-20:58: 13 · 17th 04:59-05:41: 42 · 18th 06:55-07:40: 45
    #   23rd 14:08-14:19, -15:28, -15:33: 11 + 69 + 5 = 85 (the apps and the data have no times: lower bound)
    # sorted 12 13 42 45 85 117: median (42 + 45) / 2; p90 at place 5 x 0.9 = 4.5: 85 + 0.5 x (117 - 85)
    figure = durations.impact_time(june)
    assert sorted(each for each in column(figure, "minutes") if isinstance(each, int)) == [12, 13, 42, 45, 85, 117]
    assert (figure.n, value(figure, "median"), value(figure, "p90")) == (6, 43.5, 101.0)
    assert unknown(figure) == {durations.AT_LEAST: 2, "no window with a known start and end": 11}


def test_open_time(june: Scope) -> None:
    # 8 17 28 31 38 54 55 70 72 89 89 99 123 123 137 145 393: the ninth of 17 is the median;
    # p90 at place 16 x 0.9 = 14.4: 137 + 0.4 x (145 - 137) = 140.2
    figure = durations.open_time(june)
    assert sorted(map(int, map(str, column(figure, "minutes")))) == [
        8, 17, 28, 31, 38, 54, 55, 70, 72, 89, 89, 99, 123, 123, 137, 145, 393,
    ]  # fmt: skip
    assert (value(figure, "median"), value(figure, "p90"), unknown(figure)) == (72.0, 140.2, {})


def test_disclosure_lag(june: Scope) -> None:
    # 17:23-17:29 6 · 19:41-19:59 18 · 20:45-20:50 5 · 04:59-05:08 9 · 06:55-07:41 46 · 14:08-14:19 11
    # sorted 5 6 9 11 18 46: median (9 + 11) / 2; p90 at 4.5: 18 + 0.5 x (46 - 18)
    figure = by_key(lags.all_lags(june))["lag/disclosure"]
    assert (figure.n, value(figure, "median"), value(figure, "p90")) == (6, 10.0, 32.0)
    assert unknown(figure) == {"start not known": 11}


def test_episodes(june: Scope) -> None:
    # 16th: 17:23-19:32, 19:41-20:16, 20:45-22:02 are 9 and 29 min apart: one. 17th: 4, the nearest 107 min apart.
    # 18th 1. 19th: 06:07-07:17 and 08:17-08:45, 60 min apart: one. 20th 1. 22nd 3. 23rd 3 (16:44 to 18:24: 100 min).
    # 1 + 4 + 1 + 1 + 1 + 3 + 3 = 14. Without the hour only what the records relate on the 16th: 17 - 2 = 15.
    # Within 6 hours: 16th and 17th (10:03 to 15:34: 331 min), 18th, 19th, 20th, 22nd 00:37 (02:06 to 08:11: 365 min),
    # 22nd 08:11 with 19:14, 23rd: 7.
    figure = episodes.figure(june, episodes.merged(june))
    assert [value(figure, key) for key in ("incidents", "episodes", "largest", "near_0", "near_360")] == [
        17,
        14,
        3,
        15,
        7,
    ]


def test_gaps(june: Scope) -> None:
    # The shortest: 16th 19:41 to 20:45, 64 min. The longest: 18th 06:55 to 19th 06:07 is 1392, 19th 08:17 to 20th 17:07
    # is 1970, 20th 17:07 to 22nd 00:37 is 1890. After the last, 23rd 18:24, the watched days end at 24:00: 336 min.
    figure = gaps.incidents(june)
    assert [value(figure, key) for key in ("least", "most", "since_last")] == [64, 1970, 336]
    assert figure.n == 16


def test_counts_and_minutes_say_nothing_of_days_nobody_watched(june: Scope) -> None:
    figures = by_key(frequency.periods(june))
    assert [value(figures[key], "incidents") for key in ("counts/30", "counts/90", "counts/365")] == [None, None, 17]
    assert (figures["counts/365"].window.watched, figures["counts/365"].window.clipped) == (8, True)
    # surely, for all classes: 117 + 12 + 13 + 42 + 45 + 85 = 314, none of them at the same time
    assert value(figures["counts/all"], "minutes") == 314
    # the data on the 23rd: from when it was first known, 14:08, to when it was resolved, 16:44
    data = found(figures["counts/all"], "data_access_minutes")
    assert (data.value, data.high) == (0, 156)


def test_months(june: Scope) -> None:
    assert frequency.months(june).rows == (("2026-06", 8, 30, 17, 15, 2, 3, 14, 0, 17, 1, 16),)


def test_uptime_of_two_services(june: Scope) -> None:
    # 8 x 24 x 60 = 11520 min. claude-ai, surely out: 13 + 45 + 69 + 5 = 132: 1 - 132 / 11520 = 98.854 %.
    # Possibly: 13 + 45, the 22nd 00:37-02:06 (89), the 23rd 14:08-16:44 whole, since the level of apps and data is not
    # known (156): 303: 97.369 %. claude-console was not in either: 69 + 5 = 74, and 11 min of unknown level: 85.
    figures = by_key(uptime.figures(june))
    chat, console = (found(figures[f"uptime/{each}/all"], "uptime") for each in ("claude-ai", "claude-console"))
    assert (chat.value, chat.high) == (97.369, 98.854)
    assert (console.value, console.high) == (99.262, 99.357)
    assert value(figures["uptime/claude-ai/90"], "uptime") is None


def strip(id_: str) -> Strip:
    history, settings = kept(".", LATER)
    (only,) = [each for each in strips.strips(scope(history, settings, LAST)) if each.id == id_]
    return only


def test_strip_of_a_service() -> None:
    days = strip("claude-ai").days
    assert [each.state for each in days].count("not_watched") == len(days) - 8 == 82
    told = {each.day.day: each for each in days[-8:]}
    assert told[21].state == "no_record"  # nobody recorded anything on the 21st; that is not "all was well"
    # the 20th: 17:07-18:02, of which neither end is known
    assert (told[20].level, told[20].certain, told[20].minutes, told[20].most) == ("degraded", False, 0, 55)
    # the 23rd: 85 min for sure; at most 06:28-08:45 (137), 14:08-16:44 (156), 18:24-18:32 (8)
    assert (told[23].level, told[23].certain, told[23].minutes, told[23].most) == ("full_outage", True, 85, 301)


def test_questions(june: Scope) -> None:
    figure: Figure = transparency.answers(june)
    assert value(figure, "what_caused_it/answered") == 0
    assert unknown(figure)["what_caused_it: not known"] == 17
    assert value(figure, "what_stayed_up/answered") == 1  # only that of the 23rd names what kept working
