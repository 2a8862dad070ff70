"""Rules about what a record is called and which life it has had. Records and headers in, problems out."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import PurePosixPath
from typing import Final

from postmortem.lint.words import words
from postmortem.model.claims import Revision
from postmortem.model.derived import first_known
from postmortem.model.finding import Pointer, Problem
from postmortem.model.header import Header
from postmortem.model.record import Record
from postmortem.model.settings import Settings

_VAGUE: Final = words("vague")


def file_name(headers: Sequence[Header], _settings: Settings) -> Iterator[tuple[str, Problem]]:
    """The file is named after the record's id.

    The id makes the address of the page, and people look for the file by the address. Two names for one record also let
    two people edit it without noticing. Rename the file: the id has been promised to readers, the file name has not.

    Bad:
    ```yaml incidents/2026/chat-outage.yaml
    id: 2026-06-23-chat-unavailable
    ```

    Good:
    ```yaml incidents/2026/2026-06-23-chat-unavailable.yaml
    id: 2026-06-23-chat-unavailable
    ```
    """
    for each in headers:
        if each.path.endswith(f"/{each.id}.yaml"):
            continue  # cheaper than a path of each
        path = PurePosixPath(each.path)
        if path.stem != each.id:
            yield (
                each.path,
                Problem(
                    pointer=("id",),
                    message=f'the id is "{each.id}", but the file is named "{path.name}"',
                    hint=f"rename the file to {each.id}{path.suffix}; change the id only if it was never published",
                ),
            )


def duplicate_id(headers: Sequence[Header], _settings: Settings) -> Iterator[tuple[str, Problem]]:
    """No two records share an id, and none takes an id that another one had before.

    An id is an address, a feed entry and a redirect, for ever: a second owner would take readers to the wrong incident.
    Ids that look alike after Unicode folding count as one. A record that got an earlier id back names it along with the
    others.

    Bad:
    ```yaml incidents/2026-06-23-chat-unavailable.yaml
    id: 2026-06-23-chat-unavailable
    ```
    ```yaml incidents/2026-06-23-api-errors.yaml
    id: 2026-06-23-api-errors
    former_ids: [2026-06-23-chat-unavailable]
    ```

    Good:
    ```yaml incidents/2026-06-23-chat-unavailable.yaml
    id: 2026-06-23-chat-unavailable
    ```
    ```yaml incidents/2026-06-23-api-errors.yaml
    id: 2026-06-23-api-errors
    former_ids: [2026-06-23-api-slow]
    ```
    """
    ids = [_folded(each.id) for each in headers]
    ids += [_folded(former) for each in headers if each.former_ids for former in _others(each)]
    if len(set(ids)) == len(ids):
        return
    owners: dict[str, list[tuple[str, Pointer]]] = defaultdict(list)
    for each in headers:
        owners[_folded(each.id)].append((each.path, ("id",)))
        for former in _others(each):
            owners[_folded(former)].append((each.path, ("former_ids", each.former_ids.index(former))))
    for id_, places in owners.items():
        for number, (path, pointer) in enumerate(places):
            if len(places) > 1:
                other_path, other = places[0 if number else 1]
                where = "this record itself" if other_path == path else other_path
                yield (
                    path,
                    Problem(
                        pointer=pointer,
                        message=f'"{id_}" is already the {_role(other)} of {where}',
                        hint="give the newer record another id; keep the one that was published first",
                    ),
                )


def _others(each: Header) -> tuple[str, ...]:
    """The ids that it had besides its own: that may stand among several, for it says when the record had it first."""
    several = len(each.former_ids) > 1
    return tuple(id_ for id_ in each.former_ids if id_ != each.id) if several else each.former_ids


def _role(pointer: Pointer) -> str:
    return "id" if pointer == ("id",) else "former id"


def _folded(id_: str) -> str:
    return id_.lower() if id_.isascii() else unicodedata.normalize("NFKC", id_).casefold()


def vague_title(record: Record, _settings: Settings, _as_of: date) -> Iterator[Problem]:
    """The title says what failed.

    A title is all that a feed reader, a search result or a list shows. One that holds only words like "incident",
    "outage" or "elevated errors" tells customers nothing about whether it concerns them. A draft may still be called
    anything.

    Bad:
    ```yaml
    title: Service incident
    ```

    Good:
    ```yaml
    title: Signing in to the web app failed
    ```
    """
    words = re.findall(r"\w+", record.title.casefold())
    if record.record != "draft" and all(word in _VAGUE or word.isdigit() for word in words):
        yield Problem(
            pointer=("title",),
            message="the title does not say what failed",
            hint="name the product or model and what customers saw: Signing in to the web app failed",
        )


def repeated_id(record: Record, _settings: Settings, _as_of: date) -> Iterator[Problem]:
    """Inside a record an id names one thing.

    Feed entries are built from the ids of timeline entries and actions, and claims point at evidence by its id. With
    two owners, readers would miss one update and check a claim against the wrong document.

    Bad:
    ```yaml
    timeline:
      - {id: u1, at: "2026-06-23T14:47Z", kind: update, status: investigating, text: Chats fail to start.}
      - {id: u1, at: "2026-06-23T15:41Z", kind: update, status: resolved, text: Chats start again.}
    ```

    Good:
    ```yaml
    timeline:
      - {id: u1, at: "2026-06-23T14:47Z", kind: update, status: investigating, text: Chats fail to start.}
      - {id: u2, at: "2026-06-23T15:41Z", kind: update, status: resolved, text: Chats start again.}
    ```
    """
    lists: dict[str, list[str]] = {
        "timeline": [each.id for each in record.timeline],
        "actions": [each.id for each in record.actions],
        "evidence": [each.id for each in record.evidence],
    }
    for name, ids in lists.items():
        for index, id_ in enumerate(ids):
            if id_ in ids[:index]:
                yield Problem(
                    pointer=(name, index, "id"),
                    message=f'the id "{id_}" is taken by {name}/{ids.index(id_)}',
                    hint=_free(id_, ids),
                )


def _free(id_: str, ids: list[str]) -> str:
    if not re.fullmatch(r"[una][0-9]+", id_):
        return "give this one another id"
    taken = {int(each[1:]) for each in ids if each[0] == id_[0] and each[1:].isdigit()}
    return f"give the newer one another id: {id_[0]}{max(taken) + 1} is free; keep ids that were published"


def draft_date(record: Record, _settings: Settings, _as_of: date) -> Iterator[Problem]:
    """The date in a draft's id is the day (UTC) on which the incident was first known.

    While a record is a draft its id can still be mended; once published it stays, whatever is found out later, and then
    this rule is silent. First known is `clocks.started`, else the earliest window, else the first public update.

    Bad:
    ```yaml
    record: draft
    id: 2026-06-22-chat-unavailable
    clocks: {started: "2026-06-23T14:21Z"}
    ```

    Good:
    ```yaml
    record: draft
    id: 2026-06-23-chat-unavailable
    clocks: {started: "2026-06-23T14:21Z"}
    ```
    """
    day = first_known(record).moment.instant.date().isoformat()
    if record.record == "draft" and not record.revisions and not record.id.startswith(day):
        yield Problem(
            pointer=("id",),
            message=f"the id says {record.id[:10]}, but the incident was first known on {day} (UTC)",
            hint=f"rename it to {day}{record.id[10:]} while it is a draft; a published id never changes",
        )


def revision_numbers(record: Record, _settings: Settings, _as_of: date) -> Iterator[Problem]:
    """Revisions are numbered 1, 2, 3 in the order in which they were published, and only the first is `initial`.

    A revision's number goes into the id of its feed entry. A gap looks like something that was taken back, a number
    that comes twice hides a correction from readers.

    Bad:
    ```yaml
    revisions:
      - {number: 1, at: "2026-06-23T14:47Z", kind: initial, summary: First published.}
      - {number: 3, at: "2026-06-26T09:00Z", kind: postmortem, summary: Postmortem published.}
    ```

    Good:
    ```yaml
    revisions:
      - {number: 1, at: "2026-06-23T14:47Z", kind: initial, summary: First published.}
      - {number: 2, at: "2026-06-26T09:00Z", kind: postmortem, summary: Postmortem published.}
    ```
    """
    before: Revision | None = None
    for index, each in enumerate(record.revisions):
        at: Pointer = ("revisions", index)
        if each.number != index + 1:
            message = f"revision {index + 1} in the list has the number {each.number}"
            yield Problem(
                pointer=(*at, "number"), message=message, hint=f"number it {index + 1}; add new ones at the end"
            )
        if (each.kind == "initial") != (index == 0):
            message = f"the first revision is {each.kind}" if index == 0 else "only the first revision is initial"
            hint = (
                "revision 1 is the first publication: initial"
                if index == 0
                else "say editorial, material or postmortem"
            )
            yield Problem(pointer=(*at, "kind"), message=message, hint=hint)
        if before is not None and each.at.instant < before.at.instant:
            message = f"revision {each.number} was published before revision {before.number}"
            yield Problem(pointer=(*at, "at"), message=message, hint="correct the time, or bring them into order")
        before = each


def retraction(record: Record, _settings: Settings, _as_of: date) -> Iterator[Problem]:
    """A withdrawn record has a revision of kind `retraction`, and no other record has one.

    Readers who had the incident in their feed learn of the withdrawal through that revision; without it the page turns
    into a tombstone and nobody is told.

    Bad:
    ```yaml
    record: withdrawn
    withdrawn: {at: "2026-06-24T08:00Z", reason: It was a drill.}
    revisions:
      - {number: 1, at: "2026-06-23T14:47Z", kind: initial, summary: First published.}
    ```

    Good:
    ```yaml
    record: withdrawn
    withdrawn: {at: "2026-06-24T08:00Z", reason: It was a drill.}
    revisions:
      - {number: 1, at: "2026-06-23T14:47Z", kind: initial, summary: First published.}
      - {number: 2, at: "2026-06-24T08:00Z", kind: retraction, summary: Withdrawn.}
    ```
    """
    retracted = [index for index, each in enumerate(record.revisions) if each.kind == "retraction"]
    if record.record == "withdrawn" and not retracted:
        hint = "add the next revision with kind: retraction, so that readers of the feeds are told"
        yield Problem(pointer=("record",), message="the record is withdrawn, but no revision says so", hint=hint)
    elif record.record != "withdrawn":
        for index in retracted:
            message = f"this revision takes the record back, but the record is {record.record}"
            hint = "set record: withdrawn with its reason, or choose another kind"
            yield Problem(pointer=("revisions", index, "kind"), message=message, hint=hint)
