"""A project that listens to a status page, and what the page says: for the tests of `enrich` and `reconcile`."""

import json
from pathlib import Path
from typing import Any

SETTINGS = """\
schema_version: "1.0"
publisher: {name: Example AI, role: ROLE, contact: "mailto:reliability@example.com"}
site: {url: "https://status.example.com/"}
feeds: {authority: "status.example.com,2026"}
PROVIDERSservices:
  - {id: web-app, name: Chat on the web, aliases: [Chat]}
  - {id: api, name: API}
sources:
  - {id: page, kind: statuspage, url: "https://status.example.com/"}
"""
RECORD = """\
schema_version: "1.0"
id: ID
title: Chat unavailable after a routing change  # as customers saw it
record: STATE
severity: major
services: [web-app]  # and no other

impact:
  model_degradation: {state: not_affected}
  application_failure: {state: unknown}
  authentication: {state: not_affected}
  data_access: {state: not_affected}

timeline:
  # The first word was ours.
  - {id: u1, at: "2026-06-23T14:47Z", kind: update, status: investigating, text: Chats failed to start.}  # 3 am
  - {id: n1, at: "2026-06-23T15:20Z", kind: decision, text: Rolled back the last three changes.}

tracking:
  - {source: page, incident: i1, title: Elevated errors, severity: minor}

internal: {channel: inc-1}  # stays inside
"""
ID = "2026-06-23-chat-unavailable"
NAME = f"incidents/2026/{ID}.yaml"


def project(folder: Path, record: str = RECORD, *, state: str = "draft", role: str = "provider") -> Path:
    """Settings and one record; gives the record's file."""
    observed = role != "provider"
    providers = "providers: [{id: example-ai, name: Example AI}]\n" if observed else ""
    settings = SETTINGS.replace("ROLE", role).replace("PROVIDERS", providers)
    (folder / "postmortem.yml").write_text(settings, encoding="utf-8")
    record = record.replace("severity: major", "severity: major\nprovider: example-ai", int(observed))
    return write(folder, record.replace("ID", ID).replace("STATE", state))


def write(folder: Path, text: str, name: str = NAME) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def said(update: str, at: str, status: str, **more: object) -> dict[str, Any]:
    """An update of the page."""
    when = f"2026-06-23T{at}.000Z"
    return {"id": update, "status": status, "body": f"Word {update}.", "created_at": when, "display_at": when} | more


UPDATES = (
    said("a", "14:47:20", "investigating"),
    said("b", "15:41:05", "monitoring"),
    said("c", "16:13:59", "resolved"),
)


def incident(*updates: dict[str, Any], **more: object) -> dict[str, Any]:
    """An incident of the page; its newest update comes first."""
    first, last = updates[0], updates[-1]
    head = {
        "id": "i1",
        "name": "Elevated errors",
        "status": last["status"],
        "impact": "minor",
        "created_at": first["created_at"],
        "started_at": first["created_at"],
        "updated_at": last["created_at"],
        "resolved_at": last["created_at"] if last["status"] == "resolved" else None,
        "shortlink": "https://stspg.example/i1",
        "components": [{"id": "c1", "name": "Chat", "status": "operational"}],
    }
    return head | {"incident_updates": list(updates)[::-1]} | more


def document(*incidents: dict[str, Any]) -> bytes:
    """What the API answers."""
    return json.dumps({"page": {"id": "p", "url": "https://status.example.com"}, "incidents": incidents}).encode()


def answer(folder: Path, *incidents: dict[str, Any]) -> str:
    """The same as a file; gives its path."""
    path = folder / "capture.json"
    path.write_bytes(document(*incidents))
    return str(path)
