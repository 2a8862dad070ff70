"""Known providers, from `providers.toml`: a name or an address in, what is known of its feed out. It asks nobody.

Addresses change without notice, so each says how sure it is and what that rests on:
`tried` an answer of that feed was read · `documented` the vendor says so · `likely` several public clients read it so ·
`guess` clients disagree, or only one was found.
"""

from functools import cache
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit

import msgspec

from postmortem.model.vocabulary import SourceKind

Sure = Literal["tried", "documented", "likely", "guess"]

_FILE: Final = Path(__file__).with_name("providers.toml")


class Known(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A provider: the id by which settings may name it, the kind of its feed and the address of its page or feed.
    `hosts` are other hosts of it, present or former; `aliases` other names.
    """

    id: str
    name: str
    kind: SourceKind
    url: str
    sure: Sure
    basis: str
    aliases: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()


def every() -> tuple[Known, ...]:
    """All of them, in the order of the file."""
    return _read()


def find(name_or_host: str) -> Known | None:
    """The provider of that id, name or alias, or with a page on that host (an address does as well), or None."""
    said = name_or_host.strip().casefold()
    return _names().get(said) or _hosts().get(_host(said))


@cache
def _read() -> tuple[Known, ...]:
    import tomllib  # noqa: PLC0415 - most runs know their kind and address, and never look

    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return msgspec.convert(data["provider"], tuple[Known, ...])


@cache
def _names() -> dict[str, Known]:
    found: dict[str, Known] = {}
    for each in _read():
        for name in (each.id, each.name, *each.aliases):
            found.setdefault(name.casefold(), each)
    return found


@cache
def _hosts() -> dict[str, Known]:
    """A host that several share belongs to the one that names it."""
    named = {host.removeprefix("www."): each for each in _read() for host in each.hosts}
    return {_host(each.url): each for each in reversed(_read())} | named


def _host(said: str) -> str:
    try:
        host = urlsplit(said if "://" in said else f"//{said}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")
