"""Names that the operator keeps out of everything public: customers, persons, projects. Names or their hashes and a
text in, spans out; reads no file.

Case, spaces and hyphens do not count: a name is the sequence of its words.
"""

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Final

import msgspec

from postmortem.lint.pattern import Pattern

_EACH: Final = "\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
"""Chinese characters and Korean syllables, written without spaces or with particles joined to them."""
_HIRAGANA: Final = "\u3041-\u309f"
_KATAKANA: Final = "\u30a1-\u30fa\u30fc-\u30ff"
_WORD: Final = Pattern(
    rf"[{_EACH}]|[{_HIRAGANA}]+|[{_KATAKANA}]+|(?:[^\W_{_EACH}{_HIRAGANA}{_KATAKANA}][\u0300-\u036f]*)+"
)
"""Letters and digits of one script, with accents that stand as characters of their own; of some scripts each character,
so that a name is found in the middle of a sentence without spaces.
"""
_MOST_WORDS: Final = 4
"""Of names known by their hash; more words would make every text dear to look at."""


class _Index(msgspec.Struct, frozen=True):
    """Names by their first words, and run together; the longest has so many words."""

    first: frozenset[str]
    whole: frozenset[str]
    together: frozenset[str]
    longest: int


def canonical(name: str) -> str:
    """The form that is hashed: NFKC, case folded, words joined by single spaces."""
    return " ".join(_words(name))


def digest(name: str) -> str:
    """SHA-256 of the name, in hexadecimal digits, as `deny.hashes` wants it."""
    return _digest(canonical(name))


def find(text: str, names: tuple[str, ...], hashes: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Every place where one of the names stands."""
    found = [(match.group(), *match.span()) for match in _WORD.finditer(text)]
    words = [_folded(word) for word, _, _ in found]
    index, unread = _index(names), frozenset(hashes)
    for at in range(len(words)):
        count = _known(words, at, index) or (_hashed(words, at, unread) if unread else 0)
        if count:
            yield found[at][1], found[at + count - 1][2]


def _known(words: list[str], at: int, index: _Index) -> int:
    """How many words from here on make a name; 0 where none do."""
    if words[at] in index.together:
        return 1
    if words[at] in index.first:
        for count in range(min(index.longest, len(words) - at), 0, -1):
            if " ".join(words[at : at + count]) in index.whole:
                return count
    return 0


def _hashed(words: list[str], at: int, hashes: frozenset[str]) -> int:
    for count in range(min(_MOST_WORDS, len(words) - at), 0, -1):
        if _digest(" ".join(words[at : at + count])) in hashes:
            return count
    return 0


def _words(text: str) -> list[str]:
    return _WORD.findall(_folded(text))


def _folded(text: str) -> str:
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


@cache
def _index(names: Iterable[str]) -> _Index:
    split = [words for name in names if (words := _words(name))]
    return _Index(
        first=frozenset(words[0] for words in split),
        whole=frozenset(" ".join(words) for words in split),
        together=frozenset("".join(words) for words in split),
        longest=max(map(len, split), default=0),
    )


@lru_cache(maxsize=1 << 16)
def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()
