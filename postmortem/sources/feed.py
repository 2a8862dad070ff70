"""Any RSS or Atom feed of incidents: each entry in, one incident with one event out.

Such a feed has no words for status, impact or components, so all three stay unknown. An entry without a time is
skipped: there is no telling when it was said.
"""

import hashlib
from urllib.parse import urljoin

from postmortem.model.event import Event
from postmortem.sources import answers, entries, fields, text
from postmortem.sources.adapter import Answer, Wanted, digest
from postmortem.sources.entries import Entry

KIND = "feed"


def documents(url: str) -> tuple[Wanted, ...]:
    """The address itself: nothing about where a feed lies can be concluded from a page."""
    return (Wanted(url),)


def recognises(content: bytes) -> bool:
    """Whether it is RSS or Atom."""
    return entries.peek(content) is not None


def parse(content: bytes, source: str, url: str) -> Answer:
    """One event for each entry; a feed without entries is an answer. Errors: `NotUnderstoodError`."""
    feed = entries.read(content)
    base = fields.link(feed.link, url) or url
    return answers.joined(_entry(each, source, urljoin(base, "/"), at) for at, each in enumerate(feed.entries))


def _entry(said: Entry, source: str, base: str, position: int) -> Answer:
    at = said.updated or said.published
    name = (said.id or said.link)[:200]
    if at is None:
        return answers.without(name or said.title, position, "no time can be read")
    if not name:
        opened = said.published or at
        name = hashlib.sha256(f"{opened.isoformat()} {said.title}".encode()).hexdigest()[:12]
    event = Event(
        source=source,
        incident=name,
        update=digest(at, ""),
        at=at,
        title=said.title,
        url=fields.link(said.link, base) or fields.link(said.id, base if "://" in said.id else ""),
        text=text.plain(said.content),
        opened=said.published,
        modified=said.updated,
    )
    return Answer(events=(event,))
