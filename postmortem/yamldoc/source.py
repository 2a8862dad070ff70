"""Bytes in; out comes the text as people see it, and the part of it that a YAML parser may be given.

Everything that makes a parser, an editor and a reviewer count lines differently is refused here, before parsing.
It knows no YAML beyond document markers and directives, which it refuses for the same reason: cheaply, and by place.
"""

import re

import msgspec

from postmortem.model.finding import Finding, Span
from postmortem.yamldoc import place
from postmortem.yamldoc.limits import MAX_BYTES

_BOM = b"\xef\xbb\xbf"
_WIDE = {b"\xff\xfe\x00\x00": "UTF-32", b"\x00\x00\xfe\xff": "UTF-32", b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
_STRANGE_ASCII = bytes(set(range(0x20)) - set(b"\t\n")) + b"\x7f"
_STRANGE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|\r(?!\n)")
_BREAKS = {
    "\r": "a lone carriage return",
    "\x85": "a NEXT LINE character",
    "\u2028": "a LINE SEPARATOR",
    "\u2029": "a PARAGRAPH SEPARATOR",
}
_PRELUDE = re.compile(r"(?:[ \t]*+(?:#[^\n]*+)?\r?\n)*+(?:[ \t]*+(?:#[^\n]*+)?\Z)?")
_MARKER = re.compile(r"^(?:---|\.\.\.)(?=[ \t\r\n]|\Z)", re.MULTILINE)


class Source(msgspec.Struct, frozen=True):
    """A file's text without its byte order mark, and the text to parse: as long as `text` or shorter, with every
    refused character replaced by a space, so that all positions agree.
    """

    text: str
    parsable: str


def decode(source: bytes, path: str) -> tuple[Source | None, list[Finding]]:
    """The text of a file and what is wrong with it as text (PM001, PM006, PM007, PM008); None if it is no text."""
    if len(source) > MAX_BYTES:
        message = f"the file has {len(source):,} bytes; at most {MAX_BYTES:,} are read"
        return None, [_finding(path, place.at(1, 1), "PM006", message, "split it: one file holds one incident")]
    body = source.removeprefix(_BOM)
    for mark, name in _WIDE.items():
        if source.startswith(mark):
            message = f"the file is saved as {name}; only UTF-8 is read"
            return None, [_finding(path, place.at(1, 1), "PM001", message, "save it again with the encoding UTF-8")]
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        return None, [_undecodable(body, error, path)]
    parsable, findings = _without_strange(text, body, path)
    parsable, documents = _one_document(parsable, path)
    return Source(text, parsable), findings + documents


def position(text: str, index: int) -> tuple[int, int]:
    """Line and column (1-based, code points) of an index; only a line feed ends a line."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def _undecodable(body: bytes, error: UnicodeDecodeError, path: str) -> Finding:
    before = body[: error.start].decode()
    line, column = position(before, len(before))
    message = f"byte 0x{body[error.start]:02x} is not UTF-8 text"
    hint = "save the file with the encoding UTF-8"
    return _finding(path, place.at(line, column, 1), "PM001", message, hint)


def _without_strange(text: str, body: bytes, path: str) -> tuple[str, list[Finding]]:
    """The text with refused characters as spaces, and one finding for each kind of them, at its first place."""
    ascii_is_clean = len(body.translate(None, _STRANGE_ASCII)) == len(body)
    if ascii_is_clean and (text.isascii() or not _STRANGE.search(text)):
        return text, []
    first: dict[str, list[int]] = {}
    for match in _STRANGE.finditer(text):
        first.setdefault(match.group(), [match.start(), 0])[1] += 1
    findings = [_strange(text, character, start, count, path) for character, (start, count) in first.items()]
    return _STRANGE.sub(" ", text) if findings else text, findings


def _strange(text: str, character: str, start: int, count: int, path: str) -> Finding:
    line, column = position(text, start)
    again = f" ({count} times in this file, here first)" if count > 1 else ""
    span = place.at(line, column, 1)
    if character in _BREAKS:
        message = f"{_BREAKS[character]} (U+{ord(character):04X}): some readers end the line here, others do not{again}"
        return _finding(path, span, "PM007", message, "end lines with LF or CRLF; inside text, delete it")
    message = f"the invisible character U+{ord(character):04X} may not stand in a record{again}"
    return _finding(path, span, "PM001", message, "delete it")


def _one_document(text: str, path: str) -> tuple[str, list[Finding]]:
    """The text up to the end of its first document; libyaml needs quadratic time for thousands of directives."""
    if "\n---" not in text and "\n..." not in text and "%" not in text and not text.startswith(("---", "...")):
        return text, []
    prelude = _PRELUDE.match(text)
    start = prelude.end() if prelude else 0
    if text.startswith("%", start):
        line, column = position(text, start)
        message = "a line that starts with % is a YAML directive; a record has none"
        span = place.at(line, column, 1)
        return "", [_finding(path, span, "PM008", message, "delete the line; quote text that starts with %")]
    for match in _MARKER.finditer(text):
        if match.start() == start and match.group() == "---":
            continue
        if match.group() == "..." and _PRELUDE.fullmatch(text, match.end()):
            return text, []
        line, column = position(text, match.start())
        message = f"{match.group()} begins another document; a file holds exactly one"
        span = place.at(line, column, 3)
        return text[: match.start()], [_finding(path, span, "PM008", message, "give each record its own file")]
    return text, []


def _finding(path: str, span: Span, code: str, message: str, hint: str) -> Finding:
    return Finding(path=path, span=span, code=code, message=message, hint=hint)
