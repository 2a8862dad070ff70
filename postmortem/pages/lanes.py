"""The picture of an incident: one time axis, one lane above the other, each a small SVG beside its words, and the same
as a table for who does not see it. Lanes in, HTML out; knows no record.

Positions are shares of the width, so that the picture fits a telephone and its words keep their size. Looks are the
style sheet's: by thickness and pattern first, by colour second. An end that nobody knows fades into a question mark,
one that is still to come into an arrow; neither is a line that stops.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from markupsafe import Markup

from postmortem.model.incident import Incident
from postmortem.model.moment import Moment
from postmortem.model.vocabulary import LEVELS_WORST_LAST
from postmortem.pages import times, tracks
from postmortem.pages.course import Clock
from postmortem.pages.links import Links
from postmortem.pages.tracks import Lane, Stretch

_LEAST: Final = 0.6  # the narrowest bar, in percent: a minute in a long day is still seen
_TAIL: Final = 96.0  # where a bar without an end stops, to leave room for its mark
_ROOM: Final = 1 / 12  # of the axis, for what goes on beyond the last known instant
_WORST_LAST: Final = {str(level): place for place, level in enumerate(LEVELS_WORST_LAST)}
_MARK: Final = '<circle cx="%.1f%%" cy="8" r="4"/>'
_LINE: Final = '<line x1="%.1f%%" x2="%.1f%%" y1="8" y2="8"/>'
_BAR: Final = '<line class="pm-bar" data-look="%s" data-is="%s" x1="%.1f%%" x2="%.1f%%" y1="8" y2="8"/>'


class _Axis(NamedTuple):
    start: datetime
    end: datetime
    length: timedelta
    is_open: bool
    is_one_day: bool

    def share(self, moment: Moment) -> float:
        """Where on the axis, in percent; what lies outside stands at its edge."""
        share = (moment.instant - self.start) / self.length * 100
        return share if 0 <= share <= 100 else 0.0 if share < 0 else 100.0  # noqa: PLR2004  percent

    def told(self, moment: Moment) -> str:
        """`about 14:21`, with the day where the picture has more than one."""
        instant = moment.instant
        exact = moment.is_ == "exact" and moment.precision == "minute"
        clock = f"{instant.hour:02}:{instant.minute:02}" if exact else times.shortly(moment)
        if self.is_one_day and self.start <= instant <= self.end:
            return clock
        return f"{instant.day} {times.MONTHS[instant.month - 1]} {clock}"


def draw(incident: Incident, names: Links, clocks: Iterable[Clock]) -> Markup | None:
    """Draw the lanes; None where fewer than two instants are known, since then there is nothing to draw to scale."""
    known = list(tracks.instants(incident))
    start, end = min(known, default=None), max(known, default=None)
    if start is None or end is None or start == end:
        return None
    lanes = list(tracks.of(incident, names, clocks))
    axis = _axis(start, end, lanes)
    drawn = "".join([_lane(axis, each) for each in lanes])
    rows = "".join([f'<tr><th scope="row">{each.label}</th><td>{_words(axis, each)}</td></tr>' for each in lanes])
    return Markup(  # noqa: S704  numbers, our own words and what the lanes escaped
        '<figure class="pm-lanes"><div role="img" aria-label="Impact over time; the table below says it in words">'
        f"{drawn}</div><figcaption>{_ends(axis)}</figcaption></figure>\n"
        '<details class="pm-as-table"><summary>The picture as a table</summary><table class="pm-table">'
        '<thead><tr><th scope="col">Lane</th><th scope="col">Times in UTC</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></details>"
    )


def _axis(start: datetime, end: datetime, lanes: list[Lane]) -> _Axis:
    is_open = any(each.end is None for lane in lanes if lane.kind == "class" for each in lane.stretches)
    length = (end - start) * (1 + _ROOM) if is_open else end - start
    return _Axis(start, end, length, is_open, start.date() == end.date())


def _lane(axis: _Axis, lane: Lane) -> str:
    if lane.kind == "clock":
        drawn = _lag(axis, lane.stretches[0])
    else:
        stretches: Iterable[Stretch] = sorted(lane.stretches, key=_above) if lane.kind == "class" else lane.stretches
        drawn = "".join([_bar(axis, lane.kind, each) for each in stretches])
    if lane.marks:
        drawn += "".join([_MARK % axis.share(each) for each in lane.marks if each.instant <= axis.end])
    return (
        f'<div class="pm-lane" data-kind="{lane.kind}" data-is="{lane.state}"><span><b>{lane.label}</b> {lane.note}'
        f'</span><svg height="16">{drawn}</svg></div>'
    )


def _above(drawn: Stretch) -> tuple[bool, int]:
    """What is drawn later hides what came before: so first what has no end, and of the rest the mildest."""
    return drawn.start is not None and drawn.end is not None, _WORST_LAST.get(drawn.look, 0)


def _lag(axis: _Axis, lag: Stretch) -> str:
    left, right = (axis.share(each) if each else 0.0 for each in (lag.start, lag.end))
    return _LINE % (left, right) + _MARK % right


def _bar(axis: _Axis, kind: str, drawn: Stretch) -> str:
    if (drawn.start and drawn.start.instant > axis.end) or (drawn.end and drawn.end.instant < axis.start):
        return ""
    left = axis.share(drawn.start) if drawn.start else 0.0
    right = axis.share(drawn.end) if drawn.end else 100.0
    marks, least, known = "", _LEAST, "known"
    if drawn.start is None:
        marks, least, known = '<text x="2" y="12">?</text>', 100 - _TAIL, "open"
    if drawn.end is None and kind == "class":
        right, known = _TAIL, known if drawn.goes_on else "open"
        marks += f'<text x="100%" y="12" text-anchor="end">{"&rarr;" if drawn.goes_on else "?"}</text>'
    if right - left < least:
        left = min(left, right - least, 100 - least)
        left, right = max(left, 0.0), max(left, 0.0) + least
    return _BAR % (drawn.look, known, left, right) + marks


def _words(axis: _Axis, lane: Lane) -> str:
    if lane.kind == "clock":
        return ", ".join([*(axis.told(each.end) for each in lane.stretches if each.end), lane.note])
    if lane.marks:
        return ", ".join([axis.told(each) for each in lane.marks])
    if lane.kind == "felt" or not lane.stretches:
        return f"{lane.note[0].upper()}{lane.note[1:]}"
    return "; ".join([_stretch(axis, lane.kind, each) for each in lane.stretches])


def _stretch(axis: _Axis, kind: str, drawn: Stretch) -> str:
    start = axis.told(drawn.start) if drawn.start else "start not known"
    if drawn.end is None and drawn.goes_on and kind != "class":
        return f"from {start}: {drawn.word}"
    end = axis.told(drawn.end) if drawn.end else "still going on" if drawn.goes_on else "end not known"
    return f"{start} to {end}: {drawn.word}"


def _ends(axis: _Axis) -> str:
    day = "" if axis.is_one_day else f"{times.day(axis.end)}, "
    past = "after " if axis.is_open else ""
    return f"<span>{times.at(axis.start)}</span><span>{past}{day}{axis.end.isoformat()[11:16]} UTC</span>"
