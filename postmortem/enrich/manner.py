"""What a plan is made under, and how times are written. Values and text out; knows no record and no source.

`Manner` says how one source is taken: whether its words are copied, and which service a component is; `Terms` hold what
is the same for every source of a run.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

import msgspec

from postmortem.model.event import Component
from postmortem.model.vocabulary import SourceTexts

SAME: Final = timedelta(seconds=60)
"""Times closer than this are one time: feeds of minutes stand beside feeds of seconds, and people round."""


class Manner(msgspec.Struct, frozen=True, kw_only=True):
    """How one source is taken. `page` is what evidence calls it; `service_of` gives None for what no service is
    known for.
    """

    texts: SourceTexts
    service_of: Callable[[Component], str | None]
    page: str = "Incident page of the status page"


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """When it is, and the manners by source id. `taken` are the entry ids that were ever promised of the record,
    `until` says to when the answer of each source reaches (where nothing is said, to now).
    """

    now: datetime
    manners: Mapping[str, Manner]
    taken: frozenset[str] = frozenset()
    until: Mapping[str, datetime] = {}


def written(at: datetime) -> str:
    """A source's time as a record states it: to the second, or to the minute where the seconds are none."""
    utc = at.astimezone(UTC).replace(tzinfo=None)
    return f"{utc.isoformat(timespec='seconds' if utc.second else 'minutes')}Z"


def stamp(now: datetime, others: list[datetime]) -> str:
    """The present to the minute; to the second where another time of this minute must not come to stand after it."""
    minute = now.astimezone(UTC).replace(second=0, microsecond=0)
    return written(now if any(minute < each for each in others) else minute)


def same(one: datetime, other: datetime) -> bool:
    """Whether two times are one."""
    return abs(one - other) < SAME
