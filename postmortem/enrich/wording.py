"""Titles and updates as the rules for impact classes read them: text in, plain words and sentences out, and the lists
of `classes.toml` as patterns. It knows no class and judges nothing.

Every pattern begins at the start of a word and never looks at a character twice, so that time is linear in the text.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import resources
from typing import Final

LONGEST = 20_000
"""Characters of one text that are read: the longest update in real captures has 25,000, and says what failed first."""

_SPACES: Final = re.compile(r"[\s\-_/\u2010-\u2015]+")
_SENTENCES: Final = re.compile(r"(?<=[.!?])\s|[\r\n]|\*\*")
_QUOTES: Final = str.maketrans({"\u2019": "'", "\u02bc": "'"})
_NOTHING: Final = re.compile(r"(?!)")


def fold(text: str) -> str:
    """The text as it is compared: NFKC, case folded, one space for each run of white space, hyphens and slashes."""
    cut = text[:LONGEST]
    if cut.isascii():
        return _SPACES.sub(" ", cut.lower()).strip()
    folded = unicodedata.normalize("NFKC", cut).casefold()[:LONGEST]
    return _SPACES.sub(" ", folded.translate(_QUOTES)).strip()


@lru_cache(maxsize=512)
def sentences(text: str) -> tuple[str, ...]:
    """The sentences and lines of a text, each folded; empty ones are left out. Pages say the same again and again."""
    return tuple(folded for each in _SENTENCES.split(text[:LONGEST]) if (folded := fold(each)))


def pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of the phrases as whole words; a trailing `*` stands for any ending of a word."""
    written = sorted({each for each in phrases if each}, key=lambda each: (-len(each), each))
    if not written:
        return _NOTHING
    return re.compile(rf"(?<!\w)(?:{'|'.join(_phrase(each) for each in written)})")


def _phrase(phrase: str) -> str:
    stem = phrase.removesuffix("*")
    return re.escape(stem) + (r"\w*+" if stem != phrase else r"(?!\w)")


@cache
def listed(*place: str) -> re.Pattern[str]:
    """The pattern of one list in `classes.toml`, by its place: `listed("authentication", "phrases")`."""
    return pattern(words(*place))


@cache
def words(*place: str) -> tuple[str, ...]:
    """The phrases of one list. Errors: KeyError where there is none, which is a bug."""
    found: object = _tables()
    for each in place:
        found = found[each] if isinstance(found, dict) else None
    if isinstance(found, dict):
        return tuple(found)
    if not isinstance(found, list):
        raise KeyError(place)
    return tuple(str(each) for each in found)


@lru_cache(maxsize=64)
def named(names: tuple[str, ...]) -> re.Pattern[str]:
    """The pattern of names that a catalogue or a page gives, folded; what is shorter than three letters is left out."""
    return pattern(each for name in names if len(each := fold(name).rstrip("*")) > _SHORT)


_SHORT: Final = 2


@cache
def _tables() -> dict[str, object]:
    text = resources.files("postmortem.enrich").joinpath("classes.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
