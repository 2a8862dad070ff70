"""How rules compare and print times that are not exact. Moments in, instants and words out; knows no rule.

A minute without seconds may be any second of it, and `about` is taken as give or take an hour: rules call two times
contradictory only where no reading of them fits.
"""

from datetime import UTC, date, datetime, time, timedelta

from postmortem.model.moment import Moment

_ABOUT = timedelta(hours=1)
_EVER = datetime.max.replace(tzinfo=UTC)
_NEVER = datetime.min.replace(tzinfo=UTC)


def earliest(moment: Moment) -> datetime:
    """The earliest instant that the moment may mean."""
    if moment.is_ == "not_after":
        return _NEVER
    return moment.instant - (_ABOUT if moment.is_ == "about" else timedelta())


def latest(moment: Moment) -> datetime:
    """The latest instant that the moment may mean."""
    if moment.is_ == "not_before":
        return _EVER
    within = timedelta(seconds=59 if moment.precision == "minute" else 0)
    return moment.instant + within + (_ABOUT if moment.is_ == "about" else timedelta())


def surely_before(one: Moment, other: Moment) -> bool:
    """Whether `one` was before `other` however both are read."""
    return latest(one) < earliest(other)


def end_of(day: date) -> datetime:
    """The last instant (to the second, UTC) of the day: what is later lies in the future."""
    return datetime.combine(day, time(23, 59, 59), UTC)


def shown(moment: Moment, beside: Moment | None = None) -> str:
    """The time as the format writes it, in UTC; without its date where the moment beside it has the same."""
    pattern = "%H:%M" if moment.precision == "minute" else "%H:%M:%S"
    if beside is None or beside.instant.date() != moment.instant.date():
        pattern = f"%Y-%m-%d {pattern}"
    text = moment.instant.strftime(pattern)
    return f"{'about ' if moment.is_ == 'about' else ''}{text} UTC"
