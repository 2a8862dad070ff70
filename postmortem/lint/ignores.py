"""What an author asked not to be told, with a reason, in the file itself. A document and findings in, findings out.

    status: resolved  # postmortem: ignore[PM209] the provider never wrote an update
    # postmortem: ignore[PM203, open-window] the clock is the provider's
    # postmortem: ignore-file[PM412] imported from 2019, the sources are gone

Alone on its line, a comment speaks for the next line that holds anything else; in front of the first key, `ignore-file`
speaks for the whole record. It is a comment as YAML has them, so the same words inside of a text mean nothing.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from postmortem.lint.guide import guides
from postmortem.lint.private import mask
from postmortem.lint.rules import RECORD_RULES
from postmortem.lint.suggest import meant
from postmortem.lint.verdict import dated
from postmortem.model.finding import Finding, Span
from postmortem.yamldoc.comments import Comment, find
from postmortem.yamldoc.document import Document

_MARK: Final = "postmortem:"
_OURS: Final = re.compile(r"#\s*postmortem:")
_COMMENT: Final = re.compile(r"#\s*postmortem:\s*ignore(?P<file>-file)?\s*\[(?P<words>[^\]]*)\]\s*(?P<reason>.*)")
_WORD: Final = re.compile(r"[^\s,]+")
_FORM: Final = "write it like this: # postmortem: ignore[PM203] why this is right here"
_RECORD: Final = frozenset(rule.code for rule in RECORD_RULES)
NEVER: Final = "PM0"
"""Codes that begin like this cannot be ignored: the reader's, the schema's, and those about ignoring."""


class Word(msgspec.Struct, frozen=True):
    """One code or name in a comment, where it stands, and the code it means; empty if it means none."""

    text: str
    span: Span
    code: str


class Ignore(msgspec.Struct, frozen=True):
    """One comment: `line` is the line it speaks for, 0 for the whole file; without a reason it has no effect."""

    span: Span
    words: tuple[Word, ...]
    reason: str
    line: int


Read = tuple[tuple[Ignore, ...], tuple[Finding, ...]]
"""The comments of one file, and what is wrong with them."""


def read(document: Document) -> Read:
    """Every comment that asks for silence; most files hold none, and cost a search for one word."""
    if _MARK not in document.text:
        return (), ()
    found = [_read(each, document) for each in find(document) if _OURS.match(each.text)]
    ignores = tuple(each for each in found if isinstance(each, Ignore))
    wrong = [each for each in found if isinstance(each, Finding)]
    return ignores, (*wrong, *(finding for each in ignores for finding in _refused(each, document.path)))


def silenced(findings: Iterable[Finding], ignores: tuple[Ignore, ...], document: Document) -> Iterator[Finding | Word]:
    """Each finding that is still to be told, and in the place of each that is not the word that ignored it."""
    for each in findings:
        word = _word(each, ignores, document) if ignores and not each.code.startswith(NEVER) else None
        yield each if word is None else word


def effective(ignores: tuple[Ignore, ...]) -> Iterator[Word]:
    """The words that may ignore something: those of a rule, with a reason."""
    words = (word for each in ignores if each.reason for word in each.words)
    return (word for word in words if word.code and not word.code.startswith(NEVER))


def unused(word: Word, path: str) -> Finding:
    """What is to be said about a word that ignored nothing; advice where time or another record may have made it so."""
    return Finding(
        path=path,
        span=word.span,
        code="PM081",
        message=f"{word.text} is ignored here, but nothing here earns it",
        weight="warning" if word.code in _RECORD - dated() else "advice",
        hint="remove it: what was mended needs no comment",
    )


def _read(comment: Comment, document: Document) -> Ignore | Finding:
    span = _span(document, comment.start, comment.end)
    match = _COMMENT.match(comment.text)
    if match is None:
        return _wrong(document.path, span, "PM083", "this comment asks for something that is not known", _FORM)
    words = tuple(_words(match, comment.start, document))
    if not words:
        return _wrong(document.path, span, "PM083", "this comment names no code", _FORM)
    if not match["file"]:
        return Ignore(span, words, match["reason"].strip(), _line(comment, document))
    if comment.start > document.root.start_mark.index:
        hint = "put it above the first key; what is ignored further down is ignored on one line: ignore[…]"
        return _wrong(document.path, span, "PM083", "ignore-file stands below the first key", hint)
    return Ignore(span, words, match["reason"].strip(), 0)


def _words(match: re.Match[str], offset: int, document: Document) -> Iterator[Word]:
    for each in _WORD.finditer(match["words"]):
        start = offset + match.start("words") + each.start()
        yield Word(each.group(), _span(document, start, start + len(each.group())), _code(each.group()))


def _code(word: str) -> str:
    folded = word.casefold()
    if folded.startswith(NEVER.casefold()):
        return word.upper()
    return next((code for code, page in guides().items() if folded in (code.casefold(), page.slug)), "")


def _line(comment: Comment, document: Document) -> int:
    """The line a comment speaks for: its own, or the next one that holds more than a comment."""
    number = document.text.count("\n", 0, comment.start) + 1
    if not document.line(number).lstrip().startswith("#"):
        return number
    below = range(number + 1, document.text.count("\n") + 2)
    return next((each for each in below if document.line(each).lstrip()[:1] not in ("", "#")), number)


def _span(document: Document, start: int, end: int) -> Span:
    line = document.text.count("\n", 0, start) + 1
    column = start - document.text.rfind("\n", 0, start)
    return Span(line, column, line, column + end - start)


_ONE: Final = "a comment names the very rules, as in ignore[PM203, PM204]; whole families are for --ignore"


def _refused(ignore: Ignore, path: str) -> Iterator[Finding]:
    if not ignore.reason:
        message = "nothing is ignored without a reason"
        hint = "write behind the bracket why this is right here; reviewers and later readers want to know"
        yield _wrong(path, ignore.span, "PM080", message, hint)
    for word in ignore.words:
        if word.code.startswith(NEVER):
            message = f"{word.text} cannot be ignored: such a file is no record, or says something about ignoring"
            yield _wrong(path, word.span, "PM082", message, "mend what it tells, and remove it from the comment")
        elif not word.code:
            names = [name for each in guides().values() for name in (each.code, each.slug)]
            hint = meant(word.text, names) if len(word.text) > 1 else ""
            hint = hint if hint.startswith("did") else "postmortem explain --list shows them all"
            hint = _ONE if re.fullmatch(r"pm\d?", word.text, re.ASCII | re.IGNORECASE) else hint
            yield _wrong(path, word.span, "PM083", f"there is no rule {word.text}", hint)


def _wrong(path: str, span: Span, code: str, message: str, hint: str) -> Finding:
    return Finding(path=path, span=span, code=code, message=mask(message), hint=mask(hint))


def _word(finding: Finding, ignores: tuple[Ignore, ...], document: Document) -> Word | None:
    """The word that ignores a finding: on the line it points at, or on the line where the value in question begins."""
    lines = {0, finding.span.line, document.locate(finding.pointer, key=True).line}
    return next(
        (
            word
            for each in ignores
            if each.reason and each.line in lines
            for word in each.words
            if word.code == finding.code
        ),
        None,
    )
