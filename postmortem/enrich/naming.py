"""Ids of records that are made from what a source said. A day, a title and the vendor's id in, an id out.

Status pages give a title twice on one day, and hundreds of times in a year. So the end of the vendor's own id is a part
of *every* id made here, not of those alone that would clash: whether two clash depends on which incidents were read,
and an answer of the 50 newest, a longer history, `--since` or tomorrow's incident would each decide otherwise. As it
is, an id follows from its incident alone, is the same on every run, and no later one can take it or change it.
"""

import hashlib
import re
from datetime import datetime
from typing import Final

from postmortem.model.slug import slugify

_SUFFIX: Final = 6
"""Characters: 2e9 values of a vendor's random id, so that two of one day and one title practically never share it."""
_PLAIN = re.compile("[a-z0-9]+", re.ASCII)
ADDRESS: Final = re.compile(
    r"https?://[A-Za-z0-9][A-Za-z0-9.-]{0,250}(?::[0-9]{1,5})?(?:[/?#][!#-;=?-Z_a-z~\[\]]{0,1700})?", re.ASCII
)
"""What a record takes for an address; any other is left out."""


def identify(first_known: datetime, title: str, incident: str, longer: int = 0) -> str:
    """The id of an incident: its day (UTC), the words of its title, the end of the vendor's id.

    `longer` adds a digest of so many characters, for the one case that two such ids are equal after all.
    """
    whole = "-".join([f"{first_known:%Y-%m-%d}", slugify(title), suffix(incident)])
    return f"{whole}{_digest(incident)[:longer]}"


def suffix(incident: str) -> str:
    """The vendor's id as far as it goes into ours: its end, which is random where its beginning is a time (ULID, cuid);
    a digest where it has other characters than an id may have.
    """
    folded = incident.lower() if incident.isascii() else incident
    return folded[-_SUFFIX:] if _PLAIN.fullmatch(folded) else _digest(incident)[:_SUFFIX]


def key(said: str) -> str:
    """A vendor's id as a record holds it under `tracking` or `origin`: one line of text."""
    shown = said if said.isprintable() else "".join(each if each.isprintable() else " " for each in said)
    line = " ".join(shown.split())[:300].rstrip()
    return line or _digest(said)


def _digest(said: str) -> str:
    return hashlib.sha256(said.encode(errors="surrogatepass")).hexdigest()
