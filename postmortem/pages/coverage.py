"""Which days were watched, in words, and which rows fall into them: no count is given outside. Settings and summaries
in, text out.
"""

from collections.abc import Iterable
from datetime import date

from postmortem.model.settings import Coverage, Settings, covering, covers
from postmortem.model.summary import Summary
from postmortem.pages import times


def watched(settings: Settings, provider: str | None = None) -> str:
    """`16 to 23 June 2026`, `since 1 January 2025`, with the provider's name where several are watched; empty where no
    coverage is stated.
    """
    spans = covering(settings, provider)
    several = len({each.provider for each in spans}) > 1
    names = {each.id: each.name for each in settings.providers}
    return "; ".join(
        f"{names.get(each.provider, each.provider)}: {_span(each)}" if several and each.provider else _span(each)
        for each in spans
    )


def notes(settings: Settings) -> list[str]:
    """What the publisher says about what was watched and what was not."""
    return [each.note for each in settings.coverage if each.note]


def is_watched(settings: Settings, day: date) -> bool:
    """Whether somebody says that they watch on that day, for every provider there is: else nobody would know of what
    fails. Where no coverage is stated, nobody says so.
    """
    whose: list[str | None] = [each.id for each in settings.providers] or [None]
    return all(any(covers(span, day) for span in covering(settings, each)) for each in whose)


def inside(summaries: Iterable[Summary], settings: Settings, provider: str | None = None) -> list[Summary]:
    """The incidents first known on a watched day; all of them where no coverage is stated."""
    spans = covering(settings, provider)
    return [each for each in summaries if not spans or any(covers(span, each.day, each.providers) for span in spans)]


def _span(span: Coverage) -> str:
    days = times.days(span.from_, span.until) if span.until else f"since {times.day(span.from_)}"
    return days if span.complete else f"{days}, with gaps"
