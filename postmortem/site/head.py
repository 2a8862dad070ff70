"""What we add to the head of every page, whatever theme or override made it: where readers find the feeds
(RSS Advisory Board's and WHATWG's `link rel=alternate`).
"""

from mkdocs.utils import get_relative_url

FEEDS = (
    ("Updates", "updates"),
    ("Incidents", "incidents"),
)
FORMATS = (
    ("Atom", "atom", "application/atom+xml"),
    ("RSS", "rss", "application/rss+xml"),
    ("JSON", "json", "application/feed+json"),
)


def add(html: str, path: str) -> str:
    """The page at `path` with its feeds announced, their addresses relative to it."""
    links = (
        f'<link rel="alternate" type="{media}" title="{title} ({name})" href="{_address(feed, ending, path)}">\n'
        for title, feed in FEEDS
        for name, ending, media in FORMATS
    )
    head, end, rest = html.partition("</head>")
    return f"{head}{''.join(links)}{end}{rest}" if end else html


def _address(feed: str, ending: str, path: str) -> str:
    return get_relative_url(f"feeds/{feed}.{ending}", path)
