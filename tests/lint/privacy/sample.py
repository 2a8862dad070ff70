"""The labelled set of private things in public prose: in come the files beside this module, out come its lines.
It refuses to know the rules that are measured with it.
"""

from pathlib import Path
from typing import Literal

import msgspec

Label = Literal["secret", "private_address", "internal_host", "email", "phone", "person"]

FOLDER = Path(__file__).parent
SECOND, THIRD, FOURTH = FOLDER / "second", FOLDER / "third", FOLDER / "fourth"
"""Sets that were labelled after the rules, by people who had not read them."""


class Labelled(msgspec.Struct, frozen=True):
    """One line of public prose that holds exactly one thing which must not be published."""

    text: str
    label: Label
    why: str


class _Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line as it is stored: a secret in pieces, so that the scanners of code hosts see none in the file."""

    text: str | tuple[str, ...]
    label: Label
    why: str


def _lines(folder: Path, name: str) -> list[str]:
    """The lines of a file; split at line feeds only, because a text may hold any other space."""
    return (folder / name).read_text(encoding="utf-8").removesuffix("\n").split("\n")


def labelled(folder: Path = FOLDER) -> list[Labelled]:
    """The lines that a linter must report."""
    stored = [msgspec.json.decode(line, type=_Line) for line in _lines(folder, "labelled.jsonl")]
    return [Labelled("".join(line.text), line.label, line.why) for line in stored]


def clean(folder: Path = FOLDER) -> list[str]:
    """The lines that a linter must let pass."""
    return _lines(folder, "clean.txt")


def deny(folder: Path = FOLDER) -> list[str]:
    """The names of persons and customers that an operator would keep in a list outside the repository."""
    return _lines(folder, "deny.txt")
