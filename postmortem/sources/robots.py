"""What the owner of a host lets robots ask (RFC 9309): a URL in; nothing, or a refusal, out. Protego reads the rules.

Asked once for each host and run, and kept for a day. No robots.txt allows everything; one that cannot be had, because
the server fails, forbids everything until it can, unless an older one is kept.
"""

import threading
from collections import defaultdict
from datetime import datetime, timedelta
from http import HTTPStatus
from pathlib import Path

import httpx
from protego import Protego

from postmortem.sources import asking, kept, request
from postmortem.sources.failure import FailedError
from postmortem.sources.request import Errand

PRODUCT = "postmortem"
"""The name that robots.txt knows us by."""

FRESH = timedelta(days=1)
"""How long rules are believed without asking (RFC 9309, 2.4)."""

MOST = 512_000
"""Bytes of rules that are read (RFC 9309, 2.5)."""


class Robots:
    """The rules of every host that one run meets. Which is asked first asks for all threads."""

    def __init__(self, folder: Path | None, now: datetime) -> None:
        self._folder, self._now = folder, now
        self._lock = threading.Lock()
        self._turns = defaultdict[str, threading.Lock](threading.Lock)
        self._known: dict[str, Protego | FailedError] = {}

    def permit(self, errand: Errand, url: httpx.URL) -> None:
        """Let a URL pass. Errors: FailedError; blocked if the rules forbid it or cannot be had, down if the host is."""
        origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
        with self._lock:
            turn = self._turns[origin]
        if not turn.acquire(timeout=errand.deadline.left()):
            raise errand.deadline.missed()
        try:
            if origin not in self._known:
                self._known[origin] = self._learnt(errand, f"{origin}/robots.txt")
        finally:
            turn.release()
        rules = self._known[origin]
        if isinstance(rules, FailedError):
            raise FailedError(rules.found, rules.state)
        if not rules.can_fetch(str(url), PRODUCT):
            path = url.raw_path.decode("ascii")
            raise FailedError(
                f"robots.txt of {url.host} forbids {path}; use another feed of the page (its /history.atom, say), or "
                "opt out of robots.txt if its owner agrees",
                "blocked",
            )

    def _learnt(self, errand: Errand, address: str) -> Protego | FailedError:
        known, wrong = kept.load(self._folder, address)
        if wrong:
            errand.say(wrong)
        if known is not None and timedelta() <= self._now - known.at < FRESH:
            return _rules(known.content)
        try:
            content = self._asked(errand, address)
        except FailedError as error:
            return error if known is None else _rules(known.content)
        answer = kept.Kept(asked=address, answered=address, full=self._now, at=self._now, content=content)
        wrong = kept.save(self._folder, answer)
        if wrong:
            errand.say(wrong)
        return _rules(content)

    def _asked(self, errand: Errand, address: str) -> bytes:
        try:
            reply = asking.follow(errand, address, lambda _: None)
            if reply.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                raise request.refused(reply)
        except FailedError as error:
            if not error.answered:
                raise
            why = error.found.partition(";")[0]
            raise FailedError(
                f"robots.txt cannot be had ({why}), which forbids everything; try again later, or opt out of it if the "
                "page's owner agrees",
                "blocked",
            ) from error
        if len(reply.content) > MOST:
            return reply.content[:MOST].rpartition(b"\n")[0]
        return reply.content


def _rules(content: bytes) -> Protego:
    return Protego.parse(content.decode("utf-8-sig", "replace"))
