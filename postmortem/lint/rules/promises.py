"""Rules about what readers were promised: a record and its line of the ledger in, problems out.

Ids and dates were public when the ledger noted them, so messages may name them; nothing else of a record is quoted.
"""

from collections.abc import Iterator
from typing import Final

from postmortem.corpus.ledger import Promise, both
from postmortem.lint.rule import Pair
from postmortem.lint.rules.late import late_entry
from postmortem.model.announcement import CLOSED
from postmortem.model.finding import Pointer, Problem
from postmortem.model.record import Record

_ENTER: Final = "run postmortem lint --fix once no errors are left, and commit ledger.jsonl along with the record"


def gone_record(pair: Pair) -> Iterator[Problem]:
    """An id that was public once leads to a record for ever.

    Pages, feeds and other people's links use it. A record that was renamed names its old id in `former_ids`, and one
    that should never have been is withdrawn: its address keeps a notice that says why. Only redaction takes words away,
    and it leaves id and entries as well.

    Bad:
    ```yaml
    id: 2026-06-23-chat-errors
    ```
    ```yaml ledger.jsonl
    {"id":"2026-06-23-chat-errors","state":"published","entries":{"u1":"2026-06-23T14:47:00Z"}}
    {"id":"2026-06-23-chat-unavailable","state":"published","entries":{"u1":"2026-06-23T14:47:00Z"}}
    ```

    Good:
    ```yaml
    id: 2026-06-23-chat-errors
    former_ids: [2026-06-23-chat-unavailable]
    ```
    ```yaml ledger.jsonl
    {"id":"2026-06-23-chat-errors","former_ids":["2026-06-23-chat-unavailable"],"state":"published","entries":{"u1":"2026-06-23T14:47:00Z"}}
    {"id":"2026-06-23-chat-unavailable","state":"published","entries":{"u1":"2026-06-23T14:47:00Z"}}
    ```
    """
    if pair.promised is None:
        return
    if pair.record is None:
        hint = "bring its file back from git, and withdraw it if need be; if it was renamed, name this id in former_ids"
        message = f'the record "{pair.promised.id}" was public, and is not there any more'
        yield Problem(pointer=(pair.promised.id,), message=message, hint=hint)
        return
    for id_ in pair.promised.former_ids if pair.now is not None else ():
        if id_ not in (pair.record.id, *pair.record.former_ids):
            message = f'"{id_}" was an address of this record, and would lead nowhere'
            yield Problem(pointer=("former_ids",), message=message, hint=f"write {id_} into former_ids again")


def first_id(pair: Pair) -> Iterator[Problem]:
    """The id under which a record was first published stands first in `former_ids`.

    Feeds, the calendar and clients know an incident by that id for ever, whatever it is called now. If another one came
    first, every entry that readers have would come to them again as new. Add an id at the end when a record is renamed.
    One that was never published here, and shall only lead on, comes after the first, too: where the record has its
    first id still, that stands in `former_ids` itself.

    Bad:
    ```yaml
    id: 2026-06-23-sign-in-failed
    former_ids: [2026-06-23-chat-errors, 2026-06-23-chat-unavailable]
    ```
    ```yaml ledger.jsonl
    {"id":"2026-06-23-chat-errors","former_ids":["2026-06-23-chat-unavailable"],"state":"published","entries":{"u1":"2026-06-23T14:47:00Z"}}
    {"id":"2026-06-23-chat-unavailable","state":"published","entries":{"u1":"2026-06-23T14:47:00Z"}}
    {"id":"2026-06-23-sign-in-failed","former_ids":["2026-06-23-chat-errors","2026-06-23-chat-unavailable"],"state":"published","entries":{"u1":"2026-06-23T14:47:00Z"}}
    ```

    Good:
    ```yaml
    id: 2026-06-23-sign-in-failed
    former_ids: [2026-06-23-chat-unavailable, 2026-06-23-chat-errors]
    ```
    ```yaml ledger.jsonl
    {"id":"2026-06-23-chat-errors","former_ids":["2026-06-23-chat-unavailable"],"state":"published","entries":{"u1":"2026-06-23T14:47:00Z"}}
    {"id":"2026-06-23-chat-unavailable","state":"published","entries":{"u1":"2026-06-23T14:47:00Z"}}
    {"id":"2026-06-23-sign-in-failed","former_ids":["2026-06-23-chat-unavailable","2026-06-23-chat-errors"],"state":"published","entries":{"u1":"2026-06-23T14:47:00Z"}}
    ```
    """
    if pair.promised is None or pair.record is None or pair.now is None or not pair.eldest:
        return
    first = pair.promised.first_id
    if pair.record.first_id != first:
        listed = dict.fromkeys((first, *pair.record.former_ids))
        pointer = ("former_ids",) if pair.record.former_ids else ("id",)
        message = (
            f'readers know this record as "{first}", and would be told all of it again as "{pair.record.first_id}"'
        )
        yield Problem(pointer=pointer, message=message, hint=f"former_ids: [{', '.join(listed)}]", at_key=True)


def unpublished(pair: Pair) -> Iterator[Problem]:
    """A record that was public does not become a draft again, nor is it put under an embargo.

    Readers have it, and so have feed readers and archives: hiding it would only break its address. Say that it no
    longer stands, and why, with `postmortem withdraw`.

    Bad:
    ```yaml
    record: draft
    ```
    ```yaml ledger.jsonl
    {"id":"2026-06-23-chat-unavailable","state":"published","entries":{"u1":"2026-06-23T14:47:00Z"}}
    ```

    Good:
    ```yaml
    record: withdrawn
    withdrawn: {at: "2026-06-25T09:00Z", reason: It was a test.}
    revisions:
      - {number: 1, at: "2026-06-23T14:47Z", kind: initial, summary: First published.}
      - {number: 2, at: "2026-06-25T09:00Z", kind: retraction, summary: Withdrawn.}
    ```
    ```yaml ledger.jsonl
    {"id":"2026-06-23-chat-unavailable","state":"withdrawn","entries":{"r1":"2026-06-23T14:47:00Z","r2":"2026-06-25T09:00:00Z","u1":"2026-06-23T14:47:00Z"}}
    ```
    """
    if pair.promised is not None and pair.record is not None and pair.now is None:
        state = "under an embargo" if pair.record.record == "embargoed" else "a draft"
        yield Problem(
            pointer=("record",),
            message=f"this record was public (ledger.jsonl), and is {state} again",
            hint=f"publish it, or say that it no longer stands: postmortem withdraw {pair.record.id} --reason …",
        )


def gone_entry(pair: Pair) -> Iterator[Problem]:
    """What was told as an entry of a feed stays in the record: updates, notes, revisions and actions that are done.

    An entry that vanishes from a feed does not vanish from its readers, and an id that is given again shows them new
    words as old ones. Correct a text in its place and note a revision; withdraw the record if nothing of it holds.

    Bad:
    ```yaml
    timeline:
      - {id: u2, at: "2026-06-23T14:47Z", kind: update, status: resolved, text: Chats failed until now.}
    ```
    ```yaml ledger.jsonl
    {"id":"2026-06-23-chat-unavailable","state":"published","entries":{"u1":"2026-06-23T14:31:00Z","u2":"2026-06-23T14:47:00Z"}}
    ```

    Good:
    ```yaml
    timeline:
      - {id: u1, at: "2026-06-23T14:31Z", kind: update, status: investigating, text: We look into it.}
      - {id: u2, at: "2026-06-23T14:47Z", kind: update, status: resolved, text: Chats failed until now.}
    ```
    ```yaml ledger.jsonl
    {"id":"2026-06-23-chat-unavailable","state":"published","entries":{"u1":"2026-06-23T14:31:00Z","u2":"2026-06-23T14:47:00Z"}}
    ```
    """
    if pair.promised is None or pair.record is None or pair.now is None:
        return
    for id_ in pair.promised.entries.keys() - pair.now.entries.keys():
        pointer, became = _gone(id_, pair.record)
        message = f"{id_} was public from {pair.promised.entries[id_]} on, and {became}"
        hint = "bring it back from git: what readers have is corrected in its place, with a revision that says so"
        yield Problem(pointer=pointer, message=message, hint=hint, at_key=len(pointer) == 1)


def _gone(id_: str, record: Record) -> tuple[Pointer, str]:
    """Where the entry would be, and what became of it. What is kept inside now is not pointed at, or it were quoted."""
    if id_ == CLOSED:
        return ("timeline",), "is not there any more: an update tells the end, or it goes on"
    parent = {"a": "actions", "r": "revisions"}.get(id_[:1], "timeline")
    action = next((index for index, each in enumerate(record.actions) if each.id == id_), None)
    if action is not None and record.postmortem is not None and record.postmortem.state == "draft":
        return ("postmortem", "state"), "is withheld with the draft of the postmortem"
    if action is not None:
        return (parent, action, "state"), "is not done now"
    inside = any(each.id == id_ for each in record.timeline)
    return (parent,), "is kept inside now" if inside else "is not there any more"


def moved_entry(pair: Pair) -> Iterator[Problem]:
    """An entry that was public keeps its date.

    Feed readers sort and file by it: one that moves is shown twice, in the wrong place, or never. Where an update
    happened earlier than was written, correct `at` and keep the date that readers saw as `published`.

    Bad:
    ```yaml
    timeline:
      - {id: u1, at: "2026-06-23T14:31Z", kind: update, status: resolved, text: Chats failed until now.}
    ```
    ```yaml ledger.jsonl
    {"id":"2026-06-23-chat-unavailable","state":"published","entries":{"u1":"2026-06-23T14:47:00Z"}}
    ```

    Good:
    ```yaml
    timeline:
      - {id: u1, at: "2026-06-23T14:31Z", published: "2026-06-23T14:47Z", kind: update, status: resolved, text: Over.}
    ```
    ```yaml ledger.jsonl
    {"id":"2026-06-23-chat-unavailable","state":"published","entries":{"u1":"2026-06-23T14:47:00Z"}}
    ```
    """
    if pair.promised is None or pair.record is None or pair.now is None:
        return
    for id_, date in pair.promised.entries.items():
        if pair.now.entries.get(id_, date) != date:
            pointer = _dated(id_, pair.record)
            kept = _KEPT_BESIDE.get(str(pointer[0]), "write it again")
            message = f"readers have {id_} under the date {date}, and would be given it under another"
            yield Problem(pointer=pointer, message=message, hint=f"{kept}: {_short(date)}")


_KEPT_BESIDE: Final = {
    "timeline": "keep it as published beside at",
    "actions": "keep it as published beside done",
    "clocks": "write it again as clocks.resolved",
}


def _dated(id_: str, record: Record) -> Pointer:
    """Where the date of an entry is written."""
    for index, entry in enumerate(record.timeline):
        if entry.id == id_:
            return "timeline", index, "published" if entry.published else "at"
    for index, action in enumerate(record.actions):
        if action.id == id_:
            return "actions", index, "published" if action.published else "done"
    for index, revision in enumerate(record.revisions):
        if f"r{revision.number}" == id_:
            return "revisions", index, "at"
    return "clocks", "resolved"


def _short(date: str) -> str:
    return date.removesuffix(":00Z") + "Z" if date.endswith(":00Z") else date


def unpromised(pair: Pair) -> Iterator[Problem]:
    """Whatever is public stands in the ledger.

    `ledger.jsonl` is how the next change is held against what readers have: what it lacks may vanish or move, and
    nobody is told. The commands that write records extend it; after an edit by hand, `postmortem lint --fix` does.

    Bad:
    ```yaml
    timeline:
      - {id: u1, at: "2026-06-23T14:31Z", kind: update, status: investigating, text: We look into it.}
      - {id: u2, at: "2026-06-23T14:47Z", kind: update, status: resolved, text: Chats failed until now.}
    ```
    ```yaml ledger.jsonl
    {"id":"2026-06-23-chat-unavailable","state":"published","entries":{"u1":"2026-06-23T14:31:00Z"}}
    ```

    Good:
    ```yaml
    timeline:
      - {id: u1, at: "2026-06-23T14:31Z", kind: update, status: investigating, text: We look into it.}
      - {id: u2, at: "2026-06-23T14:47Z", kind: update, status: resolved, text: Chats failed until now.}
    ```
    ```yaml ledger.jsonl
    {"id":"2026-06-23-chat-unavailable","state":"published","entries":{"u1":"2026-06-23T14:31:00Z","u2":"2026-06-23T14:47:00Z"}}
    ```
    """
    if pair.record is None:
        if pair.promised is None:
            yield Problem(pointer=(), message="there is no ledger of what was published", hint=_ENTER)
        return
    if pair.now is None or (pair.promised is None and pair.record.record == "embargoed"):
        return
    lacking = _lacking(pair.promised, pair.now)
    if lacking and not any(late_entry(pair)):  # what is dated wrong must not be promised before it is mended
        yield Problem(pointer=("id",), message=f"ledger.jsonl does not hold {lacking} yet", hint=_ENTER)


def _lacking(promised: Promise | None, now: Promise) -> str:
    """What the ledger does not say; empty where it says everything, or speaks of the record under a former id."""
    if promised is None:
        return "this record"
    if promised.id != now.id or both(promised, now) == promised:
        return ""
    new = sorted(now.entries.keys() - promised.entries.keys())
    new += sorted({*now.facets, *now.former_ids} - {*promised.facets, *promised.former_ids})
    return f"{', '.join(new)} of this record" if new else f"that this record is {now.state}"


def embargo_opened(pair: Pair) -> Iterator[Problem]:
    """A record whose embargo has passed is entered in the ledger.

    It is public without anybody having touched it, so this is only advice: no run fails on what time brought about.

    Bad:
    ```yaml
    record: embargoed
    embargo: {until: 2026-06-25}
    ```
    ```yaml incidents/2026-06-22-api-errors.yaml
    id: 2026-06-22-api-errors
    ```
    ```yaml ledger.jsonl
    {"id":"2026-06-22-api-errors","state":"published","entries":{"u1":"2026-06-23T14:47:00Z"}}
    ```

    Good:
    ```yaml
    record: embargoed
    embargo: {until: 2027-06-25}
    ```
    ```yaml incidents/2026-06-22-api-errors.yaml
    id: 2026-06-22-api-errors
    ```
    ```yaml ledger.jsonl
    {"id":"2026-06-22-api-errors","state":"published","entries":{"u1":"2026-06-23T14:47:00Z"}}
    ```
    """
    if pair.promised is None and pair.now is not None and pair.record is not None and pair.record.record == "embargoed":
        message = "the embargo of this record has passed, and ledger.jsonl does not hold it yet"
        yield Problem(pointer=("embargo",), message=message, hint=_ENTER)


_TELL: Final = frozenset({"material", "postmortem", "retraction", "editorial"})
_STATED: Final = {"service": "services", "model": "impact", "provider": "provider"}
"""Where a record says what makes it part of a feed."""


def left_feed(pair: Pair) -> Iterator[Problem]:
    """A record that leaves the feed of a service, model, provider or impact class says so in a revision.

    Those who follow that feed were told that it concerns them. It drops out of it in silence, and they believe it
    still. A severity may be lowered without: its feeds say how bad things are now.

    Bad:
    ```yaml
    services: [web-app]
    ```
    ```yaml ledger.jsonl
    {"id":"2026-06-23-chat-unavailable","state":"published","facets":["service/api"],"entries":{"u1":"2026-06-23T14:47:00Z"}}
    ```

    Good:
    ```yaml
    services: [web-app]
    revisions:
      - {number: 1, at: "2026-06-23T14:47Z", kind: initial, summary: First published.}
      - {number: 2, at: "2026-06-24T09:00Z", kind: material, summary: The API was not affected after all.}
    ```
    ```yaml ledger.jsonl
    {"id":"2026-06-23-chat-unavailable","state":"published","facets":["service/api"],"entries":{"r1":"2026-06-23T14:47:00Z","r2":"2026-06-24T09:00:00Z","u1":"2026-06-23T14:47:00Z"}}
    ```
    """
    if pair.promised is None or pair.record is None or pair.now is None:
        return
    if any(each.kind in _TELL and not each.adds for each in pair.record.revisions):
        return
    for facet in sorted({*pair.promised.facets} - {*pair.now.facets}):
        kind, _, name = facet.partition("/")
        if kind != "severity":
            pointer = ("impact", name) if kind == "impact" else (_STATED.get(kind, "id"),)
            message = f"readers of the feed {facet} were told of this record, and it leaves that feed in silence"
            hint = f"if that is right: postmortem revise {pair.record.id} --kind material --summary …"
            yield Problem(pointer=pointer, message=message, hint=hint, at_key=True)
