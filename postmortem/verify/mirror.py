"""A published site by its address: an address in, a `Site` out whose files were fetched into a folder. Starts with what
says where everything is, then follows links until nothing new is named. Knows HTTP only through `sources/fetch.py`.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import quote, unquote

from postmortem.errors import UnreadableError
from postmortem.sources.fetched import Fetched
from postmortem.verify import address, feed, survey
from postmortem.verify.site import ABOUT, NOWHERE, SUMS, Site, base

MOST: Final = 200_000
"""Files of one site."""
AT_ONCE: Final = 500
"""Addresses that are handed over together; what they answer waits in memory."""
_FIRST: Final = ("index.html", ABOUT, SUMS, "sitemap.xml", "index.txt", survey.INDEX)

Ask = Callable[[list[str]], Iterable[Fetched]]
"""Asks addresses, and gives what came of each in their order."""


class _Held(NamedTuple):
    """What was fetched so far, and why the rest was not."""

    folder: Path
    paths: set[str]
    refused: dict[str, str]

    def read(self, path: str) -> bytes:
        return _place(self.folder, path).read_bytes()


def from_address(location: str, folder: Path, ask: Ask, *, whole: bool = True) -> Site:
    """The site at an address, fetched into the folder; with `whole` false only what others are compared with: feeds and
    the index. Raises UnreadableError where nothing answers, or more than `MOST` files are named.
    """
    location = location.rstrip("/") + "/"
    held = _Held(folder, set(), {})
    _fetch(list(_FIRST), location, held, ask)
    if not held.paths:
        raise UnreadableError(f"{held.refused['index.html']}; name the address of a published site, or its folder")
    for path in _FIRST[1:]:
        held.refused.pop(path, None)  # nobody said that they are there
    said = base(held.read, frozenset(held.paths))
    blank = Site(location, location if said == NOWHERE else said, frozenset(), held.read)
    wave = list(dict.fromkeys([*_listed(blank, held), *_named(held.paths, blank, whole=whole)]))
    while wave := [
        each for each in wave if each not in held.paths and each not in held.refused and _wanted(each, whole=whole)
    ]:
        if len(wave) + len(held.paths) > MOST:
            raise UnreadableError(f"{location}: it names more than {MOST:,} files; verify the folder it was built in")
        before = set(held.paths)
        _fetch(wave, location, held, ask)
        wave = list(dict.fromkeys(_named(held.paths - before, blank, whole=whole)))
    return Site(location, blank.base, frozenset(held.paths), held.read, held.refused)


def _fetch(paths: list[str], location: str, held: _Held, ask: Ask) -> None:
    for start in range(0, len(paths), AT_ONCE):
        some = paths[start : start + AT_ONCE]
        for path, each in zip(some, ask([location + _quoted(path) for path in some]), strict=True):
            if each.state == "ok" and each.content is not None:
                _place(held.folder, path).write_bytes(each.content)
                held.paths.add(path)
            else:
                held.refused[path] = each.reason


def _listed(site: Site, held: _Held) -> Iterator[str]:
    """What the lists of files name."""
    if SUMS in held.paths:
        yield from (each[66:] for each in held.read(SUMS).decode("utf-8", "replace").splitlines() if each[66:])
    if "index.txt" in held.paths:
        yield from (each for each in held.read("index.txt").decode("utf-8", "replace").splitlines() if each)
    if "sitemap.xml" in held.paths:
        text = held.read("sitemap.xml").decode("utf-8", "replace")
        for part in text.split("<loc>")[1:]:
            yield from _path(part.partition("</loc>")[0].strip(), "sitemap.xml", site)


def _named(paths: Iterable[str], site: Site, *, whole: bool) -> Iterator[str]:
    """What these files link to. To a site without any file every link is one that leads nowhere yet."""
    for path in sorted(paths):
        if not whole and not (feed.is_feed(path) or path == ABOUT):
            continue
        facts = survey.read(site, {}, path)
        if facts.page is not None:
            followed = [facts.page.followed]
        elif facts.feed is not None:
            followed = [facts.feed.followed, *(each.followed for each in facts.feed.entries)]
        else:
            followed = [facts.document.followed] if facts.document is not None else []
        for href in (href for each in followed for href in each.dead):
            yield from _path(href, path, site)


def _path(href: str, here: str, site: Site) -> Iterator[str]:
    there = address.inside(href, here, site)
    if there is not None:
        path = unquote(there.partition("#")[0].partition("?")[0])
        yield f"{path}index.html" if path == "" or path.endswith("/") else path


def _wanted(path: str, *, whole: bool) -> bool:
    return whole or feed.is_feed(path)


def _quoted(path: str) -> str:
    return quote(address.below(path))


def _place(folder: Path, path: str) -> Path:
    """Where a file is kept: by a digest, since its path is a stranger's word."""
    return folder / hashlib.sha256(path.encode("utf-8", "surrogatepass")).hexdigest()
