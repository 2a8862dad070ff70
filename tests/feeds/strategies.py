"""Generated histories: incidents in every state, written while they burned or long after, in any characters at all."""

import html
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from postmortem.feeds.categories import Categories
from postmortem.feeds.entries import Site, Words
from postmortem.feeds.live import artifacts
from postmortem.feeds.pieces import Source, keep
from postmortem.model.announcement import Announcement
from postmortem.model.history import History, order
from postmortem.model.incident import Incident
from postmortem.model.settings import Settings
from postmortem.model.summary import summarise
from tests.model import made

_FIRST = datetime(2026, 1, 1, tzinfo=UTC)
TEXTS = st.text(st.characters(), max_size=40)
"""Every character there is: also controls, surrogates and non-characters, which neither loader nor schema lets in."""
FACETS = ("impact/authentication", "service/web-app", "severity/minor", "severity/critical", "model/opus-4.8")
SETTINGS = made.settings(models=[{"id": "opus-4.8", "name": "Opus 4.8"}])
MINUTES = st.integers(0, 300 * 24 * 60)

Data = dict[str, Any]


def time(minutes: int) -> str:
    """A time as records write it, so many minutes into 2026."""
    return (_FIRST + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%MZ")


@st.composite
def records(draw: st.DrawFn, number: int, texts: st.SearchStrategy[str] = TEXTS) -> Data:
    """One published or withdrawn record: live, backfilled, without revisions, open, closed, or maintenance."""
    begins = draw(MINUTES)
    said = sorted(draw(st.lists(st.integers(0, 5000), max_size=4)))
    statuses = draw(st.lists(st.sampled_from(["investigating", "monitoring", "resolved"]), min_size=4, max_size=4))
    updates = [
        made.update(f"u{index}", time(begins + after), status=statuses[index - 1], text=draw(texts))
        for index, after in enumerate(said, 1)
    ]
    note = {"id": "n1", "at": time(begins), "kind": "note", "text": draw(texts)}
    first = begins + draw(st.sampled_from([0, said[0] if said else 0, 3000, 400_000]))
    kinds = draw(st.lists(st.sampled_from(["editorial", "material", "postmortem"]), max_size=3))
    revisions = [made.revision(1, time(first))] + [
        made.revision(index, time(first + index * 1000), kind) for index, kind in enumerate(kinds, 2)
    ]
    for each in revisions[1:]:
        each["adds"] = draw(st.lists(st.sampled_from(FACETS), max_size=2, unique=True))
    action = {"id": "a1", "kind": "prevent", "text": draw(texts), "state": "done", "done": time(begins + 9000)}
    draft = {"state": "published", "published": time(first + draw(st.integers(0, 20_000)))}
    withdrawn = draw(st.booleans())
    more: Data = {"withdrawn": {"at": time(first + 9000), "reason": draw(texts)}} if withdrawn else {}
    return without(
        made.data(),
        id=f"2026-01-01-incident-{number}",
        title=draw(texts),
        summary=draw(texts),
        record="withdrawn" if withdrawn else "published",
        kind=draw(st.sampled_from(["incident", "maintenance"])),
        severity=draw(st.sampled_from(["none", "minor", "major", "critical"])),
        impact=made.impact(authentication=made.affected(models=draw(st.sampled_from(["unnamed", ["opus-4.8"]])))),
        timeline=[note, *updates],
        revisions=draw(st.sampled_from([revisions, []])),
        actions=draw(st.sampled_from([[action], []])),
        postmortem=draw(st.sampled_from([draft, {"state": "none"}])),
        clocks=draw(st.sampled_from([{}, {"resolved": time(begins + 7000)}])),
        status=draw(st.sampled_from([None, "monitoring", "resolved"])),
        **more,
    )


@st.composite
def corpora(draw: st.DrawFn) -> list[Data]:
    """No record, one, or several, as plain data, so that a test can change one and publish again."""
    return [draw(records(number)) for number in range(draw(st.integers(0, 6)))]


def without(data: Data, **changes: object) -> Data:
    """The record changed, and without what is None then."""
    return {name: value for name, value in (data | changes).items() if value is not None}


def many(count: int, text: str = "Words.") -> list[Data]:
    """As many incidents, one every six hours, each with two updates of that text."""
    return [
        made.data(
            id=f"2026-01-01-incident-{number}",
            summary=text[:300],
            timeline=[
                made.update("u1", time(number * 360), status="investigating", text=text),
                made.update("u2", time(number * 360 + 30), status="resolved", text=text),
            ],
            revisions=[made.revision(1, time(number * 360))],
        )
        for number in range(count)
    ]


def _overview(incident: Incident) -> str:
    return f'<p>{html.escape(incident.summary or incident.title)} <a href="https://status.example.com/">more</a></p>'


def _body(incident: Incident, announcement: Announcement) -> str:
    texts = {entry.id: entry.text for entry in incident.timeline}
    text = html.escape(texts.get(announcement.entry) or announcement.kind)
    return f'<p>{text} <a href="https://status.example.com/incidents/{incident.id}/">page</a></p>'


def _title(incident: Incident, announcement: Announcement) -> str:
    return f"{announcement.kind}: {incident.title}"


def _whole(incident: Incident, announcement: Announcement) -> str:
    return _body(incident, announcement) + _overview(incident)


WORDS = Words(overview=_overview, body=_body, whole=_whole, title=_title)


def published(corpus: list[Data]) -> tuple[History, dict[str, Incident]]:
    """The history of a corpus, and its incidents by id."""
    incidents = [made.incident(**each) for each in corpus]
    return order(map(summarise, incidents)), {each.id: each for each in incidents}


def site_of(settings: Settings = SETTINGS) -> Site:
    return Site(settings, WORDS, Categories(settings))


def source_of(incidents: dict[str, Incident], site: Site) -> Source:
    return Source(incidents.__getitem__, lambda id_: keep(incidents[id_], site))


def feeds(corpus: list[Data], settings: Settings | None = None) -> dict[str, bytes]:
    """Every feed of a corpus by its path."""
    history, incidents = published(corpus)
    site = site_of(settings or SETTINGS)
    files = [(each.path, each.body) for each in artifacts(history, site, source_of(incidents, site))]
    assert len(files) == len(dict(files))
    return dict(files)
