"""Stamping: what a theme rendered once for a page of tokens, made into any page of that kind by filling in text.

The HTML of one rendered page in, a `Shell` out; a shell and a `Page` in, the bytes out that the theme would have
rendered for that page.
Pure: knows no theme, no MkDocs, no disk.
"""

import re
from urllib.parse import quote

import msgspec

from postmortem.model.page import Heading, Page
from postmortem.site import contents, tokens


class Kind(msgspec.Struct, frozen=True):
    """What two pages must share to be stamped from one shell: the folder (relative addresses), and which parts of the
    frame are printed.
    """

    folder: str
    described: bool
    titled: bool
    linked: bool
    listed: bool
    hide: tuple[str, ...]


class Slot(msgspec.Struct, frozen=True):
    """A place in a shell: which value stands there, in which form."""

    field: str
    form: str = "as it is"


class Shell(msgspec.Struct, frozen=True):
    """Finished bytes and slots in turn, and how the theme renders a table of contents (None: it prints none)."""

    kind: Kind
    parts: tuple[bytes | Slot, ...]
    table: contents.Table | None


_HEADING_ID = re.compile(r'<h1\b[^>]*?\sid="([^"]+)"')
_SLUG = re.compile(r"[^/]+/$")


def leaf(path: str) -> str:
    """The last step of a page's path, without slashes."""
    return path.rstrip("/").rpartition("/")[2]


def heading_id(body: str) -> str:
    """The id of the body's `<h1>`, to which the theme's skip link leads; empty if it has none."""
    found = _HEADING_ID.match(body, body.find("<h1"))  # to search for the whole pattern tries every character
    return found[1] if found else ""


def kind(page: Page) -> Kind:
    """Which shell a page needs."""
    return Kind(
        folder=_SLUG.sub("", page.path),
        described=bool(page.description.strip()),
        titled="<h1" in page.body,
        linked=bool(heading_id(page.body)),
        listed=bool(page.contents),
        hide=page.hide,
    )


def blank(kind: Kind) -> Page:
    """The page of tokens that the theme renders to make a shell of this kind."""
    body = f'<h1 id="{tokens.HEADING_ID}">{tokens.BODY}</h1>' if kind.linked else f"<h1>{tokens.BODY}</h1>"
    return Page(
        path=f"{kind.folder}{tokens.LEAF}/",
        kind="shell",
        title=tokens.text("title"),
        description=tokens.text("description") if kind.described else "",
        body=body if kind.titled else f"<p>{tokens.BODY}</p>",
        contents=contents.specimen() if kind.listed else (),
        hide=kind.hide,
    )


def probe(kind: Kind) -> Page:
    """An odd page of this kind: stamped and rendered, it must come out the same, or the shell is not to be trusted."""
    heading = '<h1 id="a-probe">' if kind.linked else "<h1>"
    body = f"{heading}A  probe</h1>" if kind.titled else ""
    headings = (("one", 2), ("two", 3), ("three", 3), ("four", 2), ("five", 3)) if kind.listed else ()
    return Page(
        path=f"{kind.folder}2026-01-01-a-probe.1/",
        kind="probe",
        title="""A <probe> & "its" 'title' £100 % ✓""",
        description="""What <b>it</b> & "they" said: 'hör' ✓ /there""" if kind.described else "",
        body=f'{body}\n\n  <p class="a"\n>1 &lt; 2  &amp; “3”</p><pre>\n  x\n\n  y\n</pre><img src="a.png" alt="">\n',
        contents=tuple(Heading(level, f"h-{name}", f"""{name} <&> "x" '""") for name, level in headings),
        hide=kind.hide,
    )


def learn(kind: Kind, html: str) -> Shell:
    """Split the theme's page at the tokens of `blank(kind)`. Raises ValueError if a token cannot be told from its
    surroundings.
    """
    before, table, after = contents.learn(html) if kind.listed else (html, None, "")
    parts = [*_split(before, kind)]
    if table is not None:
        parts += [Slot("contents"), *_split(after, kind)]
    left = [part for part in parts if isinstance(part, str) and tokens.CORE in part.lower()]
    if left:
        at = left[0].lower().index(tokens.CORE)
        raise ValueError(f"the theme changes what it is given: {left[0][at : at + 60]!r}")
    if Slot("body") not in parts:
        raise ValueError("the theme does not print the content of a page")
    return Shell(kind, tuple([encoded(part) if isinstance(part, str) else part for part in parts]), table)


def _slots(kind: Kind) -> dict[str, Slot]:
    """Every look of every token, and the slot it stands for."""
    page = blank(kind)
    looks = {page.body: Slot("body"), tokens.LEAF: Slot("leaf"), tokens.HEADING_ID: Slot("heading")}
    if kind.listed:
        looks[tokens.anchor(1)] = Slot("first")
    for field, text in (("title", page.title), ("description", page.description)):
        looks |= {look: Slot(field, form) for look, form in tokens.forms(tokens.html(text)).items() if look}
    return looks


def _split(html: str, kind: Kind) -> list[str | Slot]:
    looks = _slots(kind)
    pattern = "|".join(re.escape(look) for look in sorted(looks, key=len, reverse=True))
    return [looks.get(part, part) for part in re.split(f"({pattern})", html) if part]


def stamp(shell: Shell, page: Page) -> bytes:
    """The page as the theme would have rendered it. The page must be of the shell's kind; raises KeyError if its
    contents nest too deep.
    """
    values = {
        "body": page.body,
        "leaf": quote(leaf(page.path)),
        "heading": heading_id(page.body),
        "first": page.contents[0].anchor if page.contents else "",
        "title": tokens.html(page.title),
        "description": tokens.html(page.description),
        "contents": contents.render(shell.table, contents.nested(page.contents)) if shell.table is not None else "",
    }
    return b"".join(
        [
            part if isinstance(part, bytes) else encoded(tokens.FORMS[part.form](values[part.field]))
            for part in shell.parts
        ]
    )


def encoded(html: str) -> bytes:
    """As MkDocs encodes its pages."""
    return html.encode("utf-8", "xmlcharrefreplace")
