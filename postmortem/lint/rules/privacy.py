"""Rules about what must not be published: people, keys, the inside of a network. A record in, problems out that say
where and what kind, never the value.
"""

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache, partial
from typing import Final

from postmortem.lint import names
from postmortem.lint.private import Kind, Place, apply, looks
from postmortem.lint.rule import Passage
from postmortem.lint.walk import once, walked
from postmortem.model.finding import Pointer, Problem
from postmortem.model.record import Record
from postmortem.model.settings import Denied, Privacy, Settings

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
        for passage in _found(record, settings, "address", "an e-mail address stands in public text")
        if passage.words.casefold() != allowed
    )


def secret(record: Record, settings: Settings, _as_of: date) -> Iterator[Problem]:
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
    return _found(record, settings, "secret", "a key, token or password stands in public text")


def private_network(record: Record, settings: Settings, _as_of: date) -> Iterator[Problem]:
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
    return _found(record, settings, "network", "the address of an internal network stands in public text")


def internal_host(record: Record, settings: Settings, _as_of: date) -> Iterator[Problem]:
    """Public text holds no internal host name.

    Names that end in .internal, .corp, .lan or .local resolve for nobody outside, and often tell the customer, the
    region and the software at once. The settings add your own under `privacy.internal_hosts`.

    Bad:
    ```yaml
    summary: Logs of db3.eu1.chat.internal showed the first error at 14:21 UTC.
    ```

    Good:
    ```yaml
    summary: The logs of one database showed the first error at 14:21 UTC.
    ```
    """
    return _found(record, settings, "host", "the name of an internal host stands in public text")


def telephone(record: Record, settings: Settings, _as_of: date) -> Iterator[Problem]:
    """Public text holds no telephone number.

    A number in a record is most often a person's: who was on call, or which customer rang. Nobody can take it back once
    it is in feeds and mirrors. The way to reach you stands in the settings.

    Bad:
    ```yaml
    summary: A customer called from +49 30 23125 042 at 14:29 UTC.
    ```

    Good:
    ```yaml
    summary: A customer called at 14:29 UTC.
    ```
    """
    return _found(record, settings, "phone", "a telephone number stands in public text")


def inside_link(record: Record, settings: Settings, _as_of: date) -> Iterator[Problem]:
    """Public text links to nothing that only colleagues can open.

    Tickets, wiki pages, dashboards and chat archives ask a reader to sign in, and their addresses often tell a
    customer's name or a project. Say what stands there. The settings add your own under `privacy.ticket_links`.

    Bad:
    ```yaml
    summary: Chats failed for two hours, see https://example.atlassian.net/browse/OPS-1207 for details.
    ```

    Good:
    ```yaml
    summary: Chats failed for two hours because the session store had run out of memory.
    ```
    """
    return _found(record, settings, "link", "a link that only colleagues can open stands in public text")


def denied_name(record: Record, settings: Settings, _as_of: date) -> Iterator[Problem]:
    """Public text holds no name of the deny list.

    Customers, persons and projects that must not be named stand in a file outside git (`deny.path`), or as hashes
    (`deny.hashes`). Case, spaces and hyphens do not count.

    Bad:
    ```yaml postmortem.yml
    deny: {hashes: [1c1566559e583dca7547474187c27714ed580659a5f02eb9696e28901222aa1e]}
    ```
    ```yaml
    summary: Reported by Contoso Shipping at 14:29 UTC.
    ```

    Good:
    ```yaml
    summary: Reported by a customer at 14:29 UTC.
    ```
    """
    deny = settings.deny
    denied = deny.names if isinstance(deny, Denied) else ()
    if not denied and not deny.hashes:
        return
    for pointer, text in walked(record).texts:
        for start, end in names.find(text, denied, deny.hashes):
            words = text[start:end]
            message, hint = "a name of the deny list stands in public text", "leave it out, or move it below internal:"
            yield Passage(pointer=pointer, message=message, hint=hint, words=words, before=text.count(words, 0, start))


BY_TEXT: Final = frozenset({personal_address, secret, private_network, internal_host, telephone, inside_link})
"""Rules that judge every text by itself, whatever else the record holds."""


def _found(record: Record, settings: Settings, kind: Kind, message: str) -> Iterator[Passage]:
    for pointer, text, place in _places(record, settings):
        if place.kind == kind:
            words = text[place.start : place.end]
            before = text.count(words, 0, place.start)
            yield Passage(pointer=pointer, message=message, hint=_HINTS[kind], words=words, before=before)


def _places(record: Record, settings: Settings) -> list[tuple[Pointer, str, Place]]:
    """Every private place, found once for all rules."""
    return once(_searching(settings.privacy), record)


@cache
def _searching(own: Privacy) -> Callable[[Record], list[tuple[Pointer, str, Place]]]:
    """One and the same function for the same settings, so that its answer is found again."""
    return partial(_all_places, own=own)


def _all_places(record: Record, own: Privacy) -> list[tuple[Pointer, str, Place]]:
    held = walked(record)
    wanted = looks(held.lines, own)
    if not wanted:
        return []
    return [(pointer, text, place) for pointer, text in held.texts for place in apply(wanted, text)]
