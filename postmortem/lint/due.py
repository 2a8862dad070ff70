"""When a postmortem is owed: the end of the incident and the policy in, a day out. Knows no clock."""

from datetime import date, timedelta

from postmortem.model.derived import resolved
from postmortem.model.record import Record
from postmortem.model.settings import Policy, Settings
from postmortem.model.vocabulary import SEVERITIES

_SATURDAY = 5


def owed(record: Record, settings: Settings) -> date | None:
    """The last day for a postmortem that the policy demands and that nobody gave, promised for a day, or refused."""
    policy, written = settings.policy, record.postmortem
    if policy.postmortem_from is None or policy.postmortem_within is None or settings.publisher.role != "provider":
        return None
    if record.kind == "maintenance" or record.record != "published":
        return None
    if SEVERITIES.index(record.severity) < SEVERITIES.index(policy.postmortem_from):
        return None
    if written is not None and (written.state in ("published", "not_planned") or written.due is not None):
        return None
    closed = resolved(record)
    return None if closed is None else after(closed.instant.date(), policy.postmortem_within, policy)


def after(day: date, within: str, policy: Policy) -> date:
    """The day so many days (`10 days`) or business days (`5 business days`) after this one."""
    count, *words = within.split()
    if "business" not in words:
        return day + timedelta(days=int(count))
    left = int(count)
    while left:
        day += timedelta(days=1)
        if day.weekday() < _SATURDAY and day not in policy.holidays:
            left -= 1
    return day
