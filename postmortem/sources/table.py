"""All kinds of feed, each with the module that reads it: a kind in, an adapter out. A new kind is one line here."""

from types import MappingProxyType
from typing import Final

from postmortem.sources import (
    aws,
    betterstack,
    feed,
    googlecloud,
    incidentio,
    incidentio_feed,
    slack,
    statuspage,
    statuspage_feed,
)
from postmortem.sources.adapter import Adapter

SOURCES: Final[MappingProxyType[str, Adapter]] = MappingProxyType(
    {
        "statuspage": statuspage,
        "statuspage-feed": statuspage_feed,
        "incidentio": incidentio,
        "incidentio-feed": incidentio_feed,
        "googlecloud": googlecloud,
        "slack": slack,
        "aws": aws,
        "betterstack": betterstack,
        "feed": feed,
    }
)
