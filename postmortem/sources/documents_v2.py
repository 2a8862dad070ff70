"""Documents of API v2 around what they say: where they are, whose they are, and several of them one a line. It knows
no field of an incident but its id.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final, Literal
from urllib.parse import urlsplit, urlunsplit

from postmortem.sources import answers, api_v2, fields
from postmortem.sources.adapter import Answer, NotUnderstoodError, Wanted

Vendor = Literal["statuspage", "incidentio"]

_ULID: Final = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")
_PAGES: Final = re.compile(r"/+(?:api(?:/.*)?|history|incidents(?:/.*)?)?$", re.ASCII)
_DOCUMENT: Final = re.compile(r"\.(?:json|jsonl|ndjson)$")


def base(url: str) -> str:
    """The page that an address is of, without a slash at its end."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, _PAGES.sub("", parts.path), "", ""))


def is_document(url: str) -> bool:
    """Whether the address is of one JSON document and not of a page; what is no address is no page either."""
    try:
        return _DOCUMENT.search(urlsplit(url).path) is not None
    except ValueError:
        return True


def wanted(url: str, names: Mapping[str, bool]) -> tuple[Wanted, ...]:
    """The named documents of the page at the address and whether each is needed; or the one that it is of."""
    if is_document(url):
        return (Wanted(url=url),)
    return tuple(Wanted(url=f"{base(url)}/api/v2/{name}", needed=needed) for name, needed in names.items())


def is_ulid(value: object) -> bool:
    """Whether it is an id as incident.io makes them: 26 characters of Crockford's base 32."""
    return isinstance(value, str) and _ULID.fullmatch(value) is not None


def vendor(content: bytes) -> Vendor | None:
    """Whose document it is. The two vendors' documents have one shape, and only their ids tell them apart."""
    first = _first(content)
    if isinstance(first, list):
        first = next(iter(first), None)
    found = fields.mapping(first)
    page = fields.mapping(found.get("page"))
    is_answer = bool(page) and (api_v2.has_place(found) or api_v2.is_incident(found.get("incident")))
    if not is_answer and not ("page" not in found and api_v2.is_incident(first)):
        return None
    incidents = (each for key in api_v2.LISTS for each in fields.mappings(found.get(key)))
    ids = [each.get(key) for each in (found, page, next(incidents, {})) for key in ("id", "page_id")]
    if any(map(is_ulid, ids)):
        return "incidentio"
    return "statuspage" if is_answer or any(map(fields.key, ids)) else None


def parse(content: bytes, source: str, url: str, *, sparse: bool = False) -> Answer:
    """What the document says, or all that are in it one a line. Errors: `NotUnderstoodError`, where nothing at all
    was understood; a bad line among good ones is skipped.
    """
    if not _is_lines(content):
        return api_v2.understand(fields.load(content), source, url, sparse=sparse)
    understood: list[Answer] = []
    wrong: list[Answer] = []
    for number, each in _lines(content):
        try:
            understood.append(api_v2.understand(fields.load(each), source, url, sparse=sparse))
        except NotUnderstoodError as error:
            wrong.append(answers.without(f"line {number}", number, str(error)))
    if not understood:
        raise NotUnderstoodError(f"none of {len(wrong):,} lines is understood; {wrong[0].skipped[0]}")
    return answers.joined([*wrong, *understood])


def _first(content: bytes) -> object:
    """The first line where each is a document, else all of it."""
    return fields.peek(next(_lines(content))[1] if _is_lines(content) else content)


def _is_lines(content: bytes) -> bool:
    """Whether the first line is an object for itself and there are more."""
    lines = _lines(content)
    first, second = next(lines, None), next(lines, None)
    return bool(first and second) and isinstance(fields.peek(first[1]) if first else None, dict)


def _lines(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Lines that are not empty, with their numbers, without a copy of all of them at once."""
    start, number = 3 if content.startswith(b"\xef\xbb\xbf") else 0, 0
    while start < len(content):
        end = content.find(b"\n", start)
        end = len(content) if end < 0 else end
        number += 1
        line = content[start:end].strip()
        if line:
            yield number, line
        start = end + 1
