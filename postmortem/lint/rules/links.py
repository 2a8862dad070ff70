"""Rules about records that name one another. Headers in, problems with their files out."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from postmortem.lint.suggest import meant
from postmortem.model.finding import Problem
from postmortem.model.header import Header, Link, Tracked
from postmortem.model.settings import Settings


def unknown_record(headers: Sequence[Header], _settings: Settings) -> Iterator[tuple[str, Problem]]:
    """A record that names another names one that exists, by its present id, and never itself.

    The page links to it. A link that leads nowhere is worse than none, and a former id sends readers through a
    redirect. For incidents elsewhere give the `url`.

    Bad:
    ```yaml
    related: [{relation: recurrence_of, id: 2026-06-16-chat-error}]
    ```
    ```yaml incidents/2026-06-16-chat-errors.yaml
    id: 2026-06-16-chat-errors
    ```

    Good:
    ```yaml
    related: [{relation: recurrence_of, id: 2026-06-16-chat-errors}]
    ```
    ```yaml incidents/2026-06-16-chat-errors.yaml
    id: 2026-06-16-chat-errors
    ```
    """
    known = {each.id for each in headers}
    moved = {former: each.id for each in headers for former in each.former_ids}
    for each in headers:
        for link in each.links:
            if link.id == each.id:
                message, hint = "the record names itself", "name the other record, or remove the entry"
            elif link.id in known:
                continue
            elif link.id in moved and link.pointer[0] == "withdrawn":
                continue  # full archives hold that link, and the former address leads on
            elif link.id in moved:
                message, hint = f'"{link.id}" has another id now', f"write {moved[link.id]}"
            else:
                message = f'there is no record "{link.id}"'
                hint = meant(link.id, known - {each.id}) or "give the url of an incident elsewhere"
            yield each.path, Problem(pointer=link.pointer, message=message, hint=hint)


def private_record(headers: Sequence[Header], _settings: Settings) -> Iterator[tuple[str, Problem]]:
    """A public record names no record that is still private.

    The name of a draft or an embargoed record says what it is about; a link to it would publish that. It is an error
    for a record to become public before what it names.

    Bad:
    ```yaml
    related: [{relation: caused_by_upstream, id: 2026-06-23-key-leak}]
    ```
    ```yaml incidents/2026-06-23-key-leak.yaml
    id: 2026-06-23-key-leak
    record: draft
    ```

    Good:
    ```yaml
    related: [{relation: caused_by_upstream, id: 2026-06-23-key-leak}]
    ```
    ```yaml incidents/2026-06-23-key-leak.yaml
    id: 2026-06-23-key-leak
    record: published
    ```
    """
    by_id = {each.id: each for each in headers}
    for each in headers:
        for link in each.links:
            other = by_id.get(link.id)
            if each.public_from is None or other is None or other is each:
                continue
            if other.public_from is None or other.public_from > each.public_from:
                yield (
                    each.path,
                    Problem(
                        pointer=link.pointer,
                        message=f"this would publish the id of a record that is {_state(other)}",
                        hint="remove the entry until the other record is public",
                    ),
                )


def _state(header: Header) -> str:
    return "a draft" if header.public_from is None else "under an embargo"


def tracked_twice(headers: Sequence[Header], _settings: Settings) -> Iterator[tuple[str, Problem]]:
    """A source's incident is tracked by one record.

    Two records that follow the same incident of a status page both receive its updates, and readers count it twice.
    Withdraw one of them and name the other in `replaced_by`.

    Bad:
    ```yaml incidents/2026-06-23-chat-unavailable.yaml
    tracking: [{source: status-page, incident: 9f3k2lq8zv1c}]
    ```
    ```yaml incidents/2026-06-23-chat-errors.yaml
    id: 2026-06-23-chat-errors
    tracking: [{source: status-page, incident: 9f3k2lq8zv1c}]
    ```

    Good:
    ```yaml incidents/2026-06-23-chat-unavailable.yaml
    tracking: [{source: status-page, incident: 9f3k2lq8zv1c}]
    ```
    ```yaml incidents/2026-06-23-chat-errors.yaml
    id: 2026-06-23-chat-errors
    tracking: [{source: status-page, incident: 2p7d0xw4m6ab}]
    ```
    """
    followers: dict[tuple[str, str], list[tuple[Header, Tracked]]] = defaultdict(list)
    for each in headers:
        if each.record != "withdrawn":
            for tracked in each.tracked:
                followers[tracked.source, tracked.incident].append((each, tracked))
    for (source, incident), held in followers.items():
        for number, (each, tracked) in enumerate(held):
            if len(held) > 1:
                other = held[0 if number else 1][0].path
                message = f"{source} {incident} is also tracked by {other}"
                hint = "keep one record, and withdraw the other with replaced_by"
                yield each.path, Problem(pointer=(*tracked.pointer, "incident"), message=message, hint=hint)


_LEADING_BACK: Final = frozenset({"recurrence_of", "continues", "caused_by_upstream", "duplicate_of"})


def circle(headers: Sequence[Header], _settings: Settings) -> Iterator[tuple[str, Problem]]:
    """No record is its own cause, continuation or duplicate by way of others.

    `recurrence_of`, `continues`, `caused_by_upstream` and `duplicate_of` lead back to something that came first. In a
    circle nothing came first, and whoever follows the links never arrives.

    Bad:
    ```yaml incidents/2026-06-23-chat-unavailable.yaml
    related: [{relation: continues, id: 2026-06-24-chat-errors}]
    ```
    ```yaml incidents/2026-06-24-chat-errors.yaml
    id: 2026-06-24-chat-errors
    related: [{relation: continues, id: 2026-06-23-chat-unavailable}]
    ```

    Good:
    ```yaml incidents/2026-06-23-chat-unavailable.yaml
    severity: major
    ```
    ```yaml incidents/2026-06-24-chat-errors.yaml
    id: 2026-06-24-chat-errors
    related: [{relation: continues, id: 2026-06-23-chat-unavailable}]
    ```
    """
    by_id = {each.id: each for each in headers}
    back = {each.id: [link for link in each.links if _leads_back(link, each, by_id)] for each in headers if each.links}
    done: set[str] = set()
    for start in sorted(back):
        trail: list[tuple[str, Iterator[Link]]] = [] if start in done else [(start, iter(back[start]))]
        while trail:
            here, ahead = trail[-1]
            link = next(ahead, None)
            names = [name for name, _ in trail]
            if link is None:
                done.add(here)
                trail.pop()
            elif link.id in names:
                way = " → ".join([*names[names.index(link.id) :], link.id])
                hint = "remove the link that leads forward: the later record names the earlier one"
                yield by_id[here].path, Problem(pointer=link.pointer, message=f"a circle: {way}", hint=hint)
            elif link.id not in done:
                trail.append((link.id, iter(back.get(link.id, []))))


def _leads_back(link: Link, header: Header, by_id: dict[str, Header]) -> bool:
    return link.relation in _LEADING_BACK and link.id in by_id and link.id != header.id
