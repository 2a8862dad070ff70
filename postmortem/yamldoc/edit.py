"""Edits of a file in; out comes its new text, proven, or nothing.

Edits are written into the text at the places where they belong, all at once where they stand apart and else one after
the other; the whole text is read again, and only if it then means exactly what was wanted, and every comment is still
there, it is taken. It writes no file.
"""

import contextlib
import difflib
from collections.abc import Iterator, Sequence
from typing import Any

from postmortem.errors import ProofError
from postmortem.model.edit import Edit, Reorder, apply_to_data, described
from postmortem.yamldoc import comments, splice_once, splice_plan
from postmortem.yamldoc.document import Document
from postmortem.yamldoc.loader import read
from postmortem.yamldoc.source import encoded
from postmortem.yamldoc.splice_refine import canonical, is_exactly, smaller


def apply(document: Document, edits: Sequence[Edit]) -> str:
    """The text of a file after the edits, one after the other; every byte that they do not own is kept.

    An edit that changes no data changes no text. A byte order mark is no part of a document: see `rewrite`. Errors:
    `ProofError` if the text cannot be shown to say what it should; `LookupError` and `TypeError` as
    `model.edit.apply_to_data` has them; `ValueError` for a number that no record may hold.
    """
    return applied(document, edits).text


def applied(document: Document, edits: Sequence[Edit]) -> Document:
    """The same as a document: the text was read for its proof. Errors: as `apply`."""
    document = _without_findings(document)
    wanted = apply_to_data(document.data, edits)
    ordered = not any(isinstance(edit, Reorder) for edit in edits)
    if ordered and is_exactly(wanted, document.data):
        return document
    return _at_once(document, edits, wanted) or _one_by_one(document, edits, wanted, ordered=ordered)


def _at_once(document: Document, edits: Sequence[Edit], wanted: dict[str, Any]) -> Document | None:
    splices = splice_once.splices(document, edits, wanted)
    text = splice_plan.cut(document.text, splices) if splices is not None else None
    return proven(document, text, wanted, ordered=True) if text is not None else None


def _one_by_one(document: Document, edits: Sequence[Edit], wanted: dict[str, Any], *, ordered: bool) -> Document:
    """Every edit proven before the next, and all of them in the end."""
    after = _all(document, edits)
    if proven(document, after.text, wanted, ordered=ordered) is None:
        raise _unproven(document, "; ".join(described(edit) for edit in edits))
    return after


def rewrite(content: bytes, path: str, edits: Sequence[Edit]) -> bytes:
    """As `apply`, from the bytes of a file to its new bytes, with a byte order mark if it had one."""
    document, _ = read(content, path)
    if document is None:
        raise ProofError(
            f"{path}: this is no record that can be edited; run `postmortem lint {path}` and mend it first"
        )
    return encoded(apply(document, edits), content)


def unified(old: str, new: str, path: str) -> str:
    """The difference of two texts as `git diff` and `patch` know it; empty if they are equal, `old` is empty for a
    new file.
    """
    source, target = (f"a/{path}" if old else "/dev/null"), (f"b/{path}" if new else "/dev/null")
    lines = difflib.unified_diff(_lines(old), _lines(new), source, target)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _lines(text: str) -> list[str]:
    return [f"{line}\n" for line in text.split("\n")[:-1]] + [line for line in text.split("\n")[-1:] if line]


def _all(document: Document, edits: Sequence[Edit]) -> Document:
    for edit in edits:
        document = _one(document, edit)
    return document


def _one(document: Document, edit: Edit) -> Document:
    wanted = apply_to_data(document.data, [edit])
    if is_exactly(wanted, document.data):
        return document
    for text in _texts(document, canonical(document.data, edit), wanted):
        after = proven(document, text, wanted, ordered=not isinstance(edit, Reorder))
        if after is not None:
            return after
    raise _unproven(document, described(edit))


def _texts(document: Document, edit: Edit, wanted: dict[str, Any]) -> Iterator[str]:
    steps = smaller(document.data, edit)
    if steps:
        with contextlib.suppress(ProofError):
            yield _all(document, steps).text
    yield from splice_plan.texts(document, edit, wanted)
    chomped = splice_plan.chomped(document)
    if chomped is not None:
        same = proven(document, chomped, document.data, ordered=True)
        if same is not None:
            yield from splice_plan.texts(same, edit, wanted)


def proven(before: Document, text: str, wanted: dict[str, Any], *, ordered: bool) -> Document | None:
    """The new text as a document, if it means what was wanted and holds the comments of the old one."""
    try:
        after, findings = read(text.encode(), before.path)
    except UnicodeEncodeError:
        return None
    if after is None or findings or not is_exactly(after.data, wanted):
        return None
    old, new = ([comment.text for comment in comments.find(each)] for each in (before, after))
    same = old == new if ordered else sorted(old) == sorted(new)
    return after if same else None


def _without_findings(document: Document) -> Document:
    if document.clean:
        return document
    _, findings = read(document.text.encode(), document.path)
    if findings:
        first = findings[0]
        raise ProofError(
            f"{document.path}:{first.span.line}: a file with mistakes is not edited ({first.message}); mend them first"
        )
    return document


def _unproven(document: Document, what: str) -> ProofError:
    return ProofError(
        f"{document.path}: it could not be proven that this edit would change nothing else ({what}); "
        "nothing was written; make the change by hand"
    )
