"""What we add to the head of every page, whatever theme or override made it: where readers find the feeds
(RSS Advisory Board's and WHATWG's `link rel=alternate`).
"""

from mkdocs.utils import get_relative_url

FEEDS = (
    ("Updates", "updates"),
    ("Incidents", "incidents"),
    ("Postmortems", "postmortems"),
)
FACETS = {"services": "service", "models": "model", "impact": "impact", "providers": "provider"}
"""Folders of pages that have feeds of their own, and the folders of these feeds."""
FORMATS = (
    ("Atom", "atom", "application/atom+xml"),
    ("RSS", "rss", "application/rss+xml"),
    ("JSON", "json", "application/feed+json"),
)


QUIET = '<script>document.querySelectorAll("link[rel=alternate][type]").forEach(each=>each.rel+=" feed")</script>\n'
"""Material's script takes every `rel=alternate` for another language and asks for a sitemap beside it (a request and an
error for each feed). Readers see the links as they stand; in a browser they get a second word that it does not match.
"""


def add(html: str, path: str) -> str:
    """The page at `path` with its feeds announced, their addresses relative to it."""
    links = (
        f'<link rel="alternate" type="{media}" title="{title} ({name})" href="{_address(feed, ending, path)}">\n'
        for title, feed in (*_own(path), *FEEDS)
        for name, ending, media in FORMATS
    )
    head, end, rest = html.partition("</head>")
    return f"{head}{''.join(links)}{QUIET}{end}{rest}" if end else html


def _own(path: str) -> tuple[tuple[str, str], ...]:
    """The feeds of the one service, model, kind of impact or provider that the page is about."""
    folder, _, rest = path.partition("/")
    facet, _, more = rest.partition("/")
    if folder not in FACETS or not facet or more:
        return ()
    below = f"{FACETS[folder]}/{facet}"
    return (("Updates, only these", f"{below}/updates"), ("Incidents, only these", f"{below}/incidents"))


def _address(feed: str, ending: str, path: str) -> str:
    return get_relative_url(f"feeds/{feed}.{ending}", path)
