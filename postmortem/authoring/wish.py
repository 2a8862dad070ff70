"""What a command asks for and what comes of it, as values: wishes in, plans out. Knows no text and no terminal."""

from datetime import datetime

import msgspec

from postmortem.model.edit import Edit
from postmortem.model.moment import Moment
from postmortem.model.vocabulary import ImpactClass, Level, RevisionKind, Severity, Status


class WishError(ValueError):
    """What was asked for cannot be done; the text says why and what can. The person at the keyboard mends it."""


class Affected(msgspec.Struct, frozen=True):
    """From now on a class is affected at this level; without services, those that it or the record names."""

    name: ImpactClass
    level: Level
    services: tuple[str, ...] = ()
    models: tuple[str, ...] = ()


class Update(msgspec.Struct, frozen=True, kw_only=True):
    """Something to say, and what follows from it. `at` is when it was true, where that was not just now."""

    text: str
    now: datetime
    at: Moment | None = None
    status: Status | None = None
    severity: Severity | None = None
    affected: tuple[Affected, ...] = ()
    restored: tuple[ImpactClass, ...] = ()


class Revise(msgspec.Struct, frozen=True, kw_only=True):
    """A change to what was published: `adds` are facets besides those that are found out."""

    kind: RevisionKind
    summary: str
    now: datetime
    adds: tuple[str, ...] = ()


class Withdraw(msgspec.Struct, frozen=True, kw_only=True):
    """A record that no longer stands; `redact` takes its prose away, too."""

    reason: str
    now: datetime
    replaced_by: str | None = None
    redact: bool = False


class Plan(msgspec.Struct, frozen=True):
    """The edits that do it; `done` names it in a few words, `notes` are consequences that a person should hear of."""

    edits: tuple[Edit, ...]
    done: str
    notes: tuple[str, ...] = ()
