"""What Statuspage and Instatus write into one entry of a history feed: HTML in, the updates and what else it says out.
It knows no feed around it and no event.

`<p><small>Aug <var data-var='date'>21</var>, <var data-var='time'>00:37</var> UTC</small><br><strong>Resolved</strong>
- text</p>`, the newest first; Instatus in any order, after fields such as `<strong>Type:</strong> Maintenance`.
"""

import re
from datetime import datetime, timedelta
from typing import Final

import msgspec

from postmortem.sources import printed, text

_SMALL: Final = re.compile(r"<small\b[^<>]{0,100}>", re.IGNORECASE)
_END: Final = re.compile(r"</small\s*>", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^<>]{0,200}>")
_LABEL: Final = re.compile(r"(?:\s|</?[bp]r?\s*/?>){0,40}<strong\b[^<>]{0,100}>([^<]{1,60})</strong>", re.IGNORECASE)
_DASH: Final = re.compile(r"\s{0,40}[-\u2013\u2014:]\s")
_FIELD: Final = re.compile(
    r"<strong\b[^<>]{0,100}>\s{0,10}([A-Za-z ]{1,40}):\s{0,10}</strong>([^<]{0,2000})", re.IGNORECASE
)
_PLANNED: Final = "THIS IS A SCHEDULED EVENT"
_HOUR: Final = timedelta(hours=1)


class Said(msgspec.Struct, frozen=True):
    """One update: when, under which label, and what."""

    at: datetime
    label: str
    text: str


class Content(msgspec.Struct, frozen=True):
    """An entry's content: its updates from the oldest to the newest, how many more had no time that can be read, the
    fields in front of them (names in lower case), and the times of a scheduled maintenance.
    """

    said: tuple[Said, ...] = ()
    lost: int = 0
    fields: dict[str, str] = {}
    start: datetime | None = None
    end: datetime | None = None


def read(markup: str, near: datetime) -> Content:
    """The content of one entry; `near` is the time that the feed itself gives, from which the years are taken."""
    front, *blocks = _SMALL.split(markup)
    fields = {text.line(name).lower(): text.line(said) for name, said in _FIELD.findall(front)}
    in_order = "type" not in fields
    found: list[Said] = []
    last = near
    for block in blocks:
        stamp, _, rest = _parted(block)
        time = printed.find(_TAG.sub("", stamp))
        at = None if time is None else _placed(time, last, bound=in_order and bool(found))
        if at is not None:
            last = at
            found.append(_said(at, rest))
    found.reverse()
    found.sort(key=lambda each: each.at)
    window = _window(front, found[0].at if found else near)
    return Content(tuple(found), len(blocks) - len(found), fields, *window)


def _placed(time: printed.Printed, last: datetime, *, bound: bool) -> datetime | None:
    """Statuspage's order bounds each update by the newer one before it, however long ago it was; else the nearest."""
    return printed.not_after(time, last + _HOUR) if bound else printed.nearest(time, last)


def _parted(block: str) -> tuple[str, str, str]:
    end = _END.search(block)
    return (block[: end.start()], "", block[end.end() :]) if end else (block[:200], "", block)


def _said(at: datetime, rest: str) -> Said:
    label = _LABEL.match(rest)
    if label is None:
        return Said(at, "", text.plain(rest))
    body = rest[label.end() :]
    dash = _DASH.match(body)
    # The ends of its own paragraph and the start of the next: without them most texts need no parser.
    body = body[dash.end() if dash else 0 :].rstrip().removesuffix("<p>").rstrip().removesuffix("</p>")
    return Said(at, text.line(label[1]), text.plain(body))


def _window(front: str, announced: datetime) -> tuple[datetime | None, datetime | None]:
    """`Apr 7, 13:00 - 21:00 UTC`, or `… - Apr 8, 02:00 UTC`: not long before it was announced, and in this order."""
    _, planned, rest = front.partition(_PLANNED)
    times = list(printed.find_all(_TAG.sub("", rest)))[:2] if planned else []
    if not times:
        return None, None
    start = printed.not_before(times[0], announced - 24 * _HOUR)
    if start is None or len(times) == 1:
        return start, None
    return start, printed.not_before(times[1], start)
