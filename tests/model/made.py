"""Records and incidents for tests, from the smallest one that says anything. Not through YAML or the schema: tests of
what comes after them also want what they refuse.
"""

from datetime import date, datetime
from typing import Any

from postmortem.model import record as records
from postmortem.model import settings as all_settings
from postmortem.model.incident import Incident, publish
from postmortem.model.record import Record
from postmortem.model.settings import Settings

AS_OF = date(2026, 11, 23)


def data(**changes: object) -> dict[str, Any]:
    """A record as plain data: one update, and nobody knows anything; `changes` are fields of the format."""
    unknown = {"state": "unknown"}
    classes = ("model_degradation", "application_failure", "authentication", "data_access")
    return {
        "schema_version": "1.0",
        "id": "2026-06-23-chat",
        "title": "Chat unavailable",
        "record": "published",
        "severity": "major",
        "services": ["web-app"],
        "impact": dict.fromkeys(classes, unknown),
        "timeline": [update("u1", "2026-06-23T14:47Z", status="investigating")],
    } | changes


def update(entry: str, at: str, **more: object) -> dict[str, Any]:
    return {"id": entry, "at": at, "kind": "update", "text": f"What {entry} says."} | more


def revision(number: int, at: str, kind: str = "initial") -> dict[str, Any]:
    return {"number": number, "at": at, "kind": kind, "summary": f"Revision {number}."}


def affected(*windows: dict[str, Any], **more: object) -> dict[str, Any]:
    return {"state": "affected", "level": "degraded", "services": ["web-app"], "windows": list(windows)} | more


def impact(**classes: object) -> dict[str, Any]:
    """The four classes, those that are not given unknown."""
    return {**data()["impact"], **classes}


def record(**changes: object) -> Record:
    return records.read(data(**changes))


def incident(as_of: date = AS_OF, **changes: object) -> Incident:
    """What the wall lets through; fails where that is nothing."""
    public = publish(record(**changes), as_of)
    assert public is not None
    return public


def settings(**changes: object) -> Settings:
    """A provider's site, as small as settings get; `changes` are fields of the settings."""
    whole = {
        "schema_version": "1.0",
        "publisher": {"name": "Example AI", "role": "provider", "contact": "mailto:reliability@example.com"},
        "site": {"url": "https://status.example.com/"},
        "feeds": {"authority": "status.example.com,2026"},
        "services": [{"id": "web-app", "name": "Chat on the web"}],
    }
    return all_settings.read(whole | changes)


def utc(text: str) -> datetime:
    """`2026-06-23T14:47Z` by Python's own reader, so that ours is not tested with itself."""
    return datetime.fromisoformat(text)
