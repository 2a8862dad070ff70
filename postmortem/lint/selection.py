"""Which findings a run tells: words from a command line in, fewer findings out.

A word is a code (PM204), a name (open-window) or the beginning of a code (PM2, a whole family). What the reader and the
schema refuse is always told, whatever is selected: no rule has looked at such a record.
"""

from collections.abc import Iterable

import msgspec

from postmortem.lint.guide import guides
from postmortem.model.finding import Finding

_ALWAYS = "PM0"
_ABOUT_IGNORING = "PM08"


class Selection(msgspec.Struct, frozen=True):
    """The words given; nothing selected means everything."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def takes(self, code: str) -> bool:
        """Whether findings of this code are told."""
        if code.startswith(_ALWAYS) and not code.startswith(_ABOUT_IGNORING):
            return True
        wanted = not self.select or any(_means(word, code) for word in self.select)
        return wanted and not any(_means(word, code) for word in self.ignore)

    def of(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """The findings that the words let through, in their order."""
        return tuple(each for each in findings if self.takes(each.code))

    def unknown(self) -> tuple[str, ...]:
        """The words that mean no code at all, in the order given."""
        return tuple(word for word in (*self.select, *self.ignore) if not any(_means(word, code) for code in guides()))


def _means(word: str, code: str) -> bool:
    folded = word.strip().casefold()
    return folded == guides()[code].slug or (folded.startswith("pm") and code.casefold().startswith(folded))
