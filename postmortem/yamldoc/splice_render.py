"""Plain data and the style of a file in; out come the lines that say it as the file's author would have.

Whether a list or a mapping stands between brackets is taken from what stands at the same pattern of pointers; it knows
nothing of where in the text the lines go.
"""

from typing import Any, NamedTuple

from yaml.nodes import Node

from postmortem.model.edit import texts_in
from postmortem.yamldoc import splice_text
from postmortem.yamldoc.splice_place import Pattern
from postmortem.yamldoc.splice_seen import Sample
from postmortem.yamldoc.splice_style import Style, sample_of

LONGEST_LINE = 120
"""A collection between brackets that would make a longer line becomes a block, unless its neighbours are longer."""


_LONGEST_AMONG_SUCH = 160
"""The same for a mapping whose neighbours stand between brackets."""


class Rendered(NamedTuple):
    """A value: `head` stands behind its colon or dash, the lines of `body` below, indented already."""

    head: str
    body: list[str]


def value(
    data: Any,  # noqa: ANN401  # whatever an edit writes
    pattern: Pattern,
    column: int,
    style: Style,
    *,
    old: Node | None = None,
) -> Rendered:
    """A value that belongs to a key or, if its pattern ends in `*`, to a dash at `column`; `old` is replaced."""
    sample = sample_of(old) if old is not None and old.value else style.sample(pattern, flow=False)
    is_item = pattern[-1:] == ("*",)
    inner = column + (style.gap if is_item else style.step)
    if isinstance(data, str):
        kind = (sample.style or "plain") if sample is not None and sample.kind == "text" else None
        indent = inner if is_item else column + style.text_step
        header, body = splice_text.block(data, style, kind, indent) or ("", [])
        return Rendered(header or splice_text.short(data, style, kind), body)
    if not isinstance(data, dict | list) or not data:
        return Rendered(flow(data, pattern, style), [])
    longest = _longest_flow(data, sample, style, is_item=is_item)
    if longest:
        text = flow(data, pattern, style)
        if column + len(text) + (len(pattern[-1]) + 2 if pattern else 0) <= longest:
            return Rendered(text, [])
    if isinstance(data, dict):
        lines = [line for key, each in data.items() for line in pair(key, each, (*pattern, key), inner, style)]
    else:
        dash = inner if is_item else column + style.offset
        lines = [line for each in data for line in item(each, (*pattern, "*"), dash, style)]
    return Rendered(lines[0].lstrip(" "), lines[1:]) if is_item else Rendered("", lines)


def pair(key: str, data: Any, pattern: Pattern, column: int, style: Style) -> list[str]:  # noqa: ANN401
    """The lines of a key and its value; `pattern` ends in the key."""
    head, body = value(data, pattern, column, style)
    return [" " * column + splice_text.short(key, style) + ":" + (f" {head}" if head else ""), *body]


def item(data: Any, pattern: Pattern, column: int, style: Style) -> list[str]:  # noqa: ANN401
    """The lines of a list's item with its dash; `pattern` ends in `*`."""
    head, body = value(data, pattern, column, style)
    return [" " * column + "-" + " " * (style.gap - 1) + head, *body]


def flow(data: Any, pattern: Pattern, style: Style) -> str:  # noqa: ANN401
    """A value on one line, for use between brackets; at the top, a text may still need more quotes there."""
    if isinstance(data, dict):
        pairs = [flow_pair(key, each, (*pattern, key), style) for key, each in data.items()]
        blank = " " if style.padded and pairs else ""
        return "{" + blank + ", ".join(pairs) + blank + "}"
    if isinstance(data, list):
        return "[" + ", ".join(flow(each, (*pattern, "*"), style) for each in data) + "]"
    sample = style.sample(pattern, flow=True)
    kind = sample.style if sample is not None and sample.style in ("'", '"') else None
    return splice_text.short(data, style, kind, flow=True)


def flow_pair(key: str, data: Any, pattern: Pattern, style: Style) -> str:  # noqa: ANN401
    """A key and its value on one line, for use between brackets; `pattern` ends in the key."""
    return f"{splice_text.short(key, style, flow=True)}: {flow(data, pattern, style)}"


def _longest_flow(data: dict[str, Any] | list[Any], sample: Sample | None, style: Style, *, is_item: bool) -> int:
    """How long a line may become in which the value stands between brackets; 0 where it never does."""
    inner = list(data.values()) if isinstance(data, dict) else data
    if sample is not None and sample.kind == ("mapping" if isinstance(data, dict) else "list"):
        usual = _LONGEST_AMONG_SUCH if isinstance(data, dict) else LONGEST_LINE
        longest = max(usual, sample.end) if sample.flow else 0
    elif isinstance(data, list):
        longest = LONGEST_LINE if style.flow_lists and not any(isinstance(each, dict | list) for each in inner) else 0
    else:
        longest = LONGEST_LINE if is_item and style.flow_items and _is_simple(inner) else 0
    return longest if longest and not any("\n" in each for each in texts_in(inner)) else 0


def _is_simple(inner: list[Any]) -> bool:
    """Whether values hold nothing deeper than lists of single values."""
    return all(
        not isinstance(part, dict | list) for each in inner for part in (each if isinstance(each, list) else [each])
    )
