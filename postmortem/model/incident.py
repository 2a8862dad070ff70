"""The privacy wall: the public part of a record, as a type that has no field for anything else. Record and as-of
date in, Incident out.

This is the only place that decides what is public (house.md). Pages, feeds and API accept an `Incident`, never a
`Record`, so a leak is a
type error before it is a failing test.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import msgspec

from postmortem.model.claims import Entry, Evidence, Guidance, Lessons, Postmortem, Revision
from postmortem.model.derived import Derived, derive
from postmortem.model.facts import Facts
from postmortem.model.moment import Bound, Moment
from postmortem.model.record import Record


class Incident(Facts, frozen=True, kw_only=True):
    """What the world may read of one record, with every derived value."""

    derived: Derived


def publish(record: Record, as_of: date) -> Incident | None:
    """Let through what is public on that day; None for a draft and for a record whose embargo has not passed.

    An embargo opens on builds dated *after* its day. While the postmortem is a draft, its hypotheses stay inside:
    cause, response,
    detection, lessons, actions, what to do next time, and evidence that only those (or private timeline entries)
    rest on.
    """
    public = public_facts(record, as_of)
    if public is None:
        return None
    fields = {name: getattr(public, name) for name in Facts.__struct_fields__}
    return Incident(**fields, derived=derive(public))


def public_facts(record: Record, as_of: date) -> Facts | None:
    """The same without what is derived from it, for who asks for nothing of that."""
    if not is_public(record, as_of):
        return None
    public = _withhold_draft(_facts(record))
    return msgspec.structs.replace(public, evidence=_evidence(record, public)) if _withholds(record) else public


def is_public(record: Record, as_of: date) -> bool:
    """Whether anything of the record may be read on that day."""
    if record.record == "embargoed":
        return record.embargo is not None and as_of > record.embargo.until
    return record.record in ("published", "withdrawn")


def _withholds(record: Record) -> bool:
    return not all(entry.public for entry in record.timeline) or _is_draft(record)


def _is_draft(facts: Facts) -> bool:
    return facts.postmortem is not None and facts.postmortem.state == "draft"


def _facts(record: Record) -> Facts:
    fields = {name: getattr(record, name) for name in Facts.__struct_fields__}
    if record.embargo is not None and record.record == "embargoed":
        fields["revisions"] = _opened(record.revisions, record.embargo.until)
    fields["timeline"] = tuple(
        Entry(**{name: getattr(entry, name) for name in Entry.__struct_fields__})
        for entry in record.timeline
        if entry.public
    )
    return Facts(**fields)


def _opened(revisions: tuple[Revision, ...], until: date) -> tuple[Revision, ...]:
    """An embargoed record is first published when it opens, whatever day it bears: nobody is told of it under a date
    that is over. What it holds of the time before is history.
    """
    opening = Moment(datetime.combine(until + timedelta(days=1), time(), UTC), "minute")
    bears = [each for each in revisions if each.kind == "initial"]
    first = bears[0] if bears else Revision(number=1, at=opening, kind="initial", summary="First published.")
    if first.at.instant < opening.instant:
        first = msgspec.structs.replace(first, at=opening)
    return first, *(each for each in revisions if each.kind != "initial")


def _withhold_draft(facts: Facts) -> Facts:
    if facts.postmortem is None or not _is_draft(facts):
        return facts
    return msgspec.structs.replace(
        facts,
        cause=None,
        detection=None,
        response=None,
        lessons=Lessons(),
        actions=(),
        guidance=Guidance(during=facts.guidance.during, fallbacks=facts.guidance.fallbacks),
        postmortem=Postmortem(state="draft", due=facts.postmortem.due),
    )


def _evidence(record: Record, public: Facts) -> tuple[Evidence, ...]:
    """The evidence, less what only withheld claims rest on: its title alone may tell what they say."""
    told = set(_cited(public))
    withheld = set(_cited(record)) - told
    return tuple(each for each in record.evidence if each.id not in withheld)


def _cited(value: object) -> Iterator[str]:
    if isinstance(value, tuple):
        for item in value:
            yield from _cited(item)
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            held = getattr(value, name)
            if name == "evidence" and not isinstance(value, Facts):
                yield from held
            else:
                yield from _cited(held)
    elif isinstance(value, Moment):
        yield from value.evidence
    elif isinstance(value, Bound):
        yield from _cited(value.moment)
