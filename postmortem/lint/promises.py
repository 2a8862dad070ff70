"""Hold what records promise against what was promised. Headers and the lines of the ledger in, problems and where they
stand out; writes nothing.

A record whose line stands in the ledger word for word keeps its promises: it is not read again, nor is the line taken
apart. So ten thousand records cost a comparison of digests, and only what differs is looked at.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from operator import attrgetter
from pathlib import PurePosixPath
from typing import Any

import msgspec

from postmortem.corpus import ledger
from postmortem.corpus.decode import decode
from postmortem.corpus.ledger import FILE_NAME, Ledger, Promise
from postmortem.lint.rule import Pair, Rule, told
from postmortem.lint.rules import LEDGER_RULES
from postmortem.lint.rules.late import is_told, late_entry
from postmortem.model.finding import Finding, Problem, Span
from postmortem.model.header import Header
from postmortem.model.record import Record

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
    word_for_word = held.keys() & map(attrgetter("promise"), ours)
    left, numbers = _taken_apart(promised.lines, {held[each] for each in word_for_word})
    if left:
        broken = {PurePosixPath(each).stem for each in set(promised.names) - {each.path for each in headers}}
        known = broken.union(*((each.id, *each.former_ids) for each in ours))
        yield from _lost(left, numbers, promised.lines, known)
    since: list[datetime | None] = []
    for header in ours if left else [each for each in ours if each.promise and each.promise not in word_for_word]:
        same = header.promise in word_for_word
        lines = [left[id_] for id_ in (header.id, *header.former_ids) if id_ in left]
        if lines or (header.promise and not same):
            since = since or [newest(ledger.parsed(line, FILE_NAME) for line in promised.lines)]
            yield from _compared(header, _Known(lines, since[0]), promised.as_of, read, same=same)


def newest(promises: Iterable[Promise]) -> datetime | None:
    """The newest date of all that readers were told; None where that is nothing."""
    dates = (date for each in promises for id_, date in each.entries.items() if is_told(id_))
    return max((known for each in dates if (known := _instant(each)) is not None), default=None)


def is_late(promised: Promise | None, record: Record, now: Promise, since: datetime | None) -> bool:
    """Whether something is told of a record under a date that is over: readers must not be promised that."""
    return any(late_entry(Pair(promised=promised, record=record, now=now, newest=since)))


def _instant(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError:
        return None


def _taken_apart(lines: Sequence[bytes], known: set[int]) -> tuple[Ledger, dict[str, int]]:
    """What the lines say that no record says word for word, and the first line of each."""
    unknown = sorted(set(range(1, len(lines) + 1)) - known)
    left = [(number, ledger.parsed(lines[number - 1], f"{FILE_NAME}:{number}")) for number in unknown]
    return ledger.extended({}, *(each for _, each in left)), {each.id: number for number, each in reversed(left)}


def _lost(left: Ledger, numbers: dict[str, int], lines: Sequence[bytes], known: set[str]) -> Iterator[Finding]:
    for id_, each in left.items():
        if id_ not in known:
            span = _span(lines[numbers[id_] - 1].decode(), numbers[id_], id_)
            yield from (_in_ledger(rule, problem, span) for rule, problem in _asked(Pair(promised=each), FILE_NAME))


class _Known(msgspec.Struct, frozen=True):
    """The lines that speak of a record, and the newest date of all lines."""

    lines: list[Promise]
    newest: datetime | None


def _compared(
    header: Header, known: _Known, as_of: date, read: Callable[[str], bytes], *, same: bool
) -> Iterator[Said]:
    """A record against each line that speaks of it, under its id or a former one."""
    lines, since = known.lines, known.newest
    record = decode(read(header.path), header.path).record
    if record is None:
        return  # it has changed since it was judged
    now = ledger.promise(record, as_of)
    if same and now is not None:
        lines = [ledger.both(each, now) if each.id == now.id else each for each in lines]
    ages = {id_: age for age, id_ in enumerate((*header.former_ids, header.id))}
    eldest = min((ages[each.id] for each in lines), default=None)
    pairs = [
        Pair(promised=each, record=record, now=now, newest=since, eldest=ages[each.id] == eldest) for each in lines
    ]
    if not same and all(each.id != header.id for each in lines):
        pairs.append(Pair(record=record, now=now, newest=since))
    for pair in pairs:
        yield from ((header.path, rule, problem) for rule, problem in _asked(pair, header.path))


def _asked(pair: Pair, where: str) -> Iterator[tuple[Rule[Any], Problem]]:
    for rule in LEDGER_RULES:
        yield from ((rule, problem) for problem in told(rule, where, pair))


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
