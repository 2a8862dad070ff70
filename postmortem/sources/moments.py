"""Times as feeds write them: text in, aware moments in UTC out, to the microsecond that was said. It knows no clock,
and a time without a zone is no time: nothing here guesses one.
"""

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

_ISO: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}:[0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,30}))?)? ?"
    r"(?:([Zz]|UTC)|([+-][0-9]{2})(?::?([0-9]{2}))?)"
)
_USUAL: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{3})?Z", re.ASCII)
"""What nearly every feed writes, and the library reads as we do."""
_LONGEST: Final = 64
_LEAP: Final = 60
_UTC: Final = re.compile(r"(?:[+-]0000|\b(?:UTC?|GMT|Z))\s*$")
_DAY: Final = timedelta(days=1)


def iso(text: object) -> datetime | None:
    """The moment that an ISO 8601 time with a zone means (RFC 3339, and what feeds make of it), or None.

    None stands for whatever is none: another type, no zone, an impossible date, and the year 1, which is how software
    written in Go says "never". Fractions finer than a microsecond are cut off.
    """
    return _iso(text) if isinstance(text, str) and len(text) <= _LONGEST else None


@lru_cache(maxsize=1024)
def _iso(text: str) -> datetime | None:
    """The same; an answer states most of its times twice or more."""
    if _USUAL.fullmatch(text):
        with suppress(ValueError):
            usual = datetime.fromisoformat(text)
            return usual if usual.year > 1 else None
    found = _ISO.fullmatch(text.strip())
    if found is None:
        return None
    day, minute, second, fraction, utc, hours, minutes = found.groups()
    zone = "+00:00" if utc else f"{hours}:{minutes or '00'}"
    leap = second == str(_LEAP)
    try:
        exact = datetime.fromisoformat(f"{day}T{minute}:{'59' if leap else second or '00'}{zone}").astimezone(UTC)
        if leap or fraction:
            exact += timedelta(seconds=int(leap), microseconds=int((fraction or "0")[:6].ljust(6, "0")))
    except (ValueError, OverflowError):
        return None
    return exact if exact.year > 1 else None


def rfc822(text: object) -> datetime | None:
    """The moment that an RFC 822 date means (RSS `pubDate`; RFC 2822 and 5322 alike), or None where it is none."""
    if not isinstance(text, str) or len(text) > _LONGEST:
        return None
    from email.utils import parsedate_tz  # noqa: PLC0415 - slow to load, and only RSS needs it

    try:
        parts = parsedate_tz(text)
        if parts is None:
            return None
        # To the library a zone that is missing or unknown is no offset; to us it is no time.
        zone = timedelta(seconds=parts[9] or 0)
        if abs(zone) >= _DAY or not (zone or _UTC.search(text)):
            return None
        return datetime(*parts[:6], tzinfo=UTC) - zone
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
