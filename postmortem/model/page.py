"""A page before a theme has seen it: what varies from page to page, and nothing of the frame around it."""

from datetime import date

import msgspec


class Heading(msgspec.Struct, frozen=True):
    """One line of a page's table of contents: level 2 to 6, the anchor's id, the text (plain, not escaped)."""

    level: int
    anchor: str
    text: str


class SearchEntry(msgspec.Struct, frozen=True):
    """What search knows of a page: one entry per incident, or the index outgrows the site (plain text, not
    escaped).
    """

    title: str
    text: str


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the site. `path` is its folder with a closing slash, `incidents/2026-06-23-x/`; the root page's is
    the empty string.

    `title` and `description` are plain text: whoever puts them into HTML escapes them. `body` is finished, safe HTML
    that begins with
    its own `<h1>`. `contents` lists the `<h2>` and `<h3>` of the body in order. `changed` is the day of the newest
    revision, for the sitemap.
    `hide` names parts of the frame to leave out: "navigation", "toc".
    """

    path: str
    kind: str
    title: str
    description: str
    body: str
    contents: tuple[Heading, ...] = ()
    search: SearchEntry | None = None
    changed: date | None = None
    hide: tuple[str, ...] = ()
