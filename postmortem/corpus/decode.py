"""One record from its bytes: strict YAML, then the schema, then the model. Bytes in, a `Record` or findings out;
touches no disk.

Every stage runs only on what the one before it accepted, so that one mistake is told once, in its own words.
"""

import msgspec

from postmortem.model import record as records
from postmortem.model.finding import Finding, Problem
from postmortem.model.record import Record
from postmortem.schema.check import check
from postmortem.yamldoc.document import Document
from postmortem.yamldoc.loader import read


class Decoded(msgspec.Struct, frozen=True):
    """What came of a file: the record if it is valid, the document if it is YAML, and what is wrong with it."""

    record: Record | None
    document: Document | None
    findings: tuple[Finding, ...]


def decode(source: bytes, path: str) -> Decoded:
    """Read a record. `findings` is empty exactly where `record` is there."""
    document, findings = read(source, path)
    return Decoded(None, document, findings) if document is None or findings else decode_document(document, path)


def decode_document(document: Document, path: str) -> Decoded:
    """The same of a document that was read without a finding."""
    problems = check(document.data, "incident")
    if problems:
        return Decoded(None, document, placed(problems, document, path))
    return Decoded(records.read(document.data), document, ())


def placed(problems: tuple[Problem, ...], document: Document, path: str) -> tuple[Finding, ...]:
    """Give each problem that carries its own code the place in the file that its pointer means."""
    return tuple(sorted(place(each, document, path) for each in problems))


def place(problem: Problem, document: Document, path: str) -> Finding:
    """One problem as a finding of weight error."""
    return Finding(
        path=path,
        span=document.locate(problem.pointer, key=problem.at_key),
        code=problem.code,
        message=problem.message,
        hint=problem.hint,
        pointer=problem.pointer,
    )
