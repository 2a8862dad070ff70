"""A feed of the site as lists of feeds name it: what it is called, where it lies, in which formats. Knows no entry and
no format's inside.
"""

from typing import Final, Literal

import msgspec

Format = Literal["atom", "rss", "json", "ics", "opml"]
Facet = Literal["service", "model", "impact", "severity", "provider"]


_ENDINGS: Final[dict[Format, str]] = {"opml": "xml"}


class Subscription(msgspec.Struct, frozen=True, kw_only=True):
    """One feed. `path` is relative to the site and lacks the ending that tells the format: `feeds/updates`,
    `feeds/service/api/incidents`. `series` is what one entry is about, `facet` and `of` say of which part of the site;
    None where it is all of it.
    """

    series: str
    path: str
    title: str
    description: str
    formats: tuple[Format, ...] = ("atom", "rss", "json")
    facet: Facet | None = None
    of: str | None = None

    def file(self, form: Format) -> str:
        """Where the feed lies in one format, below the site."""
        return f"{self.path}.{_ENDINGS.get(form, form)}"
