"""What was announced of an incident, and when: the entries of the feeds before anybody writes them as XML.

Facts in, announcements out. Ids are the record's own entry ids (u update, a action, r revision), or `closed` for a
resolution that no update tells; dates are when each was *published*; neither depends on a build. The incident is named
by the id under which it was first published, so that a rename announces nothing. What was public before the record's
first publication is `backfill`: it belongs into archives, never into a live feed.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Final, Literal

import msgspec

from postmortem.model.claims import Entry, Revision
from postmortem.model.derived import became_public, resolved, status, told_done, updates
from postmortem.model.facts import Facts
from postmortem.model.vocabulary import CLOSED_STATUSES, RevisionKind

AnnouncementKind = Literal[
    "update", "resolution", "first_publication", "correction", "postmortem", "withdrawal", "action"
]

WHOLE: Final = ("first_publication", "postmortem")
"""What is announced with the whole incident as it stands now."""
CLOSED: Final = "closed"
"""The entry id of a resolution that no update tells."""


_KINDS: Final[dict[RevisionKind, AnnouncementKind]] = {
    "material": "correction",
    "postmortem": "postmortem",
    "retraction": "withdrawal",
}


class Announcement(msgspec.Struct, frozen=True, order=True):
    """One entry. Sorted by (date, incident, entry id), which is the order of the feeds; `incident` is its first id."""

    published: datetime
    incident: str
    entry: str
    kind: AnnouncementKind
    backfill: bool = False


def announce(facts: Facts) -> tuple[Announcement, ...]:
    """Everything ever announced, oldest first.

    An editorial revision is silent. The first publication is an entry of its own only where no update was published
    in that same instant,
    so that a record written long after the fact enters the live feeds once, and one written while it burns does not
    enter twice.
    """
    began = first_publication(facts)
    return tuple(sorted(_all(facts, began)))


def first_publication(facts: Facts) -> datetime | None:
    """When the record itself was first published; None where no revision says so, and then every update was live.

    Only an `initial` revision can say so: an editorial one, added to a record that had none, must not turn what was
    announced live into backfill.
    """
    return min((each.at.instant for each in facts.revisions if each.kind == "initial"), default=None)


def _all(facts: Facts, began: datetime | None) -> Iterator[Announcement]:
    public = updates(facts)
    for entry in public:
        at = became_public(entry).instant
        yield Announcement(at, facts.first_id, entry.id, "update", began is not None and at < began)
    for revision in facts.revisions:
        kind = _kind(revision, public)
        if kind is not None:
            at = revision.at.instant
            yield Announcement(at, facts.first_id, f"r{revision.number}", kind, began is not None and at < began)
    ended = resolution(facts)
    if ended is not None:
        yield Announcement(ended, facts.first_id, CLOSED, "resolution", began is not None and ended < began)
    for action in facts.actions:
        done = told_done(facts, action)
        if done is not None:
            yield Announcement(done, facts.first_id, action.id, "action", began is not None and done < began)


def resolution(facts: Facts) -> datetime | None:
    """When an incident ended of which no public update says so; None where one does, or where it is open."""
    if any(each.status in CLOSED_STATUSES for each in updates(facts)):
        return None
    ended = resolved(facts)
    return ended.instant if ended is not None and status(facts) in CLOSED_STATUSES else None


def _kind(revision: Revision, public: list[Entry]) -> AnnouncementKind | None:
    if revision.kind == "initial":
        at_once = any(became_public(entry).instant == revision.at.instant for entry in public)
        return None if at_once else "first_publication"
    return _KINDS.get(revision.kind)
