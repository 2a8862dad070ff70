"""AWS: the dashboard's `data.json` of old, today's `currentevents`, and the RSS of single services in; events out.

Formats: https://health.aws.amazon.com/public/currentevents (UTF-16, a list with `event_log`), the archived `data.json`
(a day's updates as HTML, `6:06 PM PDT` and no date), https://status.aws.amazon.com/rss/all.rss (an entry is an update).
Neither tells a status but `[RESOLVED]` in the summary, or an event's code 0. The codes are those of the dashboard's
legend: 1 is information and says nothing about how bad it is, 2 degradation, 3 disruption.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

import msgspec

from postmortem.model.event import Component, Event, SaidImpact, SaidStatus
from postmortem.model.vocabulary import ComponentState
from postmortem.sources import answers, aws_rss, entries, fields, printed, text
from postmortem.sources.adapter import Answer, NotUnderstoodError, Wanted

KIND = "aws"

_CURRENT: Final = "https://health.aws.amazon.com/public/currentevents"
_RESOLVED: Final = "0"
_WORDS: Final = MappingProxyType({"1": "informational", "2": "degradation", "3": "disruption"})
_IMPACTS: Final = MappingProxyType[str, SaidImpact]({"2": "minor", "3": "major"})
_STATES: Final = MappingProxyType[str, ComponentState](
    {"0": "operational", "2": "degraded_performance", "3": "major_outage"}
)
_MARKER: Final = re.compile(r"\s*\[\s*resolved\s*\]\s*", re.IGNORECASE)
_SPAN: Final = re.compile(r"<span\b[^<>]{0,100}>([^<]{1,60})</span>", re.IGNORECASE)


def documents(url: str) -> tuple[Wanted, ...]:
    """What is open now, for the dashboard's page; the document itself where its address is given."""
    path = urlsplit(url).path
    return (Wanted(url if path.endswith((".json", ".rss")) or "events" in path else _CURRENT),)


def recognises(content: bytes) -> bool:
    """Whether it is one of the three."""
    feed = entries.peek(content)
    if feed is not None:
        return aws_rss.is_ours(feed)
    data = fields.peek(content) if b"\x00" in content[:8] or b'"service' in content else None
    if isinstance(fields.mapping(data).get("archive"), list):
        return True
    return any(
        "event_log" in each or fields.key(each.get("arn")).startswith("arn:aws") for each in fields.mappings(data)
    )


def parse(content: bytes, source: str, url: str) -> Answer:
    """The events in one document; an empty list or channel says that all is well. Errors: `NotUnderstoodError`."""
    feed = entries.peek(content)
    if feed is not None:
        return aws_rss.read(feed, source, url)
    data = fields.load(content)
    said = fields.mapping(data)
    every = (
        data if isinstance(data, list) else fields.members(said.get("archive")) + fields.members(said.get("current"))
    )
    if not isinstance(data, list) and not {"archive", "current"} & said.keys():
        raise NotUnderstoodError("the JSON is neither a list of events nor one with an archive, as AWS's always is")
    return answers.joined(_incident(fields.mapping(each), source, url, at) for at, each in enumerate(every))


def _incident(said: Mapping[str, object], source: str, url: str, position: int) -> Answer:
    at, service = fields.seconds(said.get("date")), fields.key(said.get("service"))
    name = fields.key(said.get("arn")) or (f"{service}_{fields.key(said.get('date'))}" if service and at else "")
    if not name or at is None:
        return answers.without(name or service, position, "no time can be read" if name else "no service or no date")
    summary, code = fields.line(said.get("summary")), fields.key(said.get("status"))
    head = Event(
        source=source,
        incident=name,
        update="",
        at=at,
        title=" ".join(_MARKER.sub(" ", summary).split()),
        url=url,
        impact=_IMPACTS.get(code, "unknown"),
        impact_word=_WORDS.get(code, "" if code == _RESOLVED else code),
        listed=_components(said),
        opened=at,
    )
    log = said.get("event_log")
    told, lost = _logged(fields.members(log)) if log is not None else _described(said.get("description"), at)
    over = bool(_MARKER.search(summary)) or (log is not None and code == _RESOLVED)
    return Answer(
        events=_events(head, told or [(at, "", fields.prose(said.get("description")))], over=over),
        skipped=(f"{name}: {lost} of its updates without a time that can be read",) if lost else (),
    )


def _events(head: Event, told: list[tuple[datetime, str, str]], *, over: bool) -> tuple[Event, ...]:
    """Each update; the last of an incident that is over is the one that said so."""
    made = answers.keys((at, "") for at, _, _ in told)
    events = []
    for number, (key, (at, code, body)) in enumerate(zip(made, told, strict=True), 1):
        ends = code == _RESOLVED or (over and number == len(told))
        status: SaidStatus = "resolved" if ends else "unknown"
        word = "[RESOLVED]" if ends else _WORDS.get(code, code)
        events.append(msgspec.structs.replace(head, update=key, at=at, status=status, status_word=word, text=body))
    closed = told[-1][0] if over else None
    return tuple(msgspec.structs.replace(each, closed=closed) for each in events)


def _logged(log: list[object]) -> tuple[list[tuple[datetime, str, str]], int]:
    told = [
        (at, fields.key(each.get("status")), fields.prose(each.get("message")))
        for each in fields.mappings(log)
        if (at := fields.seconds(each.get("timestamp"))) is not None
    ]
    return sorted(told), len(log) - len(told)


def _described(description: object, start: datetime) -> tuple[list[tuple[datetime, str, str]], int]:
    """`<div><span> 6:06 PM PDT</span>&nbsp;text</div>…`, the oldest first: the first on the day of `date`, each later
    one on that day or the next.
    """
    _, *pieces = _SPAN.split(description if isinstance(description, str) else "")
    told: list[tuple[datetime, list[str]]] = []
    lost, last = 0, start
    for stamp, body in zip(pieces[::2], pieces[1::2], strict=True):
        time = printed.find(stamp)
        if time is None and told:
            told[-1][1].append(stamp + body)
            continue
        at = None if time is None else (printed.not_before(time, last) if told else printed.nearest(time, last))
        if at is None:
            lost += 1
            continue
        last = at
        told.append((at, [body]))
    return [(at, "", _plain("\n".join(said))) for at, said in told], lost


def _plain(markup: str) -> str:
    """As text; the blocks around nearly every update are taken off here, which spares them a parser each."""
    return text.plain(markup.replace("</div>", "\n").replace("<div>", "\n"))


def _components(said: Mapping[str, object]) -> tuple[Component, ...]:
    """The service itself, or those that an event of several services lists with what they are now."""
    found = []
    for key, value in fields.mapping(said.get("impacted_services")).items():
        each = fields.mapping(value)
        code = fields.key(each.get("current"))
        state = _STATES.get(code, "unknown") if code else None
        word = _WORDS.get(code, code) if state == "unknown" else ""
        name = fields.line(each.get("service_name")) or fields.key(key)
        if name:
            found.append(Component(name=name, id=fields.key(key) or None, new=state, word=word))
    name = fields.line(said.get("service_name"))
    if not found and name:
        found = [Component(name=name, id=fields.key(said.get("service")) or None)]
    return tuple(found)
