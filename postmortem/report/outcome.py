"""What a run found, as every reporter takes it."""

from collections import Counter
from collections.abc import Callable

import msgspec

from postmortem.model.finding import Finding, Weight


class Outcome(msgspec.Struct, frozen=True):
    """The findings in the order of reports, how many records were looked at, and how to get a file's text to quote
    it (empty where it cannot be read).
    """

    findings: tuple[Finding, ...]
    records: int
    read: Callable[[str], str]

    def counts(self) -> Counter[Weight]:
        """How many findings of each weight."""
        return Counter(each.weight for each in self.findings)
