"""Times and durations in words: days, moments with how exact they are, windows, the two durations that are never mixed.
Model values in, text or safe HTML out; minutes stay minutes; knows no clock and no zone but UTC.
"""

from datetime import UTC, date, datetime
from typing import Final

from markupsafe import Markup, escape

from postmortem.model.claims import Window
from postmortem.model.derived import ImpactTime
from postmortem.model.moment import Moment, rfc3339
from postmortem.model.vocabulary import Precision, TimeIs

MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_IS: Final[dict[TimeIs, str]] = {"exact": "", "about": "about ", "not_before": "not before ", "not_after": "not after "}
_CLOCK_ENDS: Final[dict[Precision, int]] = {"minute": 16, "second": 19}  # in RFC 3339
_HOUR: Final = 60
_DAY: Final = 24 * _HOUR


def day(value: date) -> str:
    """`23 June 2026`."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def days(start: date, end: date) -> str:
    """`16 to 23 June 2026`, as much of the first day as is needed."""
    if start == end:
        return day(end)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day} to {day(end)}"
    return f"{day(start)} to {day(end)}"


def duration(minutes: int) -> str:
    """`45 min`, `1 h 52 min`, `3 d 4 h`: two units at most; minutes are dropped from a day on."""
    if minutes < 1:
        return "less than 1 min"
    if minutes < _HOUR:
        return f"{minutes} min"
    if minutes < _DAY:
        return _two(minutes // _HOUR, "h", minutes % _HOUR, "min")
    return _two(minutes // _DAY, "d", minutes % _DAY // _HOUR, "h")


def _two(large: int, large_unit: str, small: int, small_unit: str) -> str:
    return f"{large} {large_unit} {small} {small_unit}" if small else f"{large} {large_unit}"


def clock(moment: Moment) -> str:
    """`14:21`, with seconds only where seconds were written."""
    return rfc3339(moment.instant)[11 : _CLOCK_ENDS[moment.precision]]


def said(moment: Moment) -> str:
    """`23 June 2026, about 15:58 UTC`."""
    return f"{day(moment.instant)}, {_IS[moment.is_]}{clock(moment)} UTC"


def shortly(moment: Moment) -> str:
    """`about 15:58`."""
    return f"{_IS[moment.is_]}{clock(moment)}"


def when(moment: Moment) -> Markup:
    """The same as a `<time>` element."""
    return _time(moment, f"{day(moment.instant)}, ", " UTC")


def short(moment: Moment) -> Markup:
    """`about 15:58` as a `<time>` element, where the day stands beside it."""
    return _time(moment)


def _time(moment: Moment, before: str = "", after: str = "") -> Markup:
    stamp = rfc3339(moment.instant)[: _CLOCK_ENDS[moment.precision]]
    text = f"{before}{_IS[moment.is_]}{stamp[11:]}{after}"
    return Markup(f'<time datetime="{stamp}Z">{text}</time>')  # noqa: S704  digits and our own words


def on(value: date) -> Markup:
    """A day as a `<time>` element."""
    return Markup(f'<time datetime="{value.isoformat()[:10]}">{day(value)}</time>')  # noqa: S704  as above


def at(instant: datetime) -> str:
    """`23 June 2026, 14:47 UTC` for an instant that carries no claim."""
    return said(Moment(instant.astimezone(UTC)))


def stretch(window: Window) -> Markup:
    """`14:21 to about 15:41 UTC`, to be printed beside the day it starts on; with both days where they differ; open
    and unknown ends in words.
    """
    start, end = window.start.moment, window.end.moment if window.end else None
    if start is None and end is None:
        return escape("start not known, still going on" if window.end is None else "start and end not known")
    if start is None:
        return Markup(f"start not known, until {when(end)}") if end else Markup()  # noqa: S704  as above
    if end is None:
        since, still = ("since", "still going on") if window.end is None else ("from", "end not known")
        return Markup(f"{since} {short(start)} UTC, {still}")  # noqa: S704  as above
    return between(start, end, with_day=False)


def between(start: Moment, end: Moment, *, with_day: bool = True) -> Markup:
    """`23 June 2026, 14:21 to 15:41 UTC`; without the day only where both are on one day."""
    if start.instant.date() != end.instant.date():
        return Markup(f"{when(start)} to {when(end)}")  # noqa: S704  as above
    first = f"{day(start.instant)}, " if with_day else ""
    return Markup(f"{first}{short(start)} to {short(end)} UTC")  # noqa: S704  as above


def impact_time(time: ImpactTime, what: str = "start or end") -> str:
    """`1 h 52 min; one more window has no known end`: what is known, then what is not, counted.

    `what` names what the unknown windows lack: "end", "start", or "start or end".
    """
    more = "more " if time.minutes is not None else ""
    parts = [] if time.minutes is None else [duration(time.minutes)]
    if time.ongoing:
        parts.append(f"{_count(time.ongoing, more)} still going on" if more else "Still going on")
    if time.unknown:
        has = "has" if time.unknown == 1 else "have"
        parts.append(f"{_count(time.unknown, more)} {has} no known {what}")
    text = "; ".join(parts) or "Not known"
    return text[0].upper() + text[1:]


def _count(number: int, more: str) -> str:
    return f"one {more}window" if number == 1 else f"{number} {more}windows"


def missing(windows: tuple[Window, ...]) -> str:
    """What the windows of unknown length lack, for `impact_time`."""
    no_start = any(each.start.moment is None for each in windows)
    no_end = any(each.end is not None and each.end.moment is None for each in windows)
    return "start or end" if no_start == no_end else "start" if no_start else "end"
