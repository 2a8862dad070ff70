"""What Material for MkDocs leaves without a name, named: for people who hear a page instead of seeing it.

A page's HTML in, the same HTML with names out. A theme that says it otherwise, or has mended it itself, is left alone.
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


def names(html: str) -> str:
    """Name the search dialog and the sections of the navigation."""
    return _SECTION.sub(_named, html.replace(_SEARCH, _NAMED))


def _named(section: re.Match[str]) -> str:
    nav, rest, title, end = section.groups()
    name = " ".join(title.split()).replace('"', "&#34;")
    return f'{nav} aria-label="{name}"{rest}{title}{end}'
