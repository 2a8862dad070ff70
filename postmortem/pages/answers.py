"""The six answers at the top of an incident's page, each in a line of plain words: what failed, who was affected, was
data at risk, what caused it, what stayed up, what now. Incident and names in, lines out.

A line is made of what the record states and of nothing else. Whether that is an answer, `model.answers` alone judges;
where it is none, the line says "Not known". The section behind the line's anchor has the whole of it.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

from markupsafe import Markup, escape

from postmortem.model.answers import Question, of_people
from postmortem.model.answers import answers as judge
from postmortem.model.claims import DataStatement, Factor, Impact
from postmortem.model.derived import impacts, worst_level
from postmortem.model.incident import Incident
from postmortem.model.vocabulary import DATA_RISKS, DataRisk, ImpactClass, ImpactState
from postmortem.pages import impact, messages, times
from postmortem.pages.links import Links, joined
from postmortem.pages.markdown import inline, plain

_DARK: Final = ' data-is="not_known"'
_NOT_KNOWN: Final = Markup("Not known.")
_COMING: Final = {
    "draft": Markup("Not known yet: it is being written up."),
    "promised": Markup("Not known yet: a postmortem is promised."),
}
_ASKED: Final[dict[Question, tuple[str, str]]] = {
    "what_failed": ("what-failed", "What failed?"),
    "who_was_affected": ("who-was-affected", "Who was affected?"),
    "was_data_at_risk": ("data", "Was data at risk?"),
    "what_caused_it": ("cause", "What caused it?"),
    "what_stayed_up": ("isolated", "What stayed up?"),
    "what_now": ("your-action", "What now?"),
}
_HIT: Final = Markup("Stored work was affected. Loss, corruption and exposure: not known.")
_MISSED: Final = Markup("Stored work was not affected. Loss, corruption and exposure: not known.")
_POSTMORTEM: Final = {
    "draft": "A postmortem is being written.",
    "promised": "A postmortem is promised.",
    "published": "The postmortem is published.",
}
_WORST_FIRST: Final[tuple[DataRisk, ...]] = ("confirmed", "suspected", "unknown", "ruled_out")
_TOLD_FIRST: Final[tuple[DataRisk, ...]] = ("confirmed", "suspected", "ruled_out", "unknown")
_WHO: Final = ("Regions", "Environments", "Plans", "Channels")
_LONGEST: Final = 200  # of a text that may be a whole section


class Answer(NamedTuple):
    """One line: the section it leads to, the question, the answer, whether there is one."""

    anchor: str
    question: str
    text: Markup
    known: bool


def six(incident: Incident, names: Links, who: list[tuple[str, Markup]]) -> list[Answer]:
    """All six, in their fixed order; `who` is what the section on the affected says, in pairs."""
    judged = judge(incident)
    hit = [each for each in impacts(incident) if each[1].state == "affected"]
    fine, dark = _named(incident, "not_affected"), _named(incident, "unknown")

    def told(question: Question, text: Callable[[], Markup], unknown: Markup = _NOT_KNOWN) -> Answer:
        known = judged[question] != "not_known"
        anchor, words = _ASKED[question]
        return Answer(anchor, words, text() if known else unknown, known)

    return [
        told("what_failed", lambda: _failed(hit, dark, names)),
        told("who_was_affected", lambda: _who(incident, hit, names, who)),
        told("was_data_at_risk", lambda: _data(incident)),
        told("what_caused_it", lambda: _cause(incident), _no_cause(incident)),
        told("what_stayed_up", lambda: _stayed(incident, fine, names)),
        told("what_now", lambda: _now(incident), _no_advice(incident)),
    ]


def listed(six: Iterable[Answer]) -> Markup:
    """The lines as a list, each question a link to its section; written here since a template takes twice as long."""
    lines = [
        f'<div{"" if each.known else _DARK}><dt><a href="#{each.anchor}">{each.question}</a></dt>'
        f"<dd>{each.text}</dd></div>"
        for each in six
    ]
    return Markup('<dl class="pm-answers">\n' + "\n".join(lines) + "\n</dl>")  # noqa: S704  our own words around Markup


def _named(incident: Incident, state: ImpactState) -> list[str]:
    return [messages.IMPACT_CLASS[name].lower() for name, impact in impacts(incident) if impact.state == state]


def _failed(hit: list[tuple[ImpactClass, Impact]], dark: list[str], names: Links) -> Markup:
    if not hit:
        return Markup("Nothing: no class of impact was affected.")
    text = "; ".join(_class(name, impact, names) for name, impact in hit)
    expected = "Nothing yet. Expected: " if all(impact.expected for _, impact in hit) else ""
    unsaid = f" Not known: {joined(dark)}." if dark else ""
    return escape(f"{expected}{text}.{unsaid}")


def _class(name: ImpactClass, impact: Impact, names: Links) -> str:
    level = worst_level(impact)
    stated = f" ({messages.LEVEL[level].lower()})" if level and (level != "unknown" or name != "data_access") else ""
    models = () if isinstance(impact.models, str) else impact.models
    where = [names.models.get(each, each) for each in models] if name == "model_degradation" else []
    where = where or [names.services.get(each, each) for each in impact.services]
    return f"{messages.IMPACT_CLASS[name]}{stated}" + (f": {joined(where)}" if where else "")


def _who(
    incident: Incident, hit: list[tuple[ImpactClass, Impact]], names: Links, who: list[tuple[str, Markup]]
) -> Markup:
    many = who[-1][1]
    if not hit:
        return Markup("Nobody: no class of impact was affected.")
    services = dict.fromkeys([each for _, impact in hit for each in impact.services] or incident.services)
    users = [names.services.get(each, each) for each in services] or list(_models(hit, names))
    before = "Nobody yet. Expected: people" if all(impact.expected for _, impact in hit) else "People"
    lines: list[str] = [escape(f"{before} who use {joined(users)}.")] if users else []
    lines += [f"{label}: {told}." for label, told in who if label in _WHO]
    measured = [f"{escape(impact.measure(each))}." for _, hurt in hit for each in of_people(hurt)]
    if measured and many == _NOT_KNOWN:
        return Markup(" ".join(lines + measured))  # noqa: S704  as below
    lines.append(f"How many: {many}." if many != _NOT_KNOWN else "How many: not known.")
    return Markup(" ".join(lines))  # noqa: S704  each of them is Markup, or our own words around Markup


def _models(hit: list[tuple[ImpactClass, Impact]], names: Links) -> Iterator[str]:
    named = dict.fromkeys(each for _, told in hit if not isinstance(told.models, str) for each in told.models)
    yield from (names.models.get(each, each) for each in named)
    if not named and any(isinstance(told.models, str) for _, told in hit):
        yield "several models, which were not named"


def _data(incident: Incident) -> Markup:
    told = [each for _, impact in impacts(incident) for each in impact.data]
    if not told:
        access = incident.impact.data_access
        if access.expected:
            return Markup("Nothing yet. Stored work is expected to be affected.")
        return _HIT if access.state == "affected" else Markup("No: stored work was not affected.")
    if all(getattr(each, name) == "unknown" for each in told for name in DATA_RISKS):
        return _HIT if incident.impact.data_access.state == "affected" else _MISSED
    found: dict[tuple[int, str], list[str]] = {}
    for name in DATA_RISKS:
        place, word = _risk(name, told)
        found.setdefault((place, word), []).append(messages.DATA_QUESTION[name].lower())
    return escape(" ".join([_capital(f"{', '.join(found[each])}: {each[1]}.") for each in sorted(found)]))


def _risk(name: str, told: list[DataStatement]) -> tuple[int, str]:
    """The worst that was said of one risk, and of which kinds of data; ruled out only if it is for every kind."""
    worst = min((getattr(each, name) for each in told), key=_WORST_FIRST.index)
    word = messages.DATA_RISK[worst].lower()
    if worst in ("confirmed", "suspected"):
        kinds = [messages.DATA_KIND[kind] for each in told if getattr(each, name) == worst for kind in each.kinds]
        word = f"{word} for {joined(dict.fromkeys(kinds))}"
    return _TOLD_FIRST.index(worst), word


def _cause(incident: Incident) -> Markup:
    cause = incident.cause
    if cause is None:
        return Markup("Planned work.")
    doubt = "Suspected, not confirmed. " if cause.state == "suspected" else ""
    leading = [each for role in ("root", "trigger") for each in cause.factors if each.role == role] or cause.factors[:1]
    if leading:
        return Markup(doubt + " ".join([_factor(each) for each in leading]))  # noqa: S704  rendered
    return Markup(doubt + _short(cause.explanation or "Nothing more was said"))  # noqa: S704  escaped


def _no_cause(incident: Incident) -> Markup:
    if incident.cause is not None:
        return Markup(messages.CAUSE_STATE[incident.cause.state])  # noqa: S704  our own words
    return _COMING.get(incident.postmortem.state, _NOT_KNOWN) if incident.postmortem else _NOT_KNOWN


def _factor(factor: Factor) -> str:
    return f"{messages.FACTOR_ROLE[factor.role]}: {_sentence(inline(factor.summary))}"


def _stayed(incident: Incident, fine: list[str], names: Links) -> Markup:
    kept = list(dict.fromkeys(_kept(incident, names)))
    told = [f"{_capital(joined(kept))}."] if kept else []
    told += [f"Not affected: {joined(fine)}."] if fine else []
    return escape(" ".join(told))


def _kept(incident: Incident, names: Links) -> Iterator[str]:
    for each in incident.isolated:
        if each.service:
            yield names.services.get(each.service, each.service)
        if each.model:
            yield names.models.get(each.model, each.model)
        yield from (names.place(place) for place in (each.region, each.environment) if place)


def _now(incident: Incident) -> Markup:
    if incident.withdrawn is not None:
        return Markup("Nothing: this record was withdrawn and no longer stands.")
    lines = [_state(incident)]
    guidance, is_open = incident.guidance, incident.derived.is_open
    ways = tuple([each.use for each in guidance.fallbacks])
    order = (guidance.during, ways, guidance.next_time) if is_open else (guidance.next_time, guidance.during, ways)
    advice = next((texts[0] for texts in order if texts), None)
    if advice is not None:
        lines.append(_sentence(inline(advice)))
    if incident.actions:
        done = sum([each.state == "done" for each in incident.actions])
        count = f"{done} of {len(incident.actions)}" if len(incident.actions) > 1 else "the one" if done else "none"
        lines.append(f'Promised actions done: <a href="#changes">{count}</a>.')
    elif advice is None and incident.postmortem is not None:
        lines.append(_POSTMORTEM.get(incident.postmortem.state, ""))
    return Markup(" ".join(filter(None, lines)))  # noqa: S704  rendered, or our own words


def _no_advice(incident: Incident) -> Markup:
    return Markup(f"{_state(incident)} What to do is not known: nobody gave advice.")  # noqa: S704  our own words


def _state(incident: Incident) -> str:
    status = incident.derived.status
    if incident.kind == "maintenance" and status == "scheduled" and incident.scheduled is not None:
        return f"Planned for {times.between(incident.scheduled.start, incident.scheduled.end)}."
    if incident.derived.is_open:
        return f"It is not over: {messages.STATUS[status].lower()}."
    return "It was cancelled." if status == "cancelled" else "It is over."


def _short(text: str) -> str:
    words = plain(text)
    if len(words) > _LONGEST:
        words = words[:_LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
    return _sentence(escape(words))


def _sentence(text: Markup) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
