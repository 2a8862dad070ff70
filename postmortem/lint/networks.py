"""The inside of a network in prose: private addresses in every notation, and hosts by the bare names that only machines
inside resolve. Text in, ways to look at it out; knows no record.

Private are RFC 1918, 6598, 3927 and 1122's loopback, RFC 4193 and 4291's link-local. Four numbers that the words beside
them call a version are none.
"""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final, Literal

from postmortem.lint.credentials import Look
from postmortem.lint.pattern import Pattern

_OCTET: Final = r"(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])"
_DOT: Final = r"(?:\.|\[\.\]|\(\.\)|\{\.\})"
_FOUR: Final = Pattern(
    rf"(?<![\w.])(?:(?:10|127){_DOT}(?:{_OCTET}|[x*])|192{_DOT}168|172{_DOT}(?:1[6-9]|2[0-9]|3[01])"
    rf"|100{_DOT}(?:6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|169{_DOT}254){_DOT}(?:{_OCTET}|[x*]){_DOT}(?:{_OCTET}|[x*])"
    r"(?![\w]|\.[0-9])(?:/[0-9]{1,2})?",
    re.ASCII,
)
_VERSION: Final = Pattern(
    r"(?:\bv\.?|version|versions|release|releases|released|build|builds|driver|drivers|firmware|kernel|revision|sdk|cli|app"
    r"|client|agent|plugin|plug-in|extension|package|library|chart|schema|runtime|upgraded? to|downgraded? to"
    r"|rolled back to|section|chapter|clause|appendix|annex|article|paragraph|step|item|requirement|control|oid)"
    r"(?: (?:no\.?|number))?(?:[ :]{1,2}[\"'`][\w@/.-]{1,40}[\"'`])?[ :=v@]{0,3}$",
    re.IGNORECASE | re.ASCII,
)
_NEXT_VERSION: Final = Pattern(
    r" (?:is|was) (?:a|the) (?:version|release|build)\b| (?:and|or) (?:older|newer|later|earlier|above|below)\b"
    r"|-(?:rc|beta|alpha)",
    re.IGNORECASE,
)
_BETWEEN: Final = Pattern(r"\b(?:from|to|and|or|through) $", re.IGNORECASE)
_SURELY_VERSION: Final = Pattern(
    r"\b(?:version|release|build|driver|firmware|kernel|revision|sdk|upgrade|downgrade)", re.IGNORECASE
)
_SIX: Final = Pattern(
    r"(?<![\w:.])(?:(?:f[cd][0-9a-f]{2}|fe[89abcdef][0-9a-f]):(?:[0-9a-f]{0,4}:){1,6}[0-9a-f]{0,4}|::1"
    r"|::ffff:(?=10\.|192\.168|172\.(?:1[6-9]|2[0-9]|3[01])\.|127\.|169\.254))"
    r"(?![\w:])(?:%\w{1,15})?(?:/[0-9]{1,3})?",
    re.IGNORECASE | re.ASCII,
)
_CLOUD_HOST: Final = Pattern(r"(?<![\w-])ip-(?:10|172|192|100)(?:-[0-9]{1,3}){3}(?![\w-])", re.IGNORECASE | re.ASCII)


_LOGIN: Final = Pattern(
    r"(?:(?<=ssh )|(?<=scp )|(?<=sftp ))[a-z_][\w-]{0,31}@(?P<value>[a-z][a-z0-9-]{1,62})(?![\w.@-])"
    r"|(?<![\w.@])[a-z_][\w-]{0,31}@(?P<prompt>[a-z][a-z0-9-]{1,62}):[~/][^\s]{0,80}[#$]",
    re.IGNORECASE | re.ASCII,
)
"""A host by its bare name, after `ssh` or in a prompt."""
_SERVICE: Final = Pattern(
    r"(?<=://)(?!localhost\b|host(?:name)?\b|server\b|example\b|your)(?P<value>[a-z][a-z0-9-]{1,62}"
    r"(?:\.(?!example|systems|company|digital|services|solutions|software|technology|foundation|community|international)"
    r"[a-z][a-z0-9-]{6,62})?):[0-9]{2,5}(?![\w.])",
    re.IGNORECASE | re.ASCII,
)
"""A service of a cluster, by its name and namespace: no public name ends like that."""
_REVERSE: Final = Pattern(
    r"(?<![\w.-])(?:(?:[0-9]{1,3}\.){1,3}(?:10|127)|(?:[0-9]{1,3}\.){0,2}(?:168\.192|254\.169|(?:1[6-9]|2[0-9]|3[01])\.172))"
    r"\.in-addr\.arpa(?![\w-])|(?<![\w.-])(?:[0-9a-f]\.){1,30}(?:[cd]\.f|[89ab]\.e\.f)\.ip6\.arpa(?![\w-])",
    re.IGNORECASE | re.ASCII,
)
"""An address as the reverse zone of the DNS writes it (RFC 1035, 3.5; RFC 3596, 2.5)."""
_FOUR_HINT: Final = Pattern(r"\b(?:10|100|127|169|172|192)[\[({]?\.", re.ASCII)


def looks(words: Sequence[str], folded: str) -> list[tuple[Literal["network", "host"], Look]]:
    """What a text in lower case has to be searched for; `words` are those that are more than letters."""
    found: list[tuple[Literal["network", "host"], Look]] = []
    together = " ".join(words)
    if (
        "ssh " in folded
        or "scp " in folded
        or "sftp " in folded
        or ("@" in together and any("@" in word and ":" in word for word in words))
    ):
        found.append(("host", partial(_matches, _LOGIN)))
    if "://" in together:
        found.append(("host", partial(_matches, _SERVICE)))
    if "ip-" in together:
        found.append(("host", partial(_matches, _CLOUD_HOST)))
    if ".arpa" in together:
        found.append(("network", partial(_matches, _REVERSE)))
    if _FOUR_HINT.search(together):
        found.append(("network", _networks))
    if ":" in together and any(word.count(":") > 1 for word in words):
        found.append(("network", partial(_matches, _SIX)))
    return found


def _matches(pattern: re.Pattern[str] | Pattern, text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in pattern.finditer(text))


def _networks(text: str) -> Iterator[tuple[int, int]]:
    found = list(_FOUR.finditer(text))
    versions = {_beginning(match) for match in found if _is_version(text, match)}
    return (match.span() for match in found if _beginning(match) not in versions)


def _beginning(match: re.Match[str]) -> str:
    """Numbers that begin alike are of one sort: where one is a version, the next one is its successor."""
    return ".".join(match.group().split(".")[:2])


def _is_version(text: str, match: re.Match[str]) -> bool:
    before, after = text[max(0, match.start() - 40) : match.start()], text[match.end() : match.end() + 20]
    if _VERSION.search(before) or _NEXT_VERSION.match(after):
        return True
    return _BETWEEN.search(before) is not None and _SURELY_VERSION.search(before) is not None
