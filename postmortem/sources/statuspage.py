"""Atlassian Statuspage: what its unauthenticated API v2 answers (<https://metastatuspage.com/api>), one incident of
it, a list of them, or any of these one a line, as archives keep them. The shape itself is read by `sources.api_v2`.
"""

from typing import Final

from postmortem.sources import documents_v2
from postmortem.sources.adapter import Answer, Wanted

KIND: Final = "statuspage"


def documents(url: str) -> tuple[Wanted, ...]:
    """Incidents and maintenances, the newest fifty of each, and the components; or the one document that is named."""
    wanted = {"incidents.json": True, "scheduled-maintenances.json": False, "components.json": False}
    return documents_v2.wanted(url, wanted)


def recognises(content: bytes) -> bool:
    """Whether it is of API v2, and not of incident.io, which imitates it with ids of its own form."""
    return documents_v2.vendor(content) == KIND


def parse(content: bytes, source: str, url: str) -> Answer:
    """The updates of all incidents and maintenances in the document. Errors: `NotUnderstoodError`."""
    return documents_v2.parse(content, source, url)
