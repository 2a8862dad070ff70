"""Times as people type them, as records have them. Text, the present and the start in, moments out; knows no clock.

`2026-06-23 14:21+02:00` and `2026-06-23T14:21Z` are what they say, `14:21Z` is the last time it was 14:21, `+17m` is
counted from the start, `5m ago` from now. A time without its zone is refused: nobody can know which was meant.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

from postmortem.authoring.wish import WishError
from postmortem.model import moment
from postmortem.model.moment import Moment

FORMS: Final = "2026-06-23 14:21+02:00, 14:21Z, +17m (after the start), 5m ago or now"
_WHOLE = re.compile(
    r"(\d{4}-\d{2}-\d{2})[T ](\d{1,2}:\d{2}(?::\d{2})?) ?(Z|UTC|[+-]\d{2}:?\d{2})", re.ASCII | re.IGNORECASE
)
_CLOCK = re.compile(r"(\d{1,2}:\d{2}(?::\d{2})?) ?(Z|UTC|[+-]\d{2}:?\d{2})", re.ASCII | re.IGNORECASE)
_ZONELESS = re.compile(r"(\d{4}-\d{2}-\d{2}[T ])?\d{1,2}:\d{2}(:\d{2})?", re.ASCII)
_SPAN = re.compile(r"(?:(\d{1,3})d)?(?:(\d{1,4})h)?(?:(\d{1,5})m(?:in)?)?", re.ASCII)
_SOON: Final = timedelta(hours=1)


def read(text: str, now: datetime, start: datetime | None = None) -> Moment:
    """The time that was typed, in UTC. Raises WishError with the forms that are understood.

    What has not come yet is refused: nothing that is told of a record can be dated before it any more.
    """
    typed = " ".join(text.split())
    found = _read(typed, now, start)
    if found.instant > now:
        raise WishError(
            f"{typed}: has not come yet (that is {written(found)}, and it is {written(stamp(now))}); "
            "write a time that has passed, or now"
        )
    return found


def _read(typed: str, now: datetime, start: datetime | None) -> Moment:
    if typed.lower() == "now":
        return Moment(_minute(now))
    whole, clock = _WHOLE.fullmatch(typed), _CLOCK.fullmatch(typed)
    if whole is not None:
        return _instant(whole[1], whole[2], whole[3], typed)
    if clock is not None:
        return _latest(clock[1], clock[2], now, typed)
    if _ZONELESS.fullmatch(typed):
        raise WishError(f"{typed}: a time needs its zone; write {typed}Z if that is UTC, or {typed}+02:00")
    if typed.startswith("+"):
        if start is None:
            raise WishError(f"{typed}: counted from the start, but no start is known; write the time itself, as 14:21Z")
        return Moment(start + _span(typed[1:], typed), "second" if start.second else "minute")
    if typed.lower().endswith(" ago"):
        return Moment(_minute(now - _span(typed[:-4].rstrip(), typed)))
    raise _unknown(typed)


def stamp(now: datetime, others: Iterable[datetime] = ()) -> Moment:
    """The present to the minute, as people write it; to the second where another time of this minute must not come to
    stand after it.
    """
    minute = _minute(now)
    if any(minute < other for other in others):
        return Moment(now.astimezone(UTC).replace(microsecond=0), "second")
    return Moment(minute)


def written(when: Moment) -> str:
    """`2026-06-23T14:21Z`: as a record states it."""
    pattern = "%Y-%m-%dT%H:%M:%SZ" if when.precision == "second" else "%Y-%m-%dT%H:%MZ"
    return when.instant.strftime(pattern)


def _latest(clock: str, zone: str, now: datetime, typed: str) -> Moment:
    """The last time that a clock in this zone showed that."""
    zoned = _instant("2000-01-01", "00:00", zone, typed)
    local = now + (datetime(2000, 1, 1, tzinfo=UTC) - zoned.instant)
    ahead = _instant(local.date().isoformat(), clock, zone, typed)
    if ahead.instant <= now:
        return ahead
    if ahead.instant - now < _SOON:
        raise WishError(
            f"{typed}: has not come yet (it is {now.astimezone(UTC):%H:%M}Z); write the date if another day is meant"
        )
    return Moment(ahead.instant - timedelta(days=1), ahead.precision)


def _instant(day: str, clock: str, zone: str, typed: str) -> Moment:
    zone = "Z" if zone.upper() in ("Z", "UTC") else zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"
    try:
        return Moment(*moment.parse(f"{day}T{clock.rjust(5, '0') if len(clock) == 4 else clock}{zone}"))  # noqa: PLR2004
    except ValueError as error:
        raise WishError(f"{typed}: there is no such time ({error})") from error


def _span(text: str, typed: str) -> timedelta:
    match = _SPAN.fullmatch(text.replace(" ", ""))
    if match is None or not any(match.groups()):
        raise _unknown(typed)
    days, hours, minutes = (int(part or 0) for part in match.groups())
    return timedelta(days=days, hours=hours, minutes=minutes)


def _minute(when: datetime) -> datetime:
    return when.astimezone(UTC).replace(second=0, microsecond=0)


def _unknown(typed: str) -> WishError:
    return WishError(f"{typed!r} is no time that is understood; write {FORMS}")
