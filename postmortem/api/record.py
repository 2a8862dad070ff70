"""`incidents/<id>.yaml`: the public part of a record in the record's own format. Incident and settings in, an artifact
out.

It is written from the Incident, which has no field for what is private, and never from the author's file: comments,
`internal:`, private entries and an embargo are not there to be forgotten. What comes out is a valid record of format
1.0, so that it can be read, checked and kept by the same program.
"""

from typing import Any

import msgspec

from postmortem.model.artifact import Artifact
from postmortem.model.incident import Incident
from postmortem.model.moment import Bound, Moment, rfc3339
from postmortem.model.settings import Settings, address
from postmortem.yamldoc.dump import dump


def document(incident: Incident, settings: Settings) -> Artifact:
    """The YAML: UTF-8, its first line names the schema for editors."""
    schema = address(settings, "schemas/incident-1.0.schema.json")
    text = f"# yaml-language-server: $schema={schema}\n{dump(data(incident))}"
    return Artifact(f"incidents/{incident.id}.yaml", text.encode())


def data(incident: Incident) -> dict[str, Any]:
    """The incident as plain data of the record format; what was not stated is not there."""
    plain = msgspec.to_builtins(incident, enc_hook=_time)
    del plain["derived"]
    for impact in plain["impact"].values():
        if impact["state"] == "affected":
            impact.setdefault("services", [])  # the format demands it: nobody named one
    head = {name: plain.pop(name) for name in ("schema_version", "id", "former_ids", "title") if name in plain}
    return {**head, "record": "published" if incident.withdrawn is None else "withdrawn", **plain}


def _time(value: object) -> object:
    if isinstance(value, Bound):
        return "unknown" if value.moment is None else _time(value.moment)
    if not isinstance(value, Moment):
        message = f"no YAML for {type(value)}"
        raise NotImplementedError(message)
    at = rfc3339(value.instant)
    if value.precision == "minute":
        at = f"{at[:16]}Z"
    if value.is_ == "exact" and value.confidence is None and not value.evidence:
        return at
    stated = {"is": value.is_, "confidence": value.confidence, "evidence": list(value.evidence)}
    return {"at": at} | {name: each for name, each in stated.items() if each and each != "exact"}
