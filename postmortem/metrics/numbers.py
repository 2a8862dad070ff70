"""All numbers of a site, in the order in which people read them. History, settings and the as-of day in, values out."""

from collections.abc import Iterable, Iterator
from datetime import date

from postmortem.metrics import causes, durations, episodes, frequency, gaps, lags, transparency, uptime
from postmortem.metrics.scope import Scope, scopes
from postmortem.model.figure import Numbers, Section
from postmortem.model.history import History
from postmortem.model.settings import Settings, covering
from postmortem.model.vocabulary import IMPACT_CLASSES


def numbers(history: History, settings: Settings, as_of: date) -> tuple[Numbers, ...]:
    """One set for the site, or one for each provider where settings list several."""
    return of(scopes(history, settings, as_of))


def of(scopes: Iterable[Scope]) -> tuple[Numbers, ...]:
    """The same for scopes that somebody has made already."""
    return tuple(_numbers(each, sections(each)) for each in scopes)


def scorecards(history: History, settings: Settings, as_of: date) -> tuple[Numbers, ...]:
    """What readers were told, one set for each as above."""
    return scorecards_of(scopes(history, settings, as_of))


def scorecards_of(scopes: Iterable[Scope]) -> tuple[Numbers, ...]:
    """The same for scopes that somebody has made already."""
    return tuple(_numbers(each, (transparency.scorecard(each),), transparency.voice(each)) for each in scopes)


def sections(scope: Scope) -> tuple[Section, ...]:
    """Every figure of a scope; the scope may be one service's, model's, class's or cause's."""
    found = episodes.merged(scope)
    firsts = [each.rows[0] for each in found]
    by_class = (durations.impact_time(scope, name) for name in IMPACT_CLASSES)
    return (
        Section("frequency", "How often", (*frequency.periods(scope), frequency.months(scope))),
        Section("duration", "How long", (durations.impact_time(scope), *by_class, durations.open_time(scope))),
        Section("lag", "How fast", lags.all_lags(scope)),
        Section(
            "recurrence",
            "How it comes back",
            (
                gaps.incidents(scope),
                episodes.figure(scope, found),
                gaps.episodes(scope, firsts),
                causes.figure(scope),
            ),
        ),
        Section("uptime", "Uptime", uptime.figures(scope)),
    )


def _numbers(scope: Scope, found: tuple[Section, ...], *said: str) -> Numbers:
    return Numbers(as_of=scope.as_of, provider=scope.provider, notes=(*said, *_notes(scope)), sections=found)


def _notes(scope: Scope) -> Iterator[str]:
    """What a reader has to know before any of the numbers."""
    if not scope.stated:
        yield (
            "No coverage is stated (settings: coverage), so nobody knows which days were watched: no uptime, no gap, "
            "no count of a period is given."
        )
    for why, count in scope.left_out.items():
        yield f"Not counted: {count} {'record' if count == 1 else 'records'}, {why}."
    if scope.stated and not scope.complete:
        yield "The publisher does not claim to have seen every incident on the watched days."
    for each in covering(scope.settings, scope.provider):
        if each.note:
            yield each.note
