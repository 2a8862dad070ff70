"""The text of a file in, what its hand does out: one entry for each time that a trait was met, in their order.

It looks at lines, as `lines` reads them, and only at a text that `lines.read` took; any other is looked at by its tree,
in `splice_style`. What it does not list such a text never has: quoted keys, padded braces, other line breaks.
"""

import dataclasses
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from postmortem.yamldoc import lines
from postmortem.yamldoc.splice_place import Pattern


class Sample(NamedTuple):
    """How a value is written: `style` of a text is its quote, `|`, `>` or nothing; `flow` says that a list or a mapping
    stands between brackets, and `end` in which column it ends. `word` is a text without quotes.
    """

    kind: Literal["text", "list", "mapping"]
    style: str = ""
    flow: bool = False
    end: int = 0
    word: str = ""
    filled: bool = True


@dataclasses.dataclass
class Seen:
    """`samples` are the last values at each pattern, outside of brackets and inside; the others are as in `Style`."""

    samples: tuple[dict[Pattern, Sample], dict[Pattern, Sample]]
    steps: list[int] = dataclasses.field(default_factory=list)
    text_steps: list[int] = dataclasses.field(default_factory=list)
    offsets: list[int] = dataclasses.field(default_factory=list)
    gaps: list[int] = dataclasses.field(default_factory=list)
    quotes: list[str] = dataclasses.field(default_factory=list)
    widths: list[int] = dataclasses.field(default_factory=list)
    flow_lists: list[bool] = dataclasses.field(default_factory=list)
    flow_items: list[bool] = dataclasses.field(default_factory=list)

    def note_block(self, rows: list[str], column: int, *, folded: bool) -> None:
        """Note the lines of a block text; `column` is that of the key or dash it belongs to."""
        self.text_steps.extend([len(row) - len(row.lstrip(" ")) - column for row in rows if row.strip()][:1])
        if folded:
            self.widths.extend(map(len, rows))


_NOTHING: Final = Sample("text", filled=False)
_LIST: Final = Sample("list")
_MAPPING: Final = Sample("mapping")
_DASH: Final = 2


class _Open:
    """A list or mapping that goes on: its column, its pattern, and of a list whether it holds single values only."""

    __slots__ = ("column", "listed", "pattern", "plain")

    def __init__(self, column: int, pattern: Pattern, *, listed: bool) -> None:
        self.column, self.pattern, self.listed, self.plain = column, pattern, listed, True


def by_lines(text: str) -> Seen:
    """Everything that is to be seen in a text that `lines.read` took."""
    seen = Seen(({(): _MAPPING}, {}))
    samples, note_quote = seen.samples[0], seen.quotes.append
    within = [_Open(0, (), listed=False)]
    waiting: Pattern | None = None
    for indent, dash, key, blanks, sign, body, value in lines.rows(text):
        if not (key or dash):
            continue
        at, here = len(indent), within[-1]
        if waiting is not None and (at > here.column or (dash and at == here.column)):
            here = _opened(seen, within, waiting, at, listed=bool(dash))
        elif at != here.column or here.listed is not bool(dash):
            here = _outer(seen, within, at, listed=bool(dash))
        waiting, where = None, (*here.pattern, "*" if dash else key)
        if dash and key:
            at += _DASH
            _begun(seen, within, where, at)
            where = (*where, key)
        if not value:
            waiting = None if sign else where
            samples[where] = _block(seen, sign, body, at) if sign else _NOTHING
        elif value[0] in "[{":
            column = at + (len(key) + len(":") if key else _DASH) + len(blanks)
            samples[where] = _bracketed(seen, here if dash and not key else None, value, column, where)
        else:
            samples[where] = sample = _single(value)
            if sample.style:
                note_quote(sample.style)
    seen.flow_lists += [False for each in reversed(within) if each.listed and each.plain]
    return seen


def _outer(seen: Seen, within: list[_Open], at: int, *, listed: bool) -> _Open:
    """What goes on in this column; what stands in it has ended."""
    while (here := within[-1]).column != at or here.listed is not listed:
        if here.listed and here.plain:
            seen.flow_lists.append(False)
        within.pop()
    return here


def _begun(seen: Seen, within: list[_Open], where: Pattern, at: int) -> None:
    """A mapping behind a dash."""
    within[-1].plain = False
    seen.flow_items.append(False)
    seen.gaps.append(_DASH)
    seen.samples[0][where] = _MAPPING
    within.append(_Open(at, where, listed=False))


def _opened(seen: Seen, within: list[_Open], pattern: Pattern, at: int, *, listed: bool) -> _Open:
    """What stands below a key without a value."""
    column = within[-1].column
    seen.samples[0][pattern] = _LIST if listed else _MAPPING
    (seen.offsets if listed else seen.steps).append(at - column)
    within.append(_Open(at, pattern, listed=listed))
    return within[-1]


@lru_cache(maxsize=1024)
def _single(value: str) -> Sample:
    if value[0] in "'\"":
        return Sample("text", value[0], filled=len(value) > len('""'))
    return Sample("text", word=value.partition(" #")[0].rstrip(" "))


def _block(seen: Seen, sign: str, body: str, column: int) -> Sample:
    seen.note_block(body.split("\n"), column, folded=sign[0] == ">")
    return Sample("text", sign[0])


class _Inside(NamedTuple):
    """What stands between brackets: traits as in `Seen`. Nobody may change it."""

    samples: dict[Pattern, Sample]
    quotes: list[str]
    flow_lists: list[bool]
    flow_items: list[bool]


def _bracketed(seen: Seen, item_of: _Open | None, value: str, column: int, where: Pattern) -> Sample:
    if item_of is not None:
        item_of.plain = False
        if value[0] == "{":
            seen.flow_items.append(True)
    sample, inside = _looked_into(value, column, where)
    if inside.samples:
        seen.samples[1].update(inside.samples)
        seen.quotes += inside.quotes
    seen.flow_lists += inside.flow_lists
    seen.flow_items += inside.flow_items
    return sample


@lru_cache(maxsize=1024)
def _looked_into(value: str, column: int, where: Pattern) -> tuple[Sample, _Inside]:
    """Kept, since files say the same few things again and again."""
    inside = _Inside({}, [], [], [])
    end = column + _look_into(value, 0, where, inside)
    kind: Literal["list", "mapping"] = "list" if value[0] == "[" else "mapping"
    return Sample(kind, flow=True, end=end, filled=bool(inside.samples)), inside


def _look_into(text: str, at: int, where: Pattern, inside: _Inside) -> int:
    """Note everything between brackets, and give the index behind them; `at` is that of the first."""
    listed, plain = text[at] == "[", True
    closing, one = ("]", lines.ITEM) if listed else ("}", lines.PAIR)
    at += 1
    while found := one.match(text, at):
        quoted, opening, word = found.groups("")[-3:]
        here = (*where, "*" if listed else found[1])
        at = found.end()
        if opening:
            if listed:
                plain = False
                inside.flow_items.extend([True] if opening == "{" else [])
            kind: Literal["list", "mapping"] = "list" if opening == "[" else "mapping"
            inside.samples[here] = Sample(kind, flow=True, filled=text[at] not in "]}")
            at = _look_into(text, at - 1, here, inside)
        else:
            inside.samples[here] = Sample("text", "" if word else '"', word=word, filled=bool(word or quoted))
            inside.quotes.extend([] if word else ['"'])
        if text.startswith(closing, at):
            break
        at += len(", ")
    if listed and plain:
        inside.flow_lists.append(True)
    return at + 1
