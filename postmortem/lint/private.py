"""What gives away a person, a key or the inside of a network. Text in, places or masked text out; knows no record and
prints nothing.

Every pattern runs in linear time: bounded repeats, each behind a literal that a plain search finds first. The same
patterns hide what they find wherever a finding quotes the file. Secrets are known to `credentials.py`, hosts and pages
to `places.py`, telephone numbers to `telephones.py`.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final, Literal

import msgspec

from postmortem.lint import credentials, networks, passwords, places, telephones
from postmortem.lint.credentials import Look
from postmortem.lint.literals import odd
from postmortem.lint.pattern import Pattern
from postmortem.lint.words import words as listed
from postmortem.model.settings import Privacy

Kind = Literal["address", "secret", "network", "host", "link", "phone"]
KINDS: Final = frozenset[Kind]({"address", "secret", "network", "host", "link", "phone"})

MASK: Final = "•"

_ROLES: Final = listed("mailboxes")
"""Mail boxes that belong to no person, and names that stand for any."""
_INSIDE: Final = Pattern(r"(?:^|\.)(?:internal|intranet|intra|corp|lan|local|priv|private)(?:\.|$)", re.IGNORECASE)
_NOBODY: Final = ("noreply.github.com", "gserviceaccount.com")
"""Domains of machines: an address there reaches no person."""
_FILES: Final = listed("file_endings")

_LABEL: Final = r"[0-9a-z](?:[0-9a-z-]{0,61}[0-9a-z])?"
_ADDRESS: Final = Pattern(
    rf"(?<![\w.%+-])(?P<box>[\w.%+'-]{{1,64}})(?:@|%40)(?P<domain>(?:{_LABEL}\.){{1,8}}[a-z]{{2,24}})(?![\w-])",
    re.IGNORECASE,
)
_SPELT: Final = Pattern(
    r"(?<![\w.%+-])(?P<box>[\w.%+'-]{1,64}) {0,2}(?:[\[({] {0,2}at {0,2}[\])}]| at ) {0,2}"
    r"(?P<domain>[\w-]{1,63}(?: {0,2}(?:[\[({] {0,2}(?:dot|\.) {0,2}[\])}]| dot |\.) {0,2}[a-z][\w-]{0,62}){1,5})"
    r"(?![\w-])",
    re.IGNORECASE,
)
"""`anna (at) customer (dot) example`: an address hidden from machines alone."""
_WHEN: Final = Pattern(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:Z|[+-][0-9]{2}:[0-9]{2}))?")
"""Nothing but a day or a time."""


class Place(msgspec.Struct, frozen=True, order=True):
    """Where something private stands in a text, as code points from its start, and of which kind it is."""

    start: int
    end: int
    kind: Kind


NOTHING_OWN: Final = Privacy()


def find(text: str, own: Privacy = NOTHING_OWN) -> list[Place]:
    """Every private place, in order."""
    return apply(looks(text.lower(), own), text)


def stands_in(texts: Iterable[str], own: Privacy = NOTHING_OWN) -> bool:
    """Whether there is a private place in one of several texts."""
    worth = [text for text in dict.fromkeys(texts) if _WHEN.fullmatch(text) is None]
    wanted = looks("\n".join(worth).lower(), own)
    return any(apply(wanted, text) for text in worth)


def looks(folded: str, own: Privacy = NOTHING_OWN) -> list[tuple[Kind, Look]]:
    """What a text in lower case, or pieces of it, have to be searched for: cheap, mostly little, and never leaves out
    what would find something.
    """
    words = odd(folded)
    found: list[tuple[Kind, Look]] = [
        ("secret", each) for each in (*credentials.looks(words, folded), *passwords.looks(folded))
    ]
    found += [("link", _globbed(each)) for each in places.links(own.ticket_links).among(words)]
    if any("@" in word or "%40" in word for word in words):
        found.append(("address", partial(_addresses, _ADDRESS)))
    if any([literal in folded for literal in _SPELT_LITERALS]):  # noqa: C419 - a list is half the price of a generator
        found.append(("address", partial(_addresses, _SPELT)))
    found += [("host", _globbed(each)) for each in places.hosts(own.internal_hosts).among(words)]
    found += networks.looks(words, folded)
    if telephones.suspected(folded):
        found.append(("phone", telephones.find))
    return found


def apply(wanted: list[tuple[Kind, Look]], text: str) -> list[Place]:
    """The places that these looks find, in order; what lies in one that an earlier look found is told as that."""
    found: list[Place] = []
    for kind, look in wanted:
        for start, end in look(text):
            at = bisect_left(found, start, key=_start)
            if (at == 0 or found[at - 1].end <= start) and (at == len(found) or end <= found[at].start):
                found.insert(at, Place(start, end, kind))
    return found


def _start(place: Place) -> int:
    return place.start


_MESSAGE: Final = Pattern(r"message[ -]?id[\"'`]?:? ?<$", re.IGNORECASE)
"""An id of a mail looks like an address (RFC 5322, 3.6.4)."""
_SPELT_LITERALS: Final = ("[at", "(at", "{at", "[ at", "( at", "{ at", " dot ")


def mask(text: str) -> str:
    """The text with every private place blackened: as long as before, with the same lines."""
    found = find(text)
    if not found:
        return text
    letters = list(text)
    for place in found:
        letters[place.start : place.end] = [each if each == "\n" else MASK for each in letters[place.start : place.end]]
    return "".join(letters)


class Masked:
    """A text's lines as `mask` leaves them, or blacker, worked out one at a time: far cheaper where few of many are
    shown. Where a look may reach beyond its line, the whole text is masked after all.
    """

    def __init__(self, text: str) -> None:
        folded = text.lower()
        reaching = "-----begin" in folded or credentials.may_be_spoken(folded)
        self.lines = (mask(text) if reaching else text).split("\n")
        self._known = dict(enumerate(self.lines)) if reaching else {}

    def line(self, number: int) -> str:
        """One of them; `number` is 1-based. Raises IndexError."""
        at = number - 1
        if at not in self._known:
            above = self.lines[at - 1] if at else ""  # where a word may stand that makes an address a version
            self._known[at] = mask(f"{above}\n{self.lines[at]}").split("\n")[1]
        return self._known[at]


def _matches(pattern: re.Pattern[str] | Pattern, text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in pattern.finditer(text))


def _globbed(expression: str) -> Look:
    return partial(_matches, places.compiled(expression))


def _addresses(pattern: re.Pattern[str] | Pattern, text: str) -> Iterator[tuple[int, int]]:
    for match in pattern.finditer(text):
        of_a_message = _MESSAGE.search(text[max(0, match.start() - 20) : match.start()])
        if not of_a_message and _belongs_to_somebody(match["box"].casefold(), match["domain"].casefold()):
            yield match.span()


def _belongs_to_somebody(box: str, domain: str) -> bool:
    if _INSIDE.search(domain):
        return True
    return not (
        box in _ROLES or domain.endswith(_NOBODY) or domain.rpartition(".")[2] in _FILES or box.endswith("[bot]")
    )


def hidden_lines(text: str) -> list[range]:
    """The lines (1-based) that hold `internal`, found without parsing: they are never quoted, even of a broken file.

    What is not surely public counts as hidden: a file in flow style is from its first `internal` on.
    """
    lines = text.split("\n")
    first = next((line for line in lines if line.strip() and not line.lstrip().startswith(("#", "---", "%"))), "")
    if first.lstrip().startswith("{"):
        start = next((number for number, line in enumerate(lines, 1) if "internal" in line), len(lines) + 1)
        return [range(start, len(lines) + 1)]
    indent = len(first) - len(first.lstrip(" "))
    return _indented(lines, indent) if indent else [*_at_the_margin(text)]


def _at_the_margin(text: str) -> Iterator[range]:
    """As `_indented` without an indent, which is how nearly all files are: a few searches instead of a look at each
    line.
    """
    for match in _INTERNAL_KEY.finditer(text):
        after = _KEY.search(text, match.end())
        start = text.count("\n", 0, match.start()) + 1
        rest = text.count("\n", match.start(), after.start() if after else len(text))
        yield range(start, start + rest + (after is None))


def _indented(lines: list[str], indent: int) -> list[range]:
    found: list[range] = []
    start = 0
    for number, line in enumerate([*lines, " " * indent + "end"], 1):
        if line[indent : indent + 1] in ("", " ", "\t", "#", "-", "\r") or line[:indent].strip():
            continue
        if start:
            found.append(range(start, number))
        start = number if _INTERNAL.match(line[indent:]) else 0
    return found


_INTERNAL: Final = Pattern(r"(?:\? *)?[\"']?internal\b")
_INTERNAL_KEY: Final = Pattern(rf"^{_INTERNAL.expression}", re.MULTILINE)
_KEY: Final = Pattern(r"^[^ \t#\r\n-]", re.MULTILINE)
