"""What the linter says, as values: a problem at a pointer, and the same with its place in a file. Sorting them is
sorting the report.

A rule yields a `Problem` and knows neither its own code nor a line number; the runner adds code, severity and place
and makes a `Finding`.
"""

from typing import Literal

import msgspec

Pointer = tuple[str | int, ...]
"""Keys and list positions from the top of the record: ("timeline", 3, "at"); printed as `timeline/3/at`."""

Weight = Literal["error", "warning", "advice"]
"""How much a finding weighs: only an error fails a run; a warning does under `--strict`; advice never."""


class Span(msgspec.Struct, frozen=True, order=True):
    """Where something stands in a text: 1-based, columns in code points, the end one past the last character."""

    line: int
    column: int
    end_line: int
    end_column: int


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong, at which part of the record; `at_key` points at the key rather than at its value.

    `code` is empty for lint rules (the runner knows it); the schema check fills it, since one check finds many kinds.
    """

    pointer: Pointer
    message: str
    hint: str = ""
    at_key: bool = False
    code: str = ""


class Finding(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """One line of the report. Fields are in the order in which findings are sorted."""

    path: str
    span: Span
    code: str
    message: str
    weight: Weight = "error"
    hint: str = ""
    pointer: Pointer = ()


def printed(pointer: Pointer) -> str:
    """A pointer as messages show it: `impact/data_access/windows/0/end`."""
    return "/".join(str(step) for step in pointer)
