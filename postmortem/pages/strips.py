"""Ninety days in a row: the worst level of each by the height, the pattern and the colour of a bar, each with a name
and a link; and the same days as rows of a table, for those who cannot see or hit a bar. Strips in, HTML and rows out.

A day that nobody watched is drawn as such, and one of which no record speaks is no good day: it has no bar at all.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Final, NamedTuple

from markupsafe import Markup, escape

from postmortem.model.figure import Day, Strip
from postmortem.model.summary import Summary
from postmortem.model.vocabulary import LEVELS_WORST_LAST
from postmortem.pages import messages, times
from postmortem.pages.impact import look
from postmortem.pages.links import Links, comma

_WHOLE_DAY: Final = 24 * 60
_PLACE: Final = {"not_watched": "b", "no_record": "i"}


class Line(NamedTuple):
    """One strip: what it is about, its bars, how many of its days a record speaks of, how many incidents of which
    nobody said.
    """

    name: Markup
    bars: Markup
    told: str
    unknown: str
    hit: int


class Row(NamedTuple):
    """One day in words: `told` is a pair of what and how bad for each strip that it is in."""

    anchor: str
    day: Markup
    told: list[tuple[str, str]]
    incidents: Markup


def line(strip: Strip, name: str | Markup, links: Links, table_at: str = "") -> Line:
    """Draw one strip. `name` is what it is about; a link says so where it leads to a page of its own. `table_at` is the
    address of the page with the table of its days, empty for the page it stands on.
    """
    text = name.striptags() if isinstance(name, Markup) else name
    bars = Markup().join(_bars(strip.days, links, table_at))
    role = "group" if any(each.incidents for each in strip.days) else "img"
    drawn = Markup('<span class="pm-strip" role="%s" aria-label="%s">%s</span>') % (
        role,
        f"{text}, {said(strip)}",
        bars,
    )
    unknown = f"{strip.unknown} not known" if strip.unknown else ""
    return Line(escape(name), drawn, _counted(strip), unknown, _hit(strip))


def said(strip: Strip) -> str:
    """`16 June to 13 September 2026: a record speaks of 3 of 8 watched days, at worst of a full outage`."""
    days, watched, hit = times.days(strip.days[0].day, strip.days[-1].day), strip.window.watched, _hit(strip)
    if not watched:
        return f"{days}: not watched"
    of = f"{watched} watched day{'' if watched == 1 else 's'}"
    found = f"a record speaks of {hit} of {of}" if hit else f"no record speaks of {of}"
    level = f"; worst: {worst(each for each in strip.days if each.state == 'affected')}" if hit else ""
    return f"{days}: {found}{level}{f'; {strip.unknown} incidents not known' if strip.unknown else ''}"


def watched(strip: Strip) -> str:
    """`8 of 90 days watched`: what a reader has to know before any bar."""
    window = strip.window
    return f"{window.watched} of {window.asked} days watched" if window.clipped else f"all {window.asked} days watched"


def worst(days: Iterable[Day]) -> str:
    """The worst level that any of them has, in words."""
    found = max((each.level or "unknown" for each in days), key=LEVELS_WORST_LAST.index)
    return messages.LEVEL[found].lower()


def table(strips: Sequence[tuple[str, Strip]], rows: Mapping[str, Summary], links: Links) -> list[Row]:
    """Every day of which a record speaks, newest first; strips come with the words for what they are about, empty where
    a page has only one. `rows` are the incidents by id.
    """
    found: dict[date, list[tuple[str, Day]]] = {}
    for name, strip in strips:
        for day in strip.days:
            if day.state == "affected":
                found.setdefault(day.day, []).append((name, day))
    return [_row(day, found[day], rows, links) for day in sorted(found, reverse=True)]


def _row(day: date, found: Sequence[tuple[str, Day]], rows: Mapping[str, Summary], links: Links) -> Row:
    ids = dict.fromkeys(id_ for _, each in found for id_ in each.incidents)
    titles = [_link(links, id_, rows[id_].title if id_ in rows else id_) for id_ in ids]
    return Row(_anchor(day), times.on(day), [(name, _level(each)) for name, each in found], comma(titles))


def _link(links: Links, id_: str, title: str) -> Markup:
    return Markup('<a href="%sincidents/%s/">%s</a>') % (links.root, id_, title)


def _bars(days: Sequence[Day], links: Links, table_at: str) -> Iterator[Markup]:
    """A link for each day of which a record speaks, one empty place for all others between two of them."""
    for state, found in groupby(days, lambda each: each.state):
        if state == "affected":
            yield from (_bar(each, links, table_at) for each in found)
        else:
            place, many = _PLACE[state], len(list(found))
            wide = f' style="--pm-days:{many}"' if many > 1 else ""
            yield Markup(f"<{place}{wide}></{place}>")  # noqa: S704  a tag and a number


def _bar(day: Day, links: Links, table_at: str) -> Markup:
    several = len(day.incidents) > 1
    address = f"{table_at}#{_anchor(day.day)}" if several else f"{links.root}incidents/{day.incidents[0]}/"
    told = f"{times.day(day.day)}: {_level(day)}" + (f"; {len(day.incidents)} incidents" if several else "")
    sure = Markup() if day.certain else Markup(' data-sure="no"')
    return Markup('<a href="%s" data-look="%s"%s aria-label="%s"></a>') % (
        address,
        look("affected", day.level),
        sure,
        told,
    )


def _anchor(day: date) -> str:
    return f"day-{day.isoformat()}"


def _level(day: Day) -> str:
    return f"{messages.LEVEL[day.level or 'unknown'].lower()}, {_length(day)}"


def _length(day: Day) -> str:
    """`45 min`, `45 min to 2 h`, `up to 2 h`, `all day`."""
    if not day.most:
        return "for how long is not known"
    most = "all day" if day.most >= _WHOLE_DAY else times.duration(day.most)
    if day.minutes == day.most:
        return most
    return f"{times.duration(day.minutes)} to {most}" if day.minutes else f"up to {most}"


def _hit(strip: Strip) -> int:
    return sum(each.state == "affected" for each in strip.days)


def _counted(strip: Strip) -> str:
    hit = _hit(strip)
    return f"{hit} day{'' if hit == 1 else 's'}" if hit else "no record" if strip.window.watched else "not watched"
