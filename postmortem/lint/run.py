"""Ask every rule about a record, and place what they say. Bytes in, findings out; reads no disk and knows no rule by
name.

One bad file never hides the rest: what the reader or the schema refuses becomes findings, and only a valid record
reaches the rules. A rule that raises is a bug of ours: the exception goes through with a note of the rule and the
file.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Any, Final

import msgspec

from postmortem.corpus import ledger
from postmortem.corpus.decode import Decoded, decode
from postmortem.lint import ignores
from postmortem.lint.guide import guides
from postmortem.lint.ignores import Ignore, Word
from postmortem.lint.private import hidden_lines, mask
from postmortem.lint.promises import Promised, kept
from postmortem.lint.rule import Passage, Rule, told
from postmortem.lint.rules import CORPUS_RULES, LEDGER_RULES, RECORD_RULES
from postmortem.model.finding import Finding, Problem, Span
from postmortem.model.header import Header, header
from postmortem.model.record import Record
from postmortem.model.settings import Settings
from postmortem.yamldoc.document import Document
from postmortem.yamldoc.loader import read as compose

_CORPUS: Final = frozenset(rule.code for rules in (CORPUS_RULES, LEDGER_RULES) for rule in rules)


class Examined(msgspec.Struct, frozen=True):
    """What came of one file: the record and its header if it is valid, and everything that is to be said about it.

    `pending` are the words that ignore what only `across` can find.
    """

    record: Record | None
    header: Header | None
    findings: tuple[Finding, ...]
    pending: tuple[Word, ...] = ()


def examine(source: bytes, path: str, settings: Settings, as_of: date) -> Examined:
    """Judge one file by itself; `path` is only copied into findings and the header."""
    return judge(decode(source, path), source, path, settings, as_of)


def examine_all(files: Sequence[tuple[bytes, str]], settings: Settings, as_of: date) -> list[Examined]:
    """The same of some files, their bytes and paths; all are read before the first is judged, which is faster."""
    decoded = [decode(*each) for each in files]
    return [judge(each, *file, settings, as_of) for each, file in zip(decoded, files, strict=True)]


def judge(decoded: Decoded, source: bytes, path: str, settings: Settings, as_of: date) -> Examined:
    """The same of a file that was decoded already."""
    record, document = decoded.record, decoded.document
    if record is None or document is None:
        wrong = ignores.read(document)[1] if document is not None else ()
        return Examined(None, None, in_order(_discreet((*decoded.findings, *wrong), source)))
    said = [(rule, problem) for rule in RECORD_RULES for problem in told(rule, path, record, settings, as_of)]
    asked, wrong = ignores.read(document)
    told_of, used = _heard(_placed(said, document, path), asked, document)
    words = tuple(ignores.effective(asked))
    unused = (ignores.unused(word, path) for word in words if word not in used and word.code not in _CORPUS)
    pending = tuple(word for word in words if word.code in _CORPUS)
    about_ignoring = _discreet(wrong, source) if wrong else ()
    head = msgspec.structs.replace(header(record, path, as_of), promise=ledger.digest(ledger.promise(record, as_of)))
    return Examined(record, head, in_order((*told_of, *about_ignoring, *unused)), pending)


def across(
    headers: Sequence[Header],
    settings: Settings,
    read: Callable[[str], bytes],
    pending: Iterable[tuple[str, Word]] = (),
    promised: Promised | None = None,
) -> tuple[Finding, ...]:
    """Judge the records against one another, and against what was `promised` of them; None leaves that out.

    `read` gives the bytes of a file by its path; only files in which something is wrong, and those whose line in the
    ledger is not theirs word for word, are asked for. Words that are `pending` in a path and ignore nothing here,
    ignore nothing at all. Raises UnreadableError for a ledger that is none.
    """
    said: dict[str, list[tuple[Rule[Any], Problem]]] = defaultdict(list)
    sequence = sorted(headers, key=lambda each: each.path)
    for rule in CORPUS_RULES:
        for path, problem in told(rule, "all records", sequence, settings):
            said[path].append((rule, problem))
    found: list[Finding] = []
    for one in kept(promised, sequence, settings.incidents, read) if promised is not None else ():
        if isinstance(one, Finding):
            found.append(_masked(one))
        else:
            said[one[0]].append(one[1:])
    used: set[tuple[str, Word]] = set()
    for path, problems in sorted(said.items()):
        document, _ = compose(read(path), path)
        placed = _placed(problems, document, path)
        asked = ignores.read(document)[0] if document is not None else ()
        heard, words = _heard(placed, asked, document)
        found.extend(heard)
        used.update((path, word) for word in words)
    found.extend(ignores.unused(word, path) for path, word in pending if (path, word) not in used)
    return tuple(found)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The order of every report: file, place, code."""
    return tuple(sorted(findings, key=lambda each: (each.path, each.span, each.code, each.message)))


def _placed(said: list[tuple[Rule[Any], Problem]], document: Document | None, path: str) -> tuple[Finding, ...]:
    return in_order(_masked(rule.finding(problem, path, _span(problem, document))) for rule, problem in said)


def _heard(
    findings: tuple[Finding, ...], asked: tuple[Ignore, ...], document: Document | None
) -> tuple[list[Finding], set[Word]]:
    """What is still to be told, and the words that ignored the rest."""
    if not asked or document is None:
        return list(findings), set()
    answers = list(ignores.silenced(findings, asked, document))
    words = {each for each in answers if isinstance(each, Word)}
    return [each for each in answers if isinstance(each, Finding)], words


def _span(problem: Problem, document: Document | None) -> Span:
    if document is None:
        return Span(1, 1, 1, 1)
    whole = document.locate(problem.pointer, key=problem.at_key)
    return _narrowed(whole, problem, document) if isinstance(problem, Passage) else whole


def _narrowed(whole: Span, passage: Passage, document: Document) -> Span:
    """Where the words stand inside a text; the whole text where its quoting or folding hides them."""
    text = document.cut(whole)
    pattern = r"\s+".join(re.escape(word) for word in passage.words.split())
    match = next(islice(re.finditer(pattern, text, re.IGNORECASE), passage.before, None), None)
    if match is None:
        return whole
    line, column = _place(whole, text[: match.start()])
    return Span(line, column, *_place(whole, text[: match.end()]))


def _place(start: Span, text: str) -> tuple[int, int]:
    """The line and column just after a text that begins where the span does."""
    lines = text.count("\n")
    return start.line + lines, len(text) - text.rfind("\n") if lines else start.column + len(text)


def _masked(finding: Finding) -> Finding:
    """Messages quote the file, so what must not be published is blackened in them as well."""
    return msgspec.structs.replace(finding, message=_safe(finding.message), hint=_safe(finding.hint))


_safe: Final = lru_cache(maxsize=256)(mask)
"""Rules say the same of many records."""


def _discreet(findings: tuple[Finding, ...], source: bytes) -> Iterator[Finding]:
    """What the reader and the schema said, without quoting anything that stands below `internal`."""
    hidden = hidden_lines(source.decode(errors="replace"))
    for each in findings:
        if any(each.span.line in lines for lines in hidden):
            title = guides()[each.code].title
            yield msgspec.structs.replace(each, message=f"{title} (below internal:, so not quoted)", hint="")
        else:
            yield _masked(each)
