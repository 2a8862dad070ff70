"""The picture of an incident: four lanes on one time axis, and under them what was public when. Incident in, SVG out.

Positions are shares of the width, so that the picture fits a telephone and its words keep their size. The table
under it says the same in words. An end that nobody knows is a dashed bar that fades into the dark, never a line that
stops.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from markupsafe import Markup

from postmortem.model.claims import Impact, Window
from postmortem.model.derived import became_public, impacts, updates, windows
from postmortem.model.incident import Incident
from postmortem.pages import messages, times
from postmortem.pages.impact import look

_LANE: Final = 38
_BAR: Final = 14
_HEIGHT: Final = {"full_outage": 14, "partial_outage": 10, "degraded": 6}  # so that a level is seen without its colour
_LABEL: Final = 12
_LEAST: Final = 0.6  # the narrowest bar, in percent: a minute in a long day is still seen


class _Axis(NamedTuple):
    start: datetime
    seconds: float

    def share(self, instant: datetime) -> float:
        return min(100.0, max(0.0, (instant - self.start).total_seconds() / self.seconds * 100))


def draw(incident: Incident) -> Markup | None:
    """Draw the lanes; None where fewer than two instants are known, since then there is nothing to draw to scale."""
    axis = _axis(incident)
    if axis is None:
        return None
    lanes = "".join(_lane(axis, number, name, impact) for number, (name, impact) in enumerate(impacts(incident)))
    public = 4 * _LANE
    label = _text(public, "Public updates")
    ticks = "".join(
        f'<circle cx="{axis.share(became_public(each).instant):.2f}%" cy="{public + _LABEL + 12}" r="4"/>'
        for each in updates(incident)
        if became_public(each).instant >= axis.start
    )
    line = f'<line x1="0" x2="100%" y1="{public + _LABEL + 12}" y2="{public + _LABEL + 12}"/>'
    height = public + _LANE
    return Markup(  # noqa: S704  numbers and our own words
        f'<figure class="pm-lanes"><svg role="img" aria-label="Impact over time; the table below says it in words" '
        f'width="100%" height="{height}">{lanes}<g class="pm-lane-public">{label}{line}{ticks}</g></svg>'
        f"<figcaption>{_ends(axis)}</figcaption></figure>"
    )


def _axis(incident: Incident) -> _Axis | None:
    # An announcement days ahead would leave no room for what happened then.
    instants = [became_public(each).instant for each in updates(incident) if each.status != "scheduled"]
    instants += [
        moment.instant for moment in (incident.clocks.started, incident.derived.resolved) if moment is not None
    ]
    for _, impact in impacts(incident):
        for window in windows(impact):
            instants += [each.moment.instant for each in (window.start, window.end) if each and each.moment]
    if len(set(instants)) < 2 or not any(windows(impact) for _, impact in impacts(incident)):  # noqa: PLR2004  two ends
        return None
    start, end = min(instants), max(instants)
    return _Axis(start, (end - start).total_seconds())


def _lane(axis: _Axis, number: int, name: str, impact: Impact) -> str:
    top = number * _LANE
    words = messages.IMPACT_CLASS[name]
    known = list(_bars(axis, top + _LABEL + 4, impact))
    track = "known"
    if impact.state == "affected" and not known:
        words, track = f"{words}: affected, when is not known", "unknown"
    elif impact.state != "affected":
        words, track = f"{words}: {messages.IMPACT_STATE[impact.state].lower()}", impact.state
    rail = f'<rect class="pm-rail" data-is="{track}" x="0" y="{top + _LABEL + 4}" width="100%" height="{_BAR}" rx="2"/>'
    return f"<g>{_text(top, words)}{rail}{''.join(known)}</g>"


def _text(top: int, words: str) -> str:
    return f'<text x="0" y="{top + _LABEL - 1}">{words}</text>'


def _bars(axis: _Axis, top: int, impact: Impact) -> Iterator[str]:
    for window in windows(impact):
        if window.start.moment is None and (window.end is None or window.end.moment is None):
            continue
        left, right, known = _ends_of(axis, window)
        width = max(_LEAST, right - left)
        left = min(left, 100 - width)
        drawn = look("affected", window.level or impact.level)
        height = _HEIGHT.get(drawn, _BAR)
        yield (
            f'<rect class="pm-bar" data-look="{drawn}" data-is="{"known" if known else "open"}" '
            f'x="{left:.2f}%" y="{top + _BAR - height}" width="{width:.2f}%" height="{height}"/>'
        )


def _ends_of(axis: _Axis, window: Window) -> tuple[float, float, bool]:
    end = window.end.moment if window.end else None
    left = axis.share(window.start.moment.instant) if window.start.moment else 0.0
    return left, axis.share(end.instant) if end else 100.0, bool(window.start.moment and end)


def _ends(axis: _Axis) -> str:
    end = axis.start + timedelta(seconds=axis.seconds)
    day = "" if end.date() == axis.start.date() else f"{times.day(end)}, "
    return f"<span>{times.at(axis.start)}</span><span>{day}{end.isoformat()[11:16]} UTC</span>"
