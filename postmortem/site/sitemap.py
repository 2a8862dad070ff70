"""The sitemap: addresses and, where known, the day of the newest revision (sitemaps.org protocol 0.9).

MkDocs' own stamps today's date on every page and a clock into its .gz; this one depends on the pages alone.
"""

from collections.abc import Mapping
from datetime import date
from html import escape
from urllib.parse import quote, urljoin

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'


def write(site_url: str, pages: Mapping[str, date | None]) -> bytes:
    """Every page, by its path below the site's address, sorted; no date where no revision is known."""
    return (HEAD + "".join(_entry(site_url, path, pages[path]) for path in sorted(pages)) + "</urlset>\n").encode()


def _entry(site_url: str, path: str, changed: date | None) -> str:
    address = escape(urljoin(site_url.rstrip("/") + "/", quote(path)))
    day = f"<lastmod>{changed.isoformat()}</lastmod>" if changed is not None else ""
    return f"<url><loc>{address}</loc>{day}</url>\n"
