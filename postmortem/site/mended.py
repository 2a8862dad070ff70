"""What we mend in a page of Material for MkDocs: names for people who hear it instead of seeing it, and scripts that do
not hold up its first picture, and no blanks that nobody sees.

A page's HTML in, the same HTML mended out. A theme that says it otherwise, or has mended it itself, is left alone.
"""

import re

_SEARCH = '<div class="md-search" data-md-component="search" role="dialog">'
_NAMED = _SEARCH.replace(">", ' aria-label="Search">')
_SECTION = re.compile(
    r'(<nav class="md-nav" data-md-level="\d+") aria-labelledby="__nav_\w+_label"'
    r'([^<>]*>\s*<label class="md-nav__title" for="__nav_\w+">\s*<span class="md-nav__icon md-icon"></span>\s*)'
    r"([^<>]*?)(\s*</label>)"
)
"""A section of the navigation. With `navigation.indexes` its label holds an arrow and no word, and is absent where the
section has one page; the title that telephones show is the name that was meant.
"""


_WORKER = re.compile(r'(<script id="__config"[^<]*?"search": ?"[^"<>?]*assets/)(javascripts/workers/search\.[^"<>?]*")')
_BUNDLE = re.compile(r'<script src="[^"<>]*assets/javascripts/bundle\.[^"<>]*"></script>')
_BLANK, _LINE = re.compile(r"[ \t]*\n\s*"), "\n"
_SCRIPT = re.compile(r"<script(?P<src> src=[^<>]*)?(?P<data> id=[^<>]*type=.application/json.[^<>]*)?>")


def mend(html: str) -> str:
    """Name the search dialog and the navigation's sections; let the theme's scripts wait for the first picture, and its
    search be shared out among workers (`pages/assets/apart/search.js`).
    """
    return _tight(_deferred(_WORKER.sub(r"\1search.js?\2", _SECTION.sub(_named, html.replace(_SEARCH, _NAMED)))))


def _tight(html: str) -> str:
    """Blank lines and indentation around the article are an eighth of a page of an incident: they go, but for one line
    end each. What stands in the article keeps every blank.
    """
    before, start, rest = html.partition("<article")
    article, end, after = rest.rpartition("</article>")
    if not end or any(f"<{tag}" in part for tag in ("pre", "textarea") for part in (before, after)):
        return html
    return f"{_BLANK.sub(_LINE, before)}{start}{article}{end}{_BLANK.sub(_LINE, after)}"


def _deferred(html: str) -> str:
    """The theme's program and all that follows it run in the same order, when the page is read. Not where words of
    JavaScript stand below the program: they could not wait for it.
    """
    program = _BUNDLE.search(html)
    if program is None:
        return html
    before, after = html[: program.start()], html[program.start() :]
    if any(each["src"] is None and each["data"] is None for each in _SCRIPT.finditer(after)):
        return html
    return before + re.sub(r'<script (src="[^"<>]*")></script>', r"<script \1 defer></script>", after)


def _named(section: re.Match[str]) -> str:
    nav, rest, title, end = section.groups()
    name = " ".join(title.split()).replace('"', "&#34;")
    return f'{nav} aria-label="{name}"{rest}{title}{end}'
