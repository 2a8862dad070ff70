"""Bodies of feed entries: plain tags and absolute links only, for readers that have neither our stylesheet nor our
address. Incident and announcement in, HTML out.

What an update's entry says depends on that update alone, so that a later change of the record does not rewrite what was
announced; first publications and postmortems carry the whole overview.
"""

from typing import Final

from markupsafe import Markup

from postmortem.model.announcement import WHOLE, Announcement, AnnouncementKind
from postmortem.model.claims import Action, Entry, Impact, Revision
from postmortem.model.derived import windows
from postmortem.model.incident import Incident
from postmortem.model.settings import Settings
from postmortem.model.vocabulary import IMPACT_CLASSES, ImpactClass
from postmortem.pages import course, head, impact, links, messages, times
from postmortem.pages.environment import render
from postmortem.pages.markdown import clean

TITLES: Final[dict[AnnouncementKind, str]] = {
    "update": "Update",
    "resolution": "Resolved",
    "first_publication": "Published",
    "correction": "Corrected",
    "postmortem": "Postmortem",
    "withdrawal": "Withdrawn",
    "action": "Action done",
}


def title(incident: Incident, announcement: Announcement) -> str:
    """`Monitoring: Chat unavailable`: what happened, then to which incident; plain text."""
    said = _update(incident, announcement)
    word = TITLES[announcement.kind]
    if said is not None and said.status is not None:
        word = messages.STATUS[said.status] + (" (reopened)" if said.reopens else "")
    return clean(f"{word}: {incident.title}")


def body(incident: Incident, announcement: Announcement, settings: Settings, *, whole: bool = True) -> str:
    """Say first what is announced, then where the whole record stands. Without `whole`, what comes later changes
    nothing in it: archives are made of that.
    """
    said = _update(incident, announcement)
    names = links.of(settings, links.absolute(settings))
    whole = whole and announcement.kind in WHOLE and incident.withdrawn is None
    return render(
        "entry/announced.html",
        **_common(incident, settings, names),
        announcement=announcement,
        said=said,
        states=list(course.states(said.components, names)) if said else (),
        revision=_revision(incident, announcement),
        action=_action(incident, announcement),
        word=TITLES[announcement.kind],
        overview=Markup(overview(incident, settings, closing=False)) if whole else None,  # noqa: S704  our own page
    )


def overview(incident: Incident, settings: Settings, *, closing: bool = True) -> str:
    """The incident in short: summary, figures, the four classes, data, cause, what to do, the latest word. `closing`
    adds the link.
    """
    names = links.of(settings, links.absolute(settings))
    updates = [each for each in incident.timeline if each.kind == "update"]
    return render(
        "entry/overview.html",
        **_common(incident, settings, names),
        tiles=head.tiles(incident),
        services=links.comma(names.service(each) for each in incident.services),
        classes=[_class(incident, name, names) for name in IMPACT_CLASSES],
        data=impact.statements(incident),
        postmortem=head.postmortem(incident),
        latest=max(updates, key=lambda each: each.at.instant, default=None),
        closing=closing,
    )


def _common(incident: Incident, settings: Settings, names: links.Links) -> dict[str, object]:
    return {
        "incident": incident,
        "root": names.root,
        "address": f"{names.root}incidents/{incident.id}/",
        "voice": head.voice(settings, names, incident.derived.providers),
    }


def _class(incident: Incident, name: ImpactClass, names: links.Links) -> tuple[str, str, Markup, str]:
    told: Impact = getattr(incident.impact, name)
    time = incident.derived.impact_time_by_class[name]
    counted = windows(told)
    state = "Expected" if told.expected else messages.IMPACT_STATE[told.state]
    span = times.impact_time(time, times.missing(counted)) if counted else ""
    models = impact.models(told.models, names)
    return messages.IMPACT_CLASS[name], ", ".join(filter(None, (state, span))), models, told.summary or ""


def _update(incident: Incident, announcement: Announcement) -> Entry | None:
    if announcement.kind != "update":
        return None
    return next((each for each in incident.timeline if each.id == announcement.entry), None)


def _revision(incident: Incident, announcement: Announcement) -> Revision | None:
    return next((each for each in incident.revisions if f"r{each.number}" == announcement.entry), None)


def _action(incident: Incident, announcement: Announcement) -> Action | None:
    if announcement.kind != "action":
        return None
    return next((each for each in incident.actions if each.id == announcement.entry), None)
