"""All fixes of one file. Its bytes in, its new bytes out, each fix proven by itself; writes nothing.

A fix that cannot be proven is left out: what it would have mended is told as a finding in any case.
"""

from collections.abc import Callable

from postmortem.corpus.ledger import Ledger
from postmortem.errors import ProofError
from postmortem.lint import ignores
from postmortem.lint.fixes import FIXES, Fix
from postmortem.lint.modeline import added
from postmortem.yamldoc.document import Document
from postmortem.yamldoc.edit import applied
from postmortem.yamldoc.loader import read
from postmortem.yamldoc.source import encoded


def mended(content: bytes, path: str, schema: str, takes: Callable[[str], bool], promised: Ledger) -> bytes:
    """The file after every fix whose code `takes` lets through and the file itself does not ignore.

    `schema` is what the first line tells an editor, `promised` keeps entry ids from being given twice. A file that is
    not clean YAML comes back as it was.
    """
    document = _clean(content, path)
    if document is None:
        return content
    silent = {word.code for word in ignores.effective(ignores.read(document)[0])}
    spent = _spent(document, promised)
    for fix in FIXES:
        if not fix.code or (takes(fix.code) and fix.code not in silent):
            document = _fixed(document, fix, spent)
    return encoded(added(document, schema), content)


def _spent(document: Document, promised: Ledger) -> frozenset[str]:
    """Every entry id that readers were promised of this record, under its id or a former one."""
    former = document.data.get("former_ids")
    ids = [document.data.get("id"), *(former if isinstance(former, list) else ())]
    known = [promised[id_] for id_ in ids if isinstance(id_, str) and id_ in promised]
    return frozenset(entry for each in known for entry in each.entries)


def _fixed(document: Document, fix: Fix, spent: frozenset[str]) -> Document:
    edits = tuple(fix.edits(document.data, spent))
    if not edits:
        return document
    try:
        return applied(document, edits)
    except (ProofError, LookupError):
        return document


def _clean(content: bytes, path: str) -> Document | None:
    document, findings = read(content, path)
    return None if findings else document
