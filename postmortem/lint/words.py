"""Lists of words that rules compare with, from `words.json`. A list's name in, its words out; judges nothing.

`mailboxes` belong to no person, or stand for any · `file_endings` look like the end of a domain · `open_projects` keep
their trackers and wikis open to everybody · `says_nothing` and
`vague` are words of which an update or a title may not consist alone.
"""

from functools import cache
from pathlib import Path
from typing import Final

import msgspec

_FILE: Final = Path(__file__).with_name("words.json")


def words(name: str) -> frozenset[str]:
    """The words of one list, in lower case."""
    return _all()[name]


@cache
def _all() -> dict[str, frozenset[str]]:
    return msgspec.json.decode(_FILE.read_bytes(), type=dict[str, frozenset[str]])
