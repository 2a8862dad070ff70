"""Times as authors mean them: an instant in UTC, how exact it is, and who says so. Text in, values out; knows no
clock and no zone names.

RFC 3339 demands seconds and people at 3 am do not have them, so minutes stay minutes here (format.md, "Times").
"""

import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

import msgspec

from postmortem.model.vocabulary import Confidence, Precision, TimeIs

_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-9]{2}(:[0-9]{2}(?:\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:[0-5][0-9])",
)


class Moment:
    """One point in time with its claim: `instant` is aware and in UTC; `precision` says what was written, not what
    is true.

    A plain class and not a struct: only so does msgspec ask our reader, and a time may be a string or a mapping.
    """

    __slots__ = ("confidence", "evidence", "instant", "is_", "precision")

    def __init__(
        self,
        instant: datetime,
        precision: Precision = "minute",
        is_: TimeIs = "exact",
        confidence: Confidence | None = None,
        evidence: tuple[str, ...] = (),
    ) -> None:
        self.instant: Final = instant
        self.precision: Final = precision
        self.is_: Final = is_
        self.confidence: Final = confidence
        self.evidence: Final = evidence

    def _key(self) -> tuple[object, ...]:
        return (self.instant, self.precision, self.is_, self.confidence, self.evidence)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Moment) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        return f"Moment({rfc3339(self.instant)}, {self.precision}, {self.is_})"


class Bound:
    """Where a window starts or ends; `moment` is None where the record says `unknown`. An absent end is no Bound at
    all: it goes on.
    """

    __slots__ = ("moment",)

    def __init__(self, moment: Moment | None) -> None:
        self.moment: Final = moment

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Bound) and self.moment == other.moment

    def __hash__(self) -> int:
        return hash(self.moment)

    def __repr__(self) -> str:
        return f"Bound({self.moment!r})"


def parse(text: str) -> tuple[datetime, Precision]:
    """Read `2026-06-23T14:21Z` or with seconds, fractions, an offset: RFC 3339 with the seconds optional. Raises
    ValueError.

    Fractions are cut to whole seconds: no status page knows more, and no output shows more.
    """
    match = _TIME.fullmatch(text)
    if match is None:
        message = f"not a time with a zone: {text!r}"
        raise ValueError(message)
    try:
        instant = datetime.fromisoformat(text).replace(microsecond=0).astimezone(UTC)
    except OverflowError as error:
        message = f"a time outside the calendar: {text!r}"
        raise ValueError(message) from error
    return instant, "minute" if match[1] is None else "second"


def read_moment(value: object) -> Moment:
    """A time as the format allows it: a string, or `{at, is, confidence, evidence}`. Raises ValueError, TypeError or
    msgspec's error.
    """
    if isinstance(value, str):
        return _plain(value)
    claim = msgspec.convert(value, _Claim)
    return Moment(*parse(claim.at), claim.is_, claim.confidence, claim.evidence)


@lru_cache(maxsize=256)  # a record that is changed is read again with all of its times, and some it says many times
def _plain(text: str) -> Moment:
    return Moment(*parse(text))


def read_bound(value: object) -> Bound:
    """The end or start of a window: a time, or the word `unknown`."""
    return Bound(None if value == "unknown" else read_moment(value))


class _Claim(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    at: str
    is_: TimeIs = msgspec.field(default="exact", name="is")
    confidence: Confidence | None = None
    evidence: tuple[str, ...] = ()


@lru_cache(maxsize=256)  # a record's page, files and feeds write each of its few instants again and again
def rfc3339(instant: datetime) -> str:
    """`2026-06-23T14:21:00Z`: what feeds and JSON want, seconds always written (RFC 3339, section 5.6)."""
    return f"{instant.astimezone(UTC).isoformat()[:19]}Z"
