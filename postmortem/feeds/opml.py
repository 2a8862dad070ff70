"""The list of all feeds for readers that import one: OPML 2.0 (http://opml.org/spec2.opml). Settings in, an artifact
out; it changes with the catalogue and with nothing else.

Each feed stands in it once, as Atom: who imports the list does not want three of each.
"""

from collections.abc import Iterable
from typing import Final

from lxml import etree

from postmortem.feeds.catalogue import Listing, of_facets, of_site
from postmortem.feeds.characters import line
from postmortem.model.artifact import Artifact
from postmortem.model.settings import Settings
from postmortem.model.subscription import Facet

PATH: Final = "feeds/opml.xml"
_GROUPS: Final[dict[Facet, str]] = {
    "service": "Services",
    "model": "Models",
    "impact": "Kinds of impact",
    "severity": "Severities",
    "provider": "Providers",
}


def artifact(settings: Settings) -> Artifact:
    """Every feed, those of facets in a group for each kind."""
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = line(settings.publisher.name, settings.site.url)
    body = etree.SubElement(root, "body")
    _outlines(body, of_site(settings), settings)
    facets = list(of_facets(settings))
    for kind, title in _GROUPS.items():
        inside = [each for each in facets if each.facet is not None and each.facet.kind == kind]
        if inside:
            _outlines(etree.SubElement(body, "outline", text=title), inside, settings)
    return Artifact(PATH, etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True))


def _outlines(above: etree._Element, listings: Iterable[Listing], settings: Settings) -> None:
    for each in listings:
        feed = each.feed(settings)
        outline = etree.SubElement(above, "outline", type="rss", version="ATOM")
        for name, value in (
            ("text", feed.title),
            ("title", feed.title),
            ("description", feed.description),
            ("xmlUrl", f"{feed.address}.atom"),
            ("htmlUrl", feed.home),
        ):
            outline.set(name, line(value, feed.id))
