"""All kinds of feed, each with the module that reads it: a kind in, an adapter out. A new kind is one line here.

A module is imported when its kind is first asked for: what most of them need, a run that reads one feed never does.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Final, cast

from postmortem.sources.adapter import Adapter

_MODULES: Final = {
    "statuspage": "statuspage",
    "statuspage-feed": "statuspage_feed",
    "incidentio": "incidentio",
    "incidentio-feed": "incidentio_feed",
    "googlecloud": "googlecloud",
    "slack": "slack",
    "aws": "aws",
    "betterstack": "betterstack",
    "feed": "feed",
}


class _Adapters(Mapping[str, Adapter]):
    """The modules by their kinds."""

    def __getitem__(self, kind: str) -> Adapter:
        return cast("Adapter", import_module(f"postmortem.sources.{_MODULES[kind]}"))

    def __contains__(self, kind: object) -> bool:
        return kind in _MODULES

    def __iter__(self) -> Iterator[str]:
        return iter(_MODULES)

    def __len__(self) -> int:
        return len(_MODULES)


SOURCES: Final[Mapping[str, Adapter]] = _Adapters()
