"""A new record from what a source said about one incident. `Told` and the manner in which the source is taken in, the
data of a record out; knows no disk, no clock and no rule.

What the source says of times stays what it is: when the page was opened and closed are the first public update and the
resolution, never the start. What it wrote in prose about the start is a conclusion and marked as one. What contradicts
itself is left out, and a note says so.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, Literal

import msgspec

from postmortem.enrich import course, naming
from postmortem.enrich.entries import clean, entry
from postmortem.enrich.manner import Manner, stamp, written
from postmortem.enrich.pairing import Line, fresh
from postmortem.enrich.schedule import schedule
from postmortem.enrich.spoken import Spoken, Time, spoken
from postmortem.enrich.turns import Turns, became_public, turns
from postmortem.model.event import Event, Told, named
from postmortem.model.vocabulary import IMPACT_CLASSES, ImpactClass, Kind

Data = dict[str, Any]
FIRST: Final = "First published, from the status page."
TITLES: Final[dict[Kind, str]] = {"incident": "Incident on the status page", "maintenance": "Announced maintenance"}
"""What a record is called whose page gives no title, or one that must not be published."""
_LONGEST: Final = {"title": 160, "tracked": 300, "severity": 160}
_MOST: Final = 1000
"""Entries that a timeline may have."""
_YEARS: Final = range(1900, 3000)


class Mirror(msgspec.Struct, frozen=True, kw_only=True):
    """How the incidents of one source become records. `now` is when that is done: what is later was not said yet."""

    manner: Manner
    now: datetime
    record: Literal["draft", "published"] = "draft"
    provider: str | None = None


class Made(msgspec.Struct, frozen=True):
    """The data of a record, what of it a person has to answer (`todo`, by key), and what was left out, and why."""

    data: Data
    todo: Mapping[str, str] = {}
    notes: tuple[str, ...] = ()


Concluded = Mapping[ImpactClass, Mapping[str, Any]]
"""The impact classes of which something can be said, as a record has them, without windows and evidence."""


def mirror(told: Told, how: Mirror, concluded: Concluded, longer: int = 0) -> Made | str:
    """The record of one incident, or the reason why there can be none. `longer` goes to `naming.identify`."""
    notes: list[str] = []
    events, head = _usable(told, how.now, notes), _known(told.head, how.now)
    if not events:
        return f"nothing was said about it by {written(how.now)}"
    planned = schedule(head, events, notes) if head.kind == "maintenance" else None
    if head.kind == "maintenance" and planned is None:
        return "it is maintenance, and nothing says from when to when"
    lines = _lines(events, head.kind)
    opened = min([events[0].at, *([head.opened] if head.opened else [])])
    heard = spoken(Told(events=events), opened)
    now = turns(head, lines, heard, notes)
    first = (
        now.started.at if now.started else planned.start if planned else now.opened or min(map(became_public, events))
    )
    title = _line(head.title, "title") or TITLES[head.kind]
    rows = _timeline(lines, how)
    impact = _impact(concluded, heard, head.source)
    cited = now.started is not None or any("evidence" in each for each in impact.values())
    data = {
        "schema_version": "1.0",
        "id": naming.identify(first, title, head.incident, longer),
        "title": title,
        "kind": "maintenance" if planned else None,
        "record": how.record,
        "severity": "minor" if head.impact == "unknown" else head.impact,
        "status": now.status,
        "provider": how.provider,
        "services": _services(told, how.manner),
        "scheduled": {"start": written(planned.start), "end": written(planned.end)} if planned else None,
        "clocks": _clocks(now, head.source),
        "impact": impact,
        "timeline": rows,
        "postmortem": _postmortem(head, events),
        "evidence": [_evidence(head, how, _place(rows, heard.told_by))] if cited else None,
        "tracking": [_tracking(head)],
        "revisions": [_first(how, events)] if how.record == "published" else None,
    }
    kept = {key: value for key, value in data.items() if value not in (None, {})}
    return Made(kept, _todo(head, kept), tuple(notes))


def _usable(told: Told, now: datetime, notes: list[str]) -> tuple[Event, ...]:
    """What had been said by then, at a time that a record can hold, and not more than fits. Feeds of minutes tell two
    updates of one minute in no order: there a status comes before what it leads to.
    """
    ordered = sorted(told.events, key=lambda each: (each.at, course.RANK.get(each.status, len(course.RANK))))
    past = [each for each in ordered if became_public(each) <= now and each.at.year in _YEARS]
    if len(past) < len(told.events):
        notes.append(f"{len(told.events) - len(past)} updates are dated after {written(now)}: left out")
    if len(past) > _MOST:
        notes.append(f"{len(past) - _MOST} updates from the middle are left out: a timeline holds {_MOST}")
        past = past[: _MOST // 2] + past[-_MOST // 2 :]
    return tuple(past)


def _known(head: Event, now: datetime) -> Event:
    """The incident as it was then: what had not happened is not known, nor is a time that no record can hold."""
    times = {name: getattr(head, name) for name in ("opened", "closed", "scheduled_start", "scheduled_end")}
    unknown = [name for name, at in times.items() if at is not None and at.year not in _YEARS]
    unknown += [name for name in ("opened", "closed") if times[name] is not None and times[name] > now]
    return msgspec.structs.replace(head, **dict.fromkeys(unknown)) if unknown else head


def _lines(events: Sequence[Event], kind: Kind) -> list[Line]:
    plain = [fresh(each, kind) for each in events]
    back = {id(each) for each in course.going_back(plain)}
    return [msgspec.structs.replace(each, reopens=True) if id(each) in back else each for each in plain]


def _timeline(lines: Sequence[Line], how: Mirror) -> list[Data]:
    told = ((line, line.event) for line in lines if line.event is not None)
    return [
        entry(line, event, f"u{number}", how.manner, published=_published(event))
        for number, (line, event) in enumerate(told, 1)
    ]


def _published(event: Event) -> str | None:
    public = became_public(event)
    return written(public) if public != event.at else None


def _services(told: Told, manner: Manner) -> list[str]:
    found = {manner.service_of(each) for each in named(told)}
    return sorted(each for each in found if each is not None)


def _clocks(now: Turns, evidence: str) -> Data:
    clocks = {
        "started": now.started and _inferred(now.started, evidence),
        "first_public_update": now.opened and written(now.opened),
        "mitigated": now.mitigated and _inferred(now.mitigated, evidence),
        "resolved": now.closed and written(now.closed),
    }
    return {name: value for name, value in clocks.items() if value is not None}


def _inferred(time: Time, evidence: str) -> Data:
    about = {"is": "about"} if time.about else {}
    return {"at": written(time.at)} | about | {"confidence": "inferred", "evidence": [evidence]}


def _impact(concluded: Concluded, heard: Spoken, evidence: str) -> Data:
    """The four classes; where one was hit, the windows that the texts tell are its."""
    impact: Data = {}
    for name in IMPACT_CLASSES:
        held = dict(concluded.get(name, {"state": "unknown"}))
        if held["state"] == "affected" and heard.windows:
            held["windows"] = [_window(each.start, each.end, evidence) for each in heard.windows]
        if held["state"] != "unknown" and ("confidence" in held or "windows" in held):
            held.setdefault("evidence", [evidence])
        impact[name] = held
    return impact


def _window(start: Time, end: Time | None, evidence: str) -> Data:
    bounds = {"start": start, "end": end or start}
    at = {
        key: {"at": written(each.at), "is": "about"} if each.about else written(each.at) for key, each in bounds.items()
    }
    return {**at, "confidence": "inferred", "evidence": [evidence]}


def _postmortem(head: Event, events: Sequence[Event]) -> Data | None:
    said = next((each for each in reversed(events) if each.status == "postmortem"), None)
    if said is None or head.kind == "maintenance":
        return None
    return {"state": "published", "published": written(said.at)} | _url(said.url or head.url)


def _evidence(head: Event, how: Mirror, entry_id: str) -> Data:
    whole = {"id": head.source, "title": how.manner.page} | _url(head.url)
    whole |= {"kind": "official_status", "accessed": how.now.date().isoformat()}
    return whole | ({"note": f"The times of the impact stand in the text of {entry_id}."} if entry_id else {})


def _place(rows: Sequence[Data], update: str) -> str:
    return next((str(each["id"]) for each in rows if update and each["origin"]["key"] == naming.key(update)), "")


def _tracking(head: Event) -> Data:
    said = {"title": _line(head.title, "tracked"), "severity": _line(head.impact_word, "severity")}
    if not said["severity"] and head.impact != "unknown":
        said["severity"] = head.impact
    known = {name: value for name, value in said.items() if value}
    return {"source": head.source, "incident": naming.key(head.incident)} | known | _url(head.url)


def _first(how: Mirror, events: Sequence[Event]) -> Data:
    at = stamp(how.now, [each.at for each in events])
    return {"number": 1, "at": at, "kind": "initial", "summary": FIRST}


def _todo(head: Event, data: Data) -> dict[str, str]:
    asked = {}
    if head.impact == "unknown":
        asked["severity"] = "the page does not say how bad it was: none | minor | major | critical"
    if not data["services"]:
        asked["services"] = "the page names no component: everything it touched, ids from the settings"
    return asked


def _line(said: str, limit: str) -> str:
    return " ".join(clean(said).split())[: _LONGEST[limit]].rstrip()


def _url(url: str) -> dict[str, str]:
    return {"url": url} if naming.ADDRESS.fullmatch(url) else {}
