"""Findings for people, the way good compilers tell them. An outcome in, text out; knows no terminal.

error[PM204 open-window]: this window goes on, but the incident is resolved
  --> incidents/2026/2026-06-23-chat-unavailable.yaml:14:10
   |
14 |       - {start: "2026-06-23T14:21Z"}
   |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
   = help: say when it ended, or end: unknown if that is not known
"""

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Final

from postmortem.lint.guide import slug
from postmortem.model.finding import Finding, Weight
from postmortem.report.outcome import Outcome
from postmortem.report.style import paint, safe

if TYPE_CHECKING:
    from postmortem.report.excerpt import Text

_WEIGHTS: Final[tuple[tuple[Weight, str, str], ...]] = (
    ("error", "error", "errors"),
    ("warning", "warning", "warnings"),
    ("advice", "piece of advice", "pieces of advice"),
)


def write(outcome: Outcome, colour: bool = False) -> str:  # noqa: FBT001, FBT002 - the shape of a reporter
    """All findings and a line that sums them up, ending with a line break."""
    if not outcome.findings:
        return _summary(outcome, colour=colour)
    from postmortem.report.excerpt import Text  # noqa: PLC0415 - a clean run quotes nothing, and rich is slow to import

    blocks = [
        _block(finding, text, colour=colour)
        for path, group in groupby(outcome.findings, key=lambda each: each.path)
        for findings in [list(group)]
        for text in [Text(outcome.read(path), findings)]
        for finding in findings
    ]
    return "\n".join([*blocks, _summary(outcome, colour=colour)])


def _block(finding: Finding, text: "Text", *, colour: bool) -> str:
    name = f"{finding.code} {slug(finding.code)}".rstrip()
    head = paint(f"{finding.weight}[{name}]", finding.weight, colour=colour)
    message = paint(f": {safe(finding.message)}", "strong", colour=colour)
    return "\n".join([head + message, *_place(finding, text, colour=colour), ""])


def _place(finding: Finding, text: "Text", *, colour: bool) -> Iterator[str]:
    span = finding.span
    room = " " * len(str(span.line))
    bar = paint("|", "frame", colour=colour)
    yield f"{room}{paint('-->', 'frame', colour=colour)} {safe(finding.path)}:{span.line}:{span.column}"
    quote = text.quote(span)
    if quote is not None:
        yield f"{room} {bar}"
        yield f"{paint(str(span.line), 'frame', colour=colour)} {bar} {quote.line}"
        yield f"{room} {bar} {' ' * quote.indent}{paint('^' * quote.width, finding.weight, colour=colour)}"
    if finding.hint:
        sign = paint("=", "frame", colour=colour)
        yield f"{room} {sign} {paint('help', 'strong', colour=colour)}: {safe(finding.hint)}"


def _summary(outcome: Outcome, *, colour: bool) -> str:
    counts = outcome.counts()
    records = _number(outcome.records, "record", "records")
    if not outcome.findings:
        return paint(f"{records}, no findings", "good", colour=colour) + "\n"
    parts = [
        paint(_number(counts[weight], one, many), weight, colour=colour)
        for weight, one, many in _WEIGHTS
        if counts[weight]
    ]
    return f"{', '.join(parts)} in {records}\n"


def _number(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
