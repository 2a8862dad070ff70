"""A timeline entry from an event. An event and the manner in which its source is taken in, plain data out.

What the page showed and when is a fact; its words are its own: they are copied only where the settings say so.
"""

import re
from collections.abc import Collection
from typing import Any, Final, get_args

from postmortem.enrich.manner import Manner, written
from postmortem.enrich.pairing import Line, key_of
from postmortem.model.event import Component, Event
from postmortem.model.vocabulary import ComponentState

_LONGEST: Final = 20_000
_REFUSED: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
"""What the format lets no text hold."""
_WORST_LAST: Final = (*get_args(ComponentState)[-1:], *get_args(ComponentState)[:-1])
POSTMORTEM: Final = "The status page published its postmortem."


def entry(  # noqa: PLR0913 - what was said, under which id, in which manner, and in what record
    line: Line,
    event: Event,
    id_: str,
    manner: Manner,
    *,
    published: str | None = None,
    within: Collection[str] | None = None,
) -> dict[str, Any]:
    """The entry that says what the event said, of the services `within` the record (None: of all). `published` is when
    it could first be read, where that is not the time it shows.
    """
    said: dict[str, Any] = {"id": id_, "at": written(event.at), "kind": "update"}
    if line.status is not None:
        said["status"] = line.status
    if line.reopens:
        said["reopens"] = True
    shown = [each for each in components(event, manner) if within is None or each["service"] in within]
    if shown:
        said["components"] = shown
    text = _text(event, line, manner)
    if text:
        said["text"] = text
    if published is not None:
        said["published"] = published
    return said | {"origin": {"source": event.source, "key": key_of(event)}}


def components(event: Event, manner: Manner) -> list[dict[str, str]]:
    """What the page showed at this update, by service; the worst of several components of one service."""
    states: dict[str, ComponentState] = {}
    for each in event.components:
        service = manner.service_of(each)
        if service is not None and each.new is not None:
            states[service] = max(states.get(service, each.new), each.new, key=_WORST_LAST.index)
    return [{"service": service, "state": states[service]} for service in sorted(states)]


def strangers(event: Event, manner: Manner) -> list[Component]:
    """The components of an update that are no service of the catalogue."""
    return [each for each in event.components if manner.service_of(each) is None]


def clean(text: str) -> str:
    """A text as a record may hold it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _REFUSED.sub(" ", lines).strip()[:_LONGEST].rstrip()


def _text(event: Event, line: Line, manner: Manner) -> str:
    """Without a status an entry has to say something, so there the source's own word for it stands."""
    words = clean(event.text) if manner.texts == "copy" else ""
    if words or line.status is not None:
        return words
    if event.status == "postmortem":
        return POSTMORTEM
    word = " ".join(clean(event.status_word).split())[:80]
    return f'The status page said "{word}".' if word else "The status page had an update."
