"""Hold what records promise against what was promised. Headers and the lines of the ledger in, problems and where they
stand out; writes nothing.

A record whose line stands in the ledger word for word keeps its promises: it is not read again, nor is the line taken
apart. So ten thousand records cost a comparison of digests, and only what differs is looked at.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import PurePosixPath
from typing import Any

import msgspec

from postmortem.corpus import ledger
from postmortem.corpus.decode import decode
from postmortem.corpus.ledger import FILE_NAME, Ledger, Promise
from postmortem.lint.rule import Pair, Rule, told
from postmortem.lint.rules import LEDGER_RULES
from postmortem.model.finding import Finding, Problem, Span
from postmortem.model.header import Header

Said = tuple[str, Rule[Any], Problem]
"""The path of a record, the rule, and what it says."""


class Promised(msgspec.Struct, frozen=True):
    """The ledger as `ledger.lines` reads it, the names of all files among the records, and the day in question."""

    lines: tuple[bytes, ...] | None
    names: Sequence[str]
    as_of: date


def kept(
    promised: Promised, headers: Sequence[Header], folder: str, read: Callable[[str], bytes]
) -> Iterator[Finding | Said]:
    """Everything the rules say: findings in the ledger itself, and problems of records. `folder` holds the records,
    by its path in the settings; a record from elsewhere promises nothing. Raises UnreadableError for a broken line.
    """
    inside = beginning(folder)
    ours = [each for each in headers if each.path.startswith(inside)]
    if promised.lines is None:
        if any(each.promise for each in ours):
            yield from (_in_ledger(rule, problem, Span(1, 1, 1, 1)) for rule, problem in _asked(Pair(), FILE_NAME))
        return
    held = {ledger.line_digest(line): number for number, line in enumerate(promised.lines, 1)}
    word_for_word = {each.promise for each in ours} & held.keys()
    left, numbers = _taken_apart(promised.lines, {held[each] for each in word_for_word})
    if left:
        broken = {PurePosixPath(each).stem for each in set(promised.names) - {each.path for each in headers}}
        known = broken.union(*((each.id, *each.former_ids) for each in ours))
        yield from _lost(left, numbers, promised.lines, known)
    for header in ours:
        same = header.promise in word_for_word
        lines = [left[id_] for id_ in (header.id, *header.former_ids) if id_ in left] if left else []
        if lines or (header.promise and not same):
            yield from _compared(header, lines, promised.as_of, read, same=same)


def _taken_apart(lines: Sequence[bytes], known: set[int]) -> tuple[Ledger, dict[str, int]]:
    """What the lines say that no record says word for word, and the first line of each."""
    left = [
        (number, ledger.parsed(line, f"{FILE_NAME}:{number}"))
        for number, line in enumerate(lines, 1)
        if number not in known
    ]
    return ledger.extended({}, *(each for _, each in left)), {each.id: number for number, each in reversed(left)}


def _lost(left: Ledger, numbers: dict[str, int], lines: Sequence[bytes], known: set[str]) -> Iterator[Finding]:
    for id_, each in left.items():
        if id_ not in known:
            span = _span(lines[numbers[id_] - 1].decode(), numbers[id_], id_)
            yield from (_in_ledger(rule, problem, span) for rule, problem in _asked(Pair(promised=each), FILE_NAME))


def _compared(
    header: Header, lines: list[Promise], as_of: date, read: Callable[[str], bytes], *, same: bool
) -> Iterator[Said]:
    """A record against each line that speaks of it, under its id or a former one."""
    record = decode(read(header.path), header.path).record
    if record is None:
        return  # it has changed since it was judged
    now = ledger.promise(record, as_of)
    if same and now is not None:
        lines = [ledger.both(each, now) if each.id == now.id else each for each in lines]
    pairs = [Pair(promised=each, record=record, now=now) for each in lines]
    if not same and all(each.id != header.id for each in lines):
        pairs.append(Pair(record=record, now=now))
    for pair in pairs:
        yield from ((header.path, rule, problem) for rule, problem in _asked(pair, header.path))


def _asked(pair: Pair, where: str) -> Iterator[tuple[Rule[Any], Problem]]:
    for rule in LEDGER_RULES:
        yield from ((rule, problem) for problem in told(rule, where, partial(rule.check, pair)))


def _in_ledger(rule: Rule[Any], problem: Problem, span: Span) -> Finding:
    return rule.finding(problem, FILE_NAME, span)


def _span(line: str, number: int, id_: str) -> Span:
    """Where the id stands in its line."""
    column = line.find(f'"{id_}"') + 1 or 1
    return Span(number, column, number, column + len(id_) + 2)


def beginning(folder: str) -> str:
    """What the names of all records in this folder of the settings begin with."""
    root = str(PurePosixPath(folder))
    return "" if root == "." else f"{root}/"
