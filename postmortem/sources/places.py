"""Where a source is and what kind it is: its entry in the settings, a file or a folder in; an address or bytes, and
their kind, out. What the settings leave out, the catalogue of known providers has.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec

from postmortem.errors import SettingsError, UnreadableError
from postmortem.model.settings import Source
from postmortem.sources import auto, catalogue
from postmortem.sources.adapter import NotUnderstoodError
from postmortem.sources.table import SOURCES

AUTO: Final = "auto"


class Asked(msgspec.Struct, frozen=True):
    """One source whose kind and address are known; the kind is `auto` where an answer has to tell it."""

    source: str
    kind: str
    url: str


def asked(source: Source) -> Asked:
    """Kind and address of a source. Raises SettingsError where neither the settings nor the catalogue know them."""
    names = [each for each in (source.url, source.provider, source.id) if each]
    known = next((found for found in map(catalogue.find, names) if found is not None), None)
    url = source.url or (known.url if known is not None else "")
    kind: str = source.kind or (known.kind if known is not None else AUTO)
    if not url:
        raise SettingsError(
            f"sources: {source.id} has no url:, and no known provider has that name; add url: with its status page"
        )
    return Asked(source.id, kind, url)


def told_by_answers(each: Asked, contents: Mapping[str, bytes | None]) -> Asked | None:
    """What kind of feed is at an address, by the answers of `auto.probes`; None where they are of no known kind."""
    for _, address in auto.probes(each.url):
        content = contents.get(address)
        kind = auto.recognise(content) if content is not None else None
        if kind is not None:
            beside = {document.url for document in SOURCES[kind].documents(each.url)}
            return Asked(each.source, kind, each.url if address in beside else address)
    return None


def kind_of(kind: str | None, content: bytes) -> str:
    """The kind of a document. Raises NotUnderstoodError where nobody says it and the document shows none."""
    if kind is not None and kind != AUTO:
        return kind
    found = auto.recognise(content)
    if found is None:
        raise NotUnderstoodError(f"this is no feed of a kind that is known ({', '.join(SOURCES)}); name its kind")
    return found


def contents(location: Path) -> list[tuple[Path, bytes]]:
    """The bytes of a file, or of each file of a folder, by name; names that begin with a dot are left alone.

    Raises UnreadableError.
    """
    try:
        paths = [location]
        if location.is_dir():
            every = sorted(location.rglob("*"))
            paths = [each for each in every if each.is_file() and not _hidden(each.relative_to(location))]
        return [(each, each.read_bytes()) for each in paths]
    except OSError as error:
        raise UnreadableError(
            f"{location}: cannot be read ({error.strerror}); name a file, or a folder of them"
        ) from error


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)
