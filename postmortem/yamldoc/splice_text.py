"""One value and the style of a file in; out comes how it is written on one line, or as a block of lines.

What a YAML 1.1 reader would take for something else than text is quoted, and so is every colon between brackets.
"""

import re
from functools import lru_cache

from postmortem.model.edit import Json
from postmortem.yamldoc import dump
from postmortem.yamldoc.splice_style import BARE_WORDS, Style

_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:[0-9]{2}))?"
)
_NARROW = 80
_IN_FLOW = frozenset(",[]{}:")
_PRINTED = "[^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]"
_SINGLE = re.compile(f"{_PRINTED}*")
_LINE = re.compile(f"|{_PRINTED}*(?! ){_PRINTED}")
_PROSE = re.compile(f"(?! ){_PRINTED}*(?<! )")


def short(value: Json, style: Style, sample: str | None = None, *, flow: bool = False) -> str:
    """A value without parts, on one line; `sample` is the style of a text in its place: a quote, `|`, `>` or
    `plain`.

    Errors: `ValueError` for a number that the loader would refuse.
    """
    if not isinstance(value, str):
        return dump.dump({"k": value})[3:-1]
    if sample == "'" or (sample != '"' and style.quote == "'" and not _is_plain(value, style, flow=flow)):
        if _SINGLE.fullmatch(value):
            return "'" + value.replace("'", "''") + "'"
    elif sample != '"' and not style.json and _is_plain(value, style, flow=flow):
        return value
    return dump.quoted(value)


def block(text: str, style: Style, sample: str | None, indent: int) -> tuple[str, list[str]] | None:
    """The header and the lines of a text that does not belong on the line of its key; None if it does."""
    if "\n" not in text and sample != ">" and len(text) + indent <= max(style.width, _NARROW):
        return None
    pad = " " * indent
    lines = text.removesuffix("\n").split("\n")
    if "\n" in text and lines[0][:1].strip() and lines[-1] and all(_LINE.fullmatch(line) for line in lines):
        return "|" if text.endswith("\n") else "|-", [pad + line if line else "" for line in lines]
    prose = "  " not in text and _PROSE.fullmatch(text) and text[:1].strip()
    if prose and (sample == ">" or (len(text) + indent > max(style.width, _NARROW) and sample in (None, "|", "plain"))):
        return ">-", [pad + line for line in dump.folded(text, max(style.width - indent, 40))]
    return None


def _is_plain(text: str, style: Style, *, flow: bool) -> bool:
    if flow and not _IN_FLOW.isdisjoint(text):
        return False
    kind = _plainness(text)
    return kind is True or (kind is None and style.bare_words)


@lru_cache(maxsize=4096)
def _plainness(text: str) -> bool | None:
    """Whether the text needs no quotes; None where that depends on what the file does elsewhere."""
    if _TIME.fullmatch(text):
        return True
    if dump.dump({text: None}) == f"{text}: null\n":
        return True
    return None if text.lower() in BARE_WORDS else False
