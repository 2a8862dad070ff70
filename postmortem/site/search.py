"""One search entry for each incident, added to the index that the theme's search plugin wrote.

An entry for each heading, as the plugin makes them, is 64 MB at ten thousand incidents; an entry for each incident
half a megabyte. Each word of it is paid for by every visitor: the theme's script reads all of them before it shows the
first result. So all texts together have a budget, and where they are over it the longest are cut.
The format is the plugin's own: {"config": …, "docs": [{"location", "title", "text"}]}, titles and texts as HTML.
"""

import json
from collections.abc import Iterable, Mapping
from html import escape

from postmortem.model.page import SearchEntry

PATH = "search/search_index.json"
_INCIDENTS = "incidents/"
"""Where each has a folder by its id, which begins with its day."""
BUDGET = 2_200_000
"""Characters of all texts: with titles and addresses about 0.55 MB gzipped."""
FLOOR = 160
"""No text is cut shorter: before the summary stand severity, day, services, models, causes."""


def extend(index: bytes, entries: Iterable[tuple[str, SearchEntry]]) -> bytes:
    """The index with an entry for each (path of the page, what search knows of it), in the order of the paths, but for
    incidents: of those that fit a question as well as each other the theme's script shows the first, and that is to be
    the newest, of which it also reads first (`pages/assets/apart/search.js`).
    """
    held = json.loads(index)
    newest = sorted(entries, key=lambda each: each[0], reverse=True)
    found = sorted(newest, key=lambda each: _INCIDENTS if each[0].startswith(_INCIDENTS) else each[0])
    most = limit([len(entry.text) for _, entry in found])
    held["docs"] += [_document(path, entry, most) for path, entry in found]
    return json.dumps(held, separators=(",", ":")).encode()


def limit(lengths: Iterable[int], budget: int = BUDGET) -> int:
    """How long a text may be so that all of them, the longer ones cut, stay within the budget."""
    known = sorted(lengths)
    left = budget
    for index, length in enumerate(known):
        share = left // (len(known) - index)
        if length > share:
            return max(share, FLOOR)
        left -= length
    return budget


def _document(path: str, entry: SearchEntry, most: int) -> Mapping[str, str]:
    text = entry.text if len(entry.text) <= most else entry.text[: most - 1].rsplit(" ", 1)[0] + "…"
    return {"location": path, "title": escape(entry.title, quote=False), "text": escape(text, quote=False)}
