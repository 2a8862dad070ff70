"""Pictures of a state for a README or an intranet page: `/badge/<service>.svg` and `/badge/impact/<class>.svg`.
History, settings and the as-of date in, SVG out (SVG 1.1, no script, no style sheet, nothing fetched).

A badge says what is on record and of which day; it is green only where somebody watches. What text takes is told by a
table and not by a font, so that it looks the same everywhere.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from html import escape
from typing import Final, NamedTuple

from postmortem.model.artifact import Artifact
from postmortem.model.history import History
from postmortem.model.settings import Settings, is_watched, unwatched
from postmortem.model.summary import Summary
from postmortem.model.vocabulary import IMPACT_CLASSES, SEVERITIES, Severity

LABEL: Final = "#424242"
TEXT: Final = "#ffffff"
QUIET: Final = "#1b6e35"
UNKNOWN: Final = "#5a5f66"
OPEN: Final[dict[Severity, str]] = {"none": "#5a5f66", "minor": "#8a5a00", "major": "#b3400c", "critical": "#b3141f"}
"""Colours on which white text has a contrast of at least 4.5 (WCAG 2.2, 1.4.3)."""

_LONGEST: Final = 60
_NARROW: Final = frozenset("iIl.,:;'|!jftr()[] ")
_WIDE: Final = frozenset("mwMW@%")
_PADDING: Final = 12


class Badge(NamedTuple):
    """A label, what is said of it, the colour of that, and the whole sentence."""

    label: str
    state: str
    colour: str
    title: str


def artifacts(history: History, settings: Settings, as_of: date) -> Iterator[Artifact]:
    """Every badge of the site."""
    opened = [row for row in history.open() if row.kind == "incident"]
    for each in settings.services:
        rows = [row for row in opened if each.id in row.services]
        doubt = "" if is_watched(settings, as_of, each.provider) else unwatched(settings)
        yield Artifact(f"badge/{each.id}.svg", svg(badge(each.name, rows, as_of, doubt)))
    doubt = "" if is_watched(settings, as_of) else unwatched(settings)
    for name in IMPACT_CLASSES:
        rows = [row for row in opened if row.impact[name].state == "affected"]
        label = name.replace("_", " ").capitalize()
        yield Artifact(f"badge/impact/{name}.svg", svg(badge(label, rows, as_of, doubt)))


def badge(label: str, opened: Iterable[Summary], as_of: date, doubt: str = "") -> Badge:
    """What a badge says, given the open incidents it is about. `doubt` is why nobody would know of more, empty where
    somebody watches.
    """
    severities = [row.severity for row in opened]
    count, noun = len(severities), "record" if doubt else "incident"
    state = f"{count or 'no'} open {noun}{'' if count in (0, 1) else 's'}"
    if doubt:
        state = f"{state} as of {as_of.isoformat()}"
    worst = max(severities, key=SEVERITIES.index, default=None)
    colour = OPEN[worst] if worst else UNKNOWN if doubt else QUIET
    day = f" ({doubt})" if doubt else f" as of {as_of.isoformat()}"
    return Badge(label, state, colour, f"{label}: {state}{day}")


def svg(told: Badge) -> bytes:
    """The picture, 20 pixels high. Its title is the whole sentence, for those who cannot see it."""
    label, state = _short(told.label), _short(told.state)
    left, right = width(label) + _PADDING, width(state) + _PADDING
    title = escape(_line(told.title))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" aria-label="{title}">'
        f"<title>{title}</title>"
        f'<rect width="{left}" height="20" fill="{LABEL}"/>'
        f'<rect x="{left}" width="{right}" height="20" fill="{told.colour}"/>'
        f'<g fill="{TEXT}" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">'
        f"{_text(label, 0, left)}{_text(state, left, right)}</g></svg>\n"
    ).encode()


def width(text: str) -> int:
    """How many pixels the text is given at 11 pixels: rounded up, full-width characters as squares."""
    return (sum(map(_tenths, text)) + 9) // 10


def _tenths(character: str) -> int:
    if character in _NARROW:
        return 42
    if character in _WIDE:
        return 108
    return 72 if character < "\u0250" else 110


def _text(text: str, start: int, room: int) -> str:
    """`textLength` makes every font keep to the room it was given."""
    length = room - _PADDING
    return f'<text x="{start + room / 2:g}" y="14" textLength="{length}">{escape(text)}</text>' if text else ""


def _short(text: str) -> str:
    line = _line(text)
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def _line(text: str) -> str:
    """One line of characters that XML allows (XML 1.0, section 2.2)."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())
