"""What we add to the head of every page, whatever theme or override made it: where readers find the feeds
(RSS Advisory Board's and WHATWG's `link rel=alternate`), and what is shown of it where somebody shares its address
(the Open Graph protocol, ogp.me; its canonical address, RFC 6596).
"""

import msgspec
from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import get_relative_url

FEEDS = (
    ("Updates", "updates"),
    ("Incidents", "incidents"),
    ("Postmortems", "postmortems"),
)
FACETS = {"services": "service", "models": "model", "impact": "impact", "providers": "provider"}
"""Folders of pages that have feeds of their own, and the folders of these feeds."""
SUBSCRIBE = "subscribe/"
SEVERITIES = (
    ("Updates, critical", "severity/critical/updates"),
    ("Updates, major or worse", "severity/major/updates"),
    ("Updates, minor or worse", "severity/minor/updates"),
)
"""Feeds that no page is about: the page that lists every feed names them."""
FORMATS = (
    ("Atom", "atom", "application/atom+xml"),
    ("RSS", "rss", "application/rss+xml"),
    ("JSON", "json", "application/feed+json"),
)


QUIET = '<script>document.querySelectorAll("link[rel=alternate][type]").forEach(each=>each.rel+=" feed")</script>\n'
"""Material's script takes every `rel=alternate` for another language and asks for a sitemap beside it (a request and an
error for each feed). Readers see the links as they stand; in a browser they get a second word that it does not match.
"""


class Card(msgspec.Struct, frozen=True):
    """What a page says of itself where it is shared: words as HTML, an address without blanks, any of them empty."""

    title: str
    description: str
    url: str
    site: str


def card(page: MkDocsPage, config: MkDocsConfig) -> Card:
    """The card of a page of MkDocs, whose words may be HTML or plain text, as themes take them."""
    said = page.meta.get("description") or config.site_description or ""
    words = (page.meta.get("title") or page.title or config.site_name, said, config.site_name)
    title, description, site = (str(escape(Markup(str(each)).striptags())) for each in words)  # noqa: S704 - taken away
    return Card(title, description, page.canonical_url or "", site)


def add(html: str, path: str, shared: Card | None = None) -> str:
    """The page at `path` with its feeds announced, their addresses relative to it, and with its card if it has none."""
    links = (
        f'<link rel="alternate" type="{media}" title="{title} ({name})" href="{_address(feed, ending, path)}">\n'
        for title, feed in (*_own(path), *FEEDS)
        for name, ending, media in FORMATS
    )
    head, end, rest = html.partition("</head>")
    return f"{head}{_preview(shared, head, path) if shared else ''}{''.join(links)}{QUIET}{end}{rest}" if end else html


def _preview(shared: Card, head: str, path: str) -> str:
    """The card's tags, unless a plugin or an override has written its own."""
    canonical = f'<link rel="canonical" href="{shared.url}">\n' if shared.url and 'rel="canonical"' not in head else ""
    if 'property="og:' in head:
        return canonical
    told = {
        "og:type": "article" if path.startswith("incidents/") else "website",
        "og:site_name": shared.site,
        "og:title": shared.title,
        "og:description": shared.description,
        "og:url": shared.url,
    }
    tags = (f'<meta property="{name}" content="{value}">\n' for name, value in told.items() if value)
    return f'{canonical}{"".join(tags)}<meta name="twitter:card" content="summary">\n'


def _own(path: str) -> tuple[tuple[str, str], ...]:
    """The feeds of the one service, model, kind of impact or provider that the page is about."""
    if path == SUBSCRIBE:
        return SEVERITIES
    folder, _, rest = path.partition("/")
    facet, _, more = rest.partition("/")
    if folder not in FACETS or not facet or more:
        return ()
    below = f"{FACETS[folder]}/{facet}"
    return (("Updates, only these", f"{below}/updates"), ("Incidents, only these", f"{below}/incidents"))


def _address(feed: str, ending: str, path: str) -> str:
    return get_relative_url(f"feeds/{feed}.{ending}", path)
