"""The top of an incident's page: whose words these are, what became of the record, and the figures everybody asks for
first. Incident in, notices and tiles out; decides no wording of the record's own texts.
"""

from typing import NamedTuple

from markupsafe import Markup, escape

from postmortem.model.derived import impacts, windows
from postmortem.model.incident import Incident
from postmortem.model.settings import Settings
from postmortem.pages import messages, times
from postmortem.pages.links import Links
from postmortem.pages.markdown import inline

_LATE_DAYS = 2  # from here on a record was written after the fact, not while it happened


class Notice(NamedTuple):
    """An admonition: Material's class for it, its title, its text."""

    kind: str
    title: str
    text: Markup


class Tile(NamedTuple):
    """One figure: what it is, its value, a word on it, and what its looks depend on."""

    label: str
    value: Markup
    note: str | Markup = ""
    look: str = ""


def notices(incident: Incident, settings: Settings, links: Links) -> list[Notice]:
    """What a reader must know before the first sentence: whose record it is, then whether it still stands."""
    found = [voice(settings, links, incident.derived.providers)]
    gone = incident.withdrawn
    if gone is not None:
        text = Markup("<p>Withdrawn on %s. %s</p>") % (times.when(gone.at), inline(gone.reason))
        if gone.replaced_by is not None:
            address = f"{links.root}incidents/{gone.replaced_by}/"
            text += Markup('<p>Read instead: <a href="%s">%s</a></p>') % (address, gone.replaced_by)
        found.append(Notice("warning", "This record was withdrawn", text))
    return [each for each in found if each is not None]


def voice(settings: Settings, links: Links, providers: tuple[str, ...]) -> Notice | None:
    """Who speaks, where it is not the provider, or none of them."""
    if settings.publisher.role == "provider":
        return None
    role = "an observer" if settings.publisher.role == "observer" else f"a customer of {links.provider(providers)}"
    title = "An observer's record" if settings.publisher.role == "observer" else "A customer's record"
    one = len(providers) < 2  # noqa: PLR2004  several
    whose = (
        f"not {links.provider(providers)}'s statement" if one else f"no statement of {links.provider(providers, 'or')}"
    )
    said = f"{settings.publisher.name} wrote this record as {role}. It is {whose}."
    return Notice("note", title, Markup("<p>%s</p>") % said)


def tiles(incident: Incident) -> list[Tile]:
    """Severity, state, the two durations, and when it began as far as anybody knows."""
    first = _first(incident)
    if incident.kind == "maintenance":
        return [_state(incident), _scheduled(incident), _impact(incident), first]
    severity = escape(messages.SEVERITY[incident.severity])
    return [
        Tile("Severity", severity, look=incident.severity),
        _state(incident),
        _impact(incident),
        _open(incident),
        first,
    ]


def _first(incident: Incident) -> Tile:
    known = incident.derived.first_known
    note = Markup(f"{times.short(known.moment)} UTC, {messages.KNOWN_BY[known.by]}")  # noqa: S704  our own words
    return Tile("First known", Markup(times.day(known.moment.instant)), note)  # noqa: S704  as above


def _state(incident: Incident) -> Tile:
    derived = incident.derived
    if incident.withdrawn is not None:
        return Tile("State", Markup("Withdrawn"), look="withdrawn")
    word = escape(messages.STATUS[derived.status])
    if incident.kind == "maintenance":
        return Tile("State", word, "planned work", "maintenance")
    if derived.is_open:
        return Tile("State", Markup("Open"), word.lower(), "open")
    return Tile("State", word, times.when(derived.resolved) if derived.resolved else "when is not known", "closed")


def _scheduled(incident: Incident) -> Tile:
    planned = incident.scheduled
    if planned is None:
        return Tile("Scheduled window", Markup("Not known"))
    return Tile("Scheduled window", times.between(planned.start, planned.end))


def _impact(incident: Incident) -> Tile:
    counted = [window for _, impact in impacts(incident) for window in windows(impact)]
    if counted:
        time = incident.derived.impact_time
        text = times.impact_time(time, times.missing(tuple(counted)))
        if time.minutes is None and not time.ongoing:
            return Tile("Impact time", Markup("Not known"), text)
        value, _, note = text.partition("; ")
        several = sum(bool(windows(impact)) for _, impact in impacts(incident)) > 1
        return Tile("Impact time", escape(value), note or ("time shared by classes counts once" if several else ""))
    if any(impact.expected for _, impact in impacts(incident)):
        return Tile("Impact time", Markup("None yet"), "impact is expected")
    if all(impact.state == "not_affected" for _, impact in impacts(incident)):
        return Tile("Impact time", Markup("None"), "no class was affected")
    return Tile("Impact time", Markup("Not known"), "no times of the impact are known")


def _open(incident: Incident) -> Tile:
    derived = incident.derived
    note = "first public update to resolved"
    if derived.is_open:
        since = derived.first_public_update
        return Tile("Open time", Markup("Still open"), Markup("since ") + times.when(since) if since else "")
    if derived.open_minutes is None:
        return Tile("Open time", Markup("Not known"), note)
    return Tile("Open time", escape(times.duration(derived.open_minutes)), note)


def late(incident: Incident) -> Markup | None:
    """The line under a record that was first published long after the first public update, or the first known time."""
    first = min((each.at for each in incident.revisions), key=lambda moment: moment.instant, default=None)
    if first is None:
        return None
    fact = incident.derived.first_public_update or incident.derived.first_known.moment
    days = (first.instant.date() - fact.instant.date()).days
    if days < _LATE_DAYS:
        return None
    return Markup("Published on ") + times.on(first.instant) + Markup(", %d days after the fact.") % days


def postmortem(incident: Incident) -> Markup | None:
    """What is owed or given: one line for the section on the cause."""
    owed = incident.postmortem
    if incident.kind == "maintenance":
        return Markup("Planned work: no postmortem is owed.")
    if owed is None or owed.state == "none":
        return None
    due = Markup(" Due on ") + times.on(owed.due) + Markup(".") if owed.due else Markup()
    if owed.state == "published":
        return Markup("The postmortem was published%s.") % (
            Markup(" on ") + times.when(owed.published) if owed.published else ""
        )
    if owed.state == "not_planned":
        return Markup("No postmortem is planned. %s") % inline(owed.reason or "")
    said = "A postmortem is promised." if owed.state == "promised" else "The cause is being written up."
    return escape(said) + due
