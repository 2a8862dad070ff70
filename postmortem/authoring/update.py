"""`update`: something to say while it burns, and what follows from it. A record's data and a wish in, a plan out.

What follows: the status where the file states one, `reopens` where it goes back, windows that begin, turn or end, what
cannot stand on a closed incident, the severity. A facet that the record enters by an update is noted in a silent
revision of the same instant: the update itself is what readers of that facet's feed are told (docs/adr/0009).
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final, get_args

from postmortem.authoring import impact, revisions
from postmortem.authoring.shape import (
    Data,
    became_public,
    edits,
    entered,
    found,
    instant,
    is_public,
    items,
    order,
    place,
    updates,
)
from postmortem.authoring.times import stamp, written
from postmortem.authoring.wish import Plan, Update, WishError
from postmortem.corpus.ledger import Promise
from postmortem.model.edit import plain
from postmortem.model.moment import Moment
from postmortem.model.settings import Settings
from postmortem.model.vocabulary import CLOSED_STATUSES, Confidence, IncidentStatus, MaintenanceStatus

_SEQUENCES: Final = (get_args(IncidentStatus), get_args(MaintenanceStatus))
_CLOSED: Final = 3
JOINED: Final = "Concerns more than before."


def plan(data: Data, wish: Update, settings: Settings, promised: Promise | None) -> Plan:
    """The edits of one update. Raises WishError for what would make the record wrong and no rule could tell."""
    if data.get("record") == "withdrawn":
        raise WishError("this record was withdrawn; it takes no more updates")
    after: Data = plain(data)
    public = is_public(data, wish.now.date())
    now = stamp(wish.now, (became_public(at, each) for at, each in updates(data)))
    at = wish.at or now
    entry = _entry(after, wish, at, promised) | _late(at, now, public=public)
    notes = [*_insert(after, entry, at), *_follow(after, entry, wish, written(at), confidence(settings))]
    if public:
        notes += _note_facets(data, after, now if "published" in entry else at, promised)
    return Plan(edits(data, after), _done(entry), tuple(notes))


def confidence(settings: Settings) -> Confidence:
    """Who says so: a provider confirms what it says about its own service, anybody else reports it."""
    return "confirmed" if settings.publisher.role == "provider" else "reported"


def rank(status: object) -> int | None:
    """How far an incident has come; what closes it weighs the same."""
    for sequence in _SEQUENCES:
        if status in sequence:
            return min(sequence.index(status), _CLOSED)
    return None


def _entry(data: Data, wish: Update, at: Moment, promised: Promise | None) -> Data:
    entry: Data = {"id": _free(data, promised), "at": written(at), "kind": "update"}
    if wish.status is not None:
        entry["status"] = wish.status
        before = [each["status"] for when, each in updates(data) if "status" in each and when <= at.instant]
        old, new = rank(before[-1]) if before else None, rank(wish.status)
        if old is not None and new is not None and new < old:
            entry["reopens"] = True
    return entry | {"text": wish.text}


def _late(at: Moment, now: Moment, *, public: bool) -> Data:
    """An update about earlier is first read now, and its feed entry has the date at which it could be read."""
    return {"published": written(now)} if public and at.instant < now.instant else {}


def _free(data: Data, promised: Promise | None) -> str:
    """The next id that no entry has or ever had."""
    taken = {str(each.get("id")) for each in items(data, "timeline")} | set(promised.entries if promised else ())
    numbers = (int(each[1:]) for each in taken if each[:1] == "u" and each[1:].isdecimal())
    return f"u{max(numbers, default=0) + 1}"


def _insert(data: Data, entry: Data, at: Moment) -> Iterator[str]:
    timeline = data.get("timeline")
    held: list[Any] = timeline if isinstance(timeline, list) else []
    times = [instant(each.get("at")) if isinstance(each, dict) else None for each in held]
    place_ = max((index + 1 for index, each in enumerate(times) if each is not None and each <= at.instant), default=0)
    place(data, "timeline", [*held[:place_], entry, *held[place_:]], order())
    if place_ < len(held):
        yield f"{entry['id']} stands before what happened after it"


def _follow(data: Data, entry: Data, wish: Update, at: str, confident: Confidence) -> Iterator[str]:
    """Everything that an update sets besides itself; yields what a person should hear of."""
    if wish.severity is not None:
        place(data, "severity", wish.severity, order())
    for each in wish.affected:
        impact.affect(data, each, at, confident)
    for name in wish.restored:
        if not impact.restore(data, name, at):
            yield f"{name} has no open window: nothing to close"
    last = [each for _, each in updates(data) if "status" in each][-1:]
    if wish.status is None or last != [entry]:
        return
    if "status" in data:
        data["status"] = wish.status
    if wish.status in CLOSED_STATUSES:
        for name in impact.open_classes(data):
            impact.restore(data, name, at)
            yield f"{name} was still open: its window ends with the incident, at {at}"
    elif isinstance(data.get("clocks"), dict) and data["clocks"].pop("resolved", None) is not None:
        yield "clocks/resolved is taken out: it is open again"


def _note_facets(before: Data, after: Data, at: Moment, promised: Promise | None) -> Iterator[str]:
    known = frozenset(promised.facets) if promised is not None else found(before)
    adds = entered(known, after) if known else []
    if adds:
        latest = max(revisions.dates(after), default=at.instant)
        when = at if at.instant >= latest else _not_before(latest)
        name = revisions.append(after, promised, kind="editorial", at=when, summary=JOINED, adds=adds)
        yield f"{name} notes that the record now concerns {', '.join(adds)}"


def _not_before(latest: datetime) -> Moment:
    return stamp(latest, [latest])


def _done(entry: Data) -> str:
    said = f" ({entry['status']}{', reopened' if 'reopens' in entry else ''})" if "status" in entry else ""
    return f"{entry['id']}{said}"
