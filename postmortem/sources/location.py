"""Reading what lies on this machine as if a source had said it: a file or a folder in, what was heard out. It fetches
nothing, and needs nothing that fetching needs.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from postmortem.model.settings import Source
from postmortem.sources import places
from postmortem.sources.adapter import NotUnderstoodError
from postmortem.sources.heard import Heard, State
from postmortem.sources.table import SOURCES


def from_location(kind: str | None, location: Path, source: Source) -> Heard:
    """What a source said, from a file or every file of a folder, by name. For `kind` None or `auto` each is looked at.

    Raises UnreadableError for a location that is not there or cannot be read.
    """
    contents = places.contents(location)
    answers, kinds, wrong = [], [], []
    for path, content in contents:
        try:
            found = places.kind_of(kind, content)
            answers.append(SOURCES[found].parse(content, source.id, source.url or ""))
            kinds.append(found)
        except NotUnderstoodError as error:
            wrong.append(f"{path}: {error}")
    state: State = "ok" if answers else "unreadable"
    reason = "" if answers else (wrong or [f"{location}: holds no file"])[0]
    skipped = (*(why for each in answers for why in each.skipped), *(wrong if answers else wrong[1:]))
    return Heard(
        source=source.id,
        kind=" and ".join(sorted(set(kinds))) or kind or places.AUTO,
        state=state,
        address=str(location),
        reason=reason,
        sha256=digest(content for _, content in contents),
        events=tuple(event for each in answers for event in each.events),
        components=tuple(component for each in answers for component in each.components),
        skipped=skipped,
    )


def digest(contents: Iterable[bytes]) -> str:
    """One document's own digest; of several that of all of them one after the other."""
    whole = hashlib.sha256()
    for each in contents:
        whole.update(each)
    return whole.hexdigest()
