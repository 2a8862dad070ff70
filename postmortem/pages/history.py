"""Everything on record, by year: the history, a page for each year, and one for each month of a year that is too long
for one page. History and settings in, `Page`s out.

The lists are there without a script; what the filters of the history need beside their words is in `history_rows`.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from postmortem.model.history import History
from postmortem.model.page import Page, SearchEntry
from postmortem.model.settings import Settings
from postmortem.model.summary import Summary
from postmortem.model.vocabulary import IMPACT_CLASSES, SEVERITIES
from postmortem.pages import coverage, links, messages, rows
from postmortem.pages.environment import render
from postmortem.pages.history_rows import causes
from postmortem.pages.listing import Frame, finished, whose

NEWEST = 20
"""How many incidents the history itself shows."""
WHOLE = 300
"""How many rows one page of a year may have (about 0.25 MB, each seventeen elements); a longer year has a page for each
month instead.
"""


class Choice(NamedTuple):
    """A filter: its key in the address, its name, what it says while unused, and (value, word) to choose from."""

    key: str
    label: str
    any: str
    options: Sequence[tuple[str, str]]


def page(history: History, settings: Settings) -> Page:
    """The filters, all years with their counts, and the newest incidents."""
    names = links.of(settings, "../")
    body = render(
        "lists/history.html",
        years=[(year, rows.counted(found)) for year, found in _years(history)],
        groups=rows.by_month(history.rows[:NEWEST], names),
        newest=NEWEST,
        total=len(history.rows),
        choices=choices(history, settings),
        counted=rows.counted(coverage.inside(history.rows, settings)),
        watched=coverage.watched(settings),
        settings=settings,
        links=names,
    )
    told = f"Every incident on record, by year. {whose(settings)}"
    search = SearchEntry("History", "Every incident on record, by year, and filters for all of them.")
    return finished(Frame("history/", "history", "History", told, ("navigation", "toc"), search), body, history.rows)


def choices(history: History, settings: Settings) -> list[Choice]:
    """The filters that have anything to choose from: what occurs, in the order of catalogue and vocabulary."""
    names, found = links.of(settings, ""), history.rows
    worse = [
        (each, messages.SEVERITY[each] + (" or worse" if each != SEVERITIES[-1] else ""))
        for each in reversed(SEVERITIES[1:])
    ]
    given = [
        Choice("impact", "Impact", "Any impact", [(each, messages.IMPACT_CLASS[each]) for each in IMPACT_CLASSES]),
        Choice("severity", "Severity", "Any severity", worse),
        Choice("service", "Service", "Any service", _met(names.services, (each.services for each in found))),
        Choice("model", "Model", "Any model", _met(names.models, (each.models for each in found))),
        Choice("cause", "Cause", "Any cause", _met(messages.CAUSE_CATEGORY, (causes(each) for each in found))),
        Choice("year", "Year", "Any year", [(str(year), str(year)) for year in history.years()]),
    ]
    providers = _met(names.providers, (each.providers for each in found))
    if len(settings.providers) > 1:
        given.insert(2, Choice("provider", "Provider", "Any provider", providers))
    return [each for each in given if each.options]


def _met(known: dict[str, str], given: Iterable[tuple[str, ...]]) -> list[tuple[str, str]]:
    """Each that occurs: first those that are known, in their order, then the others in theirs."""
    met = {each for ids in set(given) for each in ids}
    return [(each, known[each]) for each in known if each in met] + [(each, each) for each in sorted(met - set(known))]


def years(history: History, settings: Settings) -> Iterator[Page]:
    """A page for each year, and for each month of a year with more than WHOLE incidents."""
    named = _years(history)
    for (year, found), (before, after) in zip(named, _neighbours([str(year) for year, _ in named]), strict=True):
        yield _year(year, found, settings, (before, after))
        if len(found) > WHOLE:
            yield from _months(found, settings)


def _year(year: int, found: list[Summary], settings: Settings, beside: tuple[str, str]) -> Page:
    names = links.of(settings, "../../")
    split = len(found) > WHOLE
    months = [(_month(each[0]), rows.month_of(each[0].day), rows.counted(each)) for each in _by_month(found)]
    counted = rows.counted(found)
    body = render(
        "lists/year.html",
        title=f"Incidents of {year}",
        year=year,
        beside=[(each, each) for each in beside],
        months=months if split else [],
        groups=[] if split else rows.by_month(found, names),
        counted=counted,
        links=names,
    )
    told = f"The incidents of {year}: {counted}. {whose(settings)}"
    return finished(Frame(f"history/{year}/", "year", f"Incidents of {year}", told), body, found)


def _months(found: list[Summary], settings: Settings) -> Iterator[Page]:
    names = links.of(settings, "../../")
    months = _by_month(found)
    titles = {_month(each[0]): rows.month_of(each[0].day) for each in months} | {"": ""}
    for each, beside in zip(months, _neighbours([_month(each[0]) for each in months]), strict=True):
        month, counted = _month(each[0]), rows.counted(each)
        title = f"Incidents of {titles[month]}"
        body = render(
            "lists/month.html",
            title=title,
            year=each[0].day.year,
            beside=[(one, titles[one]) for one in beside],
            rows=rows.by_month(each, names)[0].rows,
            counted=counted,
            links=names,
        )
        told = f"The incidents of {titles[month]}: {counted}. {whose(settings)}"
        yield finished(Frame(f"history/{month}/", "month", title, told), body, each)


def _years(history: History) -> list[tuple[int, list[Summary]]]:
    return [(year, list(found)) for year, found in groupby(history.rows, lambda each: each.first_known.year)]


def _by_month(found: list[Summary]) -> list[list[Summary]]:
    return [list(each) for _, each in groupby(found, _month)]


def _month(summary: Summary) -> str:
    return summary.first_known.isoformat()[:7]


def _neighbours(newest_first: list[str]) -> list[tuple[str, str]]:
    """For each the one before it in time and the one after; empty where there is none."""
    return list(zip([*newest_first, ""][1:], ["", *newest_first], strict=False))
