"""`update`: something to say while it burns, and what follows from it. A record's data and a wish in, a plan out.

What follows: the status where the file states one, `reopens` where it goes back, windows that begin, turn or end, what
cannot stand on a closed incident, the severity. A facet that the record enters by an update is noted in a silent
revision of the same instant: the update itself is what readers of that facet's feed are told (docs/adr/0009).
"""

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
JOINED: Final = "With update {}, the record concerns more than before."


def plan(data: Data, wish: Update, settings: Settings, promised: Promise | None) -> Plan:
    """The edits of one update. Raises WishError for what would make the record wrong and no rule could tell."""
    if data.get("record") == "withdrawn":
        raise WishError("this record was withdrawn; it takes no more updates")
    after: Data = plain(data)
    public = is_public(data, wish.now.date())
    now = stamp(wish.now, (became_public(at, each) for at, each in updates(data)))
    at = wish.at or now
    entry = _entry(after, wish, at, promised) | _late(at, now, public=public)
    notes = _insert(after, entry, at)
    notes += _touch(after, wish, written(at), confidence(settings))
    notes += _turn(after, entry, wish, written(at))
    if public:
        notes += _note_facets(data, after, entry, promised)
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


def _insert(data: Data, entry: Data, at: Moment) -> list[str]:
    timeline = data.get("timeline")
    held: list[Any] = timeline if isinstance(timeline, list) else []
    times = [instant(each.get("at")) if isinstance(each, dict) else None for each in held]
    index = max((index + 1 for index, each in enumerate(times) if each is not None and each <= at.instant), default=0)
    place(data, "timeline", [*held[:index], entry, *held[index:]], order())
    return [f"{entry['id']} stands before what happened after it"] if index < len(held) else []


def _touch(data: Data, wish: Update, at: str, confident: Confidence) -> list[str]:
    """Severity and impact; gives what a person should hear of."""
    if wish.severity is not None:
        place(data, "severity", wish.severity, order())
    for each in wish.affected:
        impact.affect(data, each, at, confident)
    said = [each["status"] for _, each in updates(data) if "status" in each][-1:]
    if wish.affected and said and said[0] in CLOSED_STATUSES and wish.status not in CLOSED_STATUSES:
        raise WishError(f"the record is {said[0]}, so nothing begins to fail; reopen it with --status investigating")
    return [
        f"{name} has no open window: nothing to close" for name in wish.restored if not impact.restore(data, name, at)
    ]


def _turn(data: Data, entry: Data, wish: Update, at: str) -> list[str]:
    """What a status brings with it, if nothing later says another."""
    last = [each for _, each in updates(data) if "status" in each][-1:]
    if wish.status is None or last != [entry]:
        return []
    if "status" in data:
        data["status"] = wish.status
    if wish.status in CLOSED_STATUSES:
        left = impact.open_classes(data)
        for name in left:
            impact.restore(data, name, at)
        return [
            *(f"{name} was still open: its window ends with the incident, at {at}" for name in left),
            *(
                f'{name} still says "{impact.LOOKED_INTO}": write in its summary what users saw'
                for name in impact.untold_classes(data)
            ),
        ]
    clocks = data.get("clocks")
    reopened = isinstance(clocks, dict) and clocks.pop("resolved", None) is not None
    return ["clocks/resolved is taken out: it is open again"] if reopened else []


def _note_facets(before: Data, after: Data, entry: Data, promised: Promise | None) -> list[str]:
    """The join is dated like the update that brought it, never before the last revision."""
    known = frozenset(promised.facets) if promised is not None else found(before)
    adds = entered(known, after) if known else []
    if not adds:
        return []
    said = instant(entry.get("published", entry["at"]))
    latest = max([*revisions.dates(after), *([said] if said else [])])
    summary, at = JOINED.format(entry["id"]), stamp(latest, [latest])
    name = revisions.append(after, promised, kind="editorial", at=at, summary=summary, adds=adds)
    return [f"{name} notes that the record now concerns {', '.join(adds)}"]


def _done(entry: Data) -> str:
    said = f" ({entry['status']}{', reopened' if 'reopens' in entry else ''})" if "status" in entry else ""
    return f"{entry['id']}{said}"
