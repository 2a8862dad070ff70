"""`/history/rows.json`: every row of the lists for the script that filters them, loaded only when somebody filters.
History and settings in, bytes out; knows no filter.

It is the page's own and no promise (that is `/api/v1/incidents.json`, six times as large). A column names each value
once and then says by number which row has it; days count from the row before. Texts are text, never HTML.
"""

from collections.abc import Hashable, Iterable
from datetime import date
from typing import Final, TypeVar

import msgspec

from postmortem.model.artifact import Artifact
from postmortem.model.history import History
from postmortem.model.settings import Settings
from postmortem.model.summary import Summary
from postmortem.pages import links, messages, rows
from postmortem.pages.markdown import clean

PATH: Final = "history/rows.json"
_EPOCH: Final = date(1970, 1, 1)

T = TypeVar("T", bound=Hashable)


class Column(msgspec.Struct, frozen=True):
    """A column of few different values: `of` says for each row which of `values` it has."""

    values: tuple[object, ...]
    of: tuple[int, ...]


class Marks(msgspec.Struct, frozen=True):
    """The four marks of a row: what they are drawn from, what they say, and which classes were affected."""

    looks: tuple[str, ...]
    told: str
    affected: tuple[str, ...]


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """All rows, newest first. `id` is what follows the day in the incident's id, the whole id where that begins with
    another day; `severity` holds (id, word), `services` and the like hold ids; `names` says what people call these.
    """

    names: dict[str, dict[str, str]]
    letters: tuple[str, ...]
    id: tuple[str, ...]
    title: tuple[str, ...]
    day: tuple[int, ...]
    severity: Column
    marks: Column
    services: Column
    models: Column
    causes: Column
    providers: Column
    span: Column
    open: Column
    state: Column


def artifact(history: History, settings: Settings) -> Artifact:
    """The table as JSON."""
    found, names = history.rows, links.of(settings, "")
    shown = rows.rows(found, names)
    table = Table(
        names={
            "services": {key: clean(name) for key, name in names.services.items()},
            "models": {key: clean(name) for key, name in names.models.items()},
            "causes": messages.CAUSE_CATEGORY,
            "providers": {key: clean(name) for key, name in names.providers.items()},
        },
        letters=tuple(messages.IMPACT_CLASS_LETTER.values()),
        id=tuple(_id(each) for each in found),
        title=tuple(clean(each.title) for each in found),
        day=_days(found),
        severity=_column((row.severity, row.word) for row in shown),
        marks=_marks(found),
        services=_column(each.services for each in found),
        models=_column(each.models for each in found),
        causes=_column(causes(each) for each in found),
        providers=_column(each.providers for each in found),
        span=_column(row.span for row in shown),
        open=_column(row.open for row in shown),
        state=_column(row.state for row in shown),
    )
    return Artifact(PATH, msgspec.json.encode(table))


def causes(summary: Summary) -> tuple[str, ...]:
    """The categories of its cause factors, whatever their role, each once."""
    return tuple(dict.fromkeys(category for category, _ in summary.causes))


def _id(summary: Summary) -> str:
    return summary.id.removeprefix(summary.day.isoformat())


def _days(found: Iterable[Summary]) -> tuple[int, ...]:
    days = [(each.day - _EPOCH).days for each in found]
    return tuple(day - before for day, before in zip(days, [0, *days], strict=False))


def _column(values: Iterable[T]) -> Column:
    seen: dict[T, int] = {}
    of = tuple(seen.setdefault(value, len(seen)) for value in values)
    return Column(tuple(seen), of)


def _marks(found: Iterable[Summary]) -> Column:
    """Looks alone are numbered: equal looks are told equally, and affect the same classes."""
    met: dict[tuple[str, ...], Marks] = {}
    looks = [rows.looks(each) for each in found]
    for key, each in zip(looks, found, strict=True):
        if key not in met:
            affected = tuple(name for name, row in each.impact.items() if row.state == "affected")
            met[key] = Marks(key, rows.told(each), affected)
    numbered = _column(looks)
    return Column(tuple(met.values()), numbered.of)
