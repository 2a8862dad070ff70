"""Rules about what must not be published: people, keys, the inside of a network. A record in, problems out that say
where and what kind, never the value.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from postmortem.lint.private import Kind, Place, apply, looks
from postmortem.lint.rule import Passage
from postmortem.lint.walk import once, walked
from postmortem.model.finding import Pointer, Problem
from postmortem.model.record import Record
from postmortem.model.settings import Settings

_HINTS: Final[dict[Kind, str]] = {
    "address": "leave the person out, or move it below internal:",
    "secret": "renew it first, since it is known now; then remove it here",
    "network": "say what the machine does, or move it below internal:",
    "host": "say what the machine does, or move it below internal:",
    "link": "say what stands there, or move the address below internal:",
    "phone": "leave the number out, or move it below internal:",
}


def personal_address(record: Record, settings: Settings, _as_of: date) -> Iterator[Problem]:
    """Public text holds no e-mail address of a person.

    A record is copied into feeds, mirrors and archives within minutes; nobody can call an address back. Mail boxes of a
    role (support@, security@ …) and the publisher's own contact are fine. What only colleagues need goes below
    `internal:`.

    Bad:
    ```yaml
    summary: Reported by anna.weber@customer.example at 14:29 UTC.
    ```

    Good:
    ```yaml
    summary: Reported by a customer at 14:29 UTC; write to support@provider.example if you were affected.
    ```
    """
    allowed = settings.publisher.contact.removeprefix("mailto:").casefold()
    return (
        passage
        for passage in _found(record, "address", "an e-mail address stands in public text")
        if passage.words.casefold() != allowed
    )


def secret(record: Record, _settings: Settings, _as_of: date) -> Iterator[Problem]:
    """Public text holds no key, token or password.

    Once it was committed it is known: renew the secret first, then remove it here. The linter shows where it stands and
    never the value, in no format.

    Bad:
    ```yaml
    summary: "Requests with the header Authorization: Bearer 7f3kq9vz2m1x8c4b6n0d were refused."
    ```

    Good:
    ```yaml
    summary: "Requests with an Authorization header were refused."
    ```
    """
    return _found(record, "secret", "a key, token or password stands in public text")


def private_network(record: Record, _settings: Settings, _as_of: date) -> Iterator[Problem]:
    """Public text holds no address of an internal network.

    Private addresses help nobody outside, and tell an attacker how the inside is laid out. Say what the machine does
    instead.

    Bad:
    ```yaml
    summary: The router 10.20.0.7 dropped packets.
    ```

    Good:
    ```yaml
    summary: A router between two data centres dropped packets.
    ```
    """
    return _found(record, "network", "the address of an internal network stands in public text")


def internal_host(record: Record, _settings: Settings, _as_of: date) -> Iterator[Problem]:
    """Public text holds no internal host name.

    Names that end in .internal, .corp, .lan or .local resolve for nobody outside, and often tell the customer, the
    region and the software at once.

    Bad:
    ```yaml
    summary: Logs of db3.eu1.chat.internal showed the first error at 14:21 UTC.
    ```

    Good:
    ```yaml
    summary: The logs of one database showed the first error at 14:21 UTC.
    ```
    """
    return _found(record, "host", "the name of an internal host stands in public text")


def _found(record: Record, kind: Kind, message: str) -> Iterator[Passage]:
    for pointer, text, place in once(_places, record):
        if place.kind == kind:
            words = text[place.start : place.end]
            before = text.count(words, 0, place.start)
            yield Passage(pointer=pointer, message=message, hint=_HINTS[kind], words=words, before=before)


def _places(record: Record) -> list[tuple[Pointer, str, Place]]:
    held = walked(record)
    wanted = looks(held.lines)
    if not wanted:
        return []
    return [(pointer, text, place) for pointer, text in held.texts for place in apply(wanted, text)]
