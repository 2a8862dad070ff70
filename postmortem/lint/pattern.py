"""Expressions that are compiled when a text first asks for them: most runs look at few texts, and most texts hold
nothing that most expressions are for. An expression in, what `re` says of a text out; knows no text.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any


class Pattern:
    """As `re.compile` gives one, as far as rules ask. A wrong expression raises `re.error` when it is first used."""

    def __init__(self, expression: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self.expression, self.flags = expression, flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """What `re` made of it."""
        return re.compile(self.expression, self.flags)

    @cached_property
    def search(self) -> Callable[..., re.Match[str] | None]:
        """`re.Pattern.search`; found on the instance from the second time on, as are the others."""
        return self.compiled.search

    @cached_property
    def match(self) -> Callable[..., re.Match[str] | None]:
        """`re.Pattern.match`."""
        return self.compiled.match

    @cached_property
    def fullmatch(self) -> Callable[..., re.Match[str] | None]:
        """`re.Pattern.fullmatch`."""
        return self.compiled.fullmatch

    @cached_property
    def finditer(self) -> Callable[..., Iterator[re.Match[str]]]:
        """`re.Pattern.finditer`."""
        return self.compiled.finditer

    @cached_property
    def findall(self) -> Callable[..., list[Any]]:
        """`re.Pattern.findall`."""
        return self.compiled.findall

    @cached_property
    def groupindex(self) -> Mapping[str, int]:
        """`re.Pattern.groupindex`."""
        return self.compiled.groupindex
