"""`/calendar.ics`: incidents and maintenance as events (RFC 5545). History and settings in, an artifact out; knows no
clock: an event is stamped with the last thing published about it.

Written by hand because a library needs 0.6 ms an event (docs/adr/0007-libraries.md); tests read it with that library.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from postmortem.feeds.characters import allowed
from postmortem.feeds.entries import tag
from postmortem.feeds.pieces import LARGEST
from postmortem.model.artifact import Artifact
from postmortem.model.history import History
from postmortem.model.settings import Settings, address
from postmortem.model.summary import Summary

PATH: Final = "calendar.ics"
_LINE: Final = 75
"""Octets of a line, its break not counted (RFC 5545, section 3.1)."""
_ESCAPED: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def artifact(history: History, settings: Settings) -> Artifact:
    """The newest events, as many as `LARGEST` bytes hold, in the order of the history."""
    begin = _lines("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//postmortem//calendar 1.0//EN", "CALSCALE:GREGORIAN")
    begin += _lines(f"NAME:{_text(settings.publisher.name)}", f"X-WR-CALNAME:{_text(settings.publisher.name)}")
    end = _lines("END:VCALENDAR")
    left = LARGEST - len(begin) - len(end)
    events = []
    for row in history.rows:
        event = _lines("BEGIN:VEVENT", *_event(row, settings), "END:VEVENT")
        left -= len(event)
        if left < 0:
            break
        events.append(event)
    return Artifact(PATH, b"".join((begin, *events, end)))


def _event(row: Summary, settings: Settings) -> Iterator[str]:
    start, end = _span(row)
    yield f"UID:{_text(tag(settings, f'incident/{row.first_id}'))}"
    yield f"DTSTAMP:{_time(row.changed)}"
    yield f"LAST-MODIFIED:{_time(row.changed)}"
    yield f"SEQUENCE:{row.revision}"
    yield f"DTSTART:{_time(start)}"
    if end is not None and end > start:
        yield f"DTEND:{_time(end)}"
    yield f"SUMMARY:{_text(row.title) or row.id}"
    if row.text:
        yield f"DESCRIPTION:{_text(row.text)}"
    yield f"URL:{address(settings, f'incidents/{row.id}/')}"
    yield f"CATEGORIES:{','.join(_text(each) for each in (row.kind, row.severity, row.status, *row.services))}"
    yield f"STATUS:{'CANCELLED' if row.withdrawn or row.status == 'cancelled' else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"


def _span(row: Summary) -> tuple[datetime, datetime | None]:
    """Maintenance is when it was scheduled; an incident is from when it was first known until it was resolved."""
    return row.scheduled if row.scheduled is not None else (row.first_known, row.resolved)


def _time(instant: datetime) -> str:
    return f"{instant.astimezone(UTC).isoformat()[:19].replace('-', '').replace(':', '')}Z"


def _text(value: str) -> str:
    """A value of type TEXT (section 3.3.11)."""
    return allowed(value).strip().translate(_ESCAPED)


def _lines(*lines: str) -> bytes:
    return b"".join(_folded(each.encode("utf-8")) for each in lines)


def _folded(line: bytes) -> bytes:
    """A line and its break, folded between characters: a break and a space are no part of the value."""
    parts, room = [], _LINE
    while len(line) > room:
        cut = room
        while line[cut] & 0xC0 == 0x80:  # noqa: PLR2004 - a byte inside a character of UTF-8
            cut -= 1
        parts.append(line[:cut])
        line, room = line[cut:], _LINE - 1
    return b"\r\n ".join((*parts, line)) + b"\r\n"
