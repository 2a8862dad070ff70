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
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\r")) + b"\x7f"
_WIDE_STRANGE = re.compile("[\x80-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_STRANGE = frozenset(_CONTROLS.decode()).union(map(chr, range(0x80, 0xA0)), "\u2028\u2029\ufeff\ufffe\uffff")
_LONE_RETURN = re.compile(r"\r(?!\n)")
_BREAKS = {
    "\r": "a lone carriage return",
    "\x85": "a NEXT LINE character",
    "\u2028": "a LINE SEPARATOR",
    "\u2029": "a PARAGRAPH SEPARATOR",
}
_COMMENTS = re.compile(r"(?:[ \t]*+(?:#[^\n]*+)?\r?\n)*+(?:[ \t]*+(?:#[^\n]*+)?\Z)?")
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


def encoded(text: str, old: bytes) -> bytes:
    """The bytes of a file's new text, with a byte order mark if it had one."""
    return (_BOM if old.startswith(_BOM) else b"") + text.encode()


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
    findings = []
    if len(body.translate(None, _CONTROLS)) != len(body) or (not text.isascii() and _WIDE_STRANGE.search(text)):
        for character in sorted(_STRANGE.intersection(text)):
            findings.append(_strange(character, text, text.index(character), text.count(character), path))
            text = text.replace(character, " ")
    lone = body.count(b"\r") - body.count(b"\r\n")
    if lone and (first := _LONE_RETURN.search(text)):
        findings.append(_strange("\r", text, first.start(), lone, path))
        text = text.replace("\r\n", "\0\n").replace("\r", " ").replace("\0\n", "\r\n")
    return text, findings


def _strange(character: str, text: str, start: int, count: int, path: str) -> Finding:
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
    start = _after_comments(text, 0)
    if text.startswith("%", start):
        message = "a line that starts with % is a YAML directive; a record has none"
        span = place.at(*position(text, start), 1)
        return "", [_finding(path, span, "PM008", message, "delete the line; quote text that starts with %")]
    if "\n---" not in text and "\n..." not in text and not text.startswith(("---", "...")):
        return text, []
    for match in _MARKER.finditer(text):
        marker, place_of_it = match.group(), match.start()
        if marker == "---" and place_of_it == start:
            continue
        if marker == "..." and _after_comments(text, match.end()) == len(text):
            break
        span = place.at(*position(text, place_of_it), 3)
        message = f"{marker} begins another document; a file holds exactly one"
        return text[:place_of_it], [_finding(path, span, "PM008", message, "give each record its own file")]
    return text, []


def _after_comments(text: str, start: int) -> int:
    """The index of the first line, from `start` on, that is neither empty nor a comment."""
    found = _COMMENTS.match(text, start)
    return found.end() if found else start


def _finding(path: str, span: Span, code: str, message: str, hint: str) -> Finding:
    return Finding(path=path, span=span, code=code, message=message, hint=hint)
