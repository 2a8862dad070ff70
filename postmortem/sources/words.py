"""Vendors' words for states, held against ours: a word in, one of ours or `unknown` out. It guesses nothing; the
caller keeps the vendor's own word beside it.
"""

import re
from functools import lru_cache
from types import MappingProxyType
from typing import Final, get_args

from postmortem.model.event import SaidImpact, SaidStatus
from postmortem.model.vocabulary import ComponentState, Severity, Status

_SEPARATOR: Final = re.compile(r"[\s_-]+")
_LONGEST: Final = 64


def _key(word: str) -> str:
    """Vendors write `in_progress`, `In progress`, `IN-PROGRESS` and `INPROGRESS` for one thing."""
    return _short_key(word) if len(word) <= _LONGEST else ""


@lru_cache(maxsize=1024)
def _short_key(word: str) -> str:
    return _SEPARATOR.sub("", word).casefold()


_STATUSES: Final = MappingProxyType[str, SaidStatus](
    {_key(each): each for each in get_args(Status)}
    | {
        "postmortem": "postmortem",
        "canceled": "cancelled",
        "complete": "completed",
        # incident.io
        "maintenancescheduled": "scheduled",
        "maintenanceinprogress": "in_progress",
        "maintenancecomplete": "completed",
        # Instatus
        "notstartedyet": "scheduled",
        "planned": "scheduled",
    }
)
_IMPACTS: Final = MappingProxyType[str, SaidImpact](
    {_key(each): each for each in get_args(Severity)} | {"maintenance": "none"}
)
_COMPONENTS: Final = MappingProxyType[str, ComponentState](
    {_key(each): each for each in get_args(ComponentState)}
    | {
        "fulloutage": "major_outage",  # incident.io
        "degraded": "degraded_performance",
        "maintenance": "under_maintenance",
    }
)


def status(word: str) -> SaidStatus:
    """Our word for what the vendor calls the state of an incident or maintenance."""
    return _STATUSES.get(_key(word), "unknown")


def impact(word: str) -> SaidImpact:
    """Our word for how bad the vendor calls it; `maintenance` is no impact and reads `none`."""
    return _IMPACTS.get(_key(word), "unknown")


def component(word: str) -> ComponentState:
    """Our word for the state of a component."""
    return _COMPONENTS.get(_key(word), "unknown")
