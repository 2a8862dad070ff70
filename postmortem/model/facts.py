"""What a record and an incident have in common: everything that may be public. The values below `Record` and
`Incident`; never made itself.
"""

from typing import Literal

from postmortem.model.claims import (
    Action,
    Cause,
    Claim,
    Clocks,
    Continuity,
    Detection,
    Entry,
    Evidence,
    Guidance,
    Impacts,
    Isolation,
    Lessons,
    Postmortem,
    Related,
    Revision,
    Scheduled,
    Signal,
    Tracking,
    Withdrawal,
)
from postmortem.model.vocabulary import Kind, Severity, Status


class Facts(Claim, frozen=True, kw_only=True):
    """The public fields. A field that is added here is public: think of the wall (`incident.py`) first."""

    schema_version: Literal["1.0"]
    id: str
    former_ids: tuple[str, ...] = ()
    title: str
    kind: Kind = "incident"
    severity: Severity
    status: Status | None = None
    summary: str | None = None
    provider: str | tuple[str, ...] = ()
    services: tuple[str, ...]
    scheduled: Scheduled | None = None
    clocks: Clocks = Clocks()
    impact: Impacts
    isolated: tuple[Isolation, ...] = ()
    cause: Cause | None = None
    detection: Detection | None = None
    response: str | None = None
    continuity: Continuity = Continuity()
    guidance: Guidance = Guidance()
    signals: tuple[Signal, ...] = ()
    timeline: tuple[Entry, ...]
    postmortem: Postmortem | None = None
    actions: tuple[Action, ...] = ()
    lessons: Lessons = Lessons()
    evidence: tuple[Evidence, ...] = ()
    tracking: tuple[Tracking, ...] = ()
    related: tuple[Related, ...] = ()
    revisions: tuple[Revision, ...] = ()
    withdrawn: Withdrawal | None = None

    @property
    def first_id(self) -> str:
        """The id under which it was first published, which everything that readers and clients keep goes by."""
        return self.former_ids[0] if self.former_ids else self.id
