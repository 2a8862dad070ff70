"""The page that says what readers were told: which questions each record answers, how fast, which promises were kept.
Scorecards in, a `Page` out; computes none of them, and gives no grade.

A publisher shows it about itself, an observer about a provider: then it is what was found in public, and the words say
so.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from markupsafe import Markup

from postmortem.model.answers import QUESTIONS, Question
from postmortem.model.figure import Figure, Numbers
from postmortem.model.history import History
from postmortem.model.page import Page
from postmortem.model.settings import Settings, provider_name
from postmortem.model.vocabulary import PublisherRole
from postmortem.pages import charts_bars, coverage, figures, messages, spreads, times
from postmortem.pages.environment import render
from postmortem.pages.figures import Place
from postmortem.pages.incident import contents
from postmortem.pages.markdown import clean
from postmortem.pages.spreads import Spread

PATH: Final = "transparency/"
_ROOT: Final = "../"
_ABOUT: Final = "Which questions each record answers, how fast people were told, and which promises were kept."
_NEWEST: Final = 30
_BROKEN: Final = ("overdue", "late", "dropped", "pending")
"""Promises that are shown one by one, in this order; those kept are in the CSV."""
_ASKED: Final[dict[Question, str]] = {
    "what_failed": "What failed?",
    "who_was_affected": "Who was affected?",
    "was_data_at_risk": "Was data at risk?",
    "what_caused_it": "What caused it?",
    "what_stayed_up": "What stayed up?",
    "what_now": "What now?",
}
_UNKNOWN: Final[dict[PublisherRole, str]] = {
    "provider": "What counts is what the record states, not how good it is: no is an answer, unknown is none.",
    "customer": (
        "What counts is what the record states, as far as a customer could learn it. An answer that is not known here "
        "was not told, or not found: no is an answer, unknown is none."
    ),
    "observer": (
        "What counts is what the provider told in public and the observer found. An answer that is not known here was "
        "not told, or not found: no is an answer, unknown is none."
    ),
}


class Share(NamedTuple):
    """A question or a class: how many records answer it, in part, and not; what counts as an answer."""

    label: str
    method: str
    bar: Markup
    counts: tuple[int, ...]


class Told(NamedTuple):
    """One record of the matrix: its answers in the order of the questions."""

    address: str
    title: str
    day: str
    answers: list[str]


class Owed(NamedTuple):
    """One promise that was not kept, or not yet."""

    address: str
    title: str
    what: str
    first_due: str
    due: str
    done: str
    outcome: str


class Card(NamedTuple):
    """All that one provider told, or the site."""

    anchor: str
    title: str
    voice: str
    notes: tuple[str, ...]
    watched: str
    records: int
    all_six: str
    questions: list[Share]
    classes: list[Share]
    fast: list[Spread]
    promises: list[tuple[str, str]]
    promised: Markup | None
    owed: list[Owed]
    more_owed: int
    matrix: list[Told]
    feet: Mapping[str, Markup]
    methods: Mapping[str, str]
    formulas: list[tuple[str, str]]
    before: str


def page(sets: Sequence[Numbers], history: History, settings: Settings) -> Page:
    """Write the page `transparency/`: one card for each set."""
    titles = {row.id: row.title for row in history.rows}
    body = render(
        "numbers/transparency.html",
        cards=[_card(each, settings, titles) for each in sets],
        level=3 if len(sets) > 1 else 2,
        asked=list(_ASKED.values()),
        unknown=_UNKNOWN[settings.publisher.role],
        hatch=charts_bars.HATCH,
        words_of={"answered": "answered", "partly": "in part", "not_known": "not known"},
    )
    return Page(
        path=PATH,
        kind="transparency",
        title="Transparency",
        description=_ABOUT,
        body=body,
        contents=contents(body),
        changed=max((each.changed.date() for each in history.rows), default=None),
        hide=("navigation",),
    )


def _card(numbers: Numbers, settings: Settings, titles: Mapping[str, str]) -> Card:
    whose = numbers.provider
    own = {each.key: each for section in numbers.sections for each in section.figures}
    place = Place(_ROOT, whose, f"{whose}-" if whose else "", stated=bool(settings.coverage))
    answers, promises = own["answers"], own["promises"]
    fast = [each for key, each in own.items() if key.startswith("lag/")]
    owed = _owed(promises, titles)
    return Card(
        anchor=f"of-{whose}" if whose else "",
        title=clean(provider_name(settings, whose)) if whose else "",
        voice=numbers.notes[0],
        notes=numbers.notes[1:],
        watched=coverage.watched(settings, whose),
        records=answers.n,
        all_six=next(figures.number(each) for each in answers.values if each.key == "all"),
        questions=_questions(answers),
        classes=_classes(own["classes"]),
        fast=spreads.spreads(fast, spreads.Room(spreads.LINKS // 2), titles, place),
        promises=figures.pairs(promises),
        promised=_bar(promises),
        owed=owed[:_NEWEST],
        more_owed=max(len(owed) - _NEWEST, 0),
        matrix=[_told(row, titles) for row in answers.rows[: -_NEWEST - 1 : -1]],
        feet={key: figures.foot(each, place) for key, each in own.items()},
        methods={key: each.formula for key, each in own.items()},
        formulas=figures.sentences(fast),
        before=place.before,
    )


def _questions(figure: Figure) -> list[Share]:
    own = {each.key: int(each.value or 0) for each in figure.values}
    found = []
    for question in QUESTIONS:
        yes, partly = own[f"{question}/answered"], own[f"{question}/partly"]
        found.append(_share(_ASKED[question], _method(figure, question), (yes, partly, figure.n - yes - partly)))
    return found


def _method(figure: Figure, question: Question) -> str:
    """What counts as an answer: the formula names each question before its own words."""
    after = figure.formula.partition(f"{question}: ")[2]
    ends = [place for each in QUESTIONS if (place := after.find(f"{each}: ")) >= 0]
    return after[: min(ends, default=len(after))].strip()


def _classes(figure: Figure) -> list[Share]:
    told = [(messages.IMPACT_CLASS[each.key], int(each.value or 0)) for each in figure.values]
    return [_share(label, "", (yes, 0, figure.n - yes)) for label, yes in told]


def _share(label: str, method: str, counts: tuple[int, int, int]) -> Share:
    bar = charts_bars.shares(list(zip(("answered", "partly", "not_known"), counts, strict=True)), sum(counts))
    return Share(label, method, bar, counts)


def _bar(figure: Figure) -> Markup | None:
    own = {each.key: int(each.value or 0) for each in figure.values}
    rest = figure.n - own["kept"] - own["late"]
    parts = [("answered", own["kept"]), ("partly", own["late"]), ("not_known", rest)]
    return charts_bars.shares(parts, figure.n) if figure.n else None


def _owed(figure: Figure, titles: Mapping[str, str]) -> list[Owed]:
    """What is not kept, worst first, and the newest of each first."""
    rows = [dict(zip(figure.columns, row, strict=True)) for row in reversed(figure.rows)]
    rows = [each for each in rows if each["outcome"] in _BROKEN]
    rows.sort(key=lambda each: _BROKEN.index(str(each["outcome"])))
    return [
        Owed(
            address=f"{_ROOT}incidents/{each['incident']}/",
            title=titles.get(str(each["incident"]), str(each["incident"])),
            what="Postmortem" if each["what"] == "postmortem" else f"Action {each['id']}",
            first_due=_day(each["first_due"]),
            due="" if each["due"] == each["first_due"] else _day(each["due"]),
            done=_day(each["done"]),
            outcome=str(each["outcome"]),
        )
        for each in rows
    ]


def _day(value: object) -> str:
    if isinstance(value, datetime):
        return times.day(value)
    return times.day(date.fromisoformat(value)) if isinstance(value, str) else ""


def _told(row: Sequence[object], titles: Mapping[str, str]) -> Told:
    id_, at, *told = row
    answers = [str(each) for each in told[: len(QUESTIONS)]]
    return Told(f"{_ROOT}incidents/{id_}/", titles.get(str(id_), str(id_)), _day(at), answers)
