"""What all pages that list incidents share: their words in the frame, their contents, the day of their newest change. A
body and the rows in it in, `Page` out; knows no template.
"""

from collections.abc import Sequence
from typing import NamedTuple

from postmortem.model.page import Page, SearchEntry
from postmortem.model.settings import Settings
from postmortem.model.summary import Summary
from postmortem.pages import links
from postmortem.pages.incident import contents, shortened
from postmortem.pages.markdown import clean


class Frame(NamedTuple):
    """Where a list stands and what the theme prints around it; `hide` and `search` as in `Page`."""

    path: str
    kind: str
    title: str
    description: str
    hide: tuple[str, ...] = ("navigation",)
    search: SearchEntry | None = None


def finished(frame: Frame, body: str, found: Sequence[Summary]) -> Page:
    """The page, changed when the newest of its incidents was."""
    return Page(
        path=frame.path,
        kind=frame.kind,
        title=clean(frame.title),
        description=shortened(clean(frame.description)),
        body=body,
        contents=contents(body),
        search=frame.search,
        changed=max((each.changed.date() for each in found), default=None),
        hide=frame.hide,
    )


def whose(settings: Settings) -> str:
    """Whose record this is, in one sentence."""
    names = links.of(settings, "")
    if settings.publisher.role == "provider":
        return f"Incidents and postmortems of {settings.publisher.name}."
    return f"Incidents of {names.provider(tuple(names.providers))}, recorded by {settings.publisher.name}."
