"""One search entry for each incident, added to the index that the theme's search plugin wrote.

An entry for each heading, as the plugin makes them, is 64 MB at ten thousand incidents; an entry for each incident
half a megabyte.
The format is the plugin's own: {"config": …, "docs": [{"location", "title", "text"}]}, titles and texts as HTML.
"""

import json
from collections.abc import Iterable, Mapping
from html import escape

from postmortem.model.page import SearchEntry

PATH = "search/search_index.json"


def extend(index: bytes, entries: Iterable[tuple[str, SearchEntry]]) -> bytes:
    """The index with an entry for each (path of the page, what search knows of it), in the order of the paths."""
    held = json.loads(index)
    held["docs"] += [_document(path, entry) for path, entry in sorted(entries, key=lambda each: each[0])]
    return json.dumps(held, separators=(",", ":")).encode()


def _document(path: str, entry: SearchEntry) -> Mapping[str, str]:
    return {"location": path, "title": escape(entry.title, quote=False), "text": escape(entry.text, quote=False)}
