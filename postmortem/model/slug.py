"""Words as they stand in addresses. Text in, lower-case ASCII joined by hyphens out; knows no record."""

import re
import unicodedata
from typing import Final

_LONGEST: Final = 60


def slugify(title: str, longest: int = _LONGEST) -> str:
    """The title's words in lower-case ASCII, joined by hyphens, as many as fit; `incident` where none is left."""
    ascii_ = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", ascii_.replace("'", ""))
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word
        if len(longer) > longest:
            break
        slug = longer
    return slug or (words[0][:longest] if words else "incident")
