"""The page of one incident: nine questions under anchors that never change, each answered, if only by "Not known.".
Incident and settings in, `Page` out.
"""

import html
import re
from functools import lru_cache
from typing import Final

from markupsafe import Markup

from postmortem.model.claims import Isolation, Related
from postmortem.model.derived import impacts, last_published
from postmortem.model.incident import Incident
from postmortem.model.page import Heading, Page, SearchEntry
from postmortem.model.settings import Settings
from postmortem.pages import answers, course, head, impact, lanes, links, messages, times
from postmortem.pages.environment import render
from postmortem.pages.markdown import clean, plain

SECTIONS: Final = {
    "what-failed": "What failed?",
    "who-was-affected": "Who was affected?",
    "data": "Was data at risk?",
    "cause": "What caused it?",
    "isolated": "What kept working?",
    "response": "How was it noticed and handled?",
    "your-action": "What can you do?",
    "changes": "What has changed since?",
    "timeline": "What happened when?",
}
_HEADING: Final = re.compile(r'([23]) id="([^"]+)">([^<]*)')
_DESCRIPTION: Final = 160
_WORD: Final = re.compile(r"[a-z0-9.]+")


def page(incident: Incident, settings: Settings) -> Page:
    """Write the page `incidents/<id>/`; it depends on the record and the catalogue alone, never on a date."""
    names = links.of(settings, "../../")
    body = render("incident.html", **_values(incident, settings, names))
    return Page(
        path=f"incidents/{incident.id}/",
        kind="incident",
        title=clean(incident.title),
        description=description(incident),
        body=body,
        contents=contents(body),
        search=_search(incident, names),
        changed=last_published(incident).date(),
        hide=("navigation",),
    )


def contents(body: str) -> tuple[Heading, ...]:
    """The headings of a body that we wrote: prose has none, so these are all there are."""
    parts = body.split("<h")
    found = [_heading(part.partition("</h")[0]) for part in parts if part.startswith(("2", "3"))]
    return tuple(each for each in found if each is not None)


@lru_cache(maxsize=512)
def _heading(opened: str) -> Heading | None:
    """The heading in `2 id="cause">What caused it?`: nearly all of them stand on every page."""
    found = _HEADING.fullmatch(opened)
    return Heading(int(found[1]), found[2], html.unescape(found[3])) if found else None


def description(incident: Incident) -> str:
    """At most 160 characters of plain text: the summary, else kind, severity and day."""
    day = times.day(incident.derived.first_known.moment.instant)
    return shortened(plain(incident.summary or f"{messages.KIND[incident.kind]} of {day}: {incident.title}"))


def shortened(text: str) -> str:
    """Cut a text at a word so that it fits into a description."""
    if len(text) <= _DESCRIPTION:
        return text
    return text[: _DESCRIPTION - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _search(incident: Incident, names: links.Links) -> SearchEntry:
    """The summary comes last, because a large site cuts it (site/search.py)."""
    models = {each: None for _, told in impacts(incident) if not isinstance(told.models, str) for each in told.models}
    causes = dict.fromkeys(each.category for each in incident.cause.factors) if incident.cause else {}
    known = incident.derived.first_known.moment.instant
    words = (
        messages.SEVERITY[incident.severity] if incident.kind == "incident" else messages.KIND[incident.kind],
        f"{times.day(known)} ({known.isoformat()[:10]})",
        *(names.services.get(each, each) for each in incident.services),
        *(names.models.get(each, each) for each in models),
        *(messages.CAUSE_CATEGORY[each] for each in causes),
    )
    told = ", ".join(words)
    text = f"{told}{_unsaid(incident.id, f'{incident.title} {told}')}. {plain(incident.summary or '')}"
    return SearchEntry(clean(incident.title), clean(text).strip())


def _unsaid(id_: str, told: str) -> str:
    """The words of an id that nothing else says: most of it stands in title and day, and each word has its price."""
    said = set(_WORD.findall(told.lower()))
    left = [each for each in id_.split("-") if each not in said]
    return f", {'-'.join(left)}" if left else ""


def _values(incident: Incident, settings: Settings, names: links.Links) -> dict[str, object]:
    citations = links.citations(incident.evidence)
    rows = impact.rows(incident, names, citations)
    clocks = course.clocks(incident, citations)
    who = impact.affected(incident, names)
    return {
        "incident": incident,
        "derived": incident.derived,
        "questions": SECTIONS,
        "links": names,
        "cite": citations.cite,
        "sure": citations.sure,
        "notices": head.notices(incident, settings, names),
        "tiles": head.tiles(incident),
        "answers": answers.listed(answers.six(incident, names, who)),
        "lanes": lanes.draw(incident, names, clocks),
        "late": head.late(incident),
        "provider": _provider(incident, settings, names),
        "rows": rows,
        "looks": [row.look for row in rows],
        "affected": who,
        "models": impact.chips(incident, names),
        "data": impact.statements(incident),
        "data_words": impact.no_data(incident),
        "isolated": [(_isolated(each, names), each) for each in incident.isolated],
        "number": impact.number,
        "clocks": clocks,
        "said": course.timeline(incident, names, citations),
        "postmortem": head.postmortem(incident),
        "continuity": _continuity(incident),
        "tracked": _tracked(incident),
        "thread": _thread(incident),
        "elsewhere": [each for each in incident.related if each.id is None],
        "facet": lambda facet: _facet(facet, names),
    }


def _provider(incident: Incident, settings: Settings, names: links.Links) -> Markup:
    own = settings.publisher.role == "provider" and not incident.derived.providers
    return Markup.escape(settings.publisher.name) if own else names.run_by(incident.derived.providers)


def _continuity(incident: Incident) -> list[tuple[str, object]]:
    asked = ((question, getattr(incident.continuity, question)) for question in incident.continuity.__struct_fields__)
    return [(messages.CONTINUITY[question], answer) for question, answer in asked if answer is not None]


def _tracked(incident: Incident) -> list[tuple[Markup, str]]:
    """What the provider's status page called it; the address is the source's, else that of the official evidence."""
    official = next((each.url for each in incident.evidence if each.kind == "official_status" and each.url), None)
    return [
        (links.outside(each.url or official, each.title or each.incident), each.severity or "")
        for each in incident.tracking
    ]


def _thread(incident: Incident) -> list[tuple[str, Related | None]]:
    """What belongs together in the order of its days, which ids begin with; None stands for this incident."""
    others = [(each.id, each) for each in incident.related if each.id is not None]
    both = sorted([*others, (incident.id, None)], key=lambda one: one[0]) if others else []
    return [(f"{int(id_[8:10])} {times.MONTHS[int(id_[5:7]) - 1]} {id_[:4]}", each) for id_, each in both]


def _isolated(kept: Isolation, names: links.Links) -> Markup:
    parts = [names.service(kept.service)] if kept.service else []
    parts += [names.model(kept.model)] if kept.model else []
    parts += [Markup.escape(names.place(each)) for each in (kept.region, kept.environment) if each]
    return links.comma(parts)


def _facet(facet: str, names: links.Links) -> Markup:
    kind, _, what = facet.partition("/")
    if kind == "impact":
        return names.impact(what)
    if kind == "severity":
        return Markup("severity ") + messages.SEVERITY[what].lower()
    return names.run_by((what,)) if kind == "provider" else names.named(what)
