"""Which rows and announcements stand in which feed, and in which order. History in, `Listed` out, newest first; knows
neither words nor formats.

Everything is put in order once and dealt out to the facets, each of which takes no more than a feed may hold.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from postmortem.feeds.entries import live
from postmortem.feeds.facets import of_row
from postmortem.model.announcement import Announcement
from postmortem.model.history import History
from postmortem.model.summary import Summary

NEWEST: Final = 50
RECENT: Final = timedelta(days=30)


class Listed(NamedTuple):
    """One entry to be. They sort by (date, incident, entry id), which is the order of the feeds; `incident` is the id
    under which it was first published, `entry` is empty for a whole incident.
    """

    date: datetime
    incident: str
    entry: str = ""
    announcement: Announcement | None = None


def incidents(history: History) -> list[Listed]:
    """All incidents, newest first by (first announced, id).

    An incident of which nothing was announced yet (a record with neither an update nor a first revision) has no date
    that could never move, so it has no entry.
    """
    return sorted((Listed(row.published, row.first_id) for row in history.rows if _is_live(row)), reverse=True)


def updates(history: History) -> list[Listed]:
    """All announcements that were news, newest first by (date, incident, entry id)."""
    return sorted((_listed(each) for row in history.rows for each in live(row)), reverse=True)


def postmortems(history: History) -> list[Listed]:
    """The finished postmortems, newest first: each the announcement that told of it, else its incident."""
    return sorted((_finished(row) for row in history.rows if row.finished is not None and _is_live(row)), reverse=True)


def backfill(history: History) -> list[Listed]:
    """What was public before its record was, in the order in which the records came, oldest first: a record that comes
    later adds at the end, however old its updates are.
    """
    late = [
        (row.published, row.first_id, sorted(_listed(each) for each in row.announcements if each.backfill))
        for row in history.rows
    ]
    return [each for _, _, told in sorted(late, key=lambda each: each[:2]) for each in told]


def newest(listed: Iterable[Listed]) -> list[Listed]:
    """As many as a feed holds, of those that are newest first: fifty, or what thirty days hold if that is more."""
    kept: list[Listed] = []
    for each in listed:
        if len(kept) >= NEWEST and each.date < kept[0].date - RECENT:
            break
        kept.append(each)
    return kept


def settled(history: History, told: list[Listed]) -> int:
    """How many entries of the backfill stand where they are for good: those of records that came before the last month
    of what is told. One that came since may still get a neighbour that was written earlier and merged later.
    """
    end = told[0].date - RECENT if told else None
    before = (row for row in history.rows if end is not None and row.published < end)
    return sum(each.backfill for row in before for each in row.announcements)


Facets = dict[str, list[tuple[str, datetime | None]]]
"""Of each incident the facets it is in, and since when, where it came into one later."""


def facets(history: History) -> Facets:
    """Those of every incident."""
    return {row.first_id: of_row(row) for row in history.rows}


def by_facet(listed: list[Listed], facets: Facets) -> dict[str, list[Listed]]:
    """The newest of each facet, from all that are newest first.

    A facet that the incident came into later takes what was announced from then on, and an incident as new on that day.
    """
    dealt: dict[str, list[Listed]] = {}
    full: set[str] = set()
    for each in listed:
        for facet, since in facets[each.incident]:
            if facet in full or (since is not None and each.date < since):
                continue
            kept = dealt.setdefault(facet, [])
            kept.append(each)
            if len(kept) > NEWEST and each.date < kept[0].date - RECENT:
                full.add(facet)
    for facet, late in _late(listed, facets):
        dealt.setdefault(facet, []).append(late)
    return {facet: newest(sorted(kept, reverse=True)) for facet, kept in dealt.items()}


def _late(listed: list[Listed], facets: Facets) -> Iterator[tuple[str, Listed]]:
    """Whole incidents under the day on which they came into a facet."""
    joined = {incident for incident, each in facets.items() if any(since is not None for _, since in each)}
    for each in listed if joined else ():
        if each.announcement is None and each.incident in joined:
            for facet, since in facets[each.incident]:
                if since is not None and each.date < since:
                    yield facet, each._replace(date=since)


def _is_live(row: Summary) -> bool:
    return any(not each.backfill for each in row.announcements)


def _listed(each: Announcement) -> Listed:
    return Listed(each.published, each.incident, each.entry, each)


def _finished(row: Summary) -> Listed:
    told = [each for each in live(row) if each.kind == "postmortem"]
    return _listed(told[0]) if told else Listed(max(row.published, row.finished or row.published), row.first_id)
