"""What the privacy patterns find in the labelled set: the sample in, figures out. Knows no single line."""

from collections import Counter
from pathlib import Path

import msgspec

from postmortem.lint.names import find as names
from postmortem.lint.private import find
from tests.lint.privacy.sample import FOLDER, Label, clean, deny, labelled


class Measure(msgspec.Struct, frozen=True):
    """How many lines of each label there are and were found, and the clean lines that were flagged."""

    held: dict[Label, int]
    found: dict[Label, int]
    clean: int
    flagged: tuple[str, ...]

    def recall(self) -> float:
        """The share of the labelled lines that were found, 0 to 1."""
        return sum(self.found.values()) / sum(self.held.values())

    def false_alarms(self) -> float:
        """The share of the clean lines that were flagged, 0 to 1."""
        return len(self.flagged) / self.clean


def measure(folder: Path = FOLDER) -> Measure:
    """Look at every line of a set once."""
    names_denied = tuple(deny(folder))
    lines = labelled(folder)
    harmless = clean(folder)
    return Measure(
        held=dict(Counter(line.label for line in lines)),
        found=dict(Counter(line.label for line in lines if _told(line.text, names_denied))),
        clean=len(harmless),
        flagged=tuple(line for line in harmless if _told(line, names_denied)),
    )


def _told(text: str, denied: tuple[str, ...]) -> bool:
    return bool(find(text)) or any(names(text, denied, ()))
