"""Many literals looked up in one text at once: which patterns are worth trying. Words of a text in, what belongs to the
literals among them out.

Literals are grouped by a character that few words have, and looked up only in the words that have it.
"""

from collections.abc import Iterable, Sequence
from typing import Final, Generic, TypeVar

import msgspec

Thing = TypeVar("Thing")

_RARE: Final = "~%@=[_/:.-"
"""From rare to common in prose."""
LONG: Final = 15
"""A literal without any of these is looked for in words longer than this: keys are."""


class Literals(msgspec.Struct, Generic[Thing], frozen=True):
    """Literals in lower case with what belongs to each, by the rarest of their characters."""

    groups: tuple[tuple[str, tuple[tuple[str, Thing], ...]], ...]

    def among(self, words: Sequence[str]) -> list[Thing]:
        """What belongs to the literals that stand in one of the words, each in lower case."""
        found: list[Thing] = []
        together = " ".join(words)
        for rare, rows in self.groups:
            if rare not in together:
                continue
            worth = [word for word in words if (rare in word if rare else len(word) > LONG)]
            if worth:
                text = " ".join(worth)
                found += [thing for literal, thing in rows if literal in text]
        return found


def group(rows: Iterable[tuple[str, Thing]]) -> Literals[Thing]:
    """Put literals into their groups."""
    groups: dict[str, list[tuple[str, Thing]]] = {}
    for literal, thing in rows:
        rare = next((each for each in _RARE if each in literal), "")
        groups.setdefault(rare, []).append((literal, thing))
    return Literals(tuple((rare, tuple(held)) for rare, held in groups.items()))


def odd(folded: str) -> list[str]:
    """The words that are more than letters with a full stop or comma, and the long ones."""
    return [word for word in folded.split() if len(word) > LONG or not (word.isalpha() or word[:-1].isalpha())]
