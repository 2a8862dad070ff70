"""What an import finds: which incidents have a record already, wherever it lies and whatever became of it, and which
ids are taken. Folders in, a value out; writes nothing.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from postmortem.cli.desk import Desk
from postmortem.corpus import ledger
from postmortem.corpus.decode import decode
from postmortem.corpus.files import RecordFile, find
from postmortem.corpus.ledger import Promise
from postmortem.errors import UnreadableError
from postmortem.yamldoc.loader import read


class Found(msgspec.Struct, frozen=True):
    """Incidents with a record as (source, id), every id that is taken, the bytes of files that are no YAML now, and the
    promises that a run which was stopped wrote down nowhere.
    """

    tracked: frozenset[tuple[str, str]]
    taken: frozenset[str]
    torn: tuple[bytes, ...] = ()
    owed: tuple[Promise, ...] = ()

    def has(self, source: str, incident: str) -> bool:
        """Whether there is a record; a file that cannot be read at the moment counts if it names the incident."""
        return (source, incident) in self.tracked or any(incident.encode() in each for each in self.torn)


def look(at: Desk, into: Path, source: str) -> Found:
    """Every record below the settings' folder and below `into`; `source` is the one whose promises are looked after.

    Raises UnreadableError.
    """
    promised = ledger.read(at.ledger)
    tracked: set[tuple[str, str]] = set()
    taken = {id_ for each in promised.values() for id_ in (each.id, *each.former_ids)}
    torn, owed = [], []
    for file in _files(at, into):
        content = _bytes(file)
        document, _ = read(content, file.name)
        taken.add(Path(file.name).stem)
        if document is None:
            torn.append(content)
            continue
        data = document.data
        taken |= {each for each in (data.get("id"), *_list(data, "former_ids")) if isinstance(each, str)}
        rows = [each for each in _list(data, "tracking") if isinstance(each, dict)]
        tracked |= {(str(each.get("source")), str(each.get("incident"))) for each in rows}
        ours = any(each.get("source") == source for each in rows)
        if ours and data.get("record") == "published" and data.get("id") not in promised:
            owed += _promise(content, file.name, at)
    return Found(frozenset(tracked), frozenset(taken), tuple(torn), tuple(owed))


def _files(at: Desk, into: Path) -> Iterable[RecordFile]:
    folders = {(at.base / at.settings.incidents).resolve(), into.resolve()}
    found = {each.path: each for folder in sorted(folders) if folder.is_dir() for each in find(folder, at.base)[0]}
    return found.values()


def _bytes(file: RecordFile) -> bytes:
    try:
        return file.read()
    except OSError as error:
        raise UnreadableError(f"{file.name}: cannot be read ({error.strerror}); mend its permissions") from error


def _list(data: dict[str, Any], key: str) -> list[Any]:
    held = data.get(key)
    return held if isinstance(held, list) else []


def _promise(content: bytes, name: str, at: Desk) -> list[Promise]:
    record = decode(content, name).record
    made = ledger.promise(record, at.now.date()) if record is not None else None
    return [made] if made is not None else []
