"""Records and settings for the tests of this folder, and how a plan is carried out on them: on the data, as the splice
engine proves it does.
"""

from datetime import UTC, date, datetime
from typing import Any

from postmortem.authoring.wish import Plan
from postmortem.corpus.decode import decode
from postmortem.corpus.ledger import Promise, promise
from postmortem.model import settings as all_settings
from postmortem.model.edit import apply_to_data
from postmortem.model.record import read
from postmortem.model.settings import Settings
from postmortem.yamldoc.dump import dump

NOW = datetime(2026, 6, 23, 15, 0, 42, tzinfo=UTC)
TODAY = NOW.date()


def record(**changes: Any) -> dict[str, Any]:  # noqa: ANN401  # fields of the format
    """A published record with one update and its first revision; nobody knows anything of its impact."""
    names = ("model_degradation", "application_failure", "authentication", "data_access")
    return {
        "schema_version": "1.0",
        "id": "2026-06-23-chat",
        "title": "Chat unavailable",
        "record": "published",
        "severity": "minor",
        "services": ["web-app"],
        "impact": {name: {"state": "unknown"} for name in names},
        "timeline": [said("u1", "2026-06-23T14:47Z", status="investigating")],
        "revisions": [{"number": 1, "at": "2026-06-23T14:47Z", "kind": "initial", "summary": "First published."}],
    } | changes


def said(entry: str, at: str, **more: object) -> dict[str, Any]:
    return {"id": entry, "at": at, "kind": "update", "text": f"What {entry} says."} | more


def affected(data: dict[str, Any], name: str, **fields: object) -> dict[str, Any]:
    """The record with this class affected."""
    held = {"state": "affected", "level": "degraded", "summary": "Chats fail.", "services": ["web-app"]}
    return data | {"impact": data["impact"] | {name: held | {"confidence": "confirmed"} | fields}}


def settings(role: str = "provider") -> Settings:
    return all_settings.read(
        {
            "schema_version": "1.0",
            "publisher": {"name": "Example AI", "role": role, "contact": "mailto:reliability@example.com"},
            "site": {"url": "https://status.example.com/"},
            "feeds": {"authority": "status.example.com,2026"},
            "services": [{"id": each, "name": each} for each in ("web-app", "mobile-app", "api")],
            "models": [{"id": "opus-4.8", "name": "Opus 4.8"}],
        }
    )


def done(data: dict[str, Any], plan: Plan) -> dict[str, Any]:
    """The record after the plan; it is a valid one if it was before."""
    after = apply_to_data(data, plan.edits)
    if not decode(dump(data).encode(), "before").findings:
        assert decode(dump(after).encode(), "after").findings == ()
    return after


def promised(data: dict[str, Any], day: date = TODAY) -> Promise | None:
    """What the record promises as it stands."""
    return promise(read(data), day)
