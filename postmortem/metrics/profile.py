"""How bad it was at every moment: spells in, stretches of time of one state out. Time that two share counts once, at
the worse level.

Each moment gets two ranks: the worst that is certain, and the worst that is possible. A level that is not known is at
least the lowest and at most the highest.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Final

import msgspec

from postmortem.metrics.spell import Spell
from postmortem.model.vocabulary import Level

LEAST: Final[dict[Level, int]] = {"unknown": 1, "degraded": 1, "partial_outage": 2, "full_outage": 3}
MOST: Final[dict[Level, int]] = {"unknown": 3, "degraded": 1, "partial_outage": 2, "full_outage": 3}
"""Ranks: 0 nothing, 1 degraded, 2 partial outage, 3 full outage."""
RANKS: Final = 4
_NEVER: Final = datetime.min.replace(tzinfo=UTC)


class Segment(msgspec.Struct, frozen=True, gc=False):
    """A stretch in which nothing changes: `sure` is the least it was, `possible` the most it can have been."""

    start: datetime
    end: datetime
    sure: int
    possible: int


def profile(spells: Iterable[Spell]) -> tuple[Segment, ...]:
    """The segments in order, without those in which nothing was wrong. Spells that touch no other are their own
    profile; only those that overlap are swept together.
    """
    found: list[Segment] = []
    together: list[Spell] = []
    until = _NEVER
    for each in sorted(spells, key=_beginning):
        possible = each.possible
        if possible.start < until:
            together.append(each)
            until = max(until, possible.end)
            continue
        found += _swept(together)
        together, until = [each], possible.end
    return *found, *_swept(together)


def _beginning(spell: Spell) -> datetime:
    return spell.possible.start


def _swept(spells: Sequence[Spell]) -> Iterable[Segment]:
    """What overlaps, in the end nearly always one spell by itself."""
    if len(spells) != 1:
        return _all_swept(spells)
    [spell] = spells
    possible = spell.possible
    if spell.sure is not possible and spell.sure != possible:
        return _all_swept(spells)
    return (Segment(possible.start, possible.end, LEAST[spell.level], MOST[spell.level]),)


def _all_swept(spells: Sequence[Spell]) -> Iterator[Segment]:
    """One sort and one pass over them."""
    changes = sorted([change for spell in spells for change in _changes(spell)])
    sure, possible = [0] * RANKS, [0] * RANKS
    for (at, step, least, most), (until, *_) in pairwise([*changes, *changes[-1:]]):
        sure[least] += step
        possible[most] += step
        if at < until:
            worst = _worst(possible)
            if worst:
                certain = _worst(sure)
                yield Segment(at, until, certain, max(certain, worst))


def _worst(running: list[int]) -> int:
    """The highest rank that anything has now; written out, since it is asked for at every change."""
    return 3 if running[3] else 2 if running[2] else 1 if running[1] else 0


def _changes(spell: Spell) -> list[tuple[datetime, int, int, int]]:
    """When it begins and ends to be certain, to be possible, or both at once; rank 0 stands for neither."""
    sure, possible = spell.sure, spell.possible
    least, most = LEAST[spell.level], MOST[spell.level]
    if sure == possible:
        return [(possible.start, 1, least, most), (possible.end, -1, least, most)]
    found = []
    if sure is not None:
        found += [(sure.start, 1, least, 0), (sure.end, -1, least, 0)]
    if possible.start < possible.end:
        found += [(possible.start, 1, 0, most), (possible.end, -1, 0, most)]
    return found


def within(segments: Sequence[Segment], start: datetime, end: datetime) -> list[Segment]:
    """The parts of them that lie in an interval; segments come in order and do not overlap."""
    first, last = bisect_right(segments, start, key=_end), bisect_left(segments, end, key=_start)
    found = list(segments[first:last])
    for place in {0, len(found) - 1} if found else ():
        each = found[place]
        if each.start < start or end < each.end:
            found[place] = Segment(max(each.start, start), min(each.end, end), each.sure, each.possible)
    return found


def _start(segment: Segment) -> datetime:
    return segment.start


def _end(segment: Segment) -> datetime:
    return segment.end


def minutes(lengths: Iterable[timedelta]) -> int:
    """Whole minutes of a sum."""
    return sum([each.days * 86_400 + each.seconds for each in lengths]) // 60


def bounds(segments: Iterable[Segment]) -> tuple[int, int]:
    """Minutes with any impact: certain, and possible."""
    told = [(each.end - each.start, each.sure) for each in segments]
    return minutes([length for length, sure in told if sure]), minutes([length for length, _ in told])
