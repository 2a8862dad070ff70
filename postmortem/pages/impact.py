"""The four impact classes as rows, and who was affected: the part of a page that answers what, where, when and how
sure. Incident in, rows for templates out; unknown stays unknown.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from markupsafe import Markup, escape

from postmortem.model.claims import DataStatement, Impact, Measure, Window
from postmortem.model.derived import impacts, windows, worst_level
from postmortem.model.incident import Incident
from postmortem.model.vocabulary import ImpactClass, Level
from postmortem.pages import messages, times
from postmortem.pages.links import Citations, Links, comma

UNNAMED = Markup("several models, which were not named")


class When(NamedTuple):
    """One window: its day where that is new, its times, its level where it has one of its own, where it was."""

    day: str
    times: Markup
    level: str
    where: Markup
    cite: Markup
    note: str
    began: str


class Row(NamedTuple):
    """One class. `look` is what its mark is drawn from: a level, `not_affected`, `unknown` or `expected`."""

    name: ImpactClass
    label: str
    look: str
    state: str
    level: str
    services: Markup
    models: Markup
    windows: list[When]
    time: str
    sure: Markup
    measures: list[tuple[str, str | None, Markup]]
    impact: Impact


class Statement(NamedTuple):
    """What was said of some kinds of data: an answer to each question, as (question, answer's id, its word)."""

    kinds: str
    answers: list[tuple[str, str, str]]
    given: DataStatement


def rows(incident: Incident, links: Links, citations: Citations) -> list[Row]:
    """All four, in their fixed order."""
    return [_row(incident, name, impact, links, citations) for name, impact in impacts(incident)]


def look(state: str, level: Level | None, *, expected: bool = False) -> str:
    """What a mark is drawn from. An unknown level of an affected class is not an unknown class."""
    if expected:
        return "expected"
    return state if state != "affected" else "extent_unknown" if level in (None, "unknown") else str(level)


def _row(incident: Incident, name: ImpactClass, impact: Impact, links: Links, citations: Citations) -> Row:
    affected = impact.state == "affected"
    level = worst_level(impact)
    counted = windows(impact)
    time = incident.derived.impact_time_by_class[name]
    return Row(
        name=name,
        label=messages.IMPACT_CLASS[name],
        look=look(impact.state, level, expected=impact.expected),
        state="Expected" if impact.expected else messages.IMPACT_STATE[impact.state],
        level=messages.LEVEL[level] if affected and level and (level != "unknown" or name != "data_access") else "",
        services=comma(map(links.service, impact.services)),
        models=models(impact.models, links),
        windows=list(_windows(impact.windows, links, citations)),
        time=times.impact_time(time, times.missing(counted)) if time.minutes is not None else "",
        sure=citations.sure(impact.confidence, impact.evidence),
        measures=[
            (measure(each), each.note, citations.sure(each.confidence, each.evidence)) for each in _measures(impact)
        ],
        impact=impact,
    )


def models(named: tuple[str, ...] | str, links: Links) -> Markup:
    """The models of a class, or that nobody named them."""
    return UNNAMED if isinstance(named, str) else comma(map(links.model, named))


def _windows(given: tuple[Window, ...], links: Links, citations: Citations) -> Iterator[When]:
    shown = ""
    for window in given:
        start, end = window.start.moment, window.end.moment if window.end else None
        day = times.day(start.instant) if start and (end is None or start.instant.date() == end.instant.date()) else ""
        where = comma(
            (
                *map(links.service, window.services),
                *map(links.model, window.models),
                *(escape(links.place(each)) for each in window.regions),
            )
        )
        level = messages.LEVEL[window.level] if window.level else ""
        cite = citations.sure(window.confidence, window.evidence)
        yield When("" if day == shown else day, times.stretch(window), level, where, cite, window.note or "", day)
        shown = day or shown


def _measures(impact: Impact) -> Iterator[Measure]:
    yield from impact.measures
    for window in impact.windows:
        yield from window.measures


def measure(given: Measure) -> str:
    """`Error rate: 0.2 % before, 71 % on average, 92 % at the peak`."""
    unit = messages.UNIT[given.unit]
    about = messages.COUNT_IS[given.is_] if given.is_ else ""
    told = (
        (given.value, ""),
        (given.baseline, " before"),
        (given.mean, " on average"),
        (given.peak, " at the peak"),
    )
    values = ", ".join(f"{about}{number(value)}{unit}{when}" for value, when in told if value is not None)
    return f"{given.name or messages.METRIC[given.metric]}: {values or 'not known'}"


def number(value: float) -> str:
    """`6,700`, `24.8`, `71`."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"


def chips(incident: Incident, links: Links) -> list[Markup]:
    """Every model the record names, and that there were others nobody named."""
    named, unnamed = _named(incident)
    return [links.model(each) for each in named] + unnamed


def statements(incident: Incident) -> list[Statement]:
    """What was said about data, in the order of the classes."""
    return [_statement(each) for _, impact in impacts(incident) for each in impact.data]


def _statement(given: DataStatement) -> Statement:
    answers = ((question, getattr(given, name)) for name, question in messages.DATA_QUESTION.items())
    return Statement(
        kinds=", ".join(messages.DATA_KIND[each] for each in given.kinds),
        answers=[(question, answer, messages.DATA_RISK[answer]) for question, answer in answers],
        given=given,
    )


def no_data(incident: Incident) -> str:
    """The answer about data where no statement was made: silence is not an all-clear."""
    if incident.impact.data_access.state == "not_affected":
        return "Stored work was not affected. Nothing more was stated about data."
    return "Not known."


def _named(incident: Incident) -> tuple[list[str], list[Markup]]:
    hit = [impact for _, impact in impacts(incident) if impact.state == "affected"]
    unnamed = any(isinstance(impact.models, str) for impact in hit)
    return _distinct(each for impact in hit for each in _models(impact)), [UNNAMED] if unnamed else []


def affected(incident: Incident, links: Links) -> list[tuple[str, Markup]]:
    """Who was affected, as pairs of question and answer; how many is always answered, if only by "not known"."""
    hit = [(name, impact) for name, impact in impacts(incident) if impact.state == "affected"]
    audiences = [(name, impact.audience) for name, impact in hit if impact.audience]
    answers = [
        ("Services", comma(links.service(each) for each in incident.services)),
        ("Models", comma(chips(incident, links))),
        ("Regions", _places((each for _, impact in hit for each in _regions(impact)), links)),
        ("Environments", _places((each for _, impact in hit for each in impact.environments), links)),
        ("Plans", comma(map(escape, _distinct(each for _, told in audiences for each in told.plans)))),
        ("Channels", comma(map(escape, _distinct(each for _, told in audiences for each in told.channels)))),
    ]
    none = all(impact.state == "not_affected" for _, impact in impacts(incident))
    unsaid = escape("Nobody: no class of impact was affected." if none else "Not known.")
    shares = [(messages.IMPACT_CLASS[name], told.share) for name, told in audiences if told.share is not None]
    many = comma(Markup("%s %% (%s)") % (number(share), label) for label, share in shares)
    return [
        *((question, answer) for question, answer in answers if answer),
        ("How many people", many or unsaid),
    ]


def _models(impact: Impact) -> Iterator[str]:
    if not isinstance(impact.models, str):
        yield from impact.models
    for window in impact.windows:
        yield from window.models


def _regions(impact: Impact) -> Iterator[str]:
    yield from impact.regions
    for window in impact.windows:
        yield from window.regions


def _places(ids: Iterable[str], links: Links) -> Markup:
    return comma(escape(links.place(each)) for each in _distinct(ids))


def _distinct(ids: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(ids))
