"""How bad it was at every moment: spells in, stretches of time of one state out. Time that two share counts once, at
the worse level.

Each moment gets two ranks: the worst that is certain, and the worst that is possible. A level that is not known is at
least the lowest and at most the highest.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

import msgspec

from postmortem.metrics.spell import Spell
from postmortem.model.vocabulary import Level

LEAST: Final[dict[Level, int]] = {"unknown": 1, "degraded": 1, "partial_outage": 2, "full_outage": 3}
MOST: Final[dict[Level, int]] = {"unknown": 3, "degraded": 1, "partial_outage": 2, "full_outage": 3}
"""Ranks: 0 nothing, 1 degraded, 2 partial outage, 3 full outage."""
RANKS: Final = 4


class Segment(msgspec.Struct, frozen=True):
    """A stretch in which nothing changes: `sure` is the least it was, `possible` the most it can have been."""

    start: datetime
    end: datetime
    sure: int
    possible: int

    @property
    def length(self) -> timedelta:
        """How long it lasts."""
        return self.end - self.start


def profile(spells: Iterable[Spell]) -> tuple[Segment, ...]:
    """The segments in order, without those in which nothing was wrong. One sort and one pass."""
    changes = sorted(change for spell in spells for change in _changes(spell))
    running = [0] * (2 * RANKS)
    found: list[Segment] = []
    for (at, slot, step), (until, _, _) in pairwise([*changes, *changes[-1:]]):
        running[slot] += step
        if at < until:
            possible = _worst(running, RANKS)
            if possible:
                sure = _worst(running, 0)
                found.append(Segment(at, until, sure, max(sure, possible)))
    return tuple(found)


def _worst(running: list[int], offset: int) -> int:
    """The highest rank that anything has now; written out, since it is asked for at every change."""
    return 3 if running[offset + 3] else 2 if running[offset + 2] else 1 if running[offset + 1] else 0


def _changes(spell: Spell) -> Iterator[tuple[datetime, int, int]]:
    if spell.sure is not None:
        slot = LEAST[spell.level]
        yield spell.sure.start, slot, 1
        yield spell.sure.end, slot, -1
    if spell.possible.start < spell.possible.end:
        slot = RANKS + MOST[spell.level]
        yield spell.possible.start, slot, 1
        yield spell.possible.end, slot, -1


def within(segments: Iterable[Segment], start: datetime, end: datetime) -> Iterator[Segment]:
    """The parts of them that lie in an interval."""
    for each in segments:
        if each.start < end and start < each.end:
            yield Segment(max(each.start, start), min(each.end, end), each.sure, each.possible)


def minutes(lengths: Iterable[timedelta]) -> int:
    """Whole minutes of a sum."""
    return sum(each.days * 86_400 + each.seconds for each in lengths) // 60


def bounds(segments: Iterable[Segment]) -> tuple[int, int]:
    """Minutes with any impact: certain, and possible."""
    told = tuple(segments)
    return minutes(each.length for each in told if each.sure), minutes(each.length for each in told)
