"""The line of a file that a finding points at, and the marks under it. Text and a span in, two lines out.

Columns of a terminal are not characters: wide ones take two, combining ones none, a tab as many as are missing. What
must not be published is blackened, and what stands below `internal` is not shown at all.
"""

from collections.abc import Sequence

import msgspec
from rich.cells import cell_len

from postmortem.lint.private import MASK, Masked, hidden_lines
from postmortem.model.finding import Finding, Span
from postmortem.report.style import safe

_TAB = 4
_WIDE = 112
"""Longer lines are cut around the place: more does not fit beside the line number in most terminals."""
_BEFORE = 48
_PRIVACY = "PM6"


class Quote(msgspec.Struct, frozen=True):
    """A line as it is shown, the terminal columns in front of the marks, and how many marks there are."""

    line: str
    indent: int
    width: int


class Text:
    """One file's text, split once for all findings in it.

    What the privacy rules found there is blackened, too: they know names and hosts that no pattern knows.
    """

    def __init__(self, text: str, findings: Sequence[Finding] = ()) -> None:
        self._masked = Masked(text)
        self._hidden = hidden_lines(text)
        self._private = [finding.span for finding in findings if finding.code.startswith(_PRIVACY)]

    def _line(self, number: int) -> str:
        """A line as it may be shown."""
        line = self._masked.line(number)
        for span in self._private:
            if span.line <= number <= span.end_line:
                line = _blackened(line, number, span)
        return line

    def quote(self, span: Span) -> Quote | None:
        """What to show for a span; None where there is nothing to show, or nothing that may be shown."""
        if not 1 <= span.line <= len(self._masked.lines) or any(span.line in lines for lines in self._hidden):
            return None
        line = self._line(span.line).removesuffix("\r")
        if not line.strip():
            return None
        start = min(span.column - 1, len(line))
        end = span.end_column - 1 if span.end_line == span.line else len(line)
        return _laid_out(*_cut(line, start, max(start, min(end, len(line)))))


def _blackened(line: str, number: int, span: Span) -> str:
    start = span.column - 1 if number == span.line else 0
    end = span.end_column - 1 if number == span.end_line else len(line)
    black = "".join(each if each.isspace() else MASK for each in line[start:end])
    return line[:start] + black + line[end:]


def _cut(line: str, start: int, end: int) -> tuple[str, int, int]:
    """A long line around its place, with an ellipsis where something was left out."""
    if cell_len(line) <= _WIDE:
        return line, start, end
    first = max(0, min(start - _BEFORE, len(line) - _WIDE))
    shown = line[first : first + _WIDE]
    while cell_len(shown) > _WIDE:
        shown = shown[:-1]
    before, after = "…" if first else "", "…" if first + len(shown) < len(line) else ""
    moved = first - len(before)
    return f"{before}{shown}{after}", start - moved, min(end - moved, len(before) + len(shown))


def _laid_out(line: str, start: int, end: int) -> Quote:
    before = _flat(line[:start], 0)
    marked = _flat(line[start:end], cell_len(before))
    indent, width = cell_len(before), max(1, cell_len(marked))
    return Quote(f"{before}{marked}{_flat(line[end:], indent + cell_len(marked))}".rstrip(), indent, width)


def _flat(text: str, column: int) -> str:
    """Tabs as the spaces they stand for, from this column on."""
    flat = ""
    for number, piece in enumerate(text.split("\t")):
        if number:
            flat += " " * (_TAB - (column + cell_len(flat)) % _TAB)
        flat += safe(piece)
    return flat
