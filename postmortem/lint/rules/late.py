"""The rule about what is told late: a record and its line of the ledger in, problems out.

Ids and dates of entries are all that a message names.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from postmortem.lint.rule import Pair
from postmortem.model.announcement import CLOSED
from postmortem.model.finding import Pointer, Problem
from postmortem.model.moment import rfc3339
from postmortem.model.record import Record

RECENT: Final = timedelta(days=30)
"""What a live feed holds whatever comes: older entries may stand in archives that are full (docs/adr/0014)."""


_AGAIN: Final = "date it when it can be read, after what readers have already"


def late_entry(pair: Pair) -> Iterator[Problem]:
    """What is told late is dated when it is told: no entry comes in before what readers have already.

    A feed reader that asks for what is newer never shows an entry with an old date, and archives that are full would
    change. Where an update speaks of something earlier, `at` says when that was and `published` when it could be read;
    `postmortem update --at` writes both. An action has `published` beside `done`, a revision is dated when it is
    published. A record that comes long after its incident says so with its first revision: then its updates are
    history, and only the record is news.

    Bad:
    ```yaml
    timeline:
      - {id: u1, at: "2026-06-23T14:31Z", kind: update, status: investigating, text: We look into it.}
      - {id: u3, at: "2026-06-23T14:40Z", kind: update, text: It was the gateway.}
      - {id: u2, at: "2026-06-23T14:47Z", kind: update, status: resolved, text: Chats failed until now.}
    ```
    ```yaml ledger.jsonl
    {"id":"2026-06-23-chat-unavailable","state":"published","entries":{"u1":"2026-06-23T14:31:00Z","u2":"2026-06-23T14:47:00Z"}}
    ```

    Good:
    ```yaml
    timeline:
      - {id: u1, at: "2026-06-23T14:31Z", kind: update, status: investigating, text: We look into it.}
      - {id: u3, at: "2026-06-23T14:40Z", published: "2026-06-23T15:02Z", kind: update, text: It was the gateway.}
      - {id: u2, at: "2026-06-23T14:47Z", kind: update, status: resolved, text: Chats failed until now.}
    ```
    ```yaml ledger.jsonl
    {"id":"2026-06-23-chat-unavailable","state":"published","entries":{"u1":"2026-06-23T14:31:00Z","u2":"2026-06-23T14:47:00Z","u3":"2026-06-23T15:02:00Z"}}
    ```
    """
    record = pair.record
    if record is None or pair.now is None:
        return
    late = list(_late(pair, record))
    if pair.promised is None and len(late) > 1:
        message = f"{late[0]} to {late[-1]} are dated before {_day(pair.newest)}, and this record is new to readers"
        hint = "say when it came: a revision 1 of kind initial, dated today, makes what is older history"
        yield Problem(pointer=("revisions",) if record.revisions else ("id",), message=message, hint=hint, at_key=True)
        return
    for id_ in late:
        pointer, step = _place(id_, record)
        already = f"of {_day(pair.newest)}" if pair.promised is None else "that came after it"
        message = f"{id_} is new and dated {pair.now.entries[id_]}, and readers have entries {already}"
        yield Problem(pointer=pointer, message=message, hint=step)


def _late(pair: Pair, record: Record) -> Iterator[str]:
    """The ids of new entries that would come in before what is there, by their dates."""
    known = pair.promised is not None
    if pair.now is None or (not known and (record.record == "embargoed" or record.former_ids)):
        return  # what time opened is advice, and under a former id its entries are known
    held = pair.promised.entries if pair.promised is not None else {}
    silent = {f"r{each.number}" for each in record.revisions if each.kind == "editorial"}
    first = {f"r{each.number}" for each in record.revisions if each.kind == "initial"}
    began = min((date for id_, date in pair.now.entries.items() if id_ in first), default="")
    told = [date for id_, date in held.items() if is_told(id_) and id_ not in silent and date[:1].isdecimal()]
    settled = rfc3339(pair.newest - RECENT) if pair.newest is not None else ""
    since = max([settled, *told]) if known else settled
    for date, id_ in sorted((date, id_) for id_, date in pair.now.entries.items() if id_ not in held):
        history = not known and date < began
        if date < since and is_told(id_) and id_ not in silent and not history:
            yield id_


def is_told(id_: str) -> bool:
    """Whether an entry of the ledger may be one of a feed, by its id: a note never is."""
    return not id_.startswith("n")


def _place(id_: str, record: Record) -> tuple[Pointer, str]:
    """Where the date of an entry is written, and what to do about it."""
    for index, entry in enumerate(record.timeline):
        if entry.id == id_:
            step = _AGAIN if entry.published else "keep at, and say when it can be read: published, beside it"
            return ("timeline", index, "published" if entry.published else "at"), step
    for index, action in enumerate(record.actions):
        if action.id == id_:
            step = _AGAIN if action.published else "keep done, and say when readers are told: published, beside it"
            return ("actions", index, "published" if action.published else "done"), step
    for index, revision in enumerate(record.revisions):
        if f"r{revision.number}" == id_:
            return ("revisions", index, "at"), "date it when it is published"
    step = f"let an update tell the end, which says when: postmortem update {record.id} TEXT --status resolved --at …"
    return ("clocks", "resolved") if id_ == CLOSED else ("id",), step


def _day(newest: datetime | None) -> str:
    return newest.date().isoformat() if newest is not None else "what readers have"
