"""incident.io: its compatibility API v2, its widget API and the API behind its pages, told apart by their shapes. It
only decides who reads a document; `sources.documents_v2`, `incidentio_widget` and `incidentio_page` do.
"""

from typing import Final
from urllib.parse import urlsplit

from postmortem.sources import documents_v2, fields, incidentio_page, incidentio_widget
from postmortem.sources.adapter import Answer, NotUnderstoodError, Wanted

KIND: Final = "incidentio"


def documents(url: str) -> tuple[Wanted, ...]:
    """The compatibility API, which alone has the history, and what only the page's own API has: the texts of open
    incidents where the other leaves them empty. The widget's answer is in both. Or the one document that is named.
    """
    if documents_v2.is_document(url) or "/proxy/" in url or url.rstrip("/").endswith("/api/v1/summary"):
        return (Wanted(url=url),)
    names = {"incidents.json": True, "scheduled-maintenances.json": False, "components.json": False}
    page = Wanted(url=f"{documents_v2.base(url)}/proxy/{urlsplit(url).netloc}", needed=False)
    return (*documents_v2.wanted(url, names), page)


def recognises(content: bytes) -> bool:
    """Whether it is one of the three, or an answer of API v2 with incident.io's ids."""
    if documents_v2.vendor(content) == KIND:
        return True
    found = fields.mapping(fields.peek(content))
    return incidentio_page.recognises(found) or incidentio_widget.recognises(found)


def parse(content: bytes, source: str, url: str) -> Answer:
    """The updates of all incidents and maintenances in the document. Errors: `NotUnderstoodError`."""
    try:
        found = fields.mapping(fields.load(content))
    except NotUnderstoodError:
        found = {}  # documents one a line, which the last of the three reads, or says what is wrong
    if incidentio_page.recognises(found):
        return incidentio_page.understand(found, source, url)
    if incidentio_widget.recognises(found):
        return incidentio_widget.understand(found, source, url)
    return documents_v2.parse(content, source, url, sparse=True)
