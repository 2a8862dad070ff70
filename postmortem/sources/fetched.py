"""What can be asked of a fetch and what it gives, as values."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec

State = Literal["ok", "stale", "unreadable", "blocked", "down"]
"""`stale`: an older answer, kept; `unreadable`: answered, not understood; `blocked`: by robots.txt or by ourselves."""

Doubt = Callable[[str, bytes], str]
"""Why the bytes of an address are not what was hoped for ("" if they are). Called from several threads."""


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What the operator decides. `contact` goes into the User-Agent. `allow_hosts` (`HOST` or `HOST:PORT`) may lie
    anywhere, on any port. `deadline` bounds each address in seconds, everything included; the caps are in bytes, as
    they come and inflated; `gap` is seconds between two requests to one host. Without a `cache` nothing is kept.
    """

    contact: str
    allow_hosts: tuple[str, ...] = ()
    ignore_robots: bool = False
    deadline: float = 20.0
    raw_cap: int = 8 * 2**20
    inflated_cap: int = 32 * 2**20
    cache: Path | None = None
    attempts: int = 3
    at_once: int = 2
    gap: float = 0.25


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one address. `content` is there for `ok` and `stale`; `at` is when it was last known to be
    current, `answered` the address that gave it after redirects, `sha256` its digest in hex. `reason` is one line
    for the operator: why the state is not `ok`, or what is wrong with the cache.
    """

    address: str
    state: State
    content: bytes | None = None
    at: datetime | None = None
    sha256: str = ""
    answered: str = ""
    reason: str = ""


def doubtful(_address: str, content: bytes) -> str:
    """Why no feed can look like this, whatever its kind: an empty body, or the web page of an error with status 200."""
    head = content[:1_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not head:
        return "the answer is empty"
    if head.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        return "the answer is a web page, not a feed"
    return ""
