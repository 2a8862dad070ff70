"""Which records a command was asked about. Paths from a command line and the corpus in, files out."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from postmortem.corpus import settings
from postmortem.corpus.files import ENDINGS, RecordFile, find, name
from postmortem.errors import UnreadableError
from postmortem.model.finding import Finding


class Chosen(msgspec.Struct, frozen=True):
    """`files` are all there are, those outside the corpus that were named included; `asked` holds the names of the
    records in question, and `refused` what was found in their place.
    """

    files: tuple[RecordFile, ...]
    asked: frozenset[str]
    refused: tuple[Finding, ...]


def chosen(paths: Sequence[Path], files: Sequence[RecordFile], refused: Sequence[Finding], base: Path) -> Chosen:
    """The records at these paths, or all where none is named. Raises UnreadableError for a path that is no record."""
    if not paths:
        return Chosen(tuple(files), frozenset(each.name for each in files), tuple(refused))
    known = {each.name: each for each in files}
    wrong = {each.path: each for each in refused}
    asked: set[str] = set()
    told: set[str] = set()
    for path in paths:
        target = path.parent.resolve() / path.name if path.name not in ("", "..") else path.resolve()
        inside = {each for each in (*known, *wrong) if (base / each).is_relative_to(target)}
        if not inside:
            outside, strange = _outside(path, target, base)
            known.update((each.name, each) for each in outside)
            wrong.update((each.path, each) for each in strange)
            inside = {each.name for each in outside} | {each.path for each in strange}
        asked |= inside & known.keys()
        told |= inside & wrong.keys()
    return Chosen(
        tuple(known[each] for each in sorted(known)), frozenset(asked), tuple(wrong[each] for each in sorted(told))
    )


def _outside(path: Path, target: Path, base: Path) -> tuple[tuple[RecordFile, ...], tuple[Finding, ...]]:
    """A path that is not part of the corpus: one file, or a folder of them."""
    if target.is_dir():
        return find(target, base)
    if target.is_symlink():
        message = f"{path}: a symbolic link is not followed; name the record itself"
    elif not target.exists():
        message = f"{path}: does not exist; name a record, or a folder of records"
    elif target.suffix not in ENDINGS:
        message = f"{path}: is not a record (their names end in {' or '.join(ENDINGS)}); name one, or a folder of them"
    elif target.name == settings.FILE_NAME and target.parent == base:
        message = f"{path}: holds the settings, which every run checks; name a record, or a folder of records"
    elif not target.is_file():
        message = f"{path}: is no plain file; name a record, or a folder of records"
    else:
        return (RecordFile(name(target, base), str(target)),), ()
    raise UnreadableError(message)
