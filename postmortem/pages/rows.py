"""Incidents as rows of a list, ten thousand of them if need be: a day, a severity, a title, four marks, two durations.
Summaries in, rows for a template out; counts only what a list says of itself.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Final, NamedTuple

from markupsafe import Markup

from postmortem.model.summary import ClassRow, Summary
from postmortem.pages import messages, times
from postmortem.pages.impact import look
from postmortem.pages.links import Links, joined


class Row(NamedTuple):
    """One row. `span` is impact time, `open` open time; `state` is empty for what is simply over."""

    address: str
    day: Markup
    severity: str
    word: str
    title: str
    marks: Markup
    services: str
    span: str
    open: str
    state: str


class Group(NamedTuple):
    """Rows under one heading."""

    anchor: str
    title: str
    rows: list[Row]


Marks = dict[tuple[str, ...], Markup]


def rows(summaries: Iterable[Summary], links: Links) -> list[Row]:
    """One row for each."""
    drawn: Marks = {}
    return [_row(each, links, drawn) for each in summaries]


def by_month(summaries: Iterable[Summary], links: Links) -> list[Group]:
    """The rows under their months, in the order they come in."""
    return _grouped(summaries, links, lambda each: (each.first_known.isoformat()[:7], month_of(each.day)))


def by_year(summaries: Iterable[Summary], links: Links) -> list[Group]:
    """The rows under their years."""
    return _grouped(summaries, links, lambda each: (f"y{each.first_known.year}", str(each.first_known.year)))


def _grouped(summaries: Iterable[Summary], links: Links, heading: Callable[[Summary], tuple[str, str]]) -> list[Group]:
    """The rows under headings that say the year, so that their days need not."""
    groups: dict[str, Group] = {}
    drawn: Marks = {}
    for each in summaries:
        anchor, title = heading(each)
        groups.setdefault(anchor, Group(anchor, title, [])).rows.append(_row(each, links, drawn, _day))
    return list(groups.values())


def month_of(value: date) -> str:
    """`June 2026`."""
    return f"{times.MONTHS[value.month - 1]} {value.year}"


def _day(value: date) -> Markup:
    """`23 June`, under a heading that says the year."""
    told = f"{value.day} {times.MONTHS[value.month - 1]}"
    return Markup(f'<time datetime="{value.isoformat()}">{told}</time>')  # noqa: S704  digits and our own words


def _row(summary: Summary, links: Links, drawn: Marks, day: Callable[[date], Markup] = times.on) -> Row:
    maintenance = summary.kind == "maintenance"
    return Row(
        address=f"{links.root}incidents/{summary.id}/",
        day=day(summary.day),
        severity="maintenance" if maintenance else summary.severity,
        word="Maintenance" if maintenance else messages.SEVERITY[summary.severity],
        title=summary.title,
        marks=marks(summary, drawn),
        services=", ".join(links.services.get(each, each) for each in summary.services),
        span=_span(summary),
        open=_open(summary),
        state=_state(summary),
    )


def _state(summary: Summary) -> str:
    if summary.withdrawn:
        return "Withdrawn"
    if summary.kind == "maintenance":
        return "" if summary.status == "completed" else messages.STATUS[summary.status]
    return f"Open: {messages.STATUS[summary.status].lower()}" if summary.is_open else ""


def _span(summary: Summary) -> str:
    if not any(row.windows for row in summary.impact.values()):
        none = all(row.state == "not_affected" for row in summary.impact.values())
        return "none" if none else "" if summary.kind == "maintenance" else "not known"
    time = summary.impact_time
    if time.minutes is None:
        return "still going on" if time.ongoing else "not known"
    more = time.unknown + time.ongoing
    return times.duration(time.minutes) + (f", and {more} more window{'' if more == 1 else 's'}" if more else "")


def _open(summary: Summary) -> str:
    if summary.kind == "maintenance" or summary.is_open:
        return ""
    return "not known" if summary.open_minutes is None else times.duration(summary.open_minutes)


_LETTERS: Final = messages.IMPACT_CLASS_LETTER


def marks(summary: Summary, drawn: Marks) -> Markup:
    """Four marks in their fixed order, and the same in words for those who listen. Drawn once per combination."""
    key = looks(summary)
    if key not in drawn:
        drawn[key] = _drawn(key, told(summary))
    return drawn[key]


def looks(summary: Summary) -> tuple[str, ...]:
    """What the four marks are drawn from."""
    return tuple(look(row.state, row.level) for row in summary.impact.values())


def told(summary: Summary) -> str:
    """What the four marks say, in words; equal looks are told equally."""
    return "; ".join(f"{messages.IMPACT_CLASS[name]}: {_said(row)}" for name, row in summary.impact.items())


def _drawn(key: tuple[str, ...], words: str) -> Markup:
    seen = "".join(
        f'<i data-look="{each}">{"?" if each == "unknown" else letter}</i>'
        for each, letter in zip(key, _LETTERS.values(), strict=True)
    )
    html = f'<span aria-hidden="true">{seen}</span><span class="pm-sr">{words}</span>'
    return Markup(f'<span class="pm-marks">{html}</span>')  # noqa: S704  our own words


def _said(row: ClassRow) -> str:
    state = messages.IMPACT_STATE[row.state].lower()
    return f"{state}, {messages.LEVEL[row.level].lower()}" if row.state == "affected" and row.level else state


def records(number: int) -> str:
    """`1 record`, `12 records`."""
    return f"{number} record{'' if number == 1 else 's'}"


def counted(summaries: Iterable[Summary]) -> str:
    """`17 incidents and 2 maintenances`: what still stands, planned work apart."""
    standing = [each for each in summaries if not each.withdrawn]
    incidents = sum(each.kind == "incident" for each in standing)
    planned = len(standing) - incidents
    parts = [f"{incidents or 'no'} incident{'' if incidents == 1 else 's'}"]
    return joined([*parts, f"{planned} planned maintenance{'' if planned == 1 else 's'}"] if planned else parts)
