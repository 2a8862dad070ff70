"""A syntax error of libyaml and the text in; out comes a finding that says what stands there and what to do about it.

It knows libyaml's messages and marks (scanner.c and parser.c of 0.2.5); an unknown message is shown as it is.
"""

import re
from collections.abc import Callable

from yaml.error import MarkedYAMLError

from postmortem.model.finding import Finding
from postmortem.yamldoc import place

Explanation = tuple[str, str]
"""What was found, and the next step."""

_INDENT = "indent with spaces only; two for each level"
_MERGE = re.compile(r"^(?:<{7}|>{7})(?: .*)?$", re.MULTILINE)
_BOTH = "a merge left the lines of both sides here"
_KEEP = "keep what is right of both, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>"
_QUOTE = "put the whole text in quotes, or write it below as a block: |"


def explain(error: MarkedYAMLError, text: str, path: str) -> Finding:
    """One finding (PM002, or PM004/PM005 where the syntax is that of an alias or a tag) at the place to look at."""
    merge = _MERGE.search(text)
    if merge is not None:
        span = place.at(text.count("\n", 0, merge.start()) + 1, 1, len(merge.group()))
        return Finding(path=path, span=span, code="PM002", message=_BOTH, hint=_KEEP)
    problem, context = error.problem or "not readable", error.context or ""
    code, wants_start = _kind(context, problem)
    mark = error.context_mark if wants_start and error.context_mark else error.problem_mark or error.context_mark
    line, column = _place(mark, text)
    rest = _line(text, line)[column - 1 :]
    explanation = _explanation(problem, context)
    message, hint = explanation(line, column, text) if callable(explanation) else explanation
    span = place.at(line, column, bool(rest))
    return Finding(path=path, span=span, code=code, message=message, hint=hint)


def _kind(context: str, problem: str) -> tuple[str, bool]:
    """The code, and whether the place to look at is where the construct began rather than where reading failed."""
    if context in ("while scanning an alias", "while scanning an anchor"):
        return "PM004", True
    if "tag" in context or problem == "found undefined tag handle":
        return "PM005", True
    starts = "scanning a quoted scalar", "scanning a simple key", "directive"
    return "PM002", any(words in context for words in starts)


def _explanation(problem: str, context: str) -> Explanation | Callable[[int, int, str], Explanation]:
    for words, explanation in _EXPLANATIONS:
        if words in problem or words in context:
            return explanation
    return f"this is not YAML: {problem}", "compare with a line above that is right"


def _place(mark: place.Mark | None, text: str) -> tuple[int, int]:
    """1-based; an error at the end of the file is shown at the end of its last line that holds anything."""
    if mark is None:
        return 1, 1
    if text[mark.index :].strip():
        return mark.line + 1, mark.column + 1
    visible = text.rstrip()
    return visible.count("\n") + 1, len(visible) - visible.rfind("\n")


def _line(text: str, number: int) -> str:
    lines = text.split("\n", number)
    return lines[number - 1] if number <= len(lines) else ""


def _second_colon(line: int, column: int, text: str) -> Explanation:
    before = _line(text, line)[: column - 1]
    if ": " in before:
        return "a second colon in one line: everything before it was taken as a key", _QUOTE
    return (
        "no key is expected here: the line is indented too far, or the line above lacks a space after its colon",
        "line the key up with its neighbours; write a space after each colon",
    )


def _no_key(line: int, column: int, text: str) -> Explanation:
    before, after = _line(text, line)[: column - 1], _line(text, line)[column - 1 :]
    if before.strip():
        return (
            "there is more text after a value that was complete (a closing quote or bracket stands before it)",
            "quote the whole text; inside single quotes write '' for an apostrophe",
        )
    if after.startswith(("- ", "-\n")):
        return "a list item stands where a key is expected", "indent the item under the key it belongs to"
    if after.startswith(":"):
        return "a key is missing before the colon", "write `key: value`"
    return "this line does not line up with the keys above", _INDENT


def _no_token(line: int, column: int, text: str) -> Explanation:
    character = _line(text, line)[column - 1 : column]
    if character == "\t":
        return "a tab stands where only spaces may indent", _INDENT
    return f"text may not start with {character} unless it is quoted", "put the whole text in quotes"


_EXPLANATIONS: tuple[tuple[str, Explanation | Callable[[int, int, str], Explanation]], ...] = (
    ("while scanning an alias", ("text that starts with * is taken as an alias", "put the whole text in quotes")),
    ("while scanning an anchor", ("text that starts with & is taken as an anchor", "put the whole text in quotes")),
    ("directive", ("a line that starts with % is taken as a directive", "indent or quote the text")),
    ("tag", ("a word that starts with ! is taken as a tag", "delete it, or put the whole text in quotes")),
    ("found a tab", ("a tab stands where only spaces may indent", _INDENT)),
    ("cannot start any token", _no_token),
    ("mapping values are not allowed", _second_colon),
    ("did not find expected key", _no_key),
    ("could not find expected ':'", ("this line has no colon after its key", "write `key: value`, or indent the line")),
    (
        "found unknown escape character",
        ("a backslash in double quotes begins an escape that does not exist", "write \\\\ or use single quotes"),
    ),
    ("hexdecimal", ("the escape lacks hexadecimal digits", "write \\\\ for a backslash, or use single quotes")),
    ("Unicode character escape", ("the escape names no character", "write the character itself")),
    ("document indicator", ("a quote is opened here and not closed before --- or ...", "close the quote")),
    ("while scanning a quoted scalar", ("a quote is opened here and never closed", "close the quote")),
    ("block sequence entries", ("a list cannot begin on the line of its key", "begin the list on the next line")),
    ("expected '-' indicator", ("this line does not line up with the list above", _INDENT)),
    ("',' or ']'", ("a comma or the closing ] is missing before this", "close the list, or quote text with : or ,")),
    ("',' or '}'", ("a comma or the closing } is missing before this", "close the braces, or quote text with : or ,")),
    ("equal to 0", ("the number after | or > cannot be 0", "delete the number")),
    (
        "unexpected ':'",
        ("a colon between brackets or braces lacks a space after it", "add the space, or quote the text"),
    ),
    ("<document start>", ("text stands here that belongs to no key", "write `key: value`; put whole texts in quotes")),
    ("node content", ("a value is missing before this character", "write the value, or put the text in quotes")),
    ("comment or line break", ("text stands on the line of | or >", "begin the text on the next line, indented")),
    ("mapping keys are not allowed", ("a question mark begins a key here", "put text that starts with ? in quotes")),
)
