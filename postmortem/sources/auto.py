"""Which kind of feed it is: bytes in, a kind out; or an address in, and what to ask for there. It asks for nothing."""

from typing import Final
from urllib.parse import urljoin, urlsplit

from postmortem.sources import catalogue
from postmortem.sources.table import SOURCES

_ORDER: Final = (
    "googlecloud",
    "slack",
    "betterstack",
    "aws",
    "incidentio",
    "statuspage",
    "incidentio-feed",
    "statuspage-feed",
    "feed",
)
"""The most particular first: vendors that imitate another stand before it, and what takes any feed stands last."""

_PATHS: Final = (
    ("statuspage", "/api/v2/incidents.json"),
    ("incidentio", "/api/v1/summary"),
    ("betterstack", "/index.json"),
    ("statuspage-feed", "/history.atom"),
    ("incidentio-feed", "/feed.atom"),
    ("feed", "/feed.rss"),
    ("feed", "/feed.xml"),
    ("feed", "/rss"),
    ("googlecloud", "/incidents.json"),
)
"""Where pages keep what can be read by machines; `/history.rss` lies nowhere without `/history.atom`."""

_ENDINGS: Final = (
    ("/api/v1/summary", "incidentio"),
    ("/public/currentevents", "aws"),
    ("/data.json", "aws"),
    ("/index.json", "betterstack"),
    ("/history.atom", "statuspage-feed"),
    ("/history.rss", "statuspage-feed"),
    ("/feed.atom", "incidentio-feed"),
    (".atom", "feed"),
    (".rss", "feed"),
    (".xml", "feed"),
)


def recognise(content: bytes) -> str | None:
    """The kind of feed that the bytes are, or None where no adapter knows them; never raises."""
    return next((kind for kind in _ORDER if SOURCES[kind].recognises(content)), None)


def probes(url: str) -> tuple[tuple[str, str], ...]:
    """What to ask for, given the address of a page or of a document, in the order to try: (likely kind, address).

    The first answer that `recognise` knows decides: an imitation answers at the same address as what it imitates.
    """
    whole = url if "://" in url else f"https://{url}"
    found = [*_known(whole), *_named(whole)]
    try:
        found += [(kind, urljoin(whole, path)) for kind, path in _PATHS]
    except ValueError:
        return ()
    addresses: dict[str, str] = {}
    for kind, address in [*found, ("feed", whole)]:
        addresses.setdefault(address, kind)
    return tuple((kind, address) for address, kind in addresses.items())


def _known(url: str) -> list[tuple[str, str]]:
    """What the catalogue knows of the host."""
    known = catalogue.find(url)
    if known is None:
        return []
    return [(known.kind, each.url) for each in SOURCES[known.kind].documents(known.url) if each.needed]


def _named(url: str) -> list[tuple[str, str]]:
    """The address itself first, where its ending says that it is a document."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return []
    if "/api/v2/" in path:
        return [("statuspage", url)]
    if "/api/v2.0.0/" in path:
        return [("slack", url)]
    return [(kind, url) for ending, kind in _ENDINGS if path.endswith(ending)][:1]
