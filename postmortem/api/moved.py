"""What an incident leaves at an address it had before: a page that sends people on, and a document in JSON and in YAML
that sends programs on. Incident and settings in, artifacts out.

All are made from ids alone, so they say the same for ever. The page needs no theme; its script only keeps the place of
the page that an address names (`#u1`), and without it people come to the top of the page.
"""

from collections.abc import Iterator
from html import escape
from typing import Final, Literal

import msgspec

from postmortem.api.head import VERSION, schema
from postmortem.model.artifact import Artifact
from postmortem.model.incident import Incident
from postmortem.model.settings import Settings, address
from postmortem.yamldoc.dump import dump

_PAGE: Final = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Moved: {id}</title>
<script>location.replace("../{id}/" + location.hash)</script>
<noscript><meta http-equiv="refresh" content="0; url=../{id}/"></noscript>
<link rel="canonical" href="{url}">
<meta name="robots" content="noindex">
<meta name="viewport" content="width=device-width, initial-scale=1">
</head>
<body>
<h1>This incident has another address now</h1>
<p><a href="../{id}/">{id}</a></p>
</body>
</html>
"""
"""The way on is relative, so that it also works in a copy that lies elsewhere; the canonical address is absolute."""


class Tombstone(msgspec.Struct, frozen=True, kw_only=True):
    """The document at `incidents/<former id>.json`."""

    schema: str = msgspec.field(name="$schema")
    schema_version: Literal["1.0"] = VERSION
    id: str
    state: Literal["moved"] = "moved"
    moved_to: str
    url: str
    json: str


def artifacts(incident: Incident, settings: Settings) -> Iterator[Artifact]:
    """The page and the document, in both its forms, for each former id."""
    url = address(settings, f"incidents/{incident.id}")
    for former in sorted(set(incident.former_ids) - {incident.id}):
        page = _PAGE.format(id=escape(incident.id), url=escape(f"{url}/"))
        yield Artifact(f"incidents/{former}/index.html", page.encode())
        told = Tombstone(
            schema=schema(settings, "moved"), id=former, moved_to=incident.id, url=f"{url}/", json=f"{url}.json"
        )
        yield Artifact(f"incidents/{former}.json", msgspec.json.encode(told) + b"\n")
        plain = {"id": former, "state": "moved", "moved_to": incident.id, "url": f"{url}/", "yaml": f"{url}.yaml"}
        yield Artifact(f"incidents/{former}.yaml", dump(plain).encode())
