"""All summaries in order, and the ways to look at them. Summaries in, subsets of them out; counts nothing that
people see (that is metrics).
"""

from collections.abc import Callable, Iterable

import msgspec

from postmortem.model.summary import Summary
from postmortem.model.vocabulary import ImpactClass


class History(msgspec.Struct, frozen=True):
    """Every public incident, newest first by (first known, id under which it was first published)."""

    rows: tuple[Summary, ...]

    def years(self) -> tuple[int, ...]:
        """The years that have incidents, newest first."""
        return tuple(dict.fromkeys(row.first_known.year for row in self.rows))

    def of_year(self, year: int) -> tuple[Summary, ...]:
        """The incidents first known in that year (UTC)."""
        return self._where(lambda row: row.first_known.year == year)

    def of_service(self, service: str) -> tuple[Summary, ...]:
        """The incidents that touched the service."""
        return self._where(lambda row: service in row.services)

    def of_model(self, model: str) -> tuple[Summary, ...]:
        """The incidents in which the model is named."""
        return self._where(lambda row: model in row.models)

    def of_class(self, name: ImpactClass) -> tuple[Summary, ...]:
        """The incidents that affected the class."""
        return self._where(lambda row: row.impact[name].state == "affected")

    def open(self) -> tuple[Summary, ...]:
        """The incidents nobody has closed yet."""
        return self._where(lambda row: row.is_open)

    def _where(self, test: Callable[[Summary], bool]) -> tuple[Summary, ...]:
        return tuple(row for row in self.rows if test(row))


def order(summaries: Iterable[Summary]) -> History:
    """Put summaries into the one order that every list uses."""
    return History(tuple(sorted(summaries, key=lambda row: (row.first_known, row.first_id), reverse=True)))
