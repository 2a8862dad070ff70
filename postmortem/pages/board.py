"""All strips of a site, in the order in which people look for a thing: by provider, by impact class, by group of
services. Views in, blocks of lines out; where there are many services, those of which no record speaks are folded away.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

from markupsafe import Markup

from postmortem.model.figure import Strip, View
from postmortem.model.settings import Settings, provider_name
from postmortem.pages import messages, strips, times
from postmortem.pages.links import Links

_MANY: Final = 9
_UNGROUPED: Final = "Other services"


class Group(NamedTuple):
    """Services that belong together; `title` is empty where services have no groups."""

    title: str
    shown: list[strips.Line]
    folded: list[strips.Line]


class Block(NamedTuple):
    """The strips of one provider, or of the site: `title` is empty where there is only one. `past` says that the days
    are not those up to now. Where nobody watched, there is no line.
    """

    title: str
    first: Markup
    last: Markup
    watched: str
    past: bool
    classes: list[strips.Line]
    groups: list[Group]


def blocks(views: Iterable[View], settings: Settings, links: Links, as_of: date) -> list[Block]:
    """One for each provider that has numbers of its own."""
    found: dict[str | None, list[View]] = {}
    for view in views:
        if view.kind in ("impact", "service"):
            found.setdefault(view.provider, []).append(view)
    return [_block(provider, own, settings, links, as_of) for provider, own in found.items()]


def named(strip: Strip, links: Links) -> Markup:
    """A link to the page of what a strip is about."""
    if strip.kind == "service":
        return links.service(strip.id)
    return Markup('<a href="%simpact/%s/">%s</a>') % (links.root, strip.id, messages.IMPACT_CLASS[strip.id])


def _block(provider: str | None, views: Sequence[View], settings: Settings, links: Links, as_of: date) -> Block:
    days, watched = views[0].strip.days, views[0].strip.window.watched
    shown = [each.strip for each in views] if watched else []
    return Block(
        title=provider_name(settings, provider) if provider else "",
        first=times.on(days[0].day),
        last=times.on(days[-1].day),
        watched=strips.watched(views[0].strip),
        past=days[-1].day < as_of,
        classes=[_line(each, links) for each in shown if each.kind == "impact"],
        groups=_groups([each for each in shown if each.kind == "service"], settings, links),
    )


def _line(strip: Strip, links: Links) -> strips.Line:
    return strips.line(strip, named(strip, links), links)


def _groups(services: Sequence[Strip], settings: Settings, links: Links) -> list[Group]:
    """In the order of the catalogue; services of no group come last."""
    whose = {each.id: each.group for each in settings.services}
    names = dict.fromkeys(whose[each.id] for each in services)
    fold = len(services) >= _MANY
    found = []
    for name in sorted(names, key=lambda each: each is None):
        lines = [_line(each, links) for each in services if whose[each.id] == name]
        title = name or (_UNGROUPED if len(names) > 1 else "")
        shown = [each for each in lines if each.hit or not fold]
        found.append(Group(title, shown, [each for each in lines if not each.hit and fold]))
    return found
